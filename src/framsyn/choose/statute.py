"""The draft of a municipal strategy under § 37 of the Municipal Act, with the numbers that support it.

The act's seven items, the assessment that it must rest on, and its evaluation: `strategy_items.csv` tells
which indicators and levers belong to each. Nothing is said here in words beyond those of the data file;
every number carries its indicator, strategy and year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, get_args

import numpy as np

from framsyn.choose.chosen import Chosen
from framsyn.choose.lever_settings import LeverSet, lever_set
from framsyn.choose.present import present_status
from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.model.indicators import Indicator, indicators
from framsyn.model.layout import Floats

QUANTILES = (0.1, 0.5, 0.9)

Kind = Literal["frame", "item", "economy"]
KINDS: Mapping[str, Kind] = {one: one for one in get_args(Kind)}
Verdict = Literal["better", "worse", "higher", "lower", "unclear", "same", "none"]


class Item(NamedTuple):
    """A heading of the strategy.

    Attributes:
        id: stable.
        kind: `item` of § 37, `frame` around them, or the `economy` that carries them.
        number: that of the item, else blank.
        heading, holds: message ids; what the model holds of it and what it does not.
        indicators: that support it.
        levers: that belong to it.
        follow: the indicator to follow, blank where there is none.
        write: message id: what the municipality writes there.
        law: where it is laid down.
    """

    id: str
    kind: Kind
    number: str
    heading: str
    holds: str
    indicators: tuple[str, ...]
    levers: tuple[str, ...]
    follow: str
    write: str
    law: str


class Range(NamedTuple):
    """Quantiles over the worlds that hold 80 % between them, and the median."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Figure:
    """One indicator under the strategy and when going on as today, in the same worlds.

    Attributes:
        indicator: which.
        now: in the base year; flows of people in it are not known (NaN).
        strategy, as_today: in the horizon year.
        difference: strategy less as today, world by world.
        verdict: what at least nine of ten worlds say of the difference.
        present: how sure the start is of `now`: observed, estimated or assumed; blank where it is not told.
        course: what at least nine of ten worlds say of the change since the base year as today: `higher`,
            `lower`, `unclear`, `same` or `none` (not known).
    """

    indicator: Indicator
    now: Range
    strategy: Range
    as_today: Range
    difference: Range
    verdict: Verdict
    course: Verdict
    present: str


@dataclass(frozen=True)
class Followed:
    """Where an indicator should lie in the coming years if the strategy goes as expected: range by year."""

    indicator: Indicator
    years: Mapping[int, Range]


@dataclass(frozen=True)
class Section:
    """A heading with its numbers."""

    item: Item
    figures: tuple[Figure, ...]
    levers: tuple[LeverSet, ...]
    followed: Followed | None


@dataclass(frozen=True)
class Draft:
    """The draft of a strategy.

    Attributes:
        code, names: the municipality's code, and its name by language.
        strategy: the strategy's id.
        is_today: whether it is to go on as today, so that there is nothing to compare.
        base_year, horizon, draws, seed: what it was made from; the year that it looks to.
        bundle_version: of the start.
        sections: every heading in order.
    """

    code: str
    names: Mapping[str, str]
    strategy: str
    is_today: bool
    base_year: int
    horizon: int
    draws: int
    seed: int
    bundle_version: str
    sections: tuple[Section, ...]

    def section(self, identity: str) -> Section:
        """One heading by its id."""
        return next(one for one in self.sections if one.item.id == identity)


@cache
def items() -> tuple[Item, ...]:
    """Every heading, in the order of the draft."""
    return tuple(
        Item(
            row["id"],
            KINDS[row["kind"]],
            row["number"],
            row["heading"],
            row["holds"],
            tuple(row["indicators"].split()),
            tuple(row["levers"].split()),
            row["follow"],
            row["write"],
            row["law"],
        )
        for row in rows("framsyn.choose", "strategy_items.csv")
    )


def draft_of(chosen: Chosen, horizon: int, follow_years: Sequence[int]) -> Draft:
    """The draft of a strategy that has been lived.

    Args:
        chosen: the lives.
        horizon: the year that the strategy looks to, after the base year and lived.
        follow_years: years in which the indicators to follow are told, lived.

    Raises:
        FramsynError: the horizon is out of range.
    """
    if not chosen.base_year < horizon <= chosen.last_year:
        raise FramsynError(
            "The strategy must look to a year from {first} to {last}; {year} was given.",
            first=chosen.base_year + 1,
            last=chosen.last_year,
            year=horizon,
        )
    m = chosen.setting.municipality
    return Draft(
        code=m.code,
        names={lang: m.name(lang) for lang in ("sv", "fi", "en")},
        strategy=chosen.id,
        is_today=chosen.is_today,
        base_year=chosen.base_year,
        horizon=horizon,
        draws=chosen.draws,
        seed=chosen.setting.seed,
        bundle_version=m.bundle.version,
        sections=tuple(_section(one, chosen, horizon, follow_years) for one in items()),
    )


def _section(item: Item, chosen: Chosen, horizon: int, follow_years: Sequence[int]) -> Section:
    place, first = chosen.setting.place, chosen.base_year + 1
    return Section(
        item,
        tuple(figure_of(chosen, one, horizon) for one in item.indicators),
        tuple(lever_set(one, chosen.posture, place, first) for one in item.levers),
        _followed(chosen, item.follow, follow_years) if item.follow else None,
    )


def figure_of(chosen: Chosen, identity: str, year: int) -> Figure:
    """One indicator in a year, beside going on as today."""
    one, row = indicators()[identity], year - chosen.base_year
    strategy, as_today = chosen.values(identity), chosen.values(identity, as_today=True)
    difference = strategy[:, row] - as_today[:, row]
    course = range_of(as_today[:, row] - as_today[:, 0])
    seen = 0.5 * 10.0**-one.decimals
    return Figure(
        one,
        range_of(strategy[:, 0]),
        range_of(strategy[:, row]),
        range_of(as_today[:, row]),
        range_of(difference),
        _judged(side_of(range_of(difference), seen), one),
        side_of(course, seen),
        present_status(chosen.setting.municipality, identity),
    )


def range_of(values: Floats) -> Range:
    """The quantiles of [draw]; NaN where a draw is not known."""
    return Range(*np.quantile(values, QUANTILES).tolist())


def side_of(change: Range, seen: float) -> Verdict:
    """On which side of zero at least nine of ten worlds lie.

    Args:
        change: the quantiles of a change.
        seen: the least change that is seen with the indicator's decimals.
    """
    if not np.isfinite(change.p50):
        return "none"
    if max(abs(change.p10), abs(change.p90)) < seen:
        return "same"
    if change.p10 > 0.0 and change.p50 >= seen:
        return "higher"
    if change.p90 < 0.0 and change.p50 <= -seen:
        return "lower"
    return "unclear"


def _judged(side: Verdict, one: Indicator) -> Verdict:
    """Better or worse where the indicator is good or bad in itself."""
    if side not in ("higher", "lower") or one.direction == "neither":
        return side
    return "better" if side == one.direction else "worse"


def _followed(chosen: Chosen, identity: str, years: Sequence[int]) -> Followed:
    values = chosen.values(identity)
    return Followed(
        indicators()[identity], {year: range_of(values[:, year - chosen.base_year]) for year in years}
    )
