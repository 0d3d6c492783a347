"""What is wanted of a strategy, and what must hold: read from the words of a user.

An objective is an indicator with a direction and a way of reading it over the years; its value is the mean
over the worlds. A keep is a limit that a life must hold in every year, and the share of worlds in which it
must hold.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from framsyn.core.folding import fold
from framsyn.errors import FramsynError
from framsyn.evaluate.condition_text import read_condition
from framsyn.model.indicator_names import indicator_named, is_indicator, short_id
from framsyn.model.indicators import Indicator, indicators
from framsyn.model.kernel import AT, CHANGE, LEAST, MEAN, MOST
from framsyn.model.layout import Floats

#: Years at the end of the lives over which an amount is read: one year alone is weather.
LAST_YEARS = 5
#: Units of amounts that stand at the end of a year. What is lived in every year (services, turnout, tax) is
#: read over all years: read at the end alone, a strategy would starve the first years to shine in the last.
AMOUNTS = ("EUR", "persons", "jobs")
#: Share of the worlds in which a keep must hold where the user says nothing.
USUAL_SHARE = 0.8
#: How likely it is at least that no criterion of §§ 110 and 118 is ever met.
LAW_SHARE = 0.9
LAW = "law"
CRITERIA = ("deficit_uncovered", "deficit_too_large", "four_limits_met")
READINGS = {"mean": MEAN, "end": AT, "least": LEAST, "most": MOST, "change": CHANGE}

#: What is wanted where the user says nothing: something of bildning, wellbeing, participation and living
#: environment, and that neither tax nor loans pay for all of it.
OBJECTIVES = (
    "quality_basic_education",
    "quality_sport_youth",
    "participation",
    "repair_debt",
    "income_tax_rate",
    "loans",
)

Direction = Literal["higher", "lower"]
DIRECTIONS: Mapping[str, Direction] = {"max": "higher", "min": "lower"}

OBJECTIVE = re.compile(r"(?P<id>[^@:<>=]*[^@:<>=\s])\s*(?:@\s*(?P<how>\w+)\s*)?(?::\s*(?P<direction>\w+))?")


@dataclass(frozen=True)
class Measure:
    """One number read off a life: an indicator's column, how, and between which rows of years."""

    column: int
    how: int
    first: int
    last: int

    def of(self, records: Floats) -> Floats:
        """[…] the measure of records […, year, indicator]; as `model.kernel.measured`, for records kept."""
        values = records[..., self.first : self.last + 1, self.column]
        if self.how == MEAN:
            return np.asarray(values.mean(axis=-1))
        if self.how == LEAST:
            return np.asarray(values.min(axis=-1))
        if self.how == MOST:
            return np.asarray(values.max(axis=-1))
        start = records[..., 0, self.column] if self.how == CHANGE else 0.0
        return np.asarray(values[..., -1] - start)


@dataclass(frozen=True)
class Objective:
    """What is wanted: an indicator, read in one way, higher or lower.

    Attributes:
        written: as the user wrote it.
        id: the indicator as it was named, with how it is read.
    """

    written: str
    id: str
    indicator: Indicator
    direction: Direction
    measure: Measure

    @property
    def sign(self) -> float:
        """1 where higher is better, −1 where lower is."""
        return 1.0 if self.direction == "higher" else -1.0


@dataclass(frozen=True)
class Keep:
    """What must hold in every year of a life, or in one, in a share of the worlds.

    Attributes:
        id: as it was written, or `law` for no criterion of §§ 110 and 118.
        measures: the worst of each indicator over the years; all of them must be within the limit.
        least: whether the limit is the least that is allowed; else the most.
        strict: whether the limit itself is not allowed.
        limit: in the indicator's unit.
        share: of the worlds in which it must hold.
        year: the only calendar year in which it must hold; 0 = in every year.
    """

    id: str
    measures: tuple[Measure, ...]
    least: bool
    strict: bool
    limit: float
    share: float
    year: int = 0

    def holds(self, values: Floats) -> NDArray[np.bool_]:
        """[…] whether the measures […, measure] hold."""
        if self.least:
            held = values > self.limit if self.strict else values >= self.limit
        else:
            held = values < self.limit if self.strict else values <= self.limit
        return np.asarray(held.all(axis=-1))


def read_objectives(written: Sequence[str], years: int) -> tuple[Objective, ...]:
    """The objectives of their texts: `participation`, `loans:min`, `cash_flow@least:max`.

    Raises:
        FramsynError: fewer than two, one named twice, an unknown indicator, reading or direction, or an
            indicator that is neither good nor bad in itself without a direction.
    """
    parts = [part.strip() for one in written for part in one.split(",") if part.strip()]
    made = tuple(_objective(part, years) for part in parts)
    if len(made) < 2:
        raise FramsynError("Name at least two objectives: with one there is nothing to weigh.")
    read = [(one.indicator.id, one.measure) for one in made]
    twice = {one.id for one, measured in zip(made, read, strict=True) if read.count(measured) > 1}
    if twice:
        raise FramsynError("An objective is named twice: {names}.", names=", ".join(sorted(twice)))
    return made


