"""Model schedules by age, for what no table holds: Rogers–Castro, Gompertz, a normal curve."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import sections

Floats = NDArray[np.float64]

_AGES = np.arange(101, dtype=np.float64)


@cache
def parameters(name: str) -> dict[str, float]:
    """Numbers of one model schedule in `model_schedules.toml`."""
    told = sections("framsyn.calibrate", "model_schedules.toml")[name]
    return {k: float(v) for k, v in told.items() if not isinstance(v, str)}


def rogers_castro(
    a1: float, alpha1: float, a2: float, mu2: float, alpha2: float, lambda2: float, c: float
) -> Floats:
    """Model migration schedule [101], moves per person-year, positive at every age.

    Children follow parents (a1, falling by alpha1), the young leave home (a2, around mu2, rising by
    lambda2 and falling by alpha2), a constant c stays. Rogers & Castro (1981), IIASA RR-81-30.
    """
    past = _AGES - mu2
    labour = a2 * np.exp(-alpha2 * past - np.exp(np.minimum(-lambda2 * past, 50.0)))
    rate: Floats = a1 * np.exp(-alpha1 * _AGES) + labour + c
    return rate


def model_migration(name: str = "migration") -> Floats:
    """[101] shape of moves with the parameters named in the data file, positive."""
    return rogers_castro(**parameters(name))


def model_fertility() -> Floats:
    """[101] shape of fertility over the mother's age, sum 1, zero outside 13–52."""
    p = parameters("fertility")
    curve = np.exp(-0.5 * ((_AGES + 0.5 - p["mean_age_years"]) / p["sd_years"]) ** 2)
    curve[(_AGES < 13) | (_AGES > 52)] = 0.0
    shape: Floats = curve / curve.sum()
    return shape


def gompertz(modal_age: float, slope: float) -> Floats:
    """Death rate [101] per person-year at mid-age, m(x) = b·exp(b·(x − M)).

    Missov et al. (2015), Demographic Research 32:1031–1048, doi:10.4054/DemRes.2015.32.36.
    """
    rate: Floats = slope * np.exp(slope * (_AGES + 0.5 - modal_age))
    return rate


def model_mortality() -> Floats:
    """[2, 101] death rates per person-year of a low-mortality population, positive."""
    p = parameters("mortality")
    modes = (p["modal_age_male_years"], p["modal_age_female_years"])
    rates = np.stack([gompertz(mode, p["slope_per_year"]) for mode in modes])
    rates += p["background_rate"]
    rates[:, 0] = p["infant_rate"]
    return rates


def model_fit(shape: Floats) -> dict[str, float]:
    """Describe a schedule [101] by its labour peak: age, height over the mean of 45–64, half-width.

    Used to lay an estimated schedule beside the Rogers–Castro curve.
    """
    peak = int(np.argmax(shape[15:40])) + 15
    floor = float(shape[45:65].mean())
    half = (shape[peak] + floor) / 2.0
    wide = float((shape[15:60] > half).sum())
    return {"peak_age": peak, "peak_over_45_64": shape[peak] / max(floor, math.ulp(1.0)), "width": wide}
