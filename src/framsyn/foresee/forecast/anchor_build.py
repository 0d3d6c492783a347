"""From a folder of tables, or a forecast of it, to what a bundle keeps of the forecast (`anchor`)."""

from dataclasses import replace
from typing import Any

import numpy as np

from framsyn.calibrate.population import BasePopulation
from framsyn.foresee.forecast.anchor import ARRAYS, YEARS, Anchor, Arrays
from framsyn.foresee.forecast.forecast import Forecast, fit_forecast, rates_of_loss
from framsyn.foresee.forecast.local_pattern import BANDS
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.foresee.forecast.record import past_errors
from framsyn.places.tables import Tables


def forecast_part(tables: Tables, base: BasePopulation) -> tuple[Arrays, dict[str, Any]]:
    """Arrays and a section of the manifest: the forecast from the base population of a calibration.

    Args:
        tables: the folder.
        base: the base population, observed or estimated.
    """
    return forecast_arrays(fit_from_base(tables, base, YEARS))


def forecast_arrays(forecast: Forecast) -> tuple[Arrays, dict[str, Any]]:
    """Arrays and a section of the manifest of a forecast over YEARS."""
    rates = forecast.past.rates
    birth_rate, death_rate = rates_of_loss(forecast.past)
    spread = forecast.spread
    first = [band[0] for band in BANDS]
    arrays: Arrays = {
        "forecast_totals": forecast.expected.totals,
        "forecast_members": np.stack(list(forecast.expected.members.values()), axis=1).astype(np.float32),
        "forecast_scale": forecast.scale,
        "forecast_ratio": rates.ratio.astype(np.float32),
        "forecast_improvement": rates.improvement,
        "forecast_deviation": rates.deviation[:, first].astype(np.float32),
        "forecast_fertility": rates.fertility.astype(np.float32),
        "forecast_boys": rates.boys.astype(np.float32),
    }
    manifest = {
        "spread": {**vars(spread), **{name: getattr(spread, name).tolist() for name in ARRAYS}},
        "members": list(forecast.expected.members),
        "birth_rate": birth_rate,
        "death_rate": death_rate,
        "past_errors": past_errors(forecast.history, forecast.origins),
        "notes": list(forecast.notes),
    }
    return arrays, manifest


def fit_from_base(tables: Tables, base: BasePopulation, years: int) -> Forecast:
    """The forecast that starts from a calibration's base population."""
    history = read_history(tables, base.base_year)
    observed = max(history.structures, default=base.base_year)
    carried = 0 if base.observed else base.base_year - observed
    return fit_forecast(history.with_base(base.count, carried), region_codes(tables), years)


def anchor_from(forecast: Forecast, place: int) -> Anchor:
    """The anchor of one place of a forecast that was fitted now."""
    past = forecast.past
    rates = past.rates
    birth_rate, death_rate = rates_of_loss(past)
    region = int(past.history.region[place])
    return Anchor(
        code=past.history.codes[place],
        region=forecast.region_codes[place],
        totals=forecast.expected.totals[place],
        ages=forecast.ages[place],
        members={name: one[place] for name, one in forecast.expected.members.items()},
        rates=replace(
            rates,
            ratio=rates.ratio[region][None],
            deviation=rates.deviation[place][None],
            fertility=rates.fertility[place][None],
            boys=rates.boys[place : place + 1],
        ),
        spread=forecast.spread,
        scale=forecast.scales[place],
        birth_rate=birth_rate,
        death_rate=death_rate,
    )
