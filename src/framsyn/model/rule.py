"""The rule by which a municipality is run: the one table of its fields.

Each field of `Rule` is declared with how it is written in a file of postures: its keys there, of what kind
they are, within which bounds, and what they mean. The schema and the reader of such files, the comment at the
head of `postures.toml` and the table of docs/posture-fields.md follow from these declarations.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

from framsyn.model.layout import AREAS, PARTICIPATION, SCHOOLS, Floats

#: Years that a posture can look ahead at most.
MOST_AHEAD = 20

Kind = Literal["whole", "number", "yes_no", "choice"]


@dataclass(frozen=True)
class Key:
    """One key of a posture in a file.

    Attributes:
        name: as it is written.
        meaning: what it sets, and its unit.
        low, high: bounds of a number.
        kind: what its value is.
        choices: values of a choice; the rule holds the place of the one chosen.
        above: whether the lower bound itself is left out.
    """

    name: str
    meaning: str
    low: float
    high: float
    kind: Kind = "number"
    choices: tuple[str, ...] = ()
    above: bool = False


def share(name: str, meaning: str) -> Key:
    """A key that holds a share."""
    return Key(name, meaning, 0, 1)


def whole(name: str, meaning: str, high: int) -> Key:
    """A key that holds a whole number from 0."""
    return Key(name, meaning, 0, high, "whole")


def yes_no(name: str, meaning: str) -> Key:
    """A key that holds true or false; the rule holds 1 or 0."""
    return Key(name, meaning, 0, 1, "yes_no")


def choice(name: str, meaning: str, *choices: str) -> Key:
    """A key that holds one of the choices; the rule holds its place among them."""
    return Key(name, meaning, 0, len(choices) - 1, "choice", choices)


@dataclass(frozen=True)
class BySchool:
    """A field by school area: one key for the core task's areas, one for the others."""

    core: Key
    elsewhere: Key


@dataclass(frozen=True)
class ByArea:
    """A field by area: a table of areas, a key for the core task's areas, and keys of single areas."""

    table: Key
    core: Key
    single: tuple[tuple[int, Key], ...] = ()


Declaration = Key | BySchool | ByArea

_AHEAD = "years ahead for which need of places is foreseen"
_EMPTY = "share of empty places that is left to stand"
_AMBITION = "spending per user aimed at, share of today's"
_PROTECT = "share of an area that saving does not touch"
_YEARLY = "euros per resident a year (base-year prices); -1 = as at the baseline"


