"""Lives made by hand, for the tests of plans: two or more worlds in which every number is known."""

from dataclasses import replace

import numpy as np

from framsyn.choose.chosen import Chosen
from framsyn.foresee.postures import shipped
from framsyn.foresee.setting import Setting
from framsyn.model.indicators import indicators
from framsyn.model.layout import INDICATORS, W_PRICE, WORLD_COLUMNS, Floats

RESIDENTS = 1000.0


def made_chosen(
    setting: Setting, draws: int = 2, identity: str = "engaging", **values: Floats | float
) -> Chosen:
    """Lives of 1000 residents with prices at 1, `values` by indicator; as today has zeros elsewhere."""
    rows = setting.years + 1
    records = np.zeros((draws, rows, INDICATORS))
    as_today = np.zeros((draws, rows, INDICATORS))
    for made in (records, as_today):
        made[..., column("population")] = RESIDENTS
    for name, value in values.items():
        records[..., column(name)] = value
    worlds = np.ones((draws, rows, WORLD_COLUMNS))
    return Chosen(setting, identity, shipped()[identity], worlds, records, as_today)


def with_prices(chosen: Chosen, prices: Floats) -> Chosen:
    """The same lives with prices [draw, year]."""
    worlds = chosen.worlds.copy()
    worlds[..., W_PRICE] = prices
    return replace(chosen, worlds=worlds)


def column(name: str) -> int:
    """The column of an indicator."""
    return list(indicators()).index(name)
