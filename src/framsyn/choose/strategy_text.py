"""A strategy in one line, short enough for an address: a posture to start from and the levers set on it.

`focused*digital.40*education.1.05*from.2030*housing.20` starts from the focused posture, sets two levers from
the first year on, and a third from 2030.
"""

import math
from collections.abc import Mapping
from typing import Any

from framsyn.choose.lever_names import TODAY, choice_of, is_today, lever_id
from framsyn.choose.lever_settings import PROGRAMMES
from framsyn.choose.levers import Lever, levers
from framsyn.choose.space import CORE_PROTECTED, NO_TASK
from framsyn.errors import FramsynError
from framsyn.foresee.posture_keys import FROM
from framsyn.foresee.postures import AS_IS, Posture, phases_of, posture_from, posture_id, shipped

BETWEEN, GIVES = "*", "."
#: A line longer than this is no strategy.
MOST_LETTERS, MOST_PHASES = 1_500, 4
FIRST_YEAR, LAST_YEAR, YEAR_DIGITS = 2000, 2200, 4
#: Characters of a number that a lever may be set to, and the signs that stand in it.
MOST_DIGITS, NUMERALS = 24, frozenset("0123456789.+-eE")
#: A programme that goes on as today, in a posture.
AS_TODAY = -1.0


def strategy_in(text: str) -> Posture:
    """The posture that a line tells.

    Raises:
        FramsynError: the line is too long, starts from no posture, or sets a lever that is not there or out
            of its bounds.
    """
    if len(text) > MOST_LETTERS:
        raise FramsynError(
            "A strategy of {letters} characters is too long: {most} at most.",
            letters=len(text),
            most=MOST_LETTERS,
        )
    base, *told = text.split(BETWEEN)
    start = shipped()[posture_id(base, shipped())]
    phases: list[dict[str, Any]] = [start.model_dump(exclude={"then"})]
    thens: list[dict[str, Any]] = []
    for part in told:
        name, value = _split(part)
        if name == FROM:
            thens.append({FROM: _year(value, thens)})
            phases.append({})
            continue
        fields = _fields(name, value, {**phases[0], **phases[-1]})
        phases[-1].update(fields)
        if thens:
            thens[-1].update(fields)
    return posture_from({**phases[0], "then": tuple(thens)})


def _split(part: str) -> tuple[str, str]:
    name, _, value = part.partition(GIVES)
    return (name if name == FROM else lever_id(name)), value.strip()


def _year(value: str, thens: list[dict[str, Any]]) -> int:
    last = int(thens[-1][FROM]) if thens else FIRST_YEAR
    if (
        not (
            len(value) == YEAR_DIGITS
            and value.isascii()
            and value.isdigit()
            and last < int(value) <= LAST_YEAR
        )
        or len(thens) >= MOST_PHASES
    ):
        raise FramsynError(
            "A strategy changes from a year, as from.2030, and years rise, {most} in all: not {value}.",
            value=value,
            most=MOST_PHASES,
        )
    return int(value)


def _fields(name: str, value: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """The posture's fields that a lever sets, as they become."""
    lever = levers()[name]
    setting = _choice(lever, value) if lever.kind == "choice" else _number(lever, value)
    if name == "core_task":
        task = "" if setting == NO_TASK else setting
        return {"core_task": task, "protect_core": CORE_PROTECTED}
    made: dict[str, Any] = {}
    for field in lever.fields:
        table, _, area = field.partition(".")
        if area:
            made[table] = {**made.get(table, before[table]), area: setting}
        else:
            made[field] = setting
    return made


def _choice(lever: Lever, value: str) -> str:
    found = choice_of(lever, value)
    if found is None:
        raise FramsynError(
            "{lever} cannot be {value}: choose among {known}.",
            lever=lever.id,
            value=value,
            known=", ".join(lever.choices),
        )
    return found


def _number(lever: Lever, value: str) -> float | int:
    if lever.id in PROGRAMMES and is_today(value):
        return AS_TODAY
    number = _float(value)
    whole = lever.kind == "integer"
    if not lever.low <= number <= lever.high or (whole and number != int(number)):
        raise FramsynError(
            "{lever} must be from {low} to {high}; {value} was given.",
            lever=lever.id,
            low=f"{lever.low:g}",
            high=f"{lever.high:g}",
            value=value,
        )
    return int(number) if whole else number


def _float(value: str) -> float:
    """The number that is written in plain digits; not a number where none is."""
    if len(value) > MOST_DIGITS or not NUMERALS.issuperset(value):
        return math.nan
    try:
        return float(value)
    except ValueError:
        return math.nan


def text_of(posture: Posture, base: str = AS_IS) -> str:
    """The line of a strategy: what levers reach of how it differs from a base, phase by phase.

    `strategy_in` gives back a posture that the same levers tell alike; what no lever reaches is left out.
    """
    before = settings_in(shipped()[base])
    parts = [base]
    for year, phase in phases_of(posture):
        now = settings_in(phase)
        changed = [f"{name}{GIVES}{_written(value)}" for name, value in now.items() if value != before[name]]
        parts += ([f"{FROM}{GIVES}{year}"] if year and changed else []) + changed
        before = now
    return BETWEEN.join(parts)


def settings_in(posture: Posture) -> dict[str, float | str]:
    """Every lever's setting by its id, of the first phase; a programme left as today is −1.

    Of several fields that one lever sets, the first tells.
    """
    told = posture.model_dump()
    return {one.id: _setting(one, told) for one in levers().values()}


def _setting(lever: Lever, told: Mapping[str, Any]) -> float | str:
    table, _, area = lever.fields[0].partition(".")
    found = told[table]
    if area:
        found = found.get(area, found.get("elsewhere", 1.0))
    if lever.id == "core_task":
        return str(found) or NO_TASK
    return str(found) if lever.kind == "choice" else float(found)


def _written(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return TODAY if value == AS_TODAY else f"{value:g}"
