"""Conditions as people write them: an indicator, a comparison, a number, and perhaps a year and a share.

`loans < 9000`, `lån < 9 000 € i 80 %`, `rahavirta > -200 vuonna 2035`, `unemployment ≤ 8,5 % in 2035`.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from framsyn.core.folding import fold
from framsyn.core.numerals import NumberFormat
from framsyn.errors import FramsynError, Term
from framsyn.i18n.every_language import UNIT, every_name
from framsyn.model.indicator_names import indicator_named
from framsyn.model.indicators import Indicator

#: Comparisons as they are written, and as they are read.
OPERATORS: Mapping[str, str] = {
    "<=": "<=",
    "=<": "<=",
    "≤": "<=",
    ">=": ">=",
    "=>": ">=",
    "≥": ">=",
    "<": "<",
    ">": ">",
}
COMPARED = re.compile(rf"(?P<name>[^<>≤≥=]+)(?P<op>{'|'.join(OPERATORS)})(?P<rest>[^<>≤≥=]+)")
#: A number whose thousands may stand apart, and whose decimals follow a point or a comma.
NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+)(?:[.,]\d+)?"
LIMIT = re.compile(rf"\s*(?P<limit>[-−–+]?\s?{NUMBER})(?P<after>(?![\d.,]).*)", re.DOTALL)
PERCENT = r"(?:procent|percent|prosen\w+)"
#: What follows the number: its unit, the year and the share of simulated futures.
AFTER = re.compile(
    r"\s*(?P<unit>.*?)"
    r"(?:\s*\b(?:in|by|year|i|år|vuonna|vuoteen)\s+(?P<year>\d{4}))?"
    rf"(?:\s*\b(?:(?:in|i|at least|minst|vähintään)\s+)?(?P<share>{NUMBER})\s*(?:%(?::\w+)?|{PERCENT}))?"
    r"\s*",
    re.IGNORECASE | re.DOTALL,
)
#: What is no unit: digits that no number, year or share took, but for those of an index.
STRAY_DIGIT = re.compile(r"(?!ind)(?!0 )\D*\d.*", re.IGNORECASE | re.DOTALL)
#: Signs of units that folding would drop.
SIGNS = {"€": " eur ", "%": " percent "}
#: A sign that stands apart from its number.
SIGN_APART = re.compile(r"^([-−–+])\s+")
#: A longer text is no condition.
LONGEST = 300


class Condition(NamedTuple):
    """A condition as it has been read.

    Attributes:
        indicator: that is compared.
        op: `<`, `<=`, `>` or `>=`.
        limit: in the indicator's unit.
        year: the calendar year in which it is compared; None = every year.
        share: percent of the simulated futures in which it holds; None where none is written.
    """

    indicator: Indicator
    op: str
    limit: float
    year: int | None
    share: float | None


def read_condition(text: str) -> Condition | None:
    """The condition that a text holds; None where it is not written as one.

    Raises:
        FramsynError: it names no indicator or several, or a unit that is not the indicator's.
    """
    compared = COMPARED.fullmatch(text) if len(text) <= LONGEST else None
    number = LIMIT.fullmatch(compared["rest"]) if compared else None
    after = AFTER.fullmatch(number["after"]) if number else None
    if compared is None or number is None or after is None or STRAY_DIGIT.fullmatch(after["unit"]):
        return None
    indicator = indicator_named(compared["name"])
    _check_unit(text, after["unit"], indicator)
    return Condition(
        indicator=indicator,
        op=OPERATORS[compared["op"]],
        limit=_read_number(number["limit"]),
        year=int(after["year"]) if after["year"] else None,
        share=_read_number(after["share"]) if after["share"] else None,
    )


def _check_unit(text: str, unit: str, indicator: Indicator) -> None:
    """Raise FramsynError where a unit is written that is not the indicator's."""
    units = every_name(UNIT, indicator.unit, indicator.unit)
    if unit and _plain_unit(unit) not in map(_plain_unit, units):
        raise FramsynError(
            "{text} cannot be read: {unit} is not the unit of {id}. Leave it out, or write the number in"
            " {right}.",
            text=text.strip(),
            unit=unit,
            id=Term(indicator.label),
            right=Term(indicator.unit),
        )


def _plain_unit(text: str) -> str:
    for sign, word in SIGNS.items():
        text = text.replace(sign, word)
    return fold(text)


def _read_number(text: str) -> float:
    """The number of a text that `NUMBER` matches, with or without a sign.

    Raises:
        FramsynError: it could be thousands or decimals, such as `9,000`, or is too large.
    """
    number = NumberFormat(usual=None).number(SIGN_APART.sub(r"\1", text.strip()))
    if number is None:
        raise FramsynError(
            "{number} can be read in two ways, or is too large: write thousands with a space, such as 9 000,"
            " and no decimals that are zero.",
            number=text.strip(),
        )
    return number
