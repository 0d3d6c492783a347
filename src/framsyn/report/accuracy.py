"""How right forecasts were: names of methods, what pages and drawings share, and a table in the terminal.

Every figure comes from the frames of a backtest, described in `foresee.scoring`. The page and the drawings
are English, like all documentation; the terminal speaks the reader's language.
"""

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from framsyn.foresee import scoring
from framsyn.foresee.scoring import Comparison
from framsyn.i18n.translator import N_, NOT_KNOWN, Words, words
from framsyn.report.horizons import SHOWN, year_runs
from framsyn.report.terminal import WIDTH

OURS = "framsyn"
METHODS: dict[str, str] = {
    "framsyn": N_("Framsyn"),
    "trend": N_("Trend alone"),
    "shrunk_growth": N_("Shrunk growth alone"),
    "boosting": N_("Boosting alone"),
    "cohort_held": N_("Cohorts alone, deviations held"),
    "cohort_fading": N_("Cohorts alone, deviations fading"),
    "g5": N_("Five years' growth"),
    "linear": N_("Straight line"),
    "lin_exp": N_("Linear or exponential"),
    "csp_vsg": N_("Shares (CSP-VSG)"),
    "hamilton_perry": N_("Hamilton–Perry"),
    "no_change": N_("No change"),
}
OFFICIAL = re.compile(r"official_(\d{4})")
#: Years ahead that one sentence tells.
TOLD = 5
TOTAL = "total"
#: The two parts that intervals are shown for.
PARTS = ("Whole population", "Age groups")
#: The drawings and their alternative texts.
PLOTS = {
    "accuracy-error": "Line chart: mean absolute percentage error of each method by years ahead.",
    "accuracy-coverage": "Line chart: percent of outcomes inside 50, 80 and 95 % intervals by years ahead.",
    "accuracy-pit": "Histograms: percent of outcomes in each tenth of their forecast distribution.",
}
EN = words("en")
Row = dict[str, Any]
Rows = dict[tuple[Any, ...], Row]


def method_name(method: str, said: Words) -> str:
    """What a method is called; an id that nobody named is its own name."""
    edition = OFFICIAL.fullmatch(method)
    if edition:
        return said.gettext("Official projection {edition}").format(edition=edition[1])
    return said.gettext(METHODS[method]) if method in METHODS else method


def ordered(methods: Iterable[str], ours: str = OURS) -> list[str]:
    """Ours first, then official projections, then in the order of `METHODS`, then others by id."""
    listed = list(METHODS)

    def place(method: str) -> tuple[bool, bool, int, str]:
        rank = listed.index(method) if method in METHODS else len(listed)
        return method != ours, OFFICIAL.fullmatch(method) is None, rank, method

    return sorted(methods, key=place)


def shown_horizons(horizons: Sequence[int]) -> list[int]:
    """Those of `SHOWN` that were tested, and always the first and the last."""
    return sorted({*(h for h in SHOWN if h in horizons), *horizons[:1], *horizons[-1:]})


def told_horizons(horizons: Sequence[int]) -> list[int]:
    """Five years ahead where that was tested, and the furthest."""
    return sorted({*(h for h in (TOLD,) if h in horizons), *horizons[-1:]})


def keyed(frame: pl.DataFrame, *keys: str) -> Rows:
    """The rows of a frame by the values of `keys`."""
    return {tuple(row[key] for key in keys): row for row in frame.iter_rows(named=True)}


def print_accuracy(totals: pl.DataFrame, said: Words, console: Console, ours: str = OURS) -> None:
    """Print the error of every method at chosen horizons, each part on equal targets.

    Args:
        totals: of `foresee.scoring`.
        said: the reader's language.
        console: where to print.
        ours: the method that the others are compared with.

    Raises:
        ValueError: a column is missing, or no forecast of `ours` has an outcome.
    """
    shown = accuracy_table(totals, said, ours)
    width = min(console.width, WIDTH)
    least = Measurement.get(console, console.options.update(width=WIDTH), shown).minimum
    # A narrow terminal may fold lines, but no figure is ever cut off.
    console.print(shown, width=max(width, least), crop=False)


def accuracy_table(totals: pl.DataFrame, said: Words, ours: str = OURS) -> Table:
    """A row per method, MAPE / wAPE in percent; a part for each set of origins."""
    compared = scoring.comparisons(scoring.known_totals(totals), ours)
    horizons = shown_horizons(sorted({h for comparison in compared for h in comparison.horizons}))
    methods = [compared[0].methods, *({ours, *comparison.bound} for comparison in compared[1:])]
    parts = [
        _part(comparison, ordered(named, ours), horizons, said)
        for comparison, named in zip(compared, methods, strict=True)
    ]
    shown = Table(
        title=Text(said.gettext("How far off forecasts of the population were"), style="bold"),
        caption=said.gettext(
            "Percent of the outcome: mean error of municipalities / error weighted by residents. "
            "Within a part all methods meet the same municipalities and years."
        ),
        box=SIMPLE_HEAD,
        title_justify="left",
        caption_justify="left",
        pad_edge=False,
    )
    shown.add_column(said.gettext("Method"), overflow="fold", min_width=18, max_width=30)
    for place, horizon in enumerate(horizons, start=1):
        ahead = said.ngettext("{count} year", "{count} years", horizon).format(count=horizon)
        widest = max(len(row[place]) for part in parts for row in part)
        shown.add_column(ahead, justify="right", min_width=widest)
    for comparison, part in zip(compared, parts, strict=True):
        told = said.gettext("Forecasts made in {years}").format(years=year_runs(comparison.origins))
        shown.add_row(Text(told, style="italic"))
        for name, *cells in part:
            shown.add_row(Text(name), *cells, style="bold" if name == part[0][0] else "")
        shown.add_section()
    return shown


def _part(
    comparison: Comparison, methods: Sequence[str], horizons: Sequence[int], said: Words
) -> list[list[str]]:
    """Name and cells of each method."""
    scores = keyed(scoring.point_scores(comparison.rows, ("method", "horizon")), "method", "horizon")
    return [
        [method_name(method, said), *(_both(scores.get((method, horizon)), said) for horizon in horizons)]
        for method in methods
    ]


def _both(row: Row | None, said: Words) -> str:
    return f"{number(row, 'mape', 2, said)} / {number(row, 'wape', 2, said)}" if row else NOT_KNOWN


def value(row: Row | None, name: str) -> float:
    """A score of a row; NaN where there is none."""
    found = row.get(name) if row else None
    return math.nan if found is None else float(found)


def number(row: Row | None, name: str, decimals: int = 1, said: Words = EN) -> str:
    """A score of a row in words; a dash where there is none."""
    return said.number(value(row, name), decimals)


def own_spread(spread: pl.DataFrame, ours: str) -> pl.DataFrame:
    """The intervals of `ours` with a known outcome, with their size class."""
    known = spread.filter(pl.col("method") == ours, pl.col("actual").is_finite())
    return scoring.with_size_class(known)


def parted(spread: pl.DataFrame) -> pl.DataFrame:
    """The frame with `part`: the whole population, or the groups of age."""
    whole = pl.when(pl.col("target") == TOTAL).then(pl.lit(PARTS[0])).otherwise(pl.lit(PARTS[1]))
    return spread.with_columns(whole.alias("part"))
