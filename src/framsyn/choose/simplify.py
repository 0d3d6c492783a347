"""A found strategy made simple: what it does without need is put back to what is done today.

A search leaves every lever somewhere, also those on which nothing that is wanted depends. A council can only
read a strategy whose every setting matters.
"""

from dataclasses import dataclass

import numpy as np

from framsyn.choose.evaluation import Wanted, Worlds, live_rows
from framsyn.choose.space import Space
from framsyn.model.layout import Floats

#: Loss of an objective that is let be, share of the objective's range over the strategies found.
LOSS_LET_BE = 0.02


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
        alone = self._put_back(row)
        if not len(alone):
            return row
        losses = self._losses(np.vstack([row, alone]))[1:]
        order = np.argsort(losses, kind="stable")
        order = order[losses[order] <= LOSS_LET_BE]
        together = [row]
        for one in order:
            changed = np.flatnonzero(alone[one] != row)
            following = together[-1].copy()
            following[changed] = alone[one][changed]
            together.append(following)
        kept = np.flatnonzero(self._losses(np.array(together)) <= LOSS_LET_BE)
        simplest: Floats = together[int(kept[-1])]
        return simplest

    def _put_back(self, row: Floats) -> Floats:
        """The strategy with each lever alone put back: [way that differs, variable].

        A lever that may change at the turn can be put back before it, after it, both, or not change.
        """
        made: list[Floats] = []
        for columns in self._columns():
            first, later = columns[0], columns[-1]
            for chosen in ([first], [later], columns)[: 2 * len(columns) - 1]:
                one = row.copy()
                one[chosen] = self.today[chosen]
                made.append(one)
            one = row.copy()
            one[later] = row[first]
            made.append(one)
        differing = [one for one in made if not np.array_equal(one, row)]
        return np.array(differing)

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
