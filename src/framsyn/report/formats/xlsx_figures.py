"""What the figures are drawn from, as sheets from which they can be drawn anew."""

from collections.abc import Mapping
from typing import Any

from framsyn.i18n.translator import N_
from framsyn.report.document.blocks import Drawing, Figure
from framsyn.report.formats.xlsx_sheets import ABOVE, Book, Value

#: What the columns of the data of charts are called.
COLUMNS: Mapping[str, str] = {
    "year": N_("Year"),
    "value": N_("Value"),
    "mean": N_("Mean"),
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
    "name": N_("Vision"),
    "x": "x",
    "y": "y",
}
#: What the sets of a drawing are called; others only steady its axes or carry its words.
SETS: Mapping[str, str] = {
    "fan": N_("Future"),
    "past": N_("Past"),
    "breaks": N_("Breaks of the series"),
    "now": N_("Now"),
    "then": N_("Last year"),
    "lines": N_("Medians"),
    "visions": N_("Visions"),
}
#: Widths of the columns: which drawing, and its values.
DRAWING, VALUE = 30, 13


def figure_sheet(book: Book, name: str, told: Figure, title: str) -> None:
    """A sheet with the data of every drawing of a figure, set after set, and what each drawing shows."""
    sheet = book.sheet(name)
    sheet.write_string(0, 0, title, book.looks.title())
    place = ABOVE
    for key in _sets(told):
        rows = [row for one in told.drawings for row in _rows(book, told, one, key)]
        if not rows:
            continue
        columns = list(dict.fromkeys(column for row in rows for column in row))
        heading = [book.words.gettext(COLUMNS.get(one, one)) for one in columns]
        sheet.write_string(place, 0, book.words.gettext(SETS.get(key, key)), book.looks.of(bold=True))
        told_rows = ([row.get(column) for column in columns] for row in rows)
        place = book.listed(sheet, place + 1, heading, told_rows) + 1
    for drawing in told.drawings:
        book.below(sheet, place, drawing.panel.text, [DRAWING, *[VALUE] * 6])
        place += 1
    sheet.set_column(0, 0, DRAWING)
    sheet.set_column(1, 8, VALUE)
    sheet.freeze_panes(1, 1)


def _sets(told: Figure) -> list[str]:
    return [key for key in SETS if any(key in one.panel.filling.data for one in told.drawings)]


def _rows(book: Book, told: Figure, drawing: Drawing, key: str) -> list[dict[str, Value]]:
    """The rows of one set of a drawing, each with the drawing that it belongs to."""
    drawn = book.words.gettext(N_("Drawing"))
    named = {look.id: book.words.gettext(look.label) for look in told.legend}
    made: list[dict[str, Value]] = []
    for row in drawing.panel.filling.data.get(key, []):
        shown = {name: _plain(value, named) for name, value in row.items() if name in COLUMNS}
        made.append({drawn: drawing.title, **shown})
    return made


def _plain(value: Any, named: Mapping[str, str]) -> Value:
    """A value on one line, with the name of a posture for its id."""
    if value is None or isinstance(value, int | float):
        return value
    text = " ".join(str(value).split())
    return named.get(text, text)