def read_weights(written: Sequence[str], objectives: Sequence[Objective]) -> dict[str, float]:
    """The weights of their texts, such as `participation=3`, by objective; none where none is written.

    Raises:
        FramsynError: a text that is no weight, a weight below zero, an objective without one or one that is
            not among those wanted.
    """
    ids = [one.id for one in objectives]
    made: dict[str, float] = {}
    for text in written:
        name, _, number = text.partition("=")
        weighed = _weighed(name, objectives)
        if not re.fullmatch(r"\s*\d+(?:[.,]\d+)?\s*", number) or weighed is None:
            raise FramsynError(
                "{text} is no weight: write an objective, = and a number, such as {id}=3. Objectives:"
                " {known}.",
                text=text,
                id=ids[0],
                known=", ".join(ids),
            )
        made[weighed] = _number(number)
    lacking = [one for one in ids if one not in made]
    if made and (lacking or not any(made.values())):
        raise FramsynError(
            "Every objective needs a weight, and one at least above 0, so that a score can be made: see"
            " {names}.",
            names=", ".join(lacking or ids),
        )
    return made


def _weighed(name: str, objectives: Sequence[Objective]) -> str | None:
    """The id of the objective that a name means; None where it means none or several of them."""
    wanted = name.strip()
    exact = [one.id for one in objectives if wanted in (one.id, one.written)]
    named = exact or [one.id for one in objectives if fold(wanted) == fold(one.id)]
    if not named and is_indicator(wanted):
        indicator = indicator_named(wanted).id
        named = [one.id for one in objectives if one.indicator.id == indicator]
    return named[0] if len(named) == 1 else None


def read_keeps(written: Sequence[str], base_year: int, years: int) -> tuple[Keep, ...]:
    """The keeps of their texts, after the law's own: `loans < 6000`, `cash_flow > -200 in 2035 in 90 %`.

    Raises:
        FramsynError: a text that is no keep, an unknown indicator, a year outside the lives or a share
            outside 0…100.
    """
    return (lawful(years), *(_keep(one, base_year, years) for one in written))


def lawful(years: int, share: float = LAW_SHARE) -> Keep:
    """No criterion of §§ 110 and 118 of the Municipal Act is met in any year."""
    columns = [list(indicators()).index(name) for name in CRITERIA]
    measures = tuple(Measure(column, MOST, 1, years) for column in columns)
    return Keep(LAW, measures, least=False, strict=True, limit=1.0, share=share)


def _objective(text: str, years: int) -> Objective:
    found = OBJECTIVE.fullmatch(text)
    if found is None:
        raise FramsynError(
            "{text} is no objective: write an indicator, such as participation, loans:min or"
            " cash_flow@least.",
            text=text,
        )
    one = indicator_named(found["id"])
    at_end = one.kind == "stock" and one.unit.startswith(AMOUNTS)
    how = found["how"] or ("" if at_end else "mean")
    if how and how not in READINGS:
        raise FramsynError(
            "{text} reads its indicator as {how}. Choose among: {known}.",
            text=text,
            how=how,
            known=", ".join(READINGS),
        )
    direction, measure = _direction(text, found["direction"], one), _measure(one, how, years)
    named = found["id"] if found["id"] in (one.id, short_id(one.id)) else short_id(one.id)
    identity = f"{named}@{found['how']}" if found["how"] else named
    return Objective(text, identity, one, direction, measure)


def _direction(text: str, told: str | None, one: Indicator) -> Direction:
    if told is None and one.direction != "neither":
        return one.direction
    if told is None or told not in DIRECTIONS:
        raise FramsynError(
            "Say whether {id} should be high or low: write {id}:max or {id}:min instead of {text}.",
            id=one.id,
            text=text,
        )
    return DIRECTIONS[told]


def _measure(one: Indicator, how: str, years: int) -> Measure:
    column = list(indicators()).index(one.id)
    if not how:
        return Measure(column, MEAN, max(1, years - LAST_YEARS + 1), years)
    return Measure(column, READINGS[how], 1, years)


def _keep(text: str, base_year: int, years: int) -> Keep:
    found = read_condition(text)
    if found is None:
        raise FramsynError(
            "{text} is nothing that can be kept: write an indicator, < or >, and a number, such as"
            ' "loans < 6000" or "cash_flow > -200 in 2035 in 90 %".',
            text=text,
        )
    least = found.op in (">", ">=")
    column = list(indicators()).index(found.indicator.id)
    if found.year is None:
        measure = Measure(column, LEAST if least else MOST, 1, years)
    else:
        measure = Measure(column, AT, 1, _row(text, found.year, base_year, years))
    share = USUAL_SHARE if found.share is None else found.share / 100.0
    if not 0.0 < share <= 1.0:
        raise FramsynError("{text} must hold in more than 0 and at most 100 % of the worlds.", text=text)
    return Keep(
        id=text.strip(),
        measures=(measure,),
        least=least,
        strict=found.op in ("<", ">"),
        limit=found.limit,
        share=share,
        year=found.year or 0,
    )


def _row(text: str, year: int, base_year: int, years: int) -> int:
    if not base_year < year <= base_year + years:
        raise FramsynError(
            "{text} names a year outside the lives, which last from {first} to {last}.",
            text=text,
            first=base_year + 1,
            last=base_year + years,
        )
    return year - base_year


def _number(text: str) -> float:
    return float(text.replace(",", "."))
