"""Cells of a workbook: numbers as numbers with their decimals, spread over columns where they have ends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from framsyn.i18n.translator import NOT_KNOWN
from framsyn.report.document.traced import Number, Text, plain
from framsyn.report.plan_words import MARKS

DEEP, QUIET, PALE, LINE, INPUT, INPUT_INK = "#0B4A57", "#4D5966", "#F3F6F7", "#D5DBE1", "#FFF9DB", "#1F3FA8"
FONT = "Calibri"
Look = dict[str, Any]


@dataclass
class Looks:
    """The formats of one workbook, each made once."""

    book: Workbook
    made: dict[str, Format] = field(default_factory=dict)

    def of(self, **told: Any) -> Format:
        """The format of these properties, on top of what all share."""
        key = repr(sorted(told.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": FONT, "valign": "top", **told})
        return self.made[key]

    def title(self) -> Format:
        """Of the name of a sheet."""
        return self.of(bold=True, font_size=14, font_color=DEEP)

    def heading(self, *, right: bool = False, indent: int = 0) -> Format:
        """Of the head of a column."""
        side = "right" if right else "left"
        told = {"bottom": 1, "bg_color": PALE, "align": side, "valign": "bottom", "indent": indent}
        return self.of(bold=True, text_wrap=True, **told)

    def note(self) -> Format:
        """Of what is said beside."""
        return self.of(font_color=QUIET, text_wrap=True)

    def text(self, **told: Any) -> Format:
        """Of words."""
        return self.of(text_wrap=True, **told)


class Part(NamedTuple):
    """What stands in one cell: a number with its format, or words."""

    value: float | str
    form: str = ""


def parts(text: Text, width: int) -> list[Part]:
    """A text as `width` cells: one, two (the ends of an interval) or three (value and ends)."""
    values = spread(text)
    if values is None:
        return [Part(plain(text))] + [Part("")] * (width - 1)
    if len(values) < width:
        values = values + [Part("")] * (width - len(values)) if len(values) == 1 else [Part(""), *values]
    return values


def spread(text: Text) -> list[Part] | None:
    """The numbers of a text that is nothing but a number, an interval, or a number with its interval.

    A mark that leads to a note, such as ¹, goes into the format of the number that bears it.
    """
    numbers = [one for one in text if isinstance(one, Number)]
    words = "".join(one for one in text if isinstance(one, str)).replace(" ", "")
    mark = words[:1] if words[:1] in MARKS.values() else ""
    shapes = [len(one.shown) for one in numbers]
    if (words.removeprefix(mark), shapes) not in (("", [1]), ("", [2]), ("()", [1, 2])):
        return None
    told = [Part(*_known(value, form_of(one))) for one in numbers for value in one.shown]
    return [told[0]._replace(form=marked(told[0].form, mark)), *told[1:]]


def marked(form: str, mark: str) -> str:
    """A number format with a mark after the number, whatever its sign."""
    return ";".join(f'{part}"{mark}"' for part in form.split(";")) if form and mark else form


def _known(value: float, form: str) -> tuple[float | str, str]:
    return (value, form) if math.isfinite(value) else (NOT_KNOWN, "")


def form_of(number: Number) -> str:
    """A number format that shows what the text shows: decimals, sign, per cent, brackets."""
    if number.decimals < 0:
        return "General"
    base = "#,##0" + ("." + "0" * number.decimals if number.decimals else "")
    text = number.text.strip()
    bracketed = text.startswith("(") and text.endswith(")")
    if "%" in text:
        base += '"%"' if text[text.index("%") - 1].isdigit() else '"\u00a0%"'
    if bracketed:
        return f"({base});(−{base})"
    return f"+{base};−{base};{base}" if text.startswith("+") else f"{base};−{base}"


def width_of(cells: Sequence[Text]) -> int:
    """How many columns the cells of one column need: the most that any of them is spread over."""
    return max((len(values) for values in map(spread, cells) if values is not None), default=1)