class Rule(NamedTuple):
    """How a posture decides, as the model reads it."""

    look_ahead: Annotated[
        Floats,
        BySchool(
            whole("look_ahead", f"{_AHEAD}, in the core task's areas; 0 = sees the past", MOST_AHEAD),
            whole("look_ahead_elsewhere", f"{_AHEAD}, in the other areas", MOST_AHEAD),
        ),
    ]
    plan_years: Annotated[
        float, whole("plan_years", "years ahead over which the plan counts on residents' ages", 10)
    ]
    sees_after: Annotated[
        float, whole("sees_after", "years until what has happened is seen and acted on", MOST_AHEAD)
    ]
    excess_tolerated: Annotated[
        Floats,
        BySchool(
            Key("excess_tolerated", f"{_EMPTY}, in the core task's areas", 0, 10),
            Key("excess_elsewhere", f"{_EMPTY}, in the other areas", 0, 10),
        ),
    ]
    builds: Annotated[
        float, yes_no("builds", "true = builds places for a need, false = buys them elsewhere, dearer")
    ]
    ambition: Annotated[
        Floats,
        ByArea(
            Key("ambition", f"{_AMBITION}, by area; `elsewhere` for the others", 0, 3),
            Key("ambition_core", f"{_AMBITION}, in the core task's areas", 0, 3),
            ((PARTICIPATION, Key("engagement", f"engagement, {_YEARLY}", -1, 2_000)),),
        ),
    ]
    ambition_step: Annotated[float, share("ambition_step", "largest yearly change of ambition")]
    protect: Annotated[
        Floats,
        ByArea(
            share("protect", f"{_PROTECT}, by area; `elsewhere` for the others"),
            share("protect_core", f"{_PROTECT}, in the core task's areas"),
        ),
    ]
    upkeep: Annotated[
        float, Key("upkeep", "share of the yearly wear of buildings and networks that is renewed", 0, 3)
    ]
    investment_kept: Annotated[
        float, Key("investment_kept", "share kept of today's net investment beyond wear, or below it", 0, 3)
    ]
    housing: Annotated[
        float,
        Key(
            "housing",
            "land and homes, euros per resident a year beyond today's (below 0 less)",
            -1_000,
            10_000,
        ),
    ]
    planning: Annotated[
        float, Key("planning", "planning and building control, share of today's spending per resident", 0, 10)
    ]
    integration: Annotated[
        float,
        Key(
            "integration",
            "integration of immigrants, euros per resident a year beyond today's (below 0 less)",
            -500,
            2_000,
        ),
    ]
    digital: Annotated[float, Key("digital", f"digitalisation, {_YEARLY}", -1, 2_000)]
    fiscal_rule: Annotated[
        float,
        choice(
            "fiscal_rule",
            "law = corrects when the deadline for covering a deficit (§ 110) is near, after_deficit ="
            " corrects a deficit that has come, plan = corrects what its plan foresees",
            "law",
            "after_deficit",
            "plan",
        ),
    ]
    result_aimed: Annotated[
        float, Key("result_aimed", "result of the year aimed at, euros per resident", -1_000, 5_000)
    ]
    tax_share: Annotated[
        float, share("tax_share", "share of a correction taken by a higher tax, the rest by saving")
    ]
    largest_correction: Annotated[
        float, Key("largest_correction", "largest correction, euros per resident a year", 0, 10_000)
    ]
    tax_ceiling: Annotated[
        float, Key("tax_ceiling", "percentage points above today's rate that the council will go", 0, 20)
    ]
    spends_widely: Annotated[float, choice("spends", "where an excess goes", "protected", "everywhere")]
    memory_years: Annotated[
        float,
        Key("memory_years", "years over which the municipality's own cohort ratios are averaged", 1, 20),
    ]
    indifference: Annotated[
        float, Key("indifference", "result off the aim that is let be, euros per resident", 0, 10_000)
    ]
    ease_above: Annotated[
        float,
        Key("ease_above", "excess beyond which saving and tax are eased, euros per resident", 0, 10_000),
    ]
    ease_share: Annotated[float, share("ease_share", "share of that excess that is spent in a year")]
    most_saving: Annotated[float, Key("most_saving", "largest saving, share of flexible spending", 0, 0.9)]
    most_easing: Annotated[float, Key("most_easing", "largest growth of spending per user, share", 0, 2)]
    tax_step: Annotated[float, Key("tax_step", "step of the tax rate, percentage points", 0, 1, above=True)]


@cache
def declarations() -> Mapping[str, Declaration]:
    """How each field of a rule is written, in the order of `Rule`."""
    hints = get_type_hints(Rule, include_extras=True)
    return {name: hints[name].__metadata__[0] for name in Rule._fields}


def _shape(declaration: Declaration) -> tuple[int, ...]:
    match declaration:
        case Key():
            return ()
        case BySchool():
            return (SCHOOLS,)
        case ByArea():
            return (AREAS,)


#: A rule as one record of an array: `packed` makes it, and compiled functions read it like a `Rule`.
RULE = np.dtype([(name, np.float64, _shape(declaration)) for name, declaration in declarations().items()])
#: Rules in an array, such as [phase] or [strategy, phase].
Rules = NDArray[Any]


def packed(rules: Sequence[Rule]) -> Rules:
    """Rules as an array [rule] of `RULE`."""
    return np.array([tuple(rule) for rule in rules], dtype=RULE)


def keys_of(declaration: Declaration) -> tuple[Key, ...]:
    """The keys behind one field."""
    match declaration:
        case Key():
            return (declaration,)
        case BySchool(core, elsewhere):
            return (core, elsewhere)
        case ByArea(table, core, single):
            return (table, core, *(key for _, key in single))


def keys() -> Iterator[Key]:
    """Every key of a posture that a rule reads, in the order of `Rule`."""
    for declaration in declarations().values():
        yield from keys_of(declaration)


def is_table(key: Key) -> bool:
    """Whether the key holds a table of areas."""
    return any(isinstance(field, ByArea) and field.table is key for field in declarations().values())


def fields_of(name: str) -> tuple[str, ...]:
    """The fields of a rule that a key of a posture writes into."""
    return tuple(
        field
        for field, declaration in declarations().items()
        if name in (key.name for key in keys_of(declaration))
    )
