"""The base population: the last observed structure carried to the latest year that is published.

Year by year the cohorts grow older with the region's change and the place's own pattern beside
it, newborns come in, and the result is fitted to what is published for the year.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from framsyn.calibrate import cohorts
from framsyn.calibrate.fitting import Band, Fitted, Margins, fit, share_band, sum_by
from framsyn.calibrate.known import LAST_AGE, Floats, Known, read_known
from framsyn.calibrate.rounding import UNIT, round_exactly
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

# A cell starts from at least this part of what the region's structure would give the place.
LEAST_PART = 0.02
HALF_UNIT = 0.05
SETTLED = 1e-3


@dataclass(frozen=True)
class BasePopulation:
    """The population on which every life starts.

    Attributes:
        codes: the municipalities, sorted.
        base_year: persons stand at 31 December of this year.
        count: persons [P, 2, 101], multiples of 1/1024.
        observed: whether the structure itself was published; otherwise it is estimated.
        method: one sentence on how it was made.
        notes: what was lacking or had to be filled, in English sentences.
        errors: the largest error of each kind of margin, persons.
    """

    codes: tuple[str, ...]
    base_year: int
    count: Floats
    observed: bool
    method: str
    notes: tuple[str, ...]
    errors: dict[str, float]


@dataclass(frozen=True)
class Options:
    """Parts of the method that can be left out to see what they are worth."""

    local: bool = True
    anchors: bool = True
    bands: bool = True


def base_population(tables: Tables) -> BasePopulation:
    """The population by single year and sex at the end of the latest published year.

    Raises:
        FramsynError: fewer than two observed structures, or a municipality without population.
    """
    known = read_known(tables)
    base_year, source = latest_year(known)
    path = tables.path(source) or tables.path("components")
    check_everyone(known, base_year, path.name if path else source)
    if base_year == known.origin:
        return BasePopulation(
            codes=known.codes,
            base_year=base_year,
            count=known.observed[base_year],
            observed=True,
            method=f"Observed by single year and sex in {base_year}.",
            notes=(),
            errors={},
        )
    notes = lacking(known, base_year)
    fitted = carry(known, base_year)
    margins, contradictions = target_margins(known, base_year, Options())
    count = round_exactly(fitted.count, margins)
    return BasePopulation(
        codes=known.codes,
        base_year=base_year,
        count=count,
        observed=False,
        method=f"The structure observed in {known.origin} rolled forward by cohort to"
        f" {base_year} and fitted to what is published for it.",
        notes=(*notes, *contradictions, *_unsettled(fitted)),
        errors=fitted.errors,
    )


def latest_year(known: Known) -> tuple[int, str]:
    """The base year and the table that tells it."""
    years = [(known.origin, 0, "population_age_sex")]
    years += [(year, 1, "population_total") for year in known.totals]
    if known.margins is not None:
        years.append((known.margins.year, 2, "population_margins"))
    year, _, source = max(years)
    return year, source


def check_everyone(known: Known, year: int, file: str) -> None:
    """Raise when a municipality has no population in the base year."""
    total = year_total(known, year)
    missing = np.flatnonzero(~(np.nan_to_num(total) > 0))
    if missing.size:
        raise FramsynError(
            "{file}: municipality {code} has no population in {year}. Add its row, or take the"
            " municipality out of municipalities.",
            file=file,
            code=", ".join(known.codes[i] for i in missing[:5]),
            year=year,
        )


def carry(known: Known, target: int, options: Options | None = None) -> Fitted:
    """The structure of `target`, from the last observed one, year by year; persons [P, 2, 101]."""
    options = options or Options()
    local = cohorts.local_ratios(known) if options.local else None
    weight = cohorts.mobility(local)
    fitted = Fitted(known.observed[known.origin], 0, {})
    for year in range(known.origin + 1, target + 1):
        count = _next(known, fitted.count, year, local)
        if options.anchors:
            count = _anchored(known, count, year)
        margins, _ = target_margins(known, year, options if year == target else Options(bands=False))
        fitted = _fitted(count, margins, weight)
    return fitted


def _next(known: Known, count: Floats, year: int, local: Floats | None) -> Floats:
    ratio = cohorts.region_ratios(known, year)[known.region_of]
    if local is not None:
        ratio = ratio * local[:, None, :]
    older = cohorts.grow_older(count, ratio)
    older[:, :, 0] = cohorts.newborns(known, year)
    return older


def _anchored(known: Known, count: Floats, year: int) -> Floats:
    # A projection's first year stands one year from an observation that we lack. The two
    # estimates are mixed by the inverse of their distance from what each has seen.
    for edition in known.projections:
        if edition.base + 1 != year or edition.base < known.origin:
            continue
        distance = year - known.origin
        both = np.maximum(count.sum(axis=1), UNIT)
        pull = np.maximum(edition.years[year], 0.1) / both
        pull = np.where(np.isfinite(pull), pull, 1.0) ** (distance / (distance + 1))
        count = count * pull[:, None, :]
    return count


def _fitted(count: Floats, margins: Margins, weight: Floats) -> Fitted:
    total = margins.local if margins.local.ndim == 1 else margins.local.sum(axis=1)
    start = np.maximum(count, _least(count, total, margins))
    start = cohorts.absorb(start, total, weight)
    return fit(start, margins)


def _least(count: Floats, total: Floats, margins: Margins) -> Floats:
    regions = int(margins.region_of.max()) + 1
    regional = margins.regional
    if regional is None:
        regional = sum_by(count, margins.region_of, regions)
    part = regional / np.maximum(regional.sum(axis=(1, 2), keepdims=True), UNIT)
    usual: Floats = total[:, None, None] * part[margins.region_of]
    return np.maximum(LEAST_PART * usual, 2 * UNIT)


def year_total(known: Known, year: int) -> Floats:
    """Persons by municipality [P] in a year: published, or on a line between published years."""
    margins = known.margins
    if margins is not None and margins.year == year:
        return margins.total
    published = {y: v for y, v in known.totals.items() if y > known.origin}
    if year in published and np.isfinite(published[year]).all():
        return published[year]
    if year == max(published, default=0):
        return published[year]
    published[known.origin] = known.observed[known.origin].sum(axis=(1, 2))
    if margins is not None:
        published[margins.year] = margins.total
    years = sorted(y for y, total in published.items() if np.isfinite(total).all())
    lines = np.stack([published[y] for y in years])
    return np.array([np.interp(year, years, line) for line in lines.T])


def target_margins(known: Known, year: int, options: Options) -> tuple[Margins, list[str]]:
    """The margins of a year on the rounding grid, and sentences on what contradicted."""
    published = known.margins if known.margins and known.margins.year == year else None
    local = year_total(known, year)
    if published is not None and np.isfinite(published.sex).all():
        local = published.sex
    regional = known.regional.get(year)
    notes: list[str] = []
    if published is None and regional is not None:
        local = _scaled_to_regions(known, local, regional)
    elif regional is not None:
        regional, notes = _agreeing(known, regional, local, year)
    bands: tuple[Band, ...] = ()
    if published is not None and options.bands:
        total = published.total
        bands = (
            share_band(0, 14, published.young, total, HALF_UNIT),
            share_band(65, LAST_AGE, published.old, total, HALF_UNIT),
        )
    return Margins(local, known.region_of, regional, bands), notes


def _scaled_to_regions(known: Known, local: Floats, regional: Floats) -> Floats:
    sums = sum_by(local, known.region_of, len(regional))
    if np.abs(sums - regional.sum(axis=(1, 2))).max() < 0.5:
        return local
    return np.asarray(local * (regional.sum(axis=(1, 2)) / sums)[known.region_of])


def _agreeing(known: Known, regional: Floats, local: Floats, year: int) -> tuple[Floats, list[str]]:
    # The municipalities' own figures stand; a region that disagrees keeps its shape only.
    sums = sum_by(local, known.region_of, len(regional))
    theirs = regional.sum(axis=2 if local.ndim == 2 else (1, 2))
    if np.abs(sums - theirs).max() < 0.5:
        return regional, []
    ratio = sums / np.maximum(theirs, UNIT)
    scaled = regional * (ratio[:, :, None] if local.ndim == 2 else ratio[:, None, None])
    note = (
        f"region_population_age_sex {year} differs from the sum of the municipalities by up to"
        f" {np.abs(sums - theirs).max():.0f} persons: its shape is used, not its level"
    )
    return _on_grid(scaled, sums), [note]


def _on_grid(scaled: Floats, sums: Floats) -> Floats:
    by_sex = scaled if sums.ndim == 2 else scaled.reshape(len(scaled), 1, -1)
    running = np.rint(np.cumsum(by_sex, axis=-1) / UNIT)
    running[..., -1] = np.rint(sums.reshape(running.shape[:-1]) / UNIT)
    return np.asarray(np.diff(running, axis=-1, prepend=0) * UNIT).reshape(scaled.shape)


def lacking(known: Known, base_year: int) -> list[str]:
    """What the method had to do without, in English sentences."""
    steps = range(known.origin + 1, base_year + 1)
    totals = {y for y, v in known.totals.items() if np.isfinite(v).all()} | {base_year}
    sentences = {
        "population totals between known years on a straight line": [y for y in steps if y not in totals],
        "births between known years on a straight line": [
            y for y in steps if known.births and y not in known.births
        ],
        "the regions' change taken from the last observed years": [
            y for y in steps if y not in known.regional
        ],
    }
    notes = [f"{text}: {_listed(years)}" for text, years in sentences.items() if years]
    before, last = sorted(known.observed)[-2:]
    if last - before > 1 and not set(steps) <= known.regional.keys():
        notes.append("no two observed years in a row: cohorts grow older without deaths and moves")
    if known.margins is None or known.margins.year != base_year:
        notes.append(f"no population_margins for {base_year}: sex and age follow the cohorts")
    if not known.births:
        notes.append("no births in components: as many newborns as in the last observed year")
    if not known.projections:
        notes.append("no official_projection: local patterns from the observed years only")
    return notes


def _listed(years: Iterable[int]) -> str:
    return ", ".join(str(year) for year in years)


def _unsettled(fitted: Fitted) -> list[str]:
    return [
        f"the fit to {margin} is off by up to {error:.3g} persons: the margins contradict"
        for margin, error in fitted.errors.items()
        if error > SETTLED
    ]
