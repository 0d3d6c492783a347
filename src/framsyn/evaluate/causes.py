"""The causes that a change is split into, from `causes.csv`."""

from functools import cache
from typing import NamedTuple

from framsyn.datafile import rows
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS

#: Groups whose causes are switched, and that of what is left when all of them are off.
WORLD, DECISIONS, FEEDBACK, REST = "world", "decisions", "feedback", "rest"
GROUPS = (WORLD, DECISIONS, FEEDBACK)


class Cause(NamedTuple):
    """One cause: what it is, how it is switched off, and what it rests on.

    Attributes:
        id: its name.
        group: world, decisions or feedback; `rest` is what goes on with every cause off.
        label: what it is called, a message id.
        off: what holds when it is switched off, a message id.
        world: world columns held at their base year.
        levers: levers held as they stand today.
        special: names of other switches, see `switches`.
        effects: effects of the register held where they do nothing: (column of a draw, value).
        beyond_baseline: whether it answers only to differences from the baseline, and leaves that alone.
        evidence: effects of the register that it works through, those that it holds first.
        law: law parameters that it works through.
        parameters: parameters of the world's draws.
        facts: facts of the bundle; `cost_*` and `income_*` mean those of every area.
    """

    id: str
    group: str
    label: str
    off: str
    world: tuple[int, ...]
    levers: tuple[int, ...]
    special: tuple[str, ...]
    effects: tuple[tuple[int, float], ...]
    beyond_baseline: bool
    evidence: tuple[str, ...]
    law: tuple[str, ...]
    parameters: tuple[str, ...]
    facts: tuple[str, ...]


@cache
def causes() -> tuple[Cause, ...]:
    """Every cause, group by group, in the order of the file."""
    return tuple(_cause(row) for row in rows("framsyn.evaluate", "causes.csv"))


@cache
def switched() -> tuple[Cause, ...]:
    """The causes that can be switched: all but what goes on by itself."""
    return tuple(one for one in causes() if one.group != REST)


def _cause(row: dict[str, str]) -> Cause:
    held = [_held(written) for written in row["effects"].split()]
    return Cause(
        id=row["id"],
        group=row["group"],
        label=row["label"],
        off=row["off"],
        world=tuple(column for name in row["world"].split() for column in _world_columns(name)),
        levers=tuple(_column(name) for name in row["levers"].split()),
        special=tuple(row["special"].split()),
        effects=tuple((COEFFICIENTS.index(identity), value) for identity, value in held),
        beyond_baseline=bool(row["beyond_baseline"]),
        evidence=(*(identity for identity, _ in held), *row["evidence"].split()),
        law=tuple(row["law"].split()),
        parameters=tuple(row["parameters"].split()),
        facts=tuple(row["facts"].split()),
    )


def _held(written: str) -> tuple[str, float]:
    """An effect and the value with which it does nothing: `id` is held at 0, `id=value` at that value."""
    identity, _, value = written.partition("=")
    return identity, float(value or 0.0)


def _world_columns(name: str) -> tuple[int, ...]:
    """The columns of a world of that name: one, but for the areas' own costs."""
    first = _column(f"W_{name}")
    return tuple(range(first, first + layout.AREAS)) if name == "area_costs" else (first,)


def _column(name: str) -> int:
    """The column of that name in the model's layout."""
    return int(getattr(layout, name.upper()))
