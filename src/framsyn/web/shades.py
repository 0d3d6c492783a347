"""Colours of values on a map: a few classes with round limits, told in a legend and never by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.i18n.translator import Words

Floats = NDArray[np.float64]

#: Classes of `tiles.css`, from low to high: one colour growing darker, and two away from zero.
GROWING = ("s0", "s1", "s2", "s3", "s4", "s5")
BELOW, ABOVE = ("b2", "b1", "b0"), ("a0", "a1", "a2")
UNKNOWN = "none"
#: Share of the values that must lie on either side of zero for zero to be the middle.
EITHER_SIDE = 0.05
#: Limits are rounded to steps of about this part of the values' span.
STEPS = 40
SPAN = (5.0, 95.0)


@dataclass(frozen=True)
class Shades:
    """Limits between classes, rising, and the class of each span: one more than the limits."""

    limits: tuple[float, ...]
    classes: tuple[str, ...]
    decimals: int

    def of(self, value: float) -> str:
        """The class of a value, as it is written; `UNKNOWN` where it is not known."""
        if not np.isfinite(value):
            return UNKNOWN
        written = round(value, self.decimals)
        return self.classes[int(np.searchsorted(self.limits, written, side="right"))]


@dataclass(frozen=True)
class Swatch:
    """One line of a legend: a class, what it means, and how many municipalities are in it."""

    shade: str
    text: str
    count: int


def shades(values: Floats, decimals: int) -> Shades:
    """Classes with about as many values each; symmetrical about zero where values lie on both its sides."""
    known = values[np.isfinite(values)]
    if not len(known):
        return Shades((), GROWING[:1], decimals)
    step = _step(float(np.ptp(np.percentile(known, SPAN))) / STEPS, decimals)
    if min((known < 0).mean(), (known > 0).mean()) >= EITHER_SIDE:
        ends = _rounded(np.percentile(np.abs(known), (40, 75)), step, decimals)
        ends = [one for one in ends if one > 0]
        limits = (*(-one for one in reversed(ends)), 0.0, *ends)
        return Shades(limits, (*BELOW[-len(ends) - 1 :], *ABOVE[: len(ends) + 1]), decimals)
    parts = np.linspace(0, 100, len(GROWING) + 1)[1:-1]
    found = _rounded(np.percentile(known, parts), step, decimals)
    limits = tuple(one for one in found if known.min() < one <= known.max())
    dark = np.linspace(0, len(GROWING) - 1, len(limits) + 1).round().astype(int)
    return Shades(limits, tuple(GROWING[one] for one in dark), decimals)


def _step(least: float, decimals: int) -> float:
    """The nearest of 1, 2, 5, 10 … at or above `least`, no finer than what is written."""
    finest = 10.0**-decimals
    if least <= finest:
        return finest
    power = 10.0 ** np.floor(np.log10(least))
    return float(power * next(one for one in (1, 2, 5, 10) if one * power >= least))


def _rounded(values: Floats, step: float, decimals: int) -> list[float]:
    """Values at whole steps, each once."""
    return sorted({round(round(float(one) / step) * step, decimals) + 0.0 for one in values})


def legend(chosen: Shades, values: Floats, unit: str, said: Words) -> list[Swatch]:
    """The classes from high to low in words, and what is not known where any is not."""
    own = [chosen.of(float(one)) for one in values]
    told = [_span(place, chosen, unit, said) for place in range(len(chosen.classes))]
    lines = [Swatch(shade, text, own.count(shade)) for shade, text in zip(chosen.classes, told, strict=True)][
        ::-1
    ]
    if UNKNOWN in own:
        lines.append(Swatch(UNKNOWN, said.gettext("not published or not comparable"), own.count(UNKNOWN)))
    return lines


def _span(place: int, chosen: Shades, unit: str, said: Words) -> str:
    whole = all(one == round(one) for one in chosen.limits)
    limits = [written(one, 0 if whole else chosen.decimals, unit, said) for one in chosen.limits]
    if not limits:
        return said.gettext("all")
    if place == 0:
        return said.gettext("under {limit}").format(limit=limits[0])
    if place == len(limits):
        return said.gettext("{limit} or more").format(limit=limits[-1])
    return said.gettext("{low} to under {high}").format(low=limits[place - 1], high=limits[place])


def written(value: float, decimals: int, unit: str, said: Words) -> str:
    """A value in its unit's way: per cent with its sign."""
    return said.percent(value, decimals) if unit == "%" else said.number(value, decimals)


def every_class() -> Sequence[str]:
    """All classes that a tile may have."""
    return (*GROWING, *BELOW, *ABOVE, UNKNOWN)
