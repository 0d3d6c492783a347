"""How much the future may differ: parameters of the worlds, measured on the past.

National parameters come from `uncertainty_national`. Here: how the *local* levels of moves and births
wander around the nation's. The variance of the change of a municipality's ln relative level over k
years, less its Poisson noise, is D(k); for an AR(1) with persistence ρ and innovation ε it is
2ε²(1 − ρᵏ)/(1 − ρ²). One ρ is fitted for all size classes, ε in each, and ε follows a law of size,
ε = ε₁₀ₖ · (size/10,000)^−b.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.setting import ESTIMATED, Floats, Setting
from framsyn.calibrate.uncertainty_national import Parameter, assumed, national_parameters

#: Lower bounds of the size classes in which D(k) is measured, residents.
SIZE_CLASSES = (2_000, 5_000, 10_000, 20_000, 50_000)
LAGS = (1, 2, 3, 5, 8, 10)
#: Values of ρ that are tried.
PERSISTENCES = np.arange(0.30, 0.981, 0.02)
REFERENCE_SIZE = 10_000.0
SMALLEST_SIZE = 100.0
LARGEST_EXPONENT = 0.5
#: Parameter family → component and least residents of the places it is measured in (small counts
#: bias a logarithm).
FAMILIES = {
    "local_moves_in": ("in_migration", 2_000),
    "local_moves_out": ("out_migration", 2_000),
    "local_immigration": ("immigration", 5_000),
}
#: Vital events per resident and year (births and deaths) in `implied_total_sd`.
VITAL_RATE = 0.02


@dataclass(frozen=True)
class Wander:
    """AR(1) of a local ln level, from 0 in the base year.

    Attributes:
        persistence: ρ per year.
        sd: innovation at 10,000 residents, ln.
        size_exponent: b of sd ∝ (size/10,000)^−b.
    """

    persistence: float
    sd: float
    size_exponent: float

    def innovation(self, size: float) -> float:
        """Innovation in a municipality of `size` residents, ln; below 100 residents as at 100."""
        relative = max(size, SMALLEST_SIZE) / REFERENCE_SIZE
        return self.sd * float(relative**-self.size_exponent)


#: Used where no history of ten years tells it.
ASSUMED_WANDER = Wander(0.85, 0.08, 0.2)


def uncertainty(setting: Setting) -> list[Parameter]:
    """All parameters of the worlds, each with unit, source, year, status and note."""
    found = national_parameters(setting)
    for family, (component, least) in FAMILIES.items():
        found += local_parameters(setting, family, component, least)
    return found


def as_values(parameters: list[Parameter]) -> dict[str, float]:
    """Plain dict of name → value, for the bundle."""
    return {p.name: p.value for p in parameters}


def wander_of(values: Mapping[str, float], family: str) -> Wander:
    """The wander of a family from the plain dict."""
    return Wander(values[f"{family}_persistence"], values[f"{family}_sd"], values[f"{family}_size_exponent"])


def local_parameters(setting: Setting, family: str, component: str, least: int) -> list[Parameter]:
    """Parameters of one family's local wander; assumed where no history tells it."""
    counts = setting.component(component)
    years = contiguous(sorted(counts))
    if len(years) <= max(LAGS) or (setting.size >= least).sum() < 50:
        return named(family, ASSUMED_WANDER, "", setting.base_year)
    wander = fit_wander(setting, {y: counts[y] for y in years}, least)
    return named(family, wander, f"components, {years[0]}–{years[-1]}", years[-1])


def named(family: str, wander: Wander, source: str, year: int) -> list[Parameter]:
    """Name the parameters of a family; without a source they are assumptions."""
    rows = [
        ("persistence", wander.persistence, "1", "AR(1) per year of the local ln level"),
        ("sd", wander.sd, "ln", "yearly innovation beyond Poisson noise at 10,000 residents"),
        ("size_exponent", wander.size_exponent, "1", "sd ∝ (residents/10,000)^−exponent"),
    ]
    if not source:
        return [assumed(f"{family}_{key}", value, unit, year, note) for key, value, unit, note in rows]
    return [
        Parameter(f"{family}_{key}", value, unit, source, year, ESTIMATED, note)
        for key, value, unit, note in rows
    ]


