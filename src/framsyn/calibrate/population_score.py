"""How good the base population's method is, where the truth is known."""

from dataclasses import replace

import numpy as np
import polars as pl

from framsyn.calibrate import cohorts
from framsyn.calibrate.known import Floats, Known, mean_age, read_known
from framsyn.calibrate.population import Options, carry, latest_year
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

AGE_BANDS = ((0, 14), (15, 19), (20, 24), (25, 34), (35, 64), (65, 74), (75, 84), (85, 100))
BROAD_GROUPS = ((0, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 100))
SIZE_CLASSES = ((0, 2000), (2000, 5000), (5000, 20000), (20000, 100000), (100000, None))


def score_method(tables: Tables, origin_year: int, target_year: int) -> pl.DataFrame:
    """Score the method from one observed structure against a later one, beside naive methods.

    Of `target_year` only what is published for a year without structure is used: totals by sex,
    shares under 15 and 65+ rounded to 0.1, births, the regions' tables; of projections only
    editions that start from `origin_year` or before.

    Returns:
        One row per method. `all`, the age bands and the size classes (persons in the
        municipality) hold the weighted absolute percentage error, 100 · Σ|estimate − truth| /
        Σ truth over municipality, sex and single age; `broad_groups` the mean absolute
        percentage error of eight age groups over municipalities.

    Raises:
        FramsynError: a year without an observed structure.
    """
    everything = read_known(tables)
    for year in (origin_year, target_year):
        if year not in everything.observed:
            raise FramsynError(
                "population_age_sex has no year {year}: choose among {years}.",
                year=year,
                years=", ".join(map(str, everything.observed)),
            )
    truth = everything.observed[target_year]
    known = everything.as_of(origin_year, target_year)
    aged = naive(known, target_year)
    fitted = aged * (truth.sum(axis=(1, 2)) / aged.sum(axis=(1, 2)))[:, None, None]
    return pl.DataFrame(
        [
            {"method": "Framsyn", **errors(carry(known, target_year).count, truth)},
            {
                "method": "without the official projection",
                **errors(carry(replace(known, projections=()), target_year).count, truth),
            },
            {"method": "age everyone", **errors(aged, truth)},
            {"method": "age everyone, fitted to the total", **errors(fitted, truth)},
        ]
    )


def naive(known: Known, target: int) -> Floats:
    """Persons [P, 2, 101] when everyone stays: survivors by the region's death rates, and births.

    Without death rates nobody dies.
    """
    alone = replace(known, regional={})
    count = known.observed[known.origin]
    for year in range(known.origin + 1, target + 1):
        deaths = known.mortality.get(year)
        survival = np.ones_like(count) if deaths is None else 1 - deaths[known.region_of]
        count = cohorts.grow_older(count, survival)
        count[:, :, 0] = cohorts.newborns(alone, year)
    return count


def errors(estimate: Floats, truth: Floats) -> dict[str, float]:
    """The errors of a structure [P, 2, 101], percent, by the column names of `score_method`."""
    size = truth.sum(axis=(1, 2))
    groups = {"all": weighted_error(estimate, truth), "broad_groups": _broad(estimate, truth)}
    for first, last in AGE_BANDS:
        ages = slice(first, last + 1)
        name = f"age {first}–{last}" if last < truth.shape[2] - 1 else f"age {first}+"
        groups[name] = weighted_error(estimate[:, :, ages], truth[:, :, ages])
    for low, high in SIZE_CLASSES:
        inside = (size >= low) & (size < (high or np.inf))
        name = f"{low:,}–{high:,}" if high else f"{low:,}+"
        groups[name] = weighted_error(estimate[inside], truth[inside])
    return groups


def weighted_error(estimate: Floats, truth: Floats) -> float:
    """Weighted absolute percentage error; NaN where the truth has nobody."""
    persons = float(truth.sum())
    return 100 * float(np.abs(estimate - truth).sum()) / persons if persons else float("nan")


def _broad(estimate: Floats, truth: Floats) -> float:
    theirs = np.stack([truth[:, :, a : b + 1].sum(axis=(1, 2)) for a, b in BROAD_GROUPS])
    ours = np.stack([estimate[:, :, a : b + 1].sum(axis=(1, 2)) for a, b in BROAD_GROUPS])
    some = theirs > 0
    return 100 * float((np.abs(ours - theirs)[some] / theirs[some]).mean())


def held_out(tables: Tables) -> pl.DataFrame:
    """Check the real base year against what is published for it but was not used.

    The mean age is never fitted; the shares are left out of the fit here. This is the only
    test over the whole gap between the last structure and the base year.

    Returns:
        One row per method: mean absolute error of the mean age (years) and of the shares
        under 15 and 65+ (percentage points) over municipalities.

    Raises:
        FramsynError: nothing is published beside the totals of the base year.
    """
    known = read_known(tables)
    year, _ = latest_year(known)
    margins = known.margins
    if margins is None or margins.year != year or year == known.origin:
        raise FramsynError("population_margins tells nothing of {year}: nothing to test.", year=year)
    unused = Options(bands=False)
    tried = {
        "Framsyn": carry(known, year, unused).count,
        "without the recent projection": carry(known, year, replace(unused, anchors=False)).count,
        "without the official projection": carry(replace(known, projections=()), year, unused).count,
        "age everyone": naive(known, year),
    }
    return pl.DataFrame(
        [
            {
                "method": method,
                "mean age, years": _mean_gap(mean_age(count), margins.mean_age),
                "under 15, points": _mean_gap(_share(count, 0, 14), margins.young),
                "65+, points": _mean_gap(_share(count, 65, 100), margins.old),
            }
            for method, count in tried.items()
        ]
    )


def _share(count: Floats, first: int, last: int) -> Floats:
    ages = count[:, :, first : last + 1].sum(axis=(1, 2))
    return np.asarray(100 * ages / count.sum(axis=(1, 2)))


def _mean_gap(estimate: Floats, published: Floats) -> float:
    return float(np.nanmean(np.abs(estimate - published)))


def markdown(table: pl.DataFrame, digits: int = 2) -> str:
    """Render a score as a Markdown table, methods as columns."""
    methods = table["method"].to_list()
    lines = ["| | " + " | ".join(methods) + " |", "| --- |" + " ---: |" * len(methods)]
    for name in table.columns[1:]:
        cells = ("–" if value != value else f"{value:.{digits}f}" for value in table[name])
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
