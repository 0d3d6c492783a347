"""What the past says of costs: how far they follow users, and how long a dear or cheap place stays so."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate import key_figures as key
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.levels import WINSOR, winsorised
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

CHILDREN = "0-17"
#: The two years at each end of the accounts are averaged before they are compared.
END_YEARS = 2
#: Municipalities of this many are needed to judge anything.
LEAST_PLACES = 30


def users_elasticity(tables: Tables, codes: Sequence[str]) -> float | None:
    """Percent by which the cost of education and culture follows one percent more residents under 18.

    Slope of the change of ln cost on the change of ln residents under 18 between the first and the last
    year of the key figures, weighted by the square root of residents; None where tables lack.
    """
    frame = key.key_figures(tables, codes, (key.EDUCATION_COST, key.POPULATION))
    groups = tables.get("population_groups")
    if frame is None or groups is None or CHILDREN not in groups.columns:
        return None
    years = sorted(frame.drop_nulls(key.EDUCATION_COST)["year"].unique().to_list())
    years = [year for year in years if year in set(groups["year"])]
    if len(years) <= 1:
        return None
    ends = [frame.filter(frame["year"] == year) for year in (years[0], years[-1])]
    per_resident = [values_of(one, key.EDUCATION_COST, list(codes)) for one in ends]
    residents = [values_of(one, key.POPULATION, list(codes)) for one in ends]
    children = [
        values_of(groups.filter(groups["year"] == year), CHILDREN, list(codes))
        for year in (years[0], years[-1])
    ]
    cost = [a * b for a, b in zip(per_resident, residents, strict=True)]
    return slope(log_ratio(children), log_ratio(cost), np.sqrt(residents[-1]))


def yearly_persistence(years: Sequence[int], level: Floats, size: Floats) -> float | None:
    """Part of a place's deviation of ln cost per resident that is left after a year, at most 1.

    The slope of the last two years on the first two, both winsorised, to the power of one over the years
    between them; None where accounts are too short.

    Args:
        years: [Y] the years of the accounts, in order.
        level: [P, Y] cost per resident.
        size: [P] residents.
    """
    if len(years) < 2 * END_YEARS:
        return None
    gap = float(np.mean(years[-END_YEARS:]) - np.mean(years[:END_YEARS]))
    positive = level.min(axis=1) > 0
    logs = np.log(np.where(positive[:, None], level, np.nan))
    early, late = logs[:, :END_YEARS].mean(axis=1), logs[:, -END_YEARS:].mean(axis=1)
    if not np.isfinite(early).any():
        return None
    left = slope(winsorised(early, WINSOR), winsorised(late, WINSOR), np.sqrt(size))
    return None if left is None else float(np.clip(left, 0.0, 1.0) ** (1.0 / gap))


def log_ratio(ends: list[Floats]) -> Floats:
    """[P] ln of the last over the first; NaN where either is missing or not above zero."""
    first, last = ends
    known = (first > 0) & (last > 0)
    return np.log(np.divide(last, first, out=np.full_like(first, np.nan), where=known))


def slope(x: Floats, y: Floats, weight: Floats) -> float | None:
    """Weighted slope of y on x over the places that have both; None where they are few or x is even."""
    known = np.isfinite(x) & np.isfinite(y) & np.isfinite(weight)
    if known.sum() < LEAST_PLACES:
        return None
    w = weight[known]
    dx = x[known] - np.average(x[known], weights=w)
    dy = y[known] - np.average(y[known], weights=w)
    spread = float((w * dx * dx).sum())
    return float((w * dx * dy).sum() / spread) if spread > 0.0 else None
