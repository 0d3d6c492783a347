"""A found strategy made simple: what it does without need is put back to what is done today.

A search leaves every lever somewhere, also those on which nothing that is wanted depends. A council can only
read a strategy whose every setting matters.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from framsyn.choose.candidates import CORE_AMBITION
from framsyn.choose.evaluation import Wanted, Worlds, live_rows
from framsyn.choose.space import Space
from framsyn.model.layout import Floats

#: Loss of an objective that is let be, share of the objective's range over the strategies found.
LOSS_LET_BE = 0.02
CORE_TASK = "core_task"


class Way(NamedTuple):
    """A way to put a lever back: its variables to today's settings, or to that of another variable."""

    columns: tuple[int, ...]
    as_of: int | None


@dataclass(frozen=True)
class Simplifier:
    """Puts levers back to today in the worlds of the search.

    Attributes:
        worlds, space, wanted: as of the search.
        today: [variable] the strategy of going on as today.
        span: [objective] range of each minimised objective over the strategies found.
    """

    worlds: Worlds
    space: Space
    wanted: Wanted
    today: Floats
    span: Floats

    def simplified(self, row: Floats) -> Floats:
        """The strategy [variable] with as many settings as today as it can have at hardly any loss.

        Levers are put back one by one in the order of what each alone costs, as long as all together cost
        no objective more than LOSS_LET_BE of its range and break no keep that was held.
        """
        row = self._without_idle(row)
        ways = [way for way in self._ways() if not np.array_equal(self._put_back(row, way), row)]
        if not ways:
            return row
        alone = np.array([self._put_back(row, way) for way in ways])
        losses = self._losses(np.vstack([row, alone]))[1:]
        order = np.argsort(losses, kind="stable")
        together = [row]
        for one in order[losses[order] <= LOSS_LET_BE]:
            together.append(self._put_back(together[-1], ways[one]))
        kept = np.flatnonzero(self._losses(np.array(together)) <= LOSS_LET_BE)
        simplest: Floats = self._without_idle(together[int(kept[-1])])
        return simplest

    def _ways(self) -> list[Way]:
        """Every way to put a lever back: before the turn, after it, both, or not to change it at the turn."""
        made = []
        for columns in self._columns():
            first, later = columns[0], columns[-1]
            made += [Way((first,), None), Way(tuple(columns), None)]
            if later != first:
                made += [Way((later,), None), Way((later,), first)]
        return list(dict.fromkeys(made))

    def _put_back(self, row: Floats, way: Way) -> Floats:
        """The strategy with one lever put back."""
        made = row.copy()
        made[list(way.columns)] = self.today[list(way.columns)] if way.as_of is None else row[way.as_of]
        return made

    def _without_idle(self, row: Floats) -> Floats:
        """The strategy without ambition in a core task that it has not: it does nothing."""
        ids = [one.id for one in self.space.variables]
        if row[ids.index(CORE_TASK)] != self.space.no_task:
            return row
        idle = [ids.index(one) for one in (CORE_AMBITION, f"{CORE_AMBITION}_later")]
        return self._put_back(row, Way(tuple(idle), None))

    def _columns(self) -> list[list[int]]:
        """The variables of each lever, that before the turn first."""
        found: dict[str, list[int]] = {}
        for column, variable in enumerate(self.space.variables):
            found.setdefault(variable.lever.id, []).append(column)
        return list(found.values())

    def _losses(self, rows: Floats) -> Floats:
        """[strategy] the largest loss of any objective against the first, share of its range.

        It is infinite where a keep that the first holds is broken.
        """
        outcomes = live_rows(self.worlds, self.space, rows, self.wanted.measures)
        values, lacking = self.wanted.minimised(outcomes), self.wanted.violations(outcomes)
        lost = ((values - values[0]) / np.maximum(self.span, 1e-12)).max(axis=1)
        broken = (lacking > np.maximum(lacking[0], 0.0)).any(axis=1)
        return np.where(broken, np.inf, np.maximum(lost, 0.0))
