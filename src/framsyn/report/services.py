"""The brochure's services as the page shows them: an overview, and each with all that is known of it."""

from functools import cache
from typing import NamedTuple

from framsyn.datafile import rows
from framsyn.i18n.translator import N_
from framsyn.model.indicators import indicators
from framsyn.report.cells import Cells
from framsyn.report.listing import Look, shown

#: What each service is measured by: the indicator's name with the area in it, and what it is called.
MEASURES = {
    "need_{area}": N_("Need"),
    "coverage_{area}": N_("Capacity"),
    "staff_{area}": N_("Staff"),
    "cost_{area}_per_resident": N_("Net cost"),
    "quality_{area}": N_("Resources per user"),
}
STAFF, NEED, COST, QUALITY = "staff_{area}", "need_{area}", "cost_{area}_per_resident", "quality_{area}"


class Service(NamedTuple):
    """One service in words.

    Attributes:
        label: what it is called.
        need: how need changes to the last year, as today or in the first future there is.
        cells: (net cost, quality) now, then under each posture in the last year.
        measures: (what, unit, indicator) of all that is known of it.
    """

    label: str
    need: str
    cells: list[tuple[str, str]]
    measures: list[tuple[str, str, str]]


@cache
def areas() -> dict[str, str]:
    """The areas that somebody needs, with their message ids."""
    told = {row["id"]: row["label"] for row in rows("framsyn.model", "areas.csv")}
    return {area: label for area, label in told.items() if NEED.format(area=area) in indicators()}


def services(cells: Cells, looks: list[Look]) -> list[Service]:
    """Every service that the dataset tells of."""
    return [
        _service(area, label, cells, looks)
        for area, label in areas().items()
        if cells.has(NEED.format(area=area))
    ]


def _service(area: str, label: str, cells: Cells, looks: list[Look]) -> Service:
    words, last = cells.words, cells.summary.years[-1]
    need, cost, quality = (name.format(area=area) for name in (NEED, COST, QUALITY))
    return Service(
        words.gettext(label),
        _need(need, looks[0].id, cells, by_place=f"coverage_{area}" in shown("places")),
        [
            (cells.now(cost), cells.now(quality)),
            *((cells.mid(cost, look.id, last), cells.mid(quality, look.id, last)) for look in looks),
        ],
        [_measure(what, name, area, cells) for name, what in MEASURES.items()],
    )


def _measure(what: str, name: str, area: str, cells: Cells) -> tuple[str, str, str]:
    """Staff goes without its unit: the word says it."""
    indicator = name.format(area=area)
    return cells.words.gettext(what), "" if name == STAFF else cells.unit(indicator), indicator


def _need(name: str, posture: str, cells: Cells, *, by_place: bool) -> str:
    """Places needed now and then, or in percent where users are counted by weights."""
    words, last = cells.words, cells.summary.years[-1]
    if by_place:
        text = words.gettext(N_("need {now} → {then} places"))
        return text.format(now=cells.now(name), then=cells.mid(name, posture, last))
    now, then = cells.summary.now(name), cells.summary.at(name, posture, last).p50
    change = 100.0 * (then / now - 1.0) if now else float("nan")
    return words.gettext(N_("need {change}")).format(change=words.signed_percent(change))
