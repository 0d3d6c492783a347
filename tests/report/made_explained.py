"""Explanations of a forecast of the shape that `explain_forecast` gives, for the tests of the report."""

from dataclasses import replace

from framsyn.foresee.forecast.explain import ForecastExplained, PastErrors

MOVES = {"0-15": 171.25, "16-19": -264.24, "20-24": 4.14, "25-34": 273.13, "35-64": 247.18, "65+": -211.0}
MEMBERS = {"trend": 9563.3, "shrunk_growth": 9278.0, "boosting": 9216.7, "cohort_fading": 9320.6}


def made_explained(**changes: object) -> ForecastExplained:
    """A municipality of 9,538 residents whose forecast shrinks; `changes` are put in its place."""
    explained = ForecastExplained(
        code="545",
        base_year=2025,
        year=2035,
        population=9538.0,
        expected=9355.49,
        low=8871.03,
        high=9839.92,
        births=721.45,
        deaths=1128.48,
        moves=MOVES,
        pull=4.06,
        members=MEMBERS,
        past=made_past(),
    )
    return replace(explained, **changes)  # type: ignore[arg-type]


def made_past(least: int = 5000, most: int | None = 10000) -> tuple[PastErrors, ...]:
    """Past errors that grow by 0.74 % a year, from origins with a gap."""
    return tuple(
        PastErrors(
            least_residents=least,
            most_residents=most,
            horizon=horizon,
            within_50=0.37 * horizon,
            within_80=0.74 * horizon,
            within_95=1.52 * horizon,
            outcomes=1051 - 50 * horizon,
            origins=(*range(2008, 2016), 2018) if horizon > 5 else (*range(2008, 2016), 2018, 2020),
        )
        for horizon in range(1, 11)
    )
