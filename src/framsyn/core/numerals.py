"""One reader of numbers, as offices and programs write them, and of the marks they put where none is.

Digits are 0–9. Thousands may be parted by spaces, points or commas, every three digits; the decimal mark is
a point or a comma; minus is a hyphen, a minus sign or a dash; `1.5e-05` is what programs write. Refused are
`nan`, `inf`, `0x10`, `1_000`, digits of other scripts, and numbers too long or too large to be meant.
"""

import math
import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from framsyn.datafile import rows

POINT: Final = "."
COMMA: Final = ","
#: Characters that a number may have: more are never meant.
LONGEST = 40
_SPACES = " \u00a0\u2007\u2009\u202f"
_MINUS = str.maketrans(dict.fromkeys("−–‒", "-"))
_EXPONENT = r"(?:[eE][+-]?[0-9]{1,3})?"


def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    """Numbers with a decimal mark whose thousands may be parted by a space or `thousands`."""
    grouped = rf"[1-9][0-9]{{0,2}}(?P<sep>[{_SPACES}{re.escape(thousands)}])[0-9]{{3}}(?:(?P=sep)[0-9]{{3}})*"
    whole = rf"(?:{grouped}|[0-9]+)(?:{re.escape(decimal)}[0-9]*)?"
    return re.compile(rf"[+-]?(?:{whole}|{re.escape(decimal)}[0-9]+){_EXPONENT}")


_PATTERNS = {POINT: _pattern(POINT, COMMA), COMMA: _pattern(COMMA, POINT)}


@cache
def missing_marks() -> frozenset[str]:
    """What agencies write where a figure is not published; it is never zero."""
    return frozenset(row["mark"] for row in rows("framsyn.core", "missing_marks.csv"))


def is_missing(text: str) -> bool:
    """Whether a cell holds no figure: it is blank, or a mark of `missing_marks`."""
    cell = text.strip()
    return not cell or cell in missing_marks()


class NumberFormat(NamedTuple):
    """How the numbers of one file are written.

    Attributes:
        decimal: the decimal mark that its numbers show; None where none shows it, or they disagree.
        usual: the decimal mark that goes with the file's separator of cells, which decides of a number that
            has that mark and could be read with either; None where nothing may decide.
    """

    decimal: str | None = None
    usual: str | None = POINT

    def number(self, text: str) -> float | None:
        """The number that a text is, such as `4 100,00` or `−3`; None where it is none, or may be two."""
        found = {mark: value for mark in _PATTERNS if (value := _with(mark, text)) is not None}
        if len(set(found.values())) == 1:
            return next(iter(found.values()))
        if self.decimal is not None:
            return found.get(self.decimal)
        return found.get(self.usual) if self.usual and self.usual in text else None


def number_format(texts: Iterable[str], separator: str) -> NumberFormat:
    """How the numbers of one file are written, by those that can be read in one way only.

    Args:
        texts: the cells that hold numbers.
        separator: what stands between the cells: `;` goes with a decimal comma.
    """
    shown = {mark for text in texts if (mark := decimal_shown(text)) is not None}
    if len(shown) == 1:
        return NumberFormat(decimal=shown.pop())
    return NumberFormat(usual=None if shown else usual_decimal(separator))


def decimal_shown(text: str) -> str | None:
    """The decimal mark that a text shows by itself; None where it has none, or could have either."""
    found = [mark for mark in _PATTERNS if _with(mark, text) is not None]
    return found[0] if len(found) == 1 else None


def usual_decimal(separator: str) -> str:
    """The decimal mark that goes with a separator of cells."""
    return COMMA if separator == ";" else POINT


def _with(decimal: str, text: str) -> float | None:
    """The number with that decimal mark, thousands parted by spaces or the other mark."""
    cell = text.strip().translate(_MINUS)
    found = _PATTERNS[decimal].fullmatch(cell) if len(cell) <= LONGEST else None
    if found is None:
        return None
    if found["sep"]:
        cell = cell.replace(found["sep"], "")
    value = float(cell.replace(decimal, POINT))
    return value if math.isfinite(value) else None
