"""The space of strategies: every lever's settings before and after a new council takes over, as numbers.

A strategy is a row of numbers [variable], each on its lever's grid. The space turns many rows at once into
rules that the kernel lives, and one row into a posture that can be read, edited and lived by every command.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.levers import Lever, levers
from framsyn.foresee.posture_keys import FROM
from framsyn.foresee.postures import (
    AS_IS,
    Posture,
    areas,
    phases_of,
    posture_from,
    rule_of,
    shipped,
    task_areas,
)
from framsyn.foresee.setting import Setting
from framsyn.model.indicator_names import ELSEWHERE
from framsyn.model.layout import PARTICIPATION, Floats
from framsyn.model.rule import ByArea, Rules, declarations, fields_of, keys, packed

NO_TASK = "none"
#: Saving spares a core task's areas altogether, as in the shipped posture that has one.
CORE_PROTECTED = 1.0


@dataclass(frozen=True)
class Variable:
    """One number of a strategy: a lever, and the phase 0 from the start or 1 from the turn.

    A lever that does not vary has one variable for both.
    """

    lever: Lever
    phase: int

    @property
    def id(self) -> str:
        """Id of the lever, with `_later` for what holds from the turn on."""
        return f"{self.lever.id}_later" if self.phase else self.lever.id


@dataclass(frozen=True)
class Space:
    """Strategies of one municipality.

    Attributes:
        base_year, years: of the lives.
        turn: calendar year of the first budget of the next council, from which levers may differ.
        today: what is spent today on the programmes that a posture may leave as they are, by lever.
        variables: every number of a strategy, in order.
    """

    base_year: int
    years: int
    turn: int
    today: Mapping[str, float]
    variables: tuple[Variable, ...] = field(default_factory=lambda: tuple(_variables()))

    def __len__(self) -> int:
        return len(self.variables)

    @property
    def low(self) -> Floats:
        """[variable] lower bounds."""
        return np.array([one.lever.low for one in self.variables])

    @property
    def high(self) -> Floats:
        """[variable] upper bounds."""
        return np.array([one.lever.high for one in self.variables])

    @property
    def step(self) -> Floats:
        """[variable] widths of the grids."""
        return np.array([one.lever.step for one in self.variables])

    @property
    def no_task(self) -> float:
        """The setting of the core task that is none."""
        return float(levers()["core_task"].choices.index(NO_TASK))

    def phases(self, count: int) -> NDArray[np.int64]:
        """[strategy, year] the phase that rules in each year, for `count` strategies."""
        row = np.zeros(self.years + 1, dtype=np.int64)
        row[max(0, self.turn - self.base_year) :] = 1
        return np.tile(row, (count, 1))

    def rules(self, x: Floats) -> Rules:
        """The rules [strategy, phase] of the strategies [strategy, variable]."""
        today = packed([rule_of(shipped()[AS_IS])])
        rules = np.tile(today, (len(x), 2))
        for column, variable in enumerate(self.variables):
            phases = slice(variable.phase, variable.phase + 1) if variable.lever.varies else slice(None)
            _set(rules, phases, variable.lever, x[:, column])
        self._set_core(rules, x)
        return rules

    def _set_core(self, rules: Rules, x: Floats) -> None:
        """Give the core task's areas its ambition and spare them from saving."""
        task = levers()["core_task"]
        chosen = x[:, self._column("core_task")].round().astype(int)
        for number, name in enumerate(task.choices):
            rows = np.flatnonzero(chosen == number)
            for area in _core_areas(name):
                for phase, identity in enumerate(("core_ambition", "core_ambition_later")):
                    rules["ambition"][rows, phase, area] = x[rows, self._column(identity)]
                rules["protect"][rows, :, area] = CORE_PROTECTED

    def _column(self, identity: str) -> int:
        return [one.id for one in self.variables].index(identity)

    def posture(self, row: Floats) -> Posture:
        """The strategy [variable] as a posture, with a later phase where anything changes at the turn."""
        told = dict(zip((one.id for one in self.variables), row.tolist(), strict=True))
        first, later = self._fields(told, 0), self._fields(told, 1)
        changed = {key: value for key, value in later.items() if value != first[key]}
        then = [{FROM: self.turn, **changed}] if changed else []
        return posture_from({**shipped()[AS_IS].model_dump(), **first, "then": then})

    def _fields(self, told: Mapping[str, float], phase: int) -> dict[str, Any]:
        """Fields of the posture in one phase."""
        today = shipped()[AS_IS]
        made: dict[str, Any] = {"ambition": dict(today.ambition), "protect_core": CORE_PROTECTED}
        for lever in levers().values():
            if not lever.searched:
                continue
            value = told[f"{lever.id}_later" if phase and lever.varies else lever.id]
            for name in lever.fields:
                table, _, area = name.partition(".")
                if area:
                    made[table][area] = value
                else:
                    made[name] = _written(lever, value)
        return made

    def row(self, written: Posture) -> Floats:
        """The strategy nearest to a posture: what the levers do not reach is left out.

        A later phase counts where it holds in the year of the turn or after.
        """
        phases = phases_of(written)
        last = phases[0][1], phases[-1][1]
        values = [_read(one.lever, last[one.phase]) for one in self.variables]
        kept = [
            self.today.get(one.lever.id, value) if value < 0.0 else value
            for one, value in zip(self.variables, values, strict=True)
        ]
        row: Floats = self.on_grid(np.array([kept]))[0]
        return row

    def on_grid(self, x: Floats) -> Floats:
        """The strategies moved to the nearest point of their levers' grids, within bounds."""
        low, step = self.low, self.step
        steps = np.round((np.clip(x, low, self.high) - low) / step)
        # The decimals of the step, so that 0.8 + 7 × 0.01 is 0.87 and nothing else.
        return np.asarray(np.round(low + steps * step, 6))


