"""What the chart of one's own strategy is filled with: a fan over the medians and the band of others."""

from collections.abc import Mapping, Sequence

from framsyn.report.drawing import Filling, Rows
from framsyn.report.figures import LABEL_ROOM, marked_years, span
from framsyn.report.listing import Look

#: One strategy's mean and quantiles by year, by the names of `Spread`; None = not known.
Quantiles = Mapping[str, Sequence[float | None]]
FAN = ("p10", "p25", "p50", "p75", "p90")
BAND = ("p10", "p90")


def following(
    own: Quantiles,
    other: Quantiles,
    medians: Mapping[Look, Sequence[float | None]],
    years: Sequence[int],
    past: Sequence[tuple[int, float]],
    breaks: Sequence[tuple[int, str]] = (),
    *,
    zero: bool,
) -> Filling:
    """The filling of the chart `follow` for one indicator.

    Args:
        own: one's own strategy.
        other: the strategy that it is compared with.
        medians: by strategy, how it is drawn and its median by year.
        years: calendar years of the futures.
        past: year and value of what is published.
        breaks: year and label of breaks of the series.
        zero: whether the axis holds zero.
    """
    lines: Rows = [
        {"posture": look.id, "year": year, "value": value}
        for look, values in medians.items()
        for year, value in zip(years, values, strict=True)
        if value is not None
    ]
    shown = [float(row["value"]) for row in lines] + [value for _, value in past]
    for told, names in ((own, FAN), (other, BAND)):
        shown += [value for name in names for value in told[name] if value is not None]
    low, high = span(shown, zero=zero)
    first = min([year for year, _ in past] + [years[0]])
    looks = list(medians)
    return Filling(
        data={
            "own": _rows(own, years, FAN),
            "other": _rows(other, years, BAND),
            "lines": lines,
            "past": [{"year": year, "value": value} for year, value in past],
            "zero": [{"value": 0.0}] if low < 0.0 < high else [],
            "breaks": [{"year": year, "label": label} for year, label in breaks],
        },
        domains={
            "x": (first, years[-1]),
            "y": (low, high),
            "color": [look.id for look in looks],
            "strokeDash": [look.id for look in looks],
        },
        ranges={
            "color": [look.colour for look in looks],
            "strokeDash": [look.dashes for look in looks],
        },
        years=marked_years(first, years[0], years[-1]),
        room=LABEL_ROOM if breaks else 0,
    )


def _rows(told: Quantiles, years: Sequence[int], names: Sequence[str]) -> Rows:
    return [
        {"year": year, **{name: told[name][place] for name in names}}
        for place, year in enumerate(years)
        if told[names[0]][place] is not None
    ]
