"""The page of a municipality's futures: one HTML file that opens offline, without script."""

import shlex
from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from jinja2 import Environment, PackageLoader, StrictUndefined

from framsyn.datafile import rows
from framsyn.foresee.forecast.explain import ForecastExplained
from framsyn.report import figures
from framsyn.report.cells import HEADLINES, Cells
from framsyn.report.findings import ANCHOR, finding, sentence
from framsyn.report.history import History
from framsyn.report.listing import Look, looks, shown, visions
from framsyn.report.summary import Summary, summarise
from framsyn.report.why import why
from framsyn.report.words import N_, Words

STANDARD = (ANCHOR, "engaging", "focused", "lazy", "given_up")
FINANCE = ("annual_margin_per_resident", "loans_per_resident")
DECISION_YEARS = (1, 5, 10)  # and the last
AGE_GROUP = 10  # years
CORE_TASKS = (N_("bildning"),)  # those that have a name in every language
STATUSES = (
    ("observed", N_("Observed")),
    ("estimated", N_("Estimated")),
    ("assumed", N_("Assumed")),
    ("source", N_("Sources")),
)


def render(
    futures: xr.Dataset,
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
    looked = list(looks(cells.summary.postures).values())
    template = _environment().get_template("foresee.html.j2")
    context = _place(futures, words) | _story(futures, cells, looked)
    return template.render(
        _=words.gettext,
        ngettext=words.ngettext,
        words=words,
        cells=cells,
        looks=looked,
        why=why(explained, words) if explained else None,
        **context,
        **_figures(futures, cells, looked, history),
        **_provenance(futures, cells.summary, words),
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("framsyn.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _place(futures: xr.Dataset, words: Words) -> dict[str, Any]:
    return {
        "name": words.name(futures.attrs),
        "region": words.name(futures.attrs, "region"),
        "code": str(futures.attrs.get("code", "")),
    }


def _story(futures: xr.Dataset, cells: Cells, looked: list[Look]) -> dict[str, Any]:
    years = cells.summary.years
    last = years[-1]
    told = {look.id: sentence(finding(futures, look.id), cells.words) for look in looked}
    soon = [years[0] + step for step in DECISION_YEARS if step < last - years[0]]
    return {
        "base": years[0],
        "last": last,
        "years": years,
        "draws": futures.sizes["draw"],
        "headlines": HEADLINES,
        "told": {posture: text[:1].upper() + text[1:] for posture, text in told.items()},
        "decision_years": [*soon, last],
        "decisions": shown("decisions"),
        "services": [name for name in shown("services") if cells.has(name)],
        "community": [name for name in shown("community") if cells.has(name)],
        "visions": {key: value for key, value in visions().items() if key in told},
    }


def _figures(futures: xr.Dataset, cells: Cells, looked: list[Look], history: History) -> dict[str, Any]:
    region = str(futures.attrs.get("region_en") or futures.attrs.get("region_sv") or "")

    def fan(indicator: str) -> figures.Figure:
        return figures.fan_figure(indicator, cells, looked, history, region)

    return {
        "population": fan("population"),
        "finance": [fan(name) for name in FINANCE if cells.has(name)],
        "pyramid": figures.pyramid_figure(futures, cells, looked),
        "ages": _age_groups(futures, cells),
        "levers": figures.lever_figures(cells, looked),
    }


def _age_groups(futures: xr.Dataset, cells: Cells) -> list[tuple[str, list[str]]]:
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


def _provenance(futures: xr.Dataset, summary: Summary, words: Words) -> dict[str, Any]:
    told = [(row["status"], row["text"]) for row in rows("framsyn.report", "provenance.csv")]
    return {
        "provenance": [
            (
                words.gettext(heading),
                [words.gettext(text) for status, text in told if status == wanted],
            )
            for wanted, heading in STATUSES
        ],
        "core_task": words.gettext(str(futures.attrs.get("core_task", ""))),
        "attrs": {key: str(value) for key, value in futures.attrs.items()},
        "command": command(futures.attrs, summary, futures.sizes["draw"], words.lang),
    }


def command(attrs: Mapping[Any, Any], summary: Summary, draws: int, lang: str) -> str:
    """The command line that makes the same futures again, safe to paste into a shell."""
    years = summary.years[-1] - summary.years[0]
    parts = ["framsyn", "foresee", str(attrs.get("code", ""))]
    parts += ["--years", str(years), "--draws", str(draws), "--seed", str(attrs.get("seed", ""))]
    if tuple(summary.postures) != STANDARD:
        for posture in summary.postures:
            parts += ["--posture", posture]
    return shlex.join([*parts, "--lang", lang])
