"""National uncertainty of gross moves, immigration and emigration, measured on the past.

Fertility and mortality wander as the forecast has them (`foresee.forecast`).
"""

from dataclasses import dataclass

import numpy as np

from framsyn.calibrate.setting import ASSUMED, ESTIMATED, Floats, Setting, by_year

#: Time scale on which immigration returns to its long-run level.
IMMIGRATION_ADJUSTMENT_YEARS = 4.5
LEAST_YEARS = 8


@dataclass(frozen=True)
class Parameter:
    """One number of the worlds.

    Attributes:
        name: as in the bundle's `uncertainty`.
        value: the number.
        unit: "ln" for standard deviations of logarithms, "1" for shares and coefficients.
        source: table or publication.
        year: last year of data.
        status: 0 observed, 1 estimated, 2 assumed.
        note: what it is and how it was made.

    """

    name: str
    value: float
    unit: str
    source: str
    year: int
    status: int
    note: str


def assumed(name: str, value: float, unit: str, year: int, note: str) -> Parameter:
    """A parameter that no table tells."""
    return Parameter(name, value, unit, "assumption", year, ASSUMED, note)


def national_parameters(setting: Setting) -> list[Parameter]:
    """Internal moves, immigration and emigration of the nation."""
    return [
        *mobility_parameters(setting),
        *immigration_parameters(setting),
        *emigration_parameters(setting),
    ]


def increments(series: dict[int, float]) -> Floats:
    """Yearly changes of the logarithm, over pairs of years without a gap."""
    steps = [np.log(series[y] / series[y - 1]) for y in sorted(series) if y - 1 in series]
    return np.array(steps)


def sd_and_correlation(values: Floats) -> tuple[float, float]:
    """Standard deviation and lag-1 correlation (clipped to 0…0.95) of a series."""
    apart = values - values.mean()
    variance = float((apart**2).sum())
    lag = float((apart[1:] * apart[:-1]).sum()) / max(variance, 1e-12)
    return float(values.std(ddof=1)), float(np.clip(lag, 0.0, 0.95))


def wave_parameters(name: str, series: dict[int, float], source: str, year: int) -> list[Parameter]:
    """Innovation and persistence of an AR(1) ln level; assumed where the series is short."""
    if len(series) < LEAST_YEARS:
        return [
            assumed(f"{name}_sd", 0.1, "ln", year, "innovation"),
            assumed(f"{name}_persistence", 0.8, "1", year, "AR(1) per year"),
        ]
    latest = max(series)
    sd = float(increments(series).std(ddof=1))
    persistence = sd_and_correlation(np.log(list(series.values())))[1]
    of_sd = f"sd of the yearly change of the nation's ln level {min(series)}–{latest}"
    of_persistence = "lag-1 correlation of the ln level; a short series, biased low"
    return [
        Parameter(f"{name}_sd", sd, "ln", source, latest, ESTIMATED, of_sd),
        Parameter(f"{name}_persistence", persistence, "1", source, latest, ESTIMATED, of_persistence),
    ]


def mobility_parameters(setting: Setting) -> list[Parameter]:
    """Ln of all moves between municipalities per resident."""
    counts = setting.component("out_migration")
    series = {y: float(c.sum()) / setting.national(y).sum() for y, c in counts.items()}
    return wave_parameters("mobility", series, "components", setting.base_year)


def emigration_series(setting: Setting) -> dict[int, float]:
    """Emigrants by year, persons; gap years between linear."""
    known = {y: float(c.sum()) for y, c in setting.component("emigration").items()}
    if not known:
        return {}
    years = range(min(known), max(known) + 1)
    filled = np.interp(list(years), list(known), list(known.values()))
    return dict(zip(years, filled.tolist(), strict=True))


def immigration_series(setting: Setting) -> dict[int, float]:
    """Immigrants by year, persons; gap years from the nation's net plus interpolated emigrants."""
    known = {y: float(c.sum()) for y, c in setting.component("immigration").items()}
    table = setting.tables.get("region_net_migration_age_sex")
    net = by_year(table, "region_code", setting.regions)
    left = emigration_series(setting)
    for year in left:
        if year not in known and year in net:
            known[year] = float(net[year].sum()) + left[year]
    return dict(sorted(known.items()))


def immigration_parameters(setting: Setting) -> list[Parameter]:
    """Ln immigration: AR(1) around a path that goes from today's level to the long-run mean."""
    series = immigration_series(setting)
    year = setting.base_year
    source = "components, region_net_migration_age_sex"
    return [
        *wave_parameters("immigration", series, source, year),
        long_run_factor(series, source, year),
        assumed(
            "immigration_adjustment_years",
            IMMIGRATION_ADJUSTMENT_YEARS,
            "years",
            year,
            "the gap to the long-run level closes as exp(−t/years), half of it in three years",
        ),
    ]


def long_run_factor(series: dict[int, float], source: str, year: int) -> Parameter:
    """Mean immigration of the known years over that of the latest."""
    name = "immigration_long_run_factor"
    if len(series) < LEAST_YEARS:
        return assumed(name, 1.0, "1", year, "no history: today's level stays")
    latest = max(series)
    factor = float(np.mean(list(series.values()))) / series[latest]
    note = (
        f"mean of {min(series)}–{latest} over {latest}: a wave counts as one event in the period; "
        "that the mean returns is an assumption"
    )
    return Parameter(name, factor, "1", source, latest, ESTIMATED, note)


def emigration_parameters(setting: Setting) -> list[Parameter]:
    """Ln emigration."""
    series = {y: float(c.sum()) for y, c in setting.component("emigration").items()}
    return wave_parameters("emigration", series, "components", setting.base_year)
