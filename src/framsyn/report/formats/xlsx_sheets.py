"""Sheets of a workbook: their names, columns that fit, and tables with a header that stays in sight."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.report.document.blocks import Table
from framsyn.report.document.traced import plain
from framsyn.report.formats.xlsx_cells import PALE, QUIET, Looks, Part, parts, width_of

LONGEST = 31
NARROW, WIDE, FIRST = 14, 44, 42
#: Height of a line of words, points, and how much longer words are than characters are wide.
LINE_POINTS, CROWDED = 15.0, 1.02
#: Rows above a table: its title, and one blank.
ABOVE = 2
ENDS = (N_("{heading}: 10%"), N_("{heading}: 90%"))
Value = str | float | int | None


class Spread(NamedTuple):
    """A column of a sheet, one of the `width` over which a column of the report is spread."""

    heading: str
    numeric: bool
    room: int
    width: int


@dataclass
class Book:
    """A workbook as it is written.

    Attributes:
        book: of XlsxWriter.
        looks: its formats.
        words: the language.
        names: of sheets, in lower case, since Excel tells no difference.
    """

    book: Workbook
    looks: Looks
    words: Words
    names: set[str] = field(default_factory=set)

    def sheet(self, name: str, *, landscape: bool = True) -> Worksheet:
        """A new sheet under a name that every program takes, set up for print on the width of a page."""
        made = self.book.add_worksheet(self.name(name))
        made.set_paper(9)  # A4
        if landscape:
            made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        made.set_footer("&L&A&R&P / &N")
        made.hide_gridlines(2)
        return made

    def name(self, wanted: str) -> str:
        """The name without what is not allowed, at most 31 characters, and no other's."""
        plain_name = re.sub(r"[\[\]:*?/\\]", " ", wanted).strip(" '")
        plain_name = re.sub(r"\s+", " ", plain_name)[:LONGEST].strip(" '") or "1"
        found, count = plain_name, 2
        while found.lower() in self.names:
            tail = f" {count}"
            found, count = plain_name[: LONGEST - len(tail)] + tail, count + 1
        self.names.add(found.lower())
        return found

    def table(self, name: str, told: Table, title: str) -> None:
        """A sheet with a table of the report, each number in a cell of its own."""
        sheet = self.sheet(name)
        sheet.write_string(0, 0, title, self.looks.title())
        columns = [
            Spread(heading, one.numeric, FIRST if at == 0 else NARROW if one.numeric else WIDE, width)
            for at, one in enumerate(told.columns)
            for width in [width_of([row.cells[at] for row in told.rows])]
            for heading in self._headings(one.heading, width)
        ]
        widths = [one.room for one in columns]
        for column, one in enumerate(columns):
            indent = 0 if one.numeric or not column else 1
            sheet.write_string(
                ABOVE, column, one.heading, self.looks.heading(right=one.numeric, indent=indent)
            )
            sheet.set_column(column, column, one.room)
        tall(sheet, ABOVE, [one.heading for one in columns], widths)
        wide = [width_of([row.cells[at] for row in told.rows]) for at in range(len(told.columns))]
        for place, row in enumerate(told.rows, start=ABOVE + 1):
            flat = [part for cell, width in zip(row.cells, wide, strict=True) for part in parts(cell, width)]
            self._row(sheet, place, flat, columns, row.kind)
            tall(sheet, place, [one.value for one in flat], widths)
        if told.note:
            self.below(sheet, ABOVE + len(told.rows) + 2, plain(told.note), widths)
        self.stay(sheet, ABOVE + 1, 1)

    def _headings(self, heading: str, width: int) -> list[str]:
        ends = [self.words.gettext(one).format(heading=heading) for one in ENDS]
        return {1: [heading], 2: ends}.get(width, [heading, *ends])

    def _row(
        self, sheet: Worksheet, place: int, flat: Sequence[Part], columns: Sequence[Spread], kind: str
    ) -> None:
        styled: dict[str, Any] = {"bold": kind != "body"}
        styled |= {"bg_color": PALE} if kind == "group" else {"top": 1} if kind == "total" else {}
        for column, (part, one) in enumerate(zip(flat, columns, strict=True)):
            side = {"align": "right" if one.numeric else "left"} | styled
            side |= {} if one.numeric or not column else {"indent": 1}
            if isinstance(part.value, str):
                sheet.write(place, column, part.value or None, self.looks.text(**side))
            else:
                sheet.write_number(place, column, part.value, self.looks.of(num_format=part.form, **side))

    def below(self, sheet: Worksheet, row: int, text: str, widths: Sequence[int]) -> None:
        """A note over the width of the columns."""
        sheet.merge_range(row, 0, row, max(len(widths) - 1, 1), text, self.looks.note())
        tall(sheet, row, [text], [sum(widths)])

    def rows(
        self,
        name: str,
        title: str,
        headings: Sequence[str],
        rows: Iterable[Sequence[Value]],
        widths: Sequence[int],
        form: str = "General",
    ) -> Worksheet:
        """A sheet with a plain list: words, numbers, and blanks where a number is not known."""
        sheet = self.sheet(name)
        sheet.write_string(0, 0, title, self.looks.title())
        self.listed(sheet, ABOVE, headings, rows, form, widths)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self.stay(sheet, ABOVE + 1, 0)
        return sheet

    def listed(
        self,
        sheet: Worksheet,
        start: int,
        headings: Sequence[str],
        rows: Iterable[Sequence[Value]],
        form: str = "General",
        widths: Sequence[int] = (),
    ) -> int:
        """Write a list from a row on; returns the row after it."""
        for column, heading in enumerate(headings):
            sheet.write_string(start, column, heading, self.looks.heading())
        place = start
        for place, row in enumerate(rows, start=start + 1):
            for column, value in enumerate(row):
                self.write(sheet, place, column, value, form)
            tall(sheet, place, row, widths)
        return place + 1

    def write(self, sheet: Worksheet, row: int, column: int, value: Value, form: str = "General") -> None:
        """Write one value; what is not known stays blank."""
        if isinstance(value, str):
            sheet.write_string(row, column, value, self.looks.text(indent=1 if column else 0))
        elif value is not None and math.isfinite(value):
            sheet.write_number(
                row, column, value, self.looks.of(num_format=form if isinstance(value, float) else "0")
            )

    def stay(self, sheet: Worksheet, rows: int, columns: int) -> None:
        """Keep the header in sight, and repeat it on every page in print."""
        sheet.freeze_panes(rows, columns)
        sheet.repeat_rows(0, rows - 1)

    def lines(self, sheet: Worksheet, start: int, told: Iterable[tuple[str, str]], width: int) -> int:
        """Facts as two columns, what and value, the second so wide; returns the row after them."""
        place = start
        for what, value in told:
            sheet.write_string(place, 0, what, self.looks.text(bold=True, font_color=QUIET))
            sheet.write_string(place, 1, value or NOT_KNOWN, self.looks.text())
            tall(sheet, place, [value], [width])
            place += 1
        return place


def tall(sheet: Worksheet, row: int, values: Sequence[Value], widths: Sequence[int]) -> None:
    """Make a row tall enough for its words: not every program does so by itself."""
    count = max(
        (
            math.ceil(len(value) * CROWDED / width)
            for value, width in zip(values, widths, strict=False)
            if isinstance(value, str) and value
        ),
        default=1,
    )
    if count > 1:
        sheet.set_row(row, LINE_POINTS * count + 1)
