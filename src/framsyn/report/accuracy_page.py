"""How right forecasts were, as a page of documentation in Markdown."""

import math
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from framsyn.foresee import scoring
from framsyn.foresee.scoring import Comparison, Estimate
from framsyn.i18n.translator import NOT_KNOWN
from framsyn.report.accuracy import (
    EN,
    OURS,
    PARTS,
    PLOTS,
    TOTAL,
    Row,
    Rows,
    keyed,
    method_name,
    number,
    ordered,
    own_spread,
    parted,
    shown_horizons,
    told_horizons,
    value,
)
from framsyn.report.horizons import year_runs

RESAMPLES, SEED = 2_000, 1
LINE = 120  # columns of a paragraph
EVERY = "all"
CLASSES = (*scoring.SIZE_CLASSES, EVERY)
NOT_TESTED = "Not tested in this run."


@dataclass(frozen=True)
class Backtest:
    """The frames of a backtest, and what several sections need of them."""

    totals: pl.DataFrame
    spread: pl.DataFrame
    ages: pl.DataFrame
    ours: str
    images: str | None

    @cached_property
    def compared(self) -> list[Comparison]:
        """Fair comparisons, the widest first."""
        return scoring.comparisons(scoring.known_totals(self.totals), self.ours)

    @cached_property
    def own(self) -> pl.DataFrame:
        """Our known totals, with their size class."""
        ours = scoring.known_totals(self.totals).filter(pl.col("method") == self.ours)
        return scoring.with_size_class(ours)

    @cached_property
    def intervals(self) -> pl.DataFrame:
        """Our intervals with a known outcome, with their size class."""
        return own_spread(self.spread, self.ours)

    @property
    def horizons(self) -> list[int]:
        """Years ahead at which our totals can be scored."""
        known: list[int] = self.own["horizon"].unique().sort().to_list()
        return known

    def image(self, name: str) -> list[str]:
        """The drawing called `name`, where drawings are shown."""
        return [f"![{PLOTS[name]}]({self.images}/{name}.svg)"] if self.images else []


def accuracy_markdown(
    totals: pl.DataFrame,
    spread: pl.DataFrame,
    ages: pl.DataFrame,
    text: Mapping[str, str] | None = None,
    *,
    ours: str = OURS,
    images: str | None = "images",
) -> str:
    """Write the page of documentation from the frames of a backtest.

    Args:
        totals: as in `foresee.scoring`.
        spread: likewise; without rows of `ours` the sections on intervals say that nothing was tested.
        ages: likewise.
        text: blocks of Markdown to put at the end of sections, by the keys of `SECTIONS`; `lead` stands
            under the title, and `variants` makes a section of its own.
        ours: the method that the others are compared with.
        images: folder of the drawings of `accuracy_plots`, seen from the page; None = no drawings.

    Returns:
        The page; the same frames always give the same page.

    Raises:
        ValueError: a column is missing, no forecast of `ours` has an outcome, or a key of `text` is unknown.
    """
    extra = dict(text or {})
    places = ("lead", *SECTIONS, "variants")
    if unknown := set(extra) - set(places):
        raise ValueError(f"no section is called {', '.join(sorted(unknown))}: choose {', '.join(places)}")
    seen = Backtest(totals, spread, ages, ours, images)
    blocks = ["# How right the forecasts were", *map(_wrapped, _lead(seen)), extra.get("lead", "")]
    for key, (heading, section) in SECTIONS.items():
        blocks += [f"## {heading}", *map(_wrapped, section(seen)), extra.get(key, "")]
    if "variants" in extra:
        blocks += ["## Every variant tried", extra["variants"]]
    return "\n\n".join(block.strip() for block in blocks if block.strip()) + "\n"


def _wrapped(block: str) -> str:
    """A paragraph in lines of the docs' width; tables, headings and drawings as they are."""
    whole = block.replace(" %", "\N{NO-BREAK SPACE}%")
    return block if block[0] in "|#!" else textwrap.fill(whole, LINE, break_on_hyphens=False)


