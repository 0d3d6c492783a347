"""What is expected of unemployment without shocks: it returns to its usual level, here and in the country."""

from collections.abc import Mapping

import numpy as np

from framsyn.foresee.economy_draws import country_unemployment
from framsyn.foresee.labour_draws import Cycle, unemployment_logit
from framsyn.foresee.processes import second_order_mean
from framsyn.foresee.setting import Setting
from framsyn.model.layout import W_COUNTRY_UNEMPLOYMENT, W_UNEMPLOYMENT, Floats


def expected_paths(setting: Setting) -> Mapping[int, Floats]:
    """The world columns of unemployment [year], from the base year on, without shocks."""
    market, law, years = setting.market, setting.labour.unemployment, setting.years
    national = second_order_mean(years, law.lags, market.national, market.national_before)
    cycle = Cycle(np.append(market.national, national), np.zeros(years + 1))
    own = market.own * law.local_persistence ** np.arange(years + 1.0)
    return {
        W_UNEMPLOYMENT: unemployment_logit(market, cycle, own),
        W_COUNTRY_UNEMPLOYMENT: country_unemployment(market, cycle),
    }


def without_reversion(setting: Setting, column: int, path: Floats, values: Floats) -> Floats:
    """The values [draw, year] of a column of unemployment, had only shocks moved it from the base year.

    Shocks are those to the logit, in both columns; `path` is what is expected of it.
    """
    if column == W_UNEMPLOYMENT:
        return np.asarray(values - (path - path[0]))
    market = setting.market
    base = 1.0 / (1.0 + np.exp(-(market.country_mean + market.national)))
    shock = _logit(values * base) - _logit(path * base)
    return np.asarray(1.0 / (1.0 + np.exp(-(_logit(base) + shock))) / base)


def _logit(share: Floats | float) -> Floats:
    return np.asarray(np.log(share / (1.0 - np.asarray(share))))
