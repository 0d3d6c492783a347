"""What the figures are drawn from, as sheets from which they can be drawn anew."""

from collections.abc import Mapping
from typing import Any

from framsyn.report.document.blocks import Drawing, Figure
from framsyn.report.formats.xlsx_sheets import ABOVE, Book, Value
from framsyn.report.words import N_

#: What the columns of the data of charts are called.
COLUMNS: Mapping[str, str] = {
    "year": N_("Year"),
    "value": N_("Value"),
    "p10": N_("10%"),
    "p25": N_("25%"),
    "p50": N_("Median"),
    "p75": N_("75%"),
    "p90": N_("90%"),
    "age": N_("Age"),
    "male": N_("Men"),
    "female": N_("Women"),
    "posture": N_("Posture"),
    "label": N_("Label"),
}
#: What the parts of a drawing are called.
SETS: Mapping[str, str] = {
    "fan": N_("Future"),
    "past": N_("Past"),
    "breaks": N_("Breaks of the series"),
    "now": N_("Now"),
    "then": N_("Last year"),
    "lines": N_("Medians"),
}
#: Widths of the columns: which drawing, and its values.
DRAWING, VALUE = 30, 13
#: Sets that only steady the axes or name what stands above them.
LEFT_OUT = ("zero", "ends", "men", "women")


def figure_sheet(book: Book, name: str, told: Figure, title: str) -> None:
    """A sheet with the data of every drawing of a figure, set after set, and what each drawing shows."""
    sheet = book.sheet(name)
    sheet.write_string(0, 0, title, book.looks.title())
    place = ABOVE
    for key in _sets(told):
        rows = [row for one in told.drawings for row in _rows(book, one, key)]
        if not rows:
            continue
        columns = list(dict.fromkeys(column for row in rows for column in row))
        heading = [book.words.gettext(COLUMNS.get(one, one)) for one in columns]
        sheet.write_string(place, 0, book.words.gettext(SETS.get(key, key)), book.looks.of(bold=True))
        told_rows = ([row.get(column) for column in columns] for row in rows)
        place = book.listed(sheet, place + 1, heading, told_rows, "#,##0.##") + 1
    for drawing in told.drawings:
        book.below(sheet, place, drawing.panel.text, [DRAWING, *[VALUE] * 6])
        place += 1
    sheet.set_column(0, 0, DRAWING)
    sheet.set_column(1, 8, VALUE)
    sheet.freeze_panes(1, 1)


def _sets(told: Figure) -> list[str]:
    return list(
        dict.fromkeys(key for one in told.drawings for key in one.panel.filling.data if key not in LEFT_OUT)
    )


def _rows(book: Book, drawing: Drawing, key: str) -> list[dict[str, Value]]:
    """The rows of one set of a drawing, each with the drawing that it belongs to."""
    drawn = book.words.gettext("Drawing")
    return [
        {drawn: drawing.title, **{name: _plain(value) for name, value in row.items()}}
        for row in drawing.panel.filling.data.get(key, [])
    ]


def _plain(value: Any) -> Value:
    return value if value is None or isinstance(value, str | int | float) else str(value)
