"""Traced numbers of the futures: medians, intervals, changes and shares, as set in one language."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framsyn.i18n.translator import Words
from framsyn.report.cells import Cells
from framsyn.report.command import own_postures
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.listing import looks
from framsyn.report.summary import Summary

if TYPE_CHECKING:
    import xarray as xr

PERCENT = "%"
QUANTILES = (0.1, 0.5, 0.9)
AS_IS = "as_is"


@dataclass(frozen=True)
class Numbers:
    """Traced numbers of one dataset of futures.

    Attributes:
        futures: as `foresee` gives it.
        summary: of the same.
        words: the language.
    """

    futures: "xr.Dataset"
    summary: Summary
    words: Words

    @cached_property
    def cells(self) -> Cells:
        """The same dataset in formatted values without traces."""
        return Cells(self.summary, self.words)

    @property
    def base(self) -> int:
        """The base year."""
        return self.summary.years[0]

    @property
    def last(self) -> int:
        """The last year lived."""
        return self.summary.years[-1]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each posture is called."""
        told = looks(self.summary.postures, own_postures(self.futures.attrs))
        return {one: self.words.gettext(look.label) for one, look in told.items()}

    def trace(self, indicator: str, posture: str, year: int) -> Trace:
        """The trace of an indicator's value; in the base year all postures are one."""
        spread = self.summary.at(indicator, posture, year)
        base = year == self.base
        return Trace(
            "futures",
            indicator,
            self.cells.label(indicator),
            "" if base else posture,
            "" if base else self.names[posture],
            year,
            "value",
            self.cells.unit(indicator),
            spread.p50,
            math.nan if base else spread.p10,
            math.nan if base else spread.p90,
        )

    def now(self, indicator: str) -> Number:
        """The value in the base year."""
        return self.middle(indicator, self.summary.postures[0], self.base)

    def middle(self, indicator: str, posture: str, year: int) -> Number:
        """The median; per cent with its sign."""
        trace = self.trace(indicator, posture, year)
        decimals = self.cells.indicator(indicator).decimals
        return Number(self.cells.number(indicator, trace.middle), (trace.middle,), decimals, trace)

    def interval(self, indicator: str, posture: str, year: int) -> Number:
        """The 80 % interval."""
        trace = self.trace(indicator, posture, year)
        decimals = self.cells.indicator(indicator).decimals
        text = self.words.interval(trace.low, trace.high, decimals)
        return Number(text, (trace.low, trace.high), decimals, trace)

    def with_interval(self, indicator: str, posture: str, year: int) -> Text:
        """The median with its 80 % interval in brackets, which a single life and the base year have not."""
        middle = self.middle(indicator, posture, year)
        return self.beside(middle, self.interval(indicator, posture, year))

    def beside(self, middle: Number, interval: Number) -> Text:
        """A number and its interval in brackets, where there is one."""
        narrow = self.futures.sizes["draw"] == 1 or not math.isfinite(interval.trace.low)
        return (middle,) if narrow else phrase("{middle} ({interval})", middle=middle, interval=interval)

    def lives(self, indicator: str, posture: str) -> NDArray[np.float64]:
        """[draw, year] of one indicator."""
        chosen = self.futures[indicator].sel(posture=posture).transpose("draw", "year")
        return np.asarray(chosen.to_numpy(), dtype=np.float64)

    def change(self, indicator: str, posture: str, year: int, *, percent: bool) -> Trace:
        """The trace of the change since the base year, life by life."""
        lives = self.lives(indicator, posture)
        then, now = lives[:, year - self.base], lives[:, 0]
        of = "change_percent" if percent else "change"
        values = 100.0 * (then / now - 1.0) if percent else then - now
        return self._spread(self.trace(indicator, posture, year), values, of, percent=percent)

    def difference(self, indicator: str, posture: str, year: int, *, percent: bool) -> Trace:
        """The trace of the difference from going on as today in the same world."""
        place = year - self.base
        mine, today = self.lives(indicator, posture)[:, place], self.lives(indicator, AS_IS)[:, place]
        of = "difference_percent" if percent else "difference"
        values = 100.0 * (mine / today - 1.0) if percent else mine - today
        return self._spread(self.trace(indicator, posture, year), values, of, percent=percent)

    def _spread(self, trace: Trace, values: NDArray[np.float64], of: str, *, percent: bool) -> Trace:
        low, middle, high = np.quantile(values, QUANTILES).tolist()
        unit = PERCENT if percent else trace.unit
        return replace(trace, of=of, unit=unit, low=low, middle=middle, high=high)

    def shown(self, trace: Trace, decimals: int, *, signed: bool = False, size: bool = False) -> Number:
        """A trace's median as a number: with its sign, or only its size; per cent with its sign."""
        value = abs(trace.middle) if size else trace.middle
        plus = "+" if signed and math.isfinite(value) and round(value, decimals) > 0 else ""
        text = plus + (
            self.words.percent(value, decimals)
            if trace.unit == PERCENT
            else self.words.number(value, decimals)
        )
        return Number(text, (value,), decimals, trace)

    def ends(self, trace: Trace, decimals: int) -> Number:
        """A trace's 80 % interval as a number; per cent with its sign."""
        text = self.words.interval(trace.low, trace.high, decimals)
        if trace.unit == PERCENT and math.isfinite(trace.low):
            text += self.words.percent(0.0, 0).removeprefix("0")
        return Number(text, (trace.low, trace.high), decimals, trace)
