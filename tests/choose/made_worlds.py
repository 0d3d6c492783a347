"""Worlds whose features are known, without the kernel."""

import numpy as np

from framsyn.evidence.register import effect
from framsyn.foresee.setting import Drawn
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import Floats


def drawn(draws: int, years: int = 10, seed: int = 1) -> tuple[Drawn, Floats]:
    """Worlds that differ in immigration, interest and prices, one effect and trust; and lives as today."""
    rng = np.random.default_rng(seed)
    worlds = np.ones((draws, years + 1, layout.WORLD_COLUMNS))
    worlds[:, 1:, layout.W_IMMIGRATION] = rng.uniform(0.5, 1.5, draws)[:, None]
    worlds[:, 1:, layout.W_INTEREST] = rng.uniform(0.01, 0.06, draws)[:, None]
    worlds[:, :, layout.W_PRICE] = (1.0 + rng.uniform(0.0, 0.04, (draws, 1))) ** np.arange(years + 1)
    effects = np.tile([effect(one).median for one in COEFFICIENTS], (draws, 1))
    effects[:, 1] = rng.uniform(-1.0, 0.0, draws)
    starts = np.full((draws, layout.COMMUNITY), 50.0)
    starts[:, layout.C_TRUST] = rng.uniform(30.0, 70.0, draws)
    records = np.zeros((draws, years + 1, layout.INDICATORS))
    records[:, :, layout.POPULATION] = 1000.0
    records[:, -1, layout.POPULATION] = rng.uniform(800.0, 1200.0, draws)
    return Drawn(worlds, effects, starts), records
