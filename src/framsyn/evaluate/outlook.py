"""Which published figures of the next years tell which future of a municipality is coming.

Two questions: which posture's future is it, and does the future of one posture end badly.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from framsyn.core.folding import fold
from framsyn.errors import FramsynError
from framsyn.evaluate.condition_text import read_condition
from framsyn.evaluate.criteria import ANY, met_in
from framsyn.evaluate.discriminant import Ints
from framsyn.evaluate.lived import live_postures
from framsyn.evaluate.observables import Observable, observables, published
from framsyn.evaluate.separation import Mask
from framsyn.evaluate.signposts import AHEAD, Guide, guides, guides_to_class
from framsyn.foresee.setting import Setting
from framsyn.model.course import Conduct
from framsyn.model.indicator_names import indicator_named
from framsyn.model.indicators import indicators
from framsyn.model.layout import Floats

OPERATORS: Mapping[str, Callable[[Floats, float], Mask]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


#: The ending that a criterion of § 118 is met, folded, in every language.
CRITERION_NAMES = ("criterion", "kriterium", "kriteeri")


@dataclass(frozen=True)
class Ending:
    """When a life ends badly: an indicator beyond a value in a year, real euros where it is money.

    With `criterion` alone: a criterion of § 118 (`any` = any of them) is met in some year.
    """

    indicator: str = ""
    op: str = "<"
    value: float = float("nan")
    year: int = 0
    criterion: str = ANY

    def found(self, records: Floats, base_year: int) -> tuple[Mask, Ints | None]:
        """[draw] which lives [draw, year, indicator] end badly, and the years after which they first do.

        Raises:
            FramsynError: an unknown indicator or operator, or a year outside the lives.
        """
        if not self.indicator:
            met = met_in(records, self.criterion)
            return np.asarray(met.any(axis=1)), np.asarray(met.argmax(axis=1) + 1, dtype=np.int64)
        column = list(indicators()).index(indicator_named(self.indicator).id)
        last = base_year + records.shape[1] - 1
        if self.op not in OPERATORS:
            raise FramsynError(
                "There is no comparison {op}: choose among {known}.", op=self.op, known=" ".join(OPERATORS)
            )
        if not base_year < self.year <= last:
            raise FramsynError(
                "The year must be from {first} to {last}; {year} was given.",
                first=base_year + 1,
                last=last,
                year=self.year,
            )
        return OPERATORS[self.op](records[:, self.year - base_year, column], self.value), None


def read_ending(text: str) -> Ending:
    """An ending as it is written: `population < 8000 in 2040`, or `criterion`.

    Raises:
        FramsynError: it is written otherwise, or names no indicator.
    """
    if fold(text) in CRITERION_NAMES:
        return Ending()
    found = read_condition(text)
    if found is None or found.year is None or found.share is not None:
        raise FramsynError(
            "The ending {text} cannot be read: write an indicator, a comparison, a value and a year, such as"
            " population < 8000 in 2040, or criterion.",
            text=text,
        )
    return Ending(found.indicator.id, found.op, found.limit, found.year)


def which_future(
    setting: Setting, rules: Mapping[str, Conduct], draws: int = 1000, ahead: int = AHEAD
) -> list[Guide]:
    """What tells, 1…`ahead` years after the base year, which of the postures' futures is coming.

    The classes of the guides are the postures in their order.
    """
    lives = live_postures(setting, rules, draws)
    chosen = _yearly(setting, ahead)
    told = [published(lives.records[one], setting, chosen) for one in rules]
    return guides_to_class(told, *_names(chosen), range(1, min(ahead, setting.years) + 1))


def ends_badly(
    setting: Setting, rule: Conduct, ending: Ending, draws: int = 1000, ahead: int = AHEAD
) -> list[Guide]:
    """What tells, 1…`ahead` years after the base year, that a life under the posture ends badly.

    Where the ending is a criterion, lives that meet it already are no longer asked about. Where it is an
    indicator's value, figures of its own year are not looked at: they would tell what has come already.

    Raises:
        FramsynError: the ending comes too soon for any figure to warn of it, or is out of range.
    """
    base = setting.municipality.bundle.base_year
    last = _last_to_warn(ending, base, setting.years)
    records = live_postures(setting, {"": rule}, draws).records[""]
    fails, when = ending.found(records, base)
    return what_warns(setting, records, fails, when, min(ahead, last))


def what_warns(
    setting: Setting, records: Floats, fails: Mask, when: Ints | None = None, ahead: int = AHEAD
) -> list[Guide]:
    """What tells, 1…`ahead` years after the base year, that a life fails.

    Args:
        setting: the municipality of the lives.
        records: [draw, year, indicator].
        fails: [draw] whether the life fails.
        when: [draw] years after the base year in which it fails first; as in `guides`.
        ahead: years ahead at which is asked.
    """
    chosen = _yearly(setting, ahead)
    values = published(records, setting, chosen)
    return guides(values, fails, *_names(chosen), range(1, min(ahead, setting.years) + 1), when)


def _last_to_warn(ending: Ending, base_year: int, years: int) -> int:
    """The last year ahead whose figures come before the ending."""
    if not ending.indicator:
        return years
    if ending.year < base_year + 2:
        raise FramsynError(
            "No figure can warn of an ending in {year}: ask about {first} or later.",
            year=ending.year,
            first=base_year + 2,
        )
    return ending.year - base_year - 1


def _yearly(setting: Setting, ahead: int) -> list[Observable]:
    """The figures that are published in each of the years ahead."""
    base = setting.municipality.bundle.base_year
    years = range(base + 1, base + ahead + 1)
    return [one for one in observables().values() if all(one.told_of(year) for year in years)]


def _names(chosen: list[Observable]) -> tuple[list[str], list[bool]]:
    return [one.id for one in chosen], [one.flow for one in chosen]
