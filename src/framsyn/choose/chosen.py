"""A chosen strategy lived beside going on as today in the same worlds, with the prices of each world."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from framsyn.errors import FramsynError
from framsyn.foresee.futures import check_request
from framsyn.foresee.postures import AS_IS, Posture, posture_id, posture_ids, shipped, strategy_of
from framsyn.foresee.setting import Setting, prepare
from framsyn.law.parameters import Law
from framsyn.model.indicators import indicators
from framsyn.model.layout import POPULATION, W_COST, W_LOCAL_COST, W_PRICE, Floats
from framsyn.places.municipality import Municipality


@dataclass(frozen=True)
class Chosen:
    """The lives of one strategy.

    Attributes:
        setting: the municipality made ready.
        id: of the strategy.
        posture: the strategy as it is written.
        worlds: [draw, year, world column].
        records: [draw, year, indicator] of the strategy.
        as_today: the same when going on as today.
    """

    setting: Setting
    id: str
    posture: Posture
    worlds: Floats = field(repr=False)
    records: Floats = field(repr=False)
    as_today: Floats = field(repr=False)

    @property
    def base_year(self) -> int:
        """The year from which the lives begin."""
        return self.setting.municipality.bundle.base_year

    @property
    def last_year(self) -> int:
        """The last year lived."""
        return self.base_year + self.setting.years

    @property
    def draws(self) -> int:
        """Worlds."""
        return len(self.worlds)

    @property
    def is_today(self) -> bool:
        """Whether the strategy is to go on as today, so that there is nothing to compare."""
        return self.id == AS_IS

    def values(self, indicator: str, *, as_today: bool = False) -> Floats:
        """[draw, year] of an indicator under the strategy, or when going on as today."""
        records = self.as_today if as_today else self.records
        values: Floats = records[..., list(indicators()).index(indicator)]
        return values

    def nominal(self, indicator: str) -> Floats:
        """[draw, year] thousand euros of the year, of an indicator in base-year euros per resident."""
        residents, price = self.records[..., POPULATION], self.worlds[..., W_PRICE]
        return np.asarray(self.values(indicator) * residents * price / 1000.0)

    @property
    def cost_index(self) -> Floats:
        """[draw, year] prices of the municipality's own operations, base year = 1."""
        worlds = self.worlds
        return np.asarray(worlds[..., W_PRICE] * worlds[..., W_COST] * worlds[..., W_LOCAL_COST])


def live_chosen(
    m: Municipality,
    strategy: str,
    years: int,
    draws: int,
    seed: int,
    *,
    known: Mapping[str, Posture] | None = None,
    law: Law | None = None,
) -> Chosen:
    """Live a strategy and going on as today in the same worlds.

    Args:
        m: the municipality.
        strategy: id or name of a shipped posture or of one of `known`.
        years: years after the base year, 1…50.
        draws: worlds, 1…20 000; the same as in every other command with the same seed.
        seed: the seed of the worlds.
        known: strategies beside the shipped ones, as `read_postures` gives them.
        law: dated law; the standing one by default.

    Raises:
        FramsynError: a number out of range, or an unknown strategy.
    """
    check_request([strategy], years, draws, seed)
    (strategy,) = posture_ids((strategy,), known)
    posture = {**shipped(), **(known or {})}[strategy]
    setting = prepare(m, years, seed, law)
    drawn = setting.draw(range(draws))
    as_today = setting.live(drawn, setting.course(strategy_of(shipped()[AS_IS])))
    records = as_today
    if strategy != AS_IS:
        records = setting.live(drawn, setting.course(strategy_of(posture)), as_today)
    return Chosen(setting, strategy, posture, drawn.worlds, records, as_today)


def the_strategy(known: Mapping[str, Posture], asked: str | None, path: object) -> str:
    """The id of the posture of a file that is meant: the one asked for, or the only one there is.

    Raises:
        FramsynError: the file holds several and none is named, or it does not hold the one asked for.
    """
    if asked is not None:
        return posture_id(asked, known)
    if len(known) > 1:
        raise FramsynError(
            "{path} holds several postures: say with --posture which one the plan is for: {known}.",
            path=path,
            known=", ".join(known),
        )
    return next(iter(known))
