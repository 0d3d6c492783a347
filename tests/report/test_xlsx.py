import io
import math
import re
from typing import Any

import openpyxl
import pytest

from framsyn.report.document.blocks import Table
from framsyn.report.document.traced import Number, Trace
from framsyn.report.formats.xlsx import xlsx
from framsyn.report.formats.xlsx_cells import spread
from tests.report.made_document import CAPTION, DAY, made_document


@pytest.fixture(scope="module")
def content() -> bytes:
    return xlsx(made_document())


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def table_of(book: Any) -> Any:
    return next(sheet for sheet in book if sheet["A1"].value.endswith(CAPTION))


def test_the_same_document_gives_the_same_bytes(content: bytes, book: Any) -> None:
    assert xlsx(made_document()) == content
    assert book.properties.created.date() == DAY


def test_sheets_have_names_that_every_program_takes(book: Any) -> None:
    names = book.sheetnames
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert all(sheet.freeze_panes for sheet in book.worksheets[1:])
    assert all(sheet["A1"].value for sheet in book)


def test_the_first_sheet_tells_how_the_report_is_made_again(book: Any) -> None:
    told = [value for row in book.worksheets[0].iter_rows(values_only=True) for value in row]
    document = made_document()
    for value in (document.title, document.about, document.command, *dict(document.made_from).values()):
        assert value in told


def test_a_table_holds_numbers_as_they_are_with_the_ends_of_their_intervals_beside(book: Any) -> None:
    sheet = table_of(book)
    headings = [cell.value for cell in sheet[3]]
    assert headings[:3] == ["Hållning", "2025", "2031"]
    assert len(headings) == 6  # 2031 takes three columns
    told = next(one for one in made_document().blocks if isinstance(one, Table))
    numbers = [one for one in told.rows[1].cells[2] if isinstance(one, Number)]
    expected = [value for one in numbers for value in one.shown]
    assert [cell.value for cell in sheet[5]][2:5] == pytest.approx(expected)
    share = sheet[5][5]
    assert share.data_type == "n"
    assert share.number_format.startswith('#,##0.0"')
    assert "%" in share.number_format


def test_a_mark_goes_into_the_format_so_that_the_number_stays_a_number() -> None:
    middle = Number("−12", (-12.4,), 0, Trace("plan", "result", "Resultat", middle=-12.4))
    ends = Number("−20–3", (-20.0, 3.0), 0, middle.trace)
    assert spread((middle, "¹", " (", ends, ")")) == [
        (-12.4, '#,##0"¹";−#,##0"¹"'),
        (-20.0, "#,##0;−#,##0"),
        (3.0, "#,##0;−#,##0"),
    ]
    assert spread((middle, "¹ of many")) is None


def test_what_is_not_known_is_a_dash_and_never_zero(book: Any) -> None:
    assert [cell.value for cell in table_of(book)[6]] == ["Okänd", "–", "–", None, None, "–"]


def test_every_number_stands_once_with_its_ids(book: Any) -> None:
    traces = {one.trace.key: one.trace for one in made_document().numbers()}
    sheet = next(one for one in book if one.max_column == 13)
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == len(traces)
    for row, trace in zip(rows, traces.values(), strict=True):
        assert (row[2], row[4] or "", row[6], row[7]) == (
            trace.indicator,
            trace.posture,
            trace.year,
            trace.of,
        )
        for value, known in zip(row[10:], (trace.middle, trace.low, trace.high), strict=True):
            assert (value is None) == math.isnan(known)
            assert value is None or value == pytest.approx(known)


def test_what_a_figure_is_drawn_from_can_be_drawn_anew(book: Any) -> None:
    sheet = next(one for one in book if one["A1"].value.endswith(": Invånarna"))
    drawn = [
        one.panel.filling.data for block in made_document().blocks for one in getattr(block, "drawings", ())
    ]
    expected = [row["p50"] for data in drawn for row in data["fan"]]
    values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert set(expected) <= set(values)


def test_no_cell_is_an_error_or_says_nan(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "e" for cell in cells)
    assert not [cell.coordinate for cell in cells if re.search(r"\bnan\b", str(cell.value), re.IGNORECASE)]
