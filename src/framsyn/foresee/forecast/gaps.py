"""Gaps in what is published: which are filled, how, and the sentences that say so.

A blank cell is "not published". A row that is absent is nobody of that age where the ages around it
hold few, as tables often leave zeros out; where they hold many it is a gap, and the municipality's
year is then not known. No row above an age in any municipality: the table ends there.
"""

from collections.abc import Sequence

import numpy as np

from framsyn.calibrate.model_schedules import model_mortality
from framsyn.core.arrays import Floats
from framsyn.model.layout import AGES

#: An absent row is a gap when the ages around it hold more persons than this.
FEW_PERSONS = 8.0
#: A yearly change of the logarithm above this, and far above the usual, is a change of borders.
LEAST_BREAK, USUAL_TIMES = 0.15, 8.0
#: Part of the places that must be known in two years for their growth to stand for the others.
MOST_KNOWN = 0.8


def complete_cubes(
    cubes: dict[int, Floats], blanks: dict[int, Floats], codes: Sequence[str]
) -> tuple[dict[int, Floats], list[str]]:
    """Settle absent rows: nobody, or a gap; a municipality's year with a gap becomes NaN.

    Args:
        cubes: persons [P, 2, 101] by year, NaN where there is no row or a blank.
        blanks: [P, 2, 101] by year, 1 where the row is there but blank.
        codes: municipality codes.

    Returns:
        The cubes, and sentences on what was taken for what.
    """
    settled, notes = {}, []
    absent_rows = 0
    for year, cube in cubes.items():
        unknown = np.isnan(cube)
        here = np.asarray(~unknown.all(axis=(1, 2)))
        filled = np.where(unknown, 0.0, cube)
        gap = unknown & ((_neighbours(filled) > FEW_PERSONS) | (blanks[year] > 0))
        end = table_end(cube, blanks[year])
        gap[..., end + 1 :] = False
        sexless = np.asarray(unknown.all(axis=2))
        gap |= sexless[:, :, None] & here[:, None, None]
        broken = here & gap.any(axis=(1, 2))
        absent_rows += int((unknown & ~gap)[here & ~broken, :, : end + 1].any(axis=1).sum())
        filled[~here | broken] = np.nan
        if broken.any():
            names = ", ".join(codes[i] for i in np.flatnonzero(broken)[:5])
            notes.append(
                f"population_age_sex {year}: {int(broken.sum())} municipalities lack ages and are"
                f" taken as not published ({names})"
            )
        if not np.isnan(filled).all():
            settled[year] = filled
    if absent_rows:
        notes.append(f"population_age_sex: {absent_rows} absent rows are taken as nobody of that age")
    return settled, notes


def _neighbours(filled: Floats) -> Floats:
    both = np.pad(filled, ((0, 0), (0, 0), (1, 1)))
    mean: Floats = 0.5 * (both[..., :-2] + both[..., 2:])
    return mean


def table_end(cube: Floats, blank: Floats) -> int:
    """The highest age with a row in any municipality: from persons [P, 2, 101] and where they are blank."""
    rows = (~np.isnan(cube) | (blank > 0)).any(axis=(0, 1))
    return int(np.flatnonzero(rows)[-1]) if rows.any() else AGES - 1


def spread_open_age(cubes: dict[int, Floats], ends: dict[int, int]) -> tuple[dict[int, Floats], list[str]]:
    """Spread an open age below 100 over the ages to 100, as people survive them.

    Args:
        cubes: persons [P, 2, 101] by year.
        ends: the highest age with a row by year; it is open where more stand at it than at the one below.
    """
    spread = {}
    opened: dict[int, list[int]] = {}
    survivors = np.exp(-np.cumsum(model_mortality(), axis=1))
    for year, cube in cubes.items():
        end, spread[year] = ends[year], cube
        if not AGES // 2 <= end < AGES - 1 or np.nansum(cube[..., end] - cube[..., end - 1]) <= 0:
            continue
        part = survivors[:, end:] / survivors[:, end:].sum(axis=1, keepdims=True)
        spread[year] = cube.copy()
        spread[year][..., end:] = cube[..., end, None] * part
        opened.setdefault(end, []).append(year)
    notes = [
        f"population_age_sex ends at age {end} in {min(years)}–{max(years)}: those above are spread over"
        f" {end}–100"
        for end, years in sorted(opened.items())
    ]
    return spread, notes


def fill_totals(totals: Floats, first_year: int, codes: Sequence[str]) -> tuple[Floats, Floats, list[str]]:
    """Totals [P, Y] with inner gaps on an exponential line, and changes of borders spliced.

    A municipality's figures before a jump are scaled so that the year of the jump stands still. Before
    its first figure it has the growth of the others, where nearly all of them are known; else NaN, as
    after its last.

    Returns:
        The totals, what they were multiplied by [P, Y] for today's borders, and sentences on what was done.
    """
    filled = np.full_like(totals, np.nan)
    scale = np.ones_like(totals)
    gaps = 0
    for place, row in enumerate(totals):
        known = np.flatnonzero(row > 0)
        if known.size:
            inner = np.arange(known[0], known[-1] + 1)
            gaps += inner.size - known.size
            filled[place, inner] = np.exp(np.interp(inner, known, np.log(row[known])))
    notes = []
    if gaps:
        notes.append(f"population totals: {gaps} gaps filled on a line between the years around them")
    broken = []
    change = np.diff(np.log(filled), axis=1)
    for place, row in enumerate(change):
        for at in breaks(row):
            scale[place, : at + 1] *= np.exp(row[at])
            broken.append(f"{codes[place]} in {first_year + at + 1}")
    if broken:
        notes.append(
            f"population totals: a jump is taken as a change of borders, and the years before scaled to it: "
            f"{', '.join(broken[:10])}{' …' if len(broken) > 10 else ''}"
        )
    whole, begun = _led_in(filled * scale)
    if begun:
        notes.append(
            f"population totals: {begun} years before a first figure follow the growth of the others"
        )
    return whole, scale, notes


def _led_in(totals: Floats) -> tuple[Floats, int]:
    """Totals [P, Y] with what is before a first figure on the growth of the others; how many were filled."""
    filled = totals.copy()
    count = 0
    for year in range(totals.shape[1] - 2, -1, -1):
        both = np.isfinite(filled[:, year]) & np.isfinite(filled[:, year + 1])
        missing = np.isnan(filled[:, year]) & np.isfinite(filled[:, year + 1])
        if missing.any() and both.mean() >= MOST_KNOWN:
            growth = filled[both, year + 1].sum() / filled[both, year].sum()
            filled[missing, year] = filled[missing, year + 1] / growth
            count += int(missing.sum())
    return filled, count


def rescaled(known: dict[int, Floats], scale: Floats, first_year: int) -> dict[int, Floats]:
    """Persons [P, …] of the years of `scale` [P, Y] on the borders of today: times it."""
    years = range(first_year, first_year + scale.shape[1])
    return {
        year: values * scale[:, year - first_year].reshape(-1, *[1] * (values.ndim - 1))
        for year, values in known.items()
        if year in years
    }


def breaks(change: Floats) -> list[int]:
    """Columns of yearly log changes [Y − 1] that are no growth but a change of borders."""
    size = np.abs(change)
    if not np.isfinite(size).any():
        return []
    usual = float(np.nanmedian(size))
    return [int(at) for at in np.flatnonzero(size > LEAST_BREAK + USUAL_TIMES * usual)]
