"""What the page on a number tells: its value and interval, what can be asked, and its causes."""

from typing import TYPE_CHECKING, Any

from framsyn.choose.strategy_text import BETWEEN
from framsyn.errors import FramsynError
from framsyn.evaluate.dictionary import areas
from framsyn.evaluate.explanation import Explanation
from framsyn.foresee.forecast.explain import explain_forecast
from framsyn.foresee.futures import DEFAULT_POSTURES, MOST_YEARS
from framsyn.i18n.translator import Words
from framsyn.model.indicator_names import indicator_named
from framsyn.model.indicators import Indicator, indicators
from framsyn.places.municipality import Municipality
from framsyn.report.explained import explained
from framsyn.report.explanation import difference_title
from framsyn.report.listing import looks
from framsyn.report.why import why
from framsyn.web.api.explanation import DRAWS, AskedExplanation
from framsyn.web.api.explanation import explained as explanation_of
from framsyn.web.api.futures import AskedFutures, columns_of, futures_told
from framsyn.web.cost import draws_within
from framsyn.web.pages.municipality_view import of_place, worlds_in
from framsyn.web.pages.telling import followed, interval_told, value_told
from framsyn.web.state import AppState

if TYPE_CHECKING:
    from framsyn.web.pages.why import AskedWhy

#: Years of the forecast that are explained.
FORECAST_YEARS = 10
POPULATION = "population"


def told(state: AppState, m: Municipality, asked: "AskedWhy", said: Words) -> dict[str, Any]:
    """The frame: the figure as the municipality's page tells it, and what else can be asked."""
    chosen, year = indicator_named(asked.indicator), year_of(m, asked)
    return {
        **of_place(m, said, "why"),
        "title": said.gettext("Why this number"),
        "asked": asked,
        "worlds": worlds_in(asked),
        "chosen": chosen,
        "unit": said.gettext(chosen.unit),
        "label": said.gettext(chosen.label),
        "year": year,
        "first": m.bundle.base_year + 1,
        "last": m.bundle.base_year + MOST_YEARS,
        "conduct": asked.conduct,
        "conduct_name": name_of(asked.conduct, said),
        "own": BETWEEN in asked.conduct,
        "against_name": name_of(asked.against, said) if asked.against else "",
        "against_own": BETWEEN in asked.against,
        "postures": list(looks(DEFAULT_POSTURES).values()),
        "figure": _figure(state, m, chosen, year, asked, said),
        "offered": _offered(state, m, asked, chosen, said),
        "forecast": _forecast(m, year, said) if chosen.id == POPULATION else None,
    }


def year_of(m: Municipality, asked: "AskedWhy") -> int:
    """The year that is asked for.

    Raises:
        FramsynError: it does not come after the base year, or too long after.
    """
    base = m.bundle.base_year
    year = asked.year or base + asked.years
    if not base < year <= base + MOST_YEARS:
        raise FramsynError(
            "The year must be from {first} to {last}; {year} was given.",
            first=base + 1,
            last=base + MOST_YEARS,
            year=year,
        )
    return year


def name_of(conduct: str, said: Words) -> str:
    """What a posture or a strategy of one's own is called."""
    posture, *own = conduct.split(BETWEEN)
    label = said.gettext(looks([posture])[posture].label)
    return said.gettext("own strategy from “{posture}”").format(posture=label) if own else label


def _figure(
    state: AppState, m: Municipality, chosen: Indicator, year: int, asked: "AskedWhy", said: Words
) -> dict[str, str]:
    """The figure now and in the year, as the interface tells it."""
    base = m.bundle.base_year
    question = AskedFutures(
        strategy=[asked.conduct],
        indicator=[chosen.id],
        years=max(asked.years, year - base),
        draws=asked.draws,
        seed=asked.seed,
    )
    futures = futures_told(state, m, question, columns_of([chosen.id]))
    spread = futures.futures[0].indicators[chosen.id].model_dump()
    about, at = followed(chosen, m, futures, said), year - base
    return {
        "now": value_told(spread["p50"][0], about, said),
        "median": value_told(spread["p50"][at], about, said),
        "interval": interval_told(spread, about, said, at),
    }


def _offered(
    state: AppState, m: Municipality, asked: "AskedWhy", chosen: Indicator, said: Words
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Area by area the indicators whose change can be explained: those known in the base year."""
    question = AskedFutures(strategy=["as_is"], indicator=["all"], years=1, draws=1, seed=asked.seed)
    now = futures_told(state, m, question, columns_of(["all"])).futures[0].indicators
    known = [one for one in indicators().values() if now[one.id].p50[0] is not None or one == chosen]
    offered = [
        (said.gettext(label), [(one.id, said.gettext(one.label)) for one in known if one.area == area])
        for area, label in areas().items()
    ]
    return [(label, listed) for label, listed in offered if listed]


def _forecast(m: Municipality, year: int, said: Words) -> Any:
    return why(explain_forecast(m, min(year - m.bundle.base_year, FORECAST_YEARS)), said)


def told_causes(m: Municipality, asked: "AskedWhy", most: int, said: Words) -> dict[str, Any]:
    """The causes of the figure, and what they rest on, within a cost in microseconds."""
    question = AskedExplanation(
        indicator=asked.indicator,
        year=year_of(m, asked),
        strategy=asked.conduct,
        against=asked.against,
        draws=min(asked.draws, DRAWS),
        seed=asked.seed,
    )
    question = question.model_copy(update={"draws": draws_within(question, most) or 1})
    found = explanation_of(m, question)
    return {
        **of_place(m, said, "why/told"),
        "title": _title(found, asked, said),
        "told": explained(found, said),
        "unit": said.gettext(found.indicator.unit),
        "base": found.base_year,
        "year": found.year,
    }


def _title(found: Explanation, asked: "AskedWhy", said: Words) -> str:
    posture = name_of(asked.conduct, said)
    if asked.against:
        return difference_title(found, posture, name_of(asked.against, said), said)
    return said.gettext("{indicator}, {name}, {posture}: from {base} to {year}").format(
        indicator=said.gettext(found.indicator.label),
        name=found.municipality.name(said.lang),
        posture=posture,
        base=found.base_year,
        year=found.year,
    )