def _lead(seen: Backtest) -> list[str]:
    """The answer in a few sentences."""
    scores = keyed(scoring.point_scores(seen.own, ("horizon",)), "horizon")
    parts = [
        f"{_ahead(h)} half were within {number(scores[h,], 'mdape')} % of the outcome and 80 of 100 within"
        f" {number(scores[h,], 'p80')} %"
        for h in told_horizons(seen.horizons)
    ]
    sentences = [f"Of forecasts of a municipality's population, {'; '.join(parts)}."]
    totals = seen.intervals.filter(pl.col("target") == TOTAL)
    for row in scoring.interval_scores(totals, ("method",)).iter_rows(named=True):
        held = number(row, "coverage_80")
        sentences.append(f"Intervals meant to hold 80 % of the outcomes held {held} %.")
    return [" ".join(sentences), "Made by `framsyn backtest`: every figure on this page comes from the test."]


def _ahead(horizon: int) -> str:
    return f"{horizon} year{'s' if horizon > 1 else ''} ahead"


def _tested(seen: Backtest) -> list[str]:
    origins = seen.own["origin"].unique().sort().to_list()
    names = [method_name(method, EN) for method in ordered(seen.totals["method"].unique(), seen.ours)]
    free = scoring.independent_origins(seen.own)
    last = free.row(-1, named=True)
    return [
        f"{EN.number(seen.own['code'].n_unique())} municipalities; forecasts made from the end of"
        f" {year_runs(origins)} (origins: {len(origins)}) for {year_runs(seen.horizons)}"
        f" year{'s' if seen.horizons[-1] > 1 else ''} ahead"
        " from nothing that came later. An outcome that is not published is left out. Methods:"
        f" {', '.join(names)}.",
        "Forecasts from neighbouring origins live through the same years, so they are fewer tests than they"
        f" look. Origins with an outcome {_ahead(last['horizon'])}: {last['origins']}, of which"
        f" **{last['independent']}** do not overlap.",
        _table(
            ["years ahead", *map(str, free["horizon"])],
            [
                ["origins with an outcome", *map(str, free["origins"])],
                ["of which do not overlap", *map(str, free["independent"])],
            ],
        ),
    ]


def _sizes(seen: Backtest) -> list[str]:
    horizons = shown_horizons(seen.horizons)
    scores = _with_every(scoring.point_scores, seen.own, "size_class")
    header = ["residents", *map(_ahead, horizons)]
    return [
        "Of 100 forecasts for municipalities of the size, 80 were no further from the outcome than:",
        _table(header, _grid(scores, CLASSES, horizons, lambda row: f"±{number(row, 'p80')} %")),
        "Mean error without sign (MAPE), percent; in parentheses with sign (bias): above zero the forecasts"
        " were too high.",
        _table(header, _grid(scores, CLASSES, horizons, _mape_and_bias)),
    ]


def _mape_and_bias(row: Row) -> str:
    return f"{number(row, 'mape', 2)} ({EN.signed(value(row, 'bias'), 2)})"


def _methods(seen: Backtest) -> list[str]:
    blocks = [
        "Each table holds methods on the same municipalities, origins and years. Percent of the outcome: mean"
        " error of municipalities (MAPE) / error weighted by residents (wAPE); the lowest in bold.",
        *seen.image("accuracy-error"),
    ]
    for comparison in seen.compared:
        blocks += [
            f"### Forecasts made in {year_runs(comparison.origins)}",
            *_comparison(comparison, seen.ours),
        ]
    return blocks


def _comparison(comparison: Comparison, ours: str) -> list[str]:
    """Error at every horizon, and the other measures at the told ones."""
    methods, horizons = ordered(comparison.methods, ours), comparison.horizons
    frame = scoring.point_scores(comparison.rows, ("method", "horizon"))
    scores = keyed(frame, "method", "horizon")
    least = keyed(frame.group_by("horizon").agg(pl.col("mape", "wape").min()), "horizon")

    def cell(row: Row) -> str:
        return " / ".join(_marked(row, name, least[row["horizon"],]) for name in ("mape", "wape"))

    life = keyed(scoring.shelf_life(comparison.rows), "method")
    told = told_horizons(horizons)
    names = ("MdAPE", "bias", "within 5 %", "within 10 %")
    header = ["method", *(f"{name}, {h} y" for h in told for name in names), "shelf life, y"]
    rows = [
        [_named(m), *(text for h in told for text in _measures(scores.get((m, h)))), _life(life[m,])]
        for m in methods
    ]
    return [
        _table(["years ahead", *map(str, horizons)], _grid(scores, methods, horizons, cell, _named)),
        "Median error, bias and percent of forecasts within 5 and 10 % of the outcome; shelf life = the years"
        " up to which 80 % are within 10 %.",
        _table(header, rows),
    ]


