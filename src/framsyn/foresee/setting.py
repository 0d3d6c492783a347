"""A municipality made ready to live: its start, rates and law; its worlds; and lives in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from framsyn.core.cancellation import check_cancelled
from framsyn.foresee.forecast.anchor import Anchor, anchor_of
from framsyn.foresee.labour_draws import LabourLaw
from framsyn.foresee.labour_market import LabourMarket, labour_market_of
from framsyn.foresee.schools import draw_schools, effects_in_schools
from framsyn.foresee.start import expected_flows, law_of, place_of, rates_of
from framsyn.foresee.starts import Assessment, draw_starts
from framsyn.foresee.worlds import demographic_parameters, draw_effects, draw_worlds, labour_law_of
from framsyn.law.parameters import Law
from framsyn.law.path import Carried, LawPath, law_path
from framsyn.model.course import Conduct, Course, course_over, strategy_from
from framsyn.model.kernel import anchor as hold_to
from framsyn.model.kernel import live_lives
from framsyn.model.layout import AGES, INDICATORS, SEXES, Floats, Place, Rates
from framsyn.model.life import Draw, Town
from framsyn.places.municipality import Municipality


class Drawn(NamedTuple):
    """Worlds of a range of draws: [draw, year, column], [draw, coefficient], [draw, community column]."""

    worlds: Floats
    effects: Floats
    starts: Floats


@dataclass(frozen=True)
class Setting:
    """A municipality and everything that its lives share."""

    municipality: Municipality
    anchor: Anchor
    market: LabourMarket
    labour: LabourLaw
    town: Town
    carried: tuple[Carried, ...]
    flows: Floats
    demography: Mapping[str, float]
    assessment: Assessment | None
    years: int
    seed: int

    @property
    def place(self) -> Place:
        """The municipality at the base year."""
        return self.town.place

    @property
    def rates(self) -> Rates:
        """Its demographic rates."""
        return self.town.rates

    @property
    def law(self) -> LawPath:
        """The law of the years as it reaches the municipality."""
        return self.town.law

    def draw(self, draws: range) -> Drawn:
        """The worlds of these draws; each is the same whatever the others are."""
        worlds, starts = self.draw_local(draws)
        schools = draw_schools(draws, self.seed, self.residents)
        return Drawn(worlds, effects_in_schools(draw_effects(draws, self.seed), schools), starts)

    @property
    def residents(self) -> float:
        """Residents of the base year."""
        return float(self.place.population.sum())

    def draw_local(self, draws: range) -> tuple[Floats, Floats]:
        """Worlds and starts of these draws: all but the effects, which every municipality shares."""
        check_cancelled()
        size = self.residents
        worlds, totals = draw_worlds(
            self.anchor, self.market, self.labour, size, self.flows, self.demography, draws, self.seed
        )
        hold_to(self.place.population, self.rates, totals, worlds)
        return worlds, draw_starts(self.municipality, draws, self.seed, self.assessment)

    def live(
        self,
        drawn: Drawn,
        course: Course,
        reference: Floats | None = None,
        records: Floats | None = None,
        ages: Floats | None = None,
    ) -> Floats:
        """Live one life in each world; without `reference` these are the lives lived as today.

        Returns the records [draw, year, indicator], which are `records` where that is given. Sums of
        population over the draws are added to `ages` [year, sex, age].

        Raises:
            CancelledWorkError: nobody waits for them any longer.
        """
        check_cancelled()
        shape = (len(drawn.worlds), self.years + 1, INDICATORS)
        records = np.empty(shape) if records is None else records
        ages = np.zeros((self.years + 1, SEXES, AGES)) if ages is None else ages
        others = records if reference is None else reference
        live_lives(self.town, Draw(*drawn, others), course, records, ages)
        return records

    def course(self, of: Conduct, pins: Mapping[int, float] | None = None) -> Course:
        """The course of one rule for all years, or of a strategy; `pins` hold levers in every year."""
        base_year = self.municipality.bundle.base_year
        course = course_over(strategy_from(of), base_year, self.years)
        for lever, value in (pins or {}).items():
            course.pinned[:, lever] = value
        return course


#: A country asks for the same path for every municipality.
_law_path = lru_cache(maxsize=4)(law_path)


def prepare(
    m: Municipality,
    years: int,
    seed: int = 1,
    law: Law | None = None,
    assessment: Assessment | None = None,
) -> Setting:
    """Make a municipality ready to live.

    Args:
        m: the municipality.
        years: years after the base year.
        seed: the seed of the worlds.
        law: dated law; the standing one by default.
        assessment: what the municipality has assessed itself, see `starts`.
    """
    residents = float(m.bundle["population"].sum())
    path, carried = _law_path(law or Law.standing(), m.bundle.base_year, years, residents)
    own = law_of(m, path)
    anchor = anchor_of(m, years)
    place, rates = place_of(m, own, anchor), rates_of(m, anchor)
    return Setting(
        municipality=m,
        anchor=anchor,
        market=labour_market_of(m),
        labour=labour_law_of(m),
        town=Town(place, rates, own),
        carried=carried,
        flows=expected_flows(place, rates),
        demography=demographic_parameters(m.bundle),
        assessment=assessment,
        years=years,
        seed=seed,
    )
