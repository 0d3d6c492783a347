"""The page of a municipality's futures: one HTML file that opens offline, without script."""

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from framsyn.datafile import rows
from framsyn.foresee.forecast.explain import ForecastExplained
from framsyn.i18n.translator import N_, Words
from framsyn.report import figures
from framsyn.report.cells import HEADLINES, Cells
from framsyn.report.command import command, own_postures
from framsyn.report.environment import environment
from framsyn.report.findings import clauses, finding
from framsyn.report.history import History
from framsyn.report.listing import Look, core_tasks, law_rules, looks, shown, visions
from framsyn.report.risk import risk
from framsyn.report.services import services
from framsyn.report.statement import statement
from framsyn.report.summary import Summary, summarise
from framsyn.report.why import why

if TYPE_CHECKING:
    import xarray as xr

#: Years after the base year that tables show, beside the last.
DECISION_YEARS = (1, 5, 10)
RISK_YEARS = (1, 5, 10, 15)
PLAN_YEARS = (1, 2, 3, 5, 10, 15)  # the year of the budget, the two of the plan, and later ones
TABLES = ("ambitions", "places", "economy", "economy_more", "community", "community_more")
AGE_GROUP = 10  # years
STATUSES = (
    ("observed", N_("Observed")),
    ("estimated", N_("Estimated")),
    ("assumed", N_("Assumed")),
    ("source", N_("Sources")),
)


def render(
    futures: "xr.Dataset",
    history: History,
    words: Words,
    summary: Summary | None = None,
    explained: ForecastExplained | None = None,
) -> str:
    """The whole page as HTML.

    Args:
        futures: the dataset of `foresee`, with `population_by_age` and the municipality's attributes.
        history: the past to draw before the futures.
        words: the language.
        summary: of the same dataset, where it has been made already.
        explained: why the forecast under the futures is what it is; without it the page does not tell.
    """
    cells = Cells(summary or summarise(futures), words)
    looked = list(looks(cells.summary.postures, own_postures(futures.attrs)).values())
    template = environment("framsyn.report").get_template("foresee.html.j2")
    drawings = _figures(futures, cells, looked, history)
    context = _place(futures, words) | _story(futures, cells, looked) | _accounts(futures, cells, looked)
    return template.render(
        _=words.gettext,
        ngettext=words.ngettext,
        words=words,
        cells=cells,
        looks=looked,
        why=why(explained, words) if explained else None,
        **context,
        **drawings,
        **_provenance(futures, cells.summary, words),
    )


def _place(futures: "xr.Dataset", words: Words) -> dict[str, Any]:
    return {
        "name": words.name(futures.attrs),
        "region": words.name(futures.attrs, "region"),
        "code": str(futures.attrs.get("code", "")),
    }


def _story(futures: "xr.Dataset", cells: Cells, looked: list[Look]) -> dict[str, Any]:
    years = cells.summary.years
    last = years[-1]
    told = {look.id: clauses(finding(futures, look.id), cells.words) for look in looked}
    own = own_postures(futures.attrs)
    return {
        "base": years[0],
        "last": last,
        "years": years,
        "draws": futures.sizes["draw"],
        "headlines": HEADLINES,
        "told": {posture: [text[:1].upper() + text[1:] for text in texts] for posture, texts in told.items()},
        "decision_years": years_ahead(years, DECISION_YEARS),
        "decisions": shown("decisions"),
        "tables": {section: [name for name in shown(section) if cells.has(name)] for section in TABLES},
        "services": services(cells, looked),
        "visions": {key: value for key, value in visions().items() if key in told and key not in own},
        "own": [look for look in looked if look.id in own],
    }


def _accounts(futures: "xr.Dataset", cells: Cells, looked: list[Look]) -> dict[str, Any]:
    """The books and the law: statements at the end and by year, risks, rules carried forward."""
    years, words = cells.summary.years, cells.words
    ends = [(looked[0].id, years[0]), *((look.id, years[-1]) for look in looked)]
    planned = [years[0], *years_ahead(years, PLAN_YEARS)]
    return {
        "statement": statement(cells, ends),
        "ends": [
            words.gettext("Now ({year})").format(year=years[0]),
            *(words.gettext(look.label) for look in looked),
        ],
        "plan_years": planned,
        "plans": [(look, statement(cells, [(look.id, year) for year in planned])) for look in looked],
        "risk": risk(futures, cells, looked, years_ahead(years, RISK_YEARS)),
        "carried": carried(futures, words),
    }


def years_ahead(years: list[int], steps: tuple[int, ...]) -> list[int]:
    """The years so many steps after the first, as far as there are such, and the last."""
    return [*(years[0] + step for step in steps if years[0] + step < years[-1]), years[-1]]


def carried(futures: "xr.Dataset", words: Words) -> str:
    """The rules of law carried beyond their last known year, with that year; blank where there is none."""
    told = re.findall(r"(\w+) \((\d+)\)", str(futures.attrs.get("law_carried_forward", "")))
    return "; ".join(f"{words.gettext(law_rules().get(rule, rule))} ({year})" for rule, year in told)


def _figures(futures: "xr.Dataset", cells: Cells, looked: list[Look], history: History) -> dict[str, Any]:
    region = str(futures.attrs.get("region_en") or futures.attrs.get("region_sv") or "")

    def fan(indicator: str) -> figures.Figure:
        return figures.fan_figure(indicator, cells, looked, history, region)

    population = fan("population")
    finance = [fan(name) for name in shown("finance") if cells.has(name)]
    pyramid = figures.pyramid_figure(futures, cells, looked)
    levers = figures.lever_figures(cells, looked)
    figures.begin_figures([population, pyramid, *levers, *finance], cells.words.lang)
    return {
        "population": population,
        "finance": finance,
        "pyramid": pyramid,
        "ages": _age_groups(futures, cells),
        "levers": levers,
    }


def _age_groups(futures: "xr.Dataset", cells: Cells) -> list[tuple[str, list[str]]]:
    """Rows of the table of ages: men and women now, then men and women under each posture."""
    counts = figures.by_age(futures)
    edges = range(0, counts.shape[-1], AGE_GROUP)
    grouped = np.add.reduceat(counts, list(edges), axis=-1)
    columns = [grouped[0, 0], *grouped[:, -1]]
    return [
        (_ages(start), [cells.words.number(side[place]) for column in columns for side in column])
        for place, start in enumerate(edges)
    ]


def _ages(start: int) -> str:
    return f"{start}–{start + AGE_GROUP - 1}" if start < 100 else f"{start}+"


def provenance(words: Words) -> list[tuple[str, list[str]]]:
    """What is observed, estimated and assumed, and the sources, each under its heading."""
    told = [(row["status"], row["text"]) for row in rows("framsyn.report", "provenance.csv")]
    return [
        (words.gettext(heading), [words.gettext(text) for status, text in told if status == wanted])
        for wanted, heading in STATUSES
    ]


def _provenance(futures: "xr.Dataset", summary: Summary, words: Words) -> dict[str, Any]:
    core_task = str(futures.attrs.get("core_task", ""))
    return {
        "provenance": provenance(words),
        "core_task": words.gettext(core_tasks().get(core_task, core_task)),
        "attrs": {key: str(value) for key, value in futures.attrs.items()},
        "command": command(
            futures.attrs,
            summary.postures,
            summary.years[-1] - summary.years[0],
            futures.sizes["draw"],
            words.lang,
        ),
    }