def contiguous(years: list[int]) -> list[int]:
    """The longest run of years without a gap, the later of equals."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return max(reversed(runs), key=len, default=[])


def fit_wander(setting: Setting, counts: Mapping[int, Floats], least: int) -> Wander:
    """Fit ρ over all size classes and the law of ε over size."""
    size = setting.size
    bounds = [low for low in SIZE_CLASSES if low >= least]
    members = [(size >= low) & (size < high) for low, high in zip(bounds, [*bounds[1:], np.inf], strict=True)]
    members = [among for among in members if among.sum() >= 5]
    measured = np.stack([structure_function(counts, among) for among in members])
    persistence, variance = fit_autoregression(measured)
    middle = np.array([np.exp(np.log(size[among]).mean()) for among in members])
    places = np.array([among.sum() for among in members], dtype=np.float64)
    sd, exponent = size_law(middle, variance, places)
    return Wander(persistence, sd, exponent)


def structure_function(counts: Mapping[int, Floats], among: NDArray[np.bool_]) -> Floats:
    """D(k) for the lags: mean squared change of ln relative level less Poisson noise.

    Levels are relative to the national total of the year; counts get ½ so that no logarithm fails.
    """
    level = {y: np.log((c[among] + 0.5) / c.sum()) for y, c in counts.items()}
    noise = {y: 1.0 / (c[among] + 0.5) for y, c in counts.items()}
    found = []
    for lag in LAGS:
        pairs = [y for y in counts if y + lag in counts]
        excess = [(level[y + lag] - level[y]) ** 2 - noise[y] - noise[y + lag] for y in pairs]
        found.append(float(np.mean(excess)))
    return np.array(found)


def fit_autoregression(measured: Floats) -> tuple[float, Floats]:
    """Common persistence and innovation variance [C] from D(k) [C, lags] by least squares.

    Each class counts relative to its own largest D; variances are ≥ 0.
    """
    weight = 1.0 / np.maximum(measured.max(axis=1), 1e-4) ** 2
    best, found = np.inf, (float(PERSISTENCES[0]), np.zeros(len(measured)))
    for rho in PERSISTENCES:
        growth = 2.0 * (1.0 - rho ** np.array(LAGS)) / (1.0 - rho**2)
        variance = np.maximum(measured @ growth / (growth @ growth), 0.0)
        misfit = ((measured - variance[:, None] * growth) ** 2).sum(axis=1) @ weight
        if misfit < best:
            best, found = float(misfit), (float(rho), variance)
    return found


def size_law(size: Floats, variance: Floats, places: Floats) -> tuple[float, float]:
    """Sd at 10,000 residents and exponent b of sd ∝ size^−b, by weighted regression of logarithms.

    Classes with no variance left beyond chance count as sd 0.01.
    """
    sd = np.sqrt(np.maximum(variance, 1e-4))
    x = np.log(size / REFERENCE_SIZE)
    root = np.sqrt(places)
    design = np.stack([np.ones_like(x), x], axis=1) * root[:, None]
    level, slope = np.linalg.lstsq(design, np.log(sd) * root, rcond=None)[0]
    return float(np.exp(level)), float(np.clip(-slope, 0.0, LARGEST_EXPONENT))


def implied_total_sd(
    moves_per_resident: float, size: float, coming: Wander, leaving: Wander, years: int = 5
) -> float:
    """Sd of ln population after `years` that the local parameters imply, without simulation.

    The sum over years of moves·(x − y), x and y independent AR(1) from 0, plus the Poisson noise of
    moves in and out, births and deaths. National deviations are not in it.

    Args:
        moves_per_resident: moves in (or out) per resident and year.
        size: residents.
        coming: wander of moves in.
        leaving: wander of moves out.
        years: horizon.
    """
    lasting = sum(summed_variance(w.persistence, years) * w.innovation(size) ** 2 for w in (coming, leaving))
    chance = years * (2.0 * moves_per_resident + VITAL_RATE) / size
    return float(np.sqrt(moves_per_resident**2 * lasting + chance))


def summed_variance(persistence: float, years: int) -> float:
    """Variance of the sum of an AR(1)'s first `years` values, from 0, for unit innovation."""
    steps = np.arange(years)
    # an innovation j years before the end has been counted 1 + ρ + … + ρ^j times
    reach = np.cumsum(persistence**steps)
    return float((reach**2).sum())
