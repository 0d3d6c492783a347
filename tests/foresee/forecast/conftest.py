"""A made-up country that many tests share, and its fitted forecast."""

import numpy as np
import pytest

from framsyn.foresee.forecast.forecast import Forecast, fit_forecast

from .made import Country, country

SIZES = np.array([150, 400, 900, 1_500, 3_000, 6_000, 12_000, 25_000, 50_000, 800, 2_000, 8_000])
REGIONS = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2])


@pytest.fixture(scope="session")
def land() -> Country:
    """Twelve municipalities in three regions, 2000–2020."""
    return country(SIZES, REGIONS, range(2000, 2021))


@pytest.fixture(scope="session")
def forecast(land: Country) -> Forecast:
    """Ten years from 2020, from single years of age alone."""
    return fit_forecast(land.history(), land.region_codes, 10)