def space_of(setting: Setting, turn: int) -> Space:
    """The strategies of a municipality made ready to live."""
    place = setting.place
    today = {"digital": place.digital, "engagement": place.costs[PARTICIPATION] / place.population.sum()}
    return Space(setting.municipality.bundle.base_year, setting.years, turn, today)


def _variables() -> Iterator[Variable]:
    searched = [one for one in levers().values() if one.searched]
    for phase in range(2):
        yield from (Variable(one, phase) for one in searched if one.varies or phase == 0)


def _core_areas(task: str) -> list[int]:
    names = task_areas("" if task == NO_TASK else task)
    return [areas().index(name) for name in names]


def _set(rules: Rules, phases: slice, lever: Lever, values: Floats) -> None:
    """Write a lever's values [strategy] into the rules that it sets, in these phases."""
    for name in lever.fields:
        if name in ("core_task", "ambition_core"):
            continue
        table, _, area = name.partition(".")
        if lever.kind == "choice":
            key = next(key for key in keys() if key.name == name)
            values = np.array([float(key.choices.index(lever.choices[int(value)])) for value in values])
        for field_name in fields_of(table):
            into: Floats = rules[field_name][:, phases]
            if area:
                into[..., areas().index(area)] = values[:, None]
            elif into.ndim > values.ndim + 1:
                _set_areas(into, field_name, name, values)
            else:
                into[...] = values[:, None]


def _set_areas(into: Floats, field_name: str, name: str, values: Floats) -> None:
    """Write values [strategy] into a field [strategy, phase, area]: into one area that has a key of its own.

    In and outside the core task's areas one lever sets both.
    """
    declaration = declarations()[field_name]
    own = declaration.single if isinstance(declaration, ByArea) else ()
    single = {key.name: area for area, key in own}
    if name in single:
        into[..., single[name]] = values[:, None]
    else:
        into[...] = values[:, None, None]


def _written(lever: Lever, value: float) -> Any:
    """A lever's value as a posture's field holds it."""
    if lever.kind == "choice":
        chosen = lever.choices[round(value)]
        return "" if chosen == NO_TASK else chosen
    return round(value) if lever.kind == "integer" else value


def _read(lever: Lever, written: Posture) -> float:
    """A posture's field as a lever's value."""
    table, _, area = lever.fields[0].partition(".")
    value: Any = getattr(written, table)
    if area:
        value = value.get(area, value.get(ELSEWHERE, 1.0))
    if lever.kind == "choice":
        name = str(value) or NO_TASK
        return float(lever.choices.index(name)) if name in lever.choices else 0.0
    return float(value)
