"""What reports are made of: one municipality lived and evaluated once, for every kind and language."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from framsyn.choose.alone import Move, moves_alone, postures_against
from framsyn.choose.chosen import Chosen, live_chosen
from framsyn.choose.evaluation import Worlds, worlds_of
from framsyn.choose.own_figures import OwnFigures
from framsyn.choose.plan import USUAL_AHEAD, Plan, exempt_names, plan_of
from framsyn.choose.statute import Draft, draft_of
from framsyn.core.cancellation import with_current_token
from framsyn.evaluate.outlook import which_future
from framsyn.evaluate.position import Position, position
from framsyn.evaluate.signposts import Guide
from framsyn.evaluate.standing import Evaluation, evaluate
from framsyn.evaluate.warning import EarlyWarning, warn
from framsyn.foresee.forecast.explain import ForecastExplained, explain_forecast
from framsyn.foresee.futures import foresee, strategies_of
from framsyn.foresee.postures import AS_IS, Posture
from framsyn.foresee.setting import Setting, prepare
from framsyn.law.parameters import Law
from framsyn.places.municipality import Municipality
from framsyn.processors import processors
from framsyn.report.command import STANDARD, asked
from framsyn.report.history import History, history_of
from framsyn.report.summary import Summary, summarise

if TYPE_CHECKING:
    import xarray as xr

#: Years of the forecast whose reasons are told.
EXPLAINED_YEARS = 10
#: Worlds in which decisions are moved alone, at most.
MOVE_WORLDS = 200
#: Worlds from which signposts are learned and judged, at most.
SIGNPOST_WORLDS = 500


@dataclass(frozen=True)
class Asked:
    """What a report is of.

    Attributes:
        municipality: whose.
        years: years after the base year.
        draws, seed: the worlds.
        strategy: id of a shipped posture or of one of `known`; None = no strategy has been chosen.
        known: postures of the user's own.
        law: dated law; None = the standing one.
        budget_year: first year of the economic plan; None = the second after the base year.
        own: the municipality's own figures for the plan.
        files: the options by which `known`, `law`, bundle and own figures were given, for the command that
            makes the report again.
    """

    municipality: Municipality
    years: int = 20
    draws: int = 500
    seed: int = 1
    strategy: str | None = None
    known: Mapping[str, Posture] = field(default_factory=dict)
    law: Law | None = None
    budget_year: int | None = None
    own: OwnFigures = field(default_factory=OwnFigures)
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Material:
    """Everything that a report may tell, each part made when it is first asked for, and kept."""

    asked: Asked

    def make_beside(self, *parts: str) -> None:
        """Make parts at the same time where there are processors for it: lives leave the interpreter free."""
        self.setting  # noqa: B018  (shared by the parts)
        with ThreadPoolExecutor(processors()) as pool:
            list(pool.map(with_current_token(partial(getattr, self)), parts))

    @property
    def municipality(self) -> Municipality:
        """Whose report it is."""
        return self.asked.municipality

    @property
    def base(self) -> int:
        """The base year."""
        return self.municipality.bundle.base_year

    @property
    def exempt(self) -> bool:
        """Whether another municipal act than the mainland's holds there."""
        return self.municipality.region("en") in exempt_names()

    @property
    def postures(self) -> tuple[str, ...]:
        """Going on as today, the four visions and the strategy chosen, where it is another."""
        chosen = (self.asked.strategy,) if self.asked.strategy else ()
        return tuple(dict.fromkeys((*STANDARD, *chosen)))

    @cached_property
    def futures(self) -> "xr.Dataset":
        """The lives of every posture, with ages."""
        one = self.asked
        lived = foresee(
            one.municipality, self.postures, one.years, one.draws, one.seed, known=one.known, law=one.law
        )
        lived.attrs |= asked(None, None, None, None, one.known)
        return lived

    @cached_property
    def summary(self) -> Summary:
        """Quantiles of the futures."""
        return summarise(self.futures)

    @cached_property
    def history(self) -> History:
        """The published past."""
        return history_of(self.municipality)

    @cached_property
    def explained(self) -> ForecastExplained:
        """What moves the forecast under the futures over the next years."""
        return explain_forecast(self.municipality, min(self.asked.years, EXPLAINED_YEARS))

    @cached_property
    def postures_compared(self) -> list[Move]:
        """Every posture but going on as today against it, world by world."""
        others = [one for one in self.postures if one != AS_IS]
        return postures_against(self._worlds, strategies_of(others, self.asked.known, None))

    @cached_property
    def moves(self) -> list[Move]:
        """What each decision does by itself."""
        return moves_alone(self._worlds)

    @cached_property
    def _worlds(self) -> Worlds:
        return worlds_of(self.setting, range(min(self.asked.draws, MOVE_WORLDS)))

    @cached_property
    def setting(self) -> Setting:
        """The municipality made ready to live."""
        return prepare(self.municipality, self.asked.years, self.asked.seed, self.asked.law)

    @cached_property
    def warning(self) -> EarlyWarning:
        """How likely the criteria of §§ 110 and 118 are, the spiral and the turning year."""
        turn_to = "engaging"
        rules = strategies_of(self.postures, self.asked.known, None)
        return warn(self.setting, rules, self.asked.draws, (turn_to, rules[turn_to]))

    @cached_property
    def guides(self) -> list[Guide]:
        """What tells which of the futures of `STANDARD` is coming, one guide a year."""
        rules = strategies_of(STANDARD, {}, None)
        return which_future(self.setting, rules, min(self.asked.draws, SIGNPOST_WORLDS))

    @cached_property
    def evaluation(self) -> Evaluation:
        """Every indicator of today among all municipalities and among the peers."""
        return evaluate(self.municipality)

    @cached_property
    def position(self) -> Position:
        """The place among the visions."""
        return position(self.municipality)

    @property
    def budget_year(self) -> int:
        """The first year of the economic plan."""
        return self.asked.budget_year or self.base + USUAL_AHEAD

    @cached_property
    def chosen(self) -> Chosen:
        """The chosen strategy beside going on as today; going on as today where none is chosen.

        It is lived to the end of the economic plan at least.
        """
        one = self.asked
        strategy, years = one.strategy or AS_IS, max(one.years, self.budget_year + 2 - self.base)
        return live_chosen(
            one.municipality, strategy, years, one.draws, one.seed, known=one.known, law=one.law
        )

    @cached_property
    def plan(self) -> Plan:
        """The economic plan of the chosen strategy."""
        return plan_of(self.chosen, self.budget_year, self.asked.own)

    @cached_property
    def draft(self) -> Draft:
        """The headings of § 37 with their numbers."""
        follow = [year for year in self.plan.years.values() if year >= self.plan.budget_year]
        return draft_of(self.chosen, self.base + self.asked.years, follow)