def _measures(row: Row | None) -> list[str]:
    bias = EN.signed(value(row, "bias"), 2)
    return [number(row, "mdape", 2), bias, number(row, "within_5"), number(row, "within_10")]


def _marked(row: Row, name: str, least: Row) -> str:
    """The number, in bold where no method has a lower one."""
    text = number(row, name, 2)
    return f"**{text}**" if text == number(least, name, 2) else text


def _life(row: Row) -> str:
    return f"{row['shelf_life']}" + (" or more" if row["shelf_life"] == row["longest"] else "")


def _differences(seen: Backtest) -> list[str]:
    generator = np.random.default_rng(SEED)
    found = [
        scoring.difference(comparison.rows, seen.ours, rival, horizon, generator, RESAMPLES)
        for comparison in seen.compared
        for rival in ordered(set(comparison.bound) - {seen.ours}, seen.ours)
        for horizon in told_horizons(comparison.horizons)
    ]
    if not found:
        return ["No other method was tested."]
    rows = [
        [method_name(d.rival, EN), EN.number(d.horizon), EN.number(d.n), _estimate(d.mape), _estimate(d.wape)]
        for d in found
    ]
    return [
        f"{method_name(seen.ours, EN)} less the other method, percentage points; below zero"
        f" {method_name(seen.ours, EN)} errs less. In parentheses the 95 % interval when"
        f" {EN.number(found[0].regions)} regions are drawn anew {EN.number(RESAMPLES)} times, each with all"
        " its municipalities and origins; in bold where it leaves out zero. What the whole country shares is"
        " not drawn anew: another history could differ more.",
        _table(["against", "years ahead", "forecasts", "MAPE", "wAPE"], rows),
    ]


def _estimate(estimate: Estimate) -> str:
    text = f"{EN.signed(estimate.value, 2)} ({EN.interval(estimate.low, estimate.high, 2)})"
    return f"**{text}**" if estimate.low > 0 or estimate.high < 0 else text


def _intervals(seen: Backtest) -> list[str]:
    totals, groups = (
        seen.intervals.filter(of) for of in (pl.col("target") == TOTAL, pl.col("target") != TOTAL)
    )
    blocks = [
        "Percent of outcomes inside intervals that were meant to hold 50, 80 and 95 %. Mean width, interval"
        " score and CRPS are in percent of the outcome; lower is better.",
        *(seen.image("accuracy-coverage") if seen.intervals.height else []),
    ]
    if totals.height:
        blocks += ["### Population, by years ahead", _by_horizon(totals)]
        blocks += ["### Population, by residents (50 / 80 / 95 %)", _coverage(totals, "size_class", CLASSES)]
    if groups.height:
        names = sorted(groups["target"].unique(), key=_first_age)
        blocks += ["### Age groups (50 / 80 / 95 %)", _coverage(groups, "target", [*names, EVERY])]
    return blocks if seen.intervals.height else [NOT_TESTED]


def _by_horizon(totals: pl.DataFrame) -> str:
    columns = {
        **{f"inside {level} %": (f"coverage_{level}", 1) for level, _, _ in scoring.INTERVALS},
        "width 80 %": ("width_80", 2),
        **{f"interval score {level} %": (f"score_{level}", 2) for level, _, _ in scoring.INTERVALS},
        "CRPS": ("crps", 3),
    }
    scores = scoring.interval_scores(totals, ("horizon",))
    rows = [
        [str(row["horizon"]), EN.number(row["n"]), *(number(row, *column) for column in columns.values())]
        for row in scores.iter_rows(named=True)
    ]
    return _table(["years ahead", "forecasts", *columns], rows)


def _coverage(spread: pl.DataFrame, first: str, names: Sequence[str]) -> str:
    """Coverage by size class or target, at the shown horizons and over all of them."""
    scores = _with_every(scoring.interval_scores, spread, first)
    horizons = [*shown_horizons(spread["horizon"].unique().sort().to_list()), EVERY]
    header = ["", *(f"{h} y" for h in horizons[:-1]), "all years"]
    return _table(header, _grid(scores, names, horizons, _covered))


def _with_every(
    score: Callable[[pl.DataFrame, Sequence[str]], pl.DataFrame], frame: pl.DataFrame, first: str
) -> Rows:
    """Scores by `first` and horizon, and over all of either (the key `EVERY`)."""
    marked = frame.with_columns(pl.lit(EVERY).alias("every_first"), pl.lit(EVERY).alias("every_horizon"))
    scores: Rows = {}
    for one in (first, "every_first"):
        for two in ("horizon", "every_horizon"):
            scores |= keyed(score(marked, (one, two)), one, two)
    return scores


