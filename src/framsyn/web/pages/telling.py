"""One indicator of some futures, as the pages tell it: its label, its published past, and its numbers."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from framsyn.i18n.translator import Words
from framsyn.model.indicators import Indicator
from framsyn.places.municipality import Municipality
from framsyn.report.drawing import Filling
from framsyn.report.figures import breaks_between, past_of
from framsyn.report.history import history_of
from framsyn.web.api.futures import Futures

EURO = "EUR"
Spreads = Mapping[str, Sequence[float | None]]


@dataclass(frozen=True)
class Followed:
    """One indicator: how it is told, its published past, and its futures' numbers by strategy."""

    id: str
    label: str
    unit: str
    percent: bool
    decimals: int
    zero: bool
    past: list[tuple[int, float]]
    marks: list[tuple[int, str]]


def followed(one: Indicator, m: Municipality, futures: Futures, said: Words) -> Followed:
    """How an indicator of a municipality's futures is told."""
    past = [pair for pair in past_of(one.id, history_of(m), futures.base_year) if math.isfinite(pair[1])]
    money = one.unit.startswith(EURO)
    first = past[0][0] if past else futures.base_year
    marks = breaks_between(first, futures.years[-1], m.region("en"), said) if money and past else ()
    return Followed(
        id=one.id,
        label=said.gettext(one.label),
        unit=said.gettext(one.unit),
        percent=one.unit == "%",
        decimals=one.decimals,
        zero=money,
        past=past,
        marks=list(marks),
    )


def value_told(value: float | None, one: Followed, said: Words) -> str:
    """A value in words, per cent with its sign."""
    known = math.nan if value is None else value
    return said.percent(known, one.decimals) if one.percent else said.number(known, one.decimals)


def interval_told(spread: Spreads, one: Followed, said: Words, at: int = -1) -> str:
    """The interval that holds 80 % of the worlds, of the last year or another."""
    low, high = (math.nan if value is None else value for value in (spread["p10"][at], spread["p90"][at]))
    return said.interval(low, high, one.decimals)


def difference_told(own: float | None, other: float | None, one: Followed, said: Words) -> str:
    """How far one median is from another, with its sign."""
    known = math.nan if own is None or other is None else own - other
    return said.signed(known, one.decimals)


def filling_json(filling: Filling) -> str:
    """A filling as the page's charts read it."""
    return json.dumps(asdict(filling), ensure_ascii=False, allow_nan=False)
