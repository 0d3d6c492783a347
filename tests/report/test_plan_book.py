import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from framsyn.choose.own_figures import OwnFigures
from framsyn.choose.plan_lines import COLUMNS, lines
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.formats import plan_pages as pages
from framsyn.report.formats.plan_book import plan_book
from framsyn.report.formats.plan_sums import SUMS, sums_of
from framsyn.report.formats.xlsx import xlsx
from framsyn.report.kinds.material import Asked, Material
from tests.report.made_document import DAY, made_document
from tests.report.office import converted, without_results

SV = words("sv")


@pytest.fixture(scope="module")
def material() -> Material:
    return Material(Asked(municipality("Närpes"), years=6, draws=8, strategy="engaging"))


@pytest.fixture(scope="module")
def content(material: Material) -> bytes:
    return plan_book(material, SV, DAY)


def read(content: bytes, *, values: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def at(sheet: Any, line: str, column: str) -> Any:
    return sheet.cell(pages.rows()[line] + 1, pages.column_of(column) + 1)


def test_the_same_plan_gives_the_same_bytes(material: Material, content: bytes) -> None:
    assert plan_book(material, SV, DAY) == content


def test_every_cell_of_the_plan_stands_in_the_workbook(material: Material, content: bytes) -> None:
    sheet = read(content, values=True).worksheets[0]
    for cell in material.plan.cells.values():
        found = at(sheet, cell.line, cell.column).value
        if cell.keur is None:
            assert found == "inte känt"
        else:
            assert found == pytest.approx(cell.keur, abs=1e-6)


def test_the_lines_are_formulas_that_tie(material: Material, content: bytes) -> None:
    sheet = read(content, values=False).worksheets[0]
    cells = [at(sheet, line, column) for line in lines() for column in COLUMNS]
    assert all(str(cell.value).startswith("=IF(ISNUMBER(") for cell in cells)
    sums = sums_of(material.plan, material.chosen, {})
    for line in SUMS:
        for column in COLUMNS:
            assert sums.amount(line, column) == pytest.approx(sums.model[line, column], abs=1e-6)


def test_the_sum_of_the_results_is_that_of_the_balance(material: Material, content: bytes) -> None:
    sheet = read(content, values=True).worksheets[0]
    row = pages.after() + 2
    balance, shown = material.plan.balance, sheet.cell(row, pages.column_of(COLUMNS[-1]) + 1).value
    assert shown == pytest.approx(balance.keur)
    told = "in balance or surplus" if balance.balanced else "in deficit"
    assert sheet.cell(row + 1, 1).value == SV.gettext(f"§ 110: the plan is {told}")


def test_every_cell_has_its_key_status_and_reason(material: Material, content: bytes) -> None:
    sheet = read(content, values=True).worksheets[3]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in rows] == list(material.plan.cells)
    for row, cell in zip(rows, material.plan.cells.values(), strict=True):
        assert (row[4] is None) == (cell.keur is None)
        assert bool(row[8]) == (cell.status != "model")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheets_are_set_up_for_print_and_hold_no_error(material: Material, lang: str) -> None:
    book = read(plan_book(material, words(lang), DAY), values=True)
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "e"
                assert not re.search(r"\bnan\b", str(cell.value), re.IGNORECASE)
    assert [sheet.page_setup.orientation for sheet in book.worksheets[:3]] == ["landscape"] * 3


def test_own_figures_stand_among_the_inputs_and_take_the_place_of_lines(material: Material) -> None:
    own = OwnFigures({("operating_income", "budget"): 9000.0, ("gross_investment", "plan_1"): 77.0})
    asked = replace(material.asked, own=own)
    book = read(plan_book(Material(asked), SV, DAY), values=True)
    plan, inputs = book.worksheets[0], book.worksheets[1]
    for (line, column), value in own.cells.items():
        assert at(plan, line, column).value == value
        assert inputs.cell(pages.own_rows()[line] + 1, pages.column_of(column) + 1).value == value
    model = material.plan.cell("operating_income", "budget").keur
    margin = material.plan.cell("annual_margin", "budget").keur
    assert model is not None
    assert margin is not None
    assert at(plan, "annual_margin", "budget").value == pytest.approx(margin + 9000.0 - model)


def test_libreoffice_reckons_the_same(material: Material, content: bytes, tmp_path: Path) -> None:
    changed = openpyxl.load_workbook(io.BytesIO(content))
    inputs = changed.worksheets[1]
    for column in COLUMNS:
        place = pages.column_of(column) + 1
        inputs.cell(pages.driver_row("income_tax_rate") + 2, place).value *= 1.1
        inputs.cell(pages.driver_row("own_costs") + 2, place).value = None
    changed.save(tmp_path / "changed.xlsx")
    report = tmp_path / "report.xlsx"
    report.write_bytes(xlsx(made_document()))
    given = [without_results(content, tmp_path / "plan.xlsx"), tmp_path / "changed.xlsx", report]
    made = [openpyxl.load_workbook(one, data_only=True) for one in converted(given, "xlsx", tmp_path)]
    assert all(cell.data_type != "e" for book in made for sheet in book for row in sheet for cell in row)
    _same(read(content, values=False), read(content, values=True), made[0])
    plan = made[1].worksheets[0]
    tax = sums_of(material.plan, material.chosen, {}).model["income_tax", "budget"]
    result = material.plan.cell("result", "budget").keur
    assert tax is not None
    assert result is not None
    assert at(plan, "result", "budget").value == pytest.approx(result + 0.1 * tax)


def _same(formulas: Any, kept: Any, reckoned: Any) -> None:
    told = [
        (kept[sheet.title][cell.coordinate].value, reckoned[sheet.title][cell.coordinate].value)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(told) > 100
    for value, again in told:
        assert value == again if isinstance(value, str) else again == pytest.approx(value, abs=1e-6)