def _covered(row: Row) -> str:
    return " / ".join(number(row, f"coverage_{level}", 0) for level, _, _ in scoring.INTERVALS)


def _first_age(target: str) -> tuple[float, str]:
    found = re.match(r"\d+", target)
    return float(found[0]) if found else math.inf, target


def _pit(seen: Backtest) -> list[str]:
    if not seen.intervals.height:
        return [NOT_TESTED]
    histogram = keyed(scoring.pit_histogram(parted(seen.intervals), ("part",)), "part", "bin")
    bins = range(scoring.BINS)
    rows = _grid(histogram, PARTS, bins, lambda row: number(row, "share"))
    return [
        "Percent of outcomes in each tenth of their forecast distribution (PIT). Right distributions give 10"
        " in each; more at both ends = too narrow, more in the middle = too wide.",
        *seen.image("accuracy-pit"),
        _table(["tenth", *(str(b + 1) for b in bins)], rows),
    ]


def _ages(seen: Backtest) -> list[str]:
    known = scoring.known_ages(seen.ages)
    if seen.ours not in known["method"]:
        return [NOT_TESTED]
    blocks = [
        "Error of single years of age and of age groups: absolute errors summed over ages, percent of the"
        " residents (wAPE). Age structure error: half the summed difference of age shares, percent. Shares:"
        " mean absolute error and, in parentheses, bias, percentage points.",
    ]
    for comparison in scoring.comparisons(known, seen.ours):
        blocks += [
            f"### Ages, forecasts made in {year_runs(comparison.origins)}",
            *_age_tables(comparison, seen.ours),
        ]
    return blocks


def _age_tables(comparison: Comparison, ours: str) -> list[str]:
    methods, told = ordered(comparison.methods, ours), told_horizons(comparison.horizons)
    rows = scoring.commonly_known(comparison.rows, scoring.AGE_ERRORS)
    scores = keyed(scoring.age_scores(rows, ("method", "horizon")), "method", "horizon")
    columns: dict[str, Callable[[Row | None], str]] = {
        "groups": lambda row: number(row, "wape_groups", 2),
        "structure": lambda row: number(row, "age_structure", 2),
        "under 15": lambda row: _share(row, "under_15"),
        "65+": lambda row: _share(row, "share_65"),
    }
    header = ["method", *(f"{name}, {h} y" for h in told for name in columns)]
    table = [
        [method_name(m, EN), *(cell(scores.get((m, h))) for h in told for cell in columns.values())]
        for m in methods
    ]
    single = sorted({h for (_, h), row in scores.items() if row["wape_ages"] is not None})
    grid = _grid(scores, methods, shown_horizons(single), lambda row: number(row, "wape_ages", 2), _named)
    first = (
        [_table(["single years of age, years ahead", *map(str, shown_horizons(single))], grid)]
        if single
        else []
    )
    return [*first, _table(header, table)]


def _named(method: str) -> str:
    return method_name(method, EN)


def _share(row: Row | None, name: str) -> str:
    bias = EN.signed(value(row, f"{name}_bias"), 2)
    return f"{number(row, name, 2)} ({bias})"


def _grid(
    scores: Rows,
    firsts: Iterable[str],
    seconds: Sequence[Any],
    cell: Callable[[Row], str],
    name: Callable[[str], str] = str,
) -> list[list[str]]:
    """Rows of a table: a first cell for each of `firsts` that has any score, then one cell per second key."""
    return [
        [
            name(first),
            *(cell(scores[first, second]) if (first, second) in scores else NOT_KNOWN for second in seconds),
        ]
        for first in firsts
        if any((first, second) in scores for second in seconds)
    ]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown: the first column to the left, numbers to the right."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


#: Key, heading and writer of each section, in order.
SECTIONS: dict[str, tuple[str, Callable[[Backtest], list[str]]]] = {
    "tested": ("What was tested", _tested),
    "size": ("How far off may a forecast be?", _sizes),
    "methods": ("Do other methods forecast better?", _methods),
    "differences": ("Is the difference more than chance?", _differences),
    "intervals": ("Do the intervals keep their word?", _intervals),
    "pit": ("Where in the forecast distribution did the outcomes fall?", _pit),
    "ages": ("Are the ages right?", _ages),
}
