"""The economic plan of § 110 as a workbook in the shape of the State Treasury's budget report."""

import io
from collections.abc import Iterator
from datetime import date

from babel.dates import format_date
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from framsyn.choose.plan import Plan
from framsyn.choose.plan_lines import COLUMNS, lines
from framsyn.i18n.translator import N_, Words
from framsyn.report.formats import plan_pages as pages
from framsyn.report.formats.plan_sheets import KEY, LABEL, YEAR, Pages
from framsyn.report.formats.plan_sums import sums_of
from framsyn.report.formats.xlsx import properties, sources
from framsyn.report.formats.xlsx_cells import Looks
from framsyn.report.formats.xlsx_sheets import Book, Value
from framsyn.report.formats.zipped import dated
from framsyn.report.kinds.material import Material
from framsyn.report.kinds.repeating import command_of, made_from
from framsyn.report.plan import caption
from framsyn.report.plan_words import (
    COLUMN_LABELS,
    TIES,
    balance_sentences,
    notes,
    reason,
    strategy_name,
)

KIND = "plan"
ABOUT = N_("Economic plan (§ 110 of the Municipal Act): lines, balance, criteria and assumptions.")
TITLE = N_("{name}: economic plan {first}–{last}")
#: What a status is called on the sheet of cells.
STATUSES = {
    "model": N_("the model's mean"),
    "estimate": N_("the model's estimate"),
    "assumed": N_("rests on an assumption"),
    "own_figure": N_("own figure"),
    "own_share": N_("own share of the model's line"),
    "missing": N_("not known"),
}


def plan_book(material: Material, words: Words, day: date) -> bytes:
    """The plan as a workbook; the same material and day give the same bytes.

    Args:
        material: of the municipality; its plan is set.
        words: the language.
        day: the date that it bears.
    """
    plan = material.plan
    name = material.municipality.name(words.lang)
    title = words.gettext(TITLE).format(name=name, first=plan.budget_year, last=plan.budget_year + 2)
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_urls": False}) as made:
        properties(made, title, words.gettext(ABOUT), day)
        book = Book(made, Looks(made), words)
        _amounts(book, material, title)
        _cells(book, plan)
        _law(book, plan)
        _about(book, material, title, day)
        sources(book)
    return dated(out.getvalue(), day)


def _amounts(book: Book, material: Material, title: str) -> None:
    """The plan, its assumptions and the model's values, which lead to each other."""
    said, plan = book.words.gettext, material.plan
    sheets = [book.sheet(said(name)) for name in (N_("Plan"), N_("Assumptions"), N_("Model"))]
    places = pages.Places(sheets[2].get_name(), sheets[1].get_name())
    told = Pages(
        book, plan, material.chosen, sums_of(plan, material.chosen, material.asked.own.cells), places
    )
    _plan(told, sheets[0], material)
    told.assumptions(sheets[1])
    told.model(sheets[2])
    heads = (title, said(N_("What the plan rests on")), said(N_("The model's means and intervals")))
    for sheet, head in zip(sheets, heads, strict=True):
        sheet.write_string(0, 0, head, book.looks.title())
        sheet.fit_to_pages(1, 1)
        sheet.freeze_panes(pages.HEAD + 1, 1)
        sheet.repeat_rows(0, pages.HEAD)


def _plan(told: Pages, sheet: Worksheet, material: Material) -> None:
    book, plan, last = told.book, told.plan, pages.column_of(COLUMNS[-1])
    strategy = strategy_name(plan.strategy, tuple(material.asked.known), book.words)
    sheet.write_string(
        1, 0, book.words.gettext(N_("Strategy: {name}")).format(name=strategy), book.looks.of()
    )
    told.head(sheet, pages.HEAD, opening=True, keys=True)
    key = book.words.gettext(N_("Cell key: line.column"))
    sheet.write_string(pages.HEAD, last + 1, key, book.looks.heading(indent=1))
    told.lines(sheet)
    row = told.checks(sheet, pages.after() + 1)
    widths = [LABEL, *[YEAR] * 5, KEY]
    for text in (caption(plan, book.words), *notes(plan, book.words)):
        row += 1
        book.below(sheet, row, text, widths)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _cells(book: Book, plan: Plan) -> None:
    """A row for each cell with its key, so that it can be found by others' programs."""
    said = book.words.gettext
    headings = [
        said(one)
        for one in (
            N_("Cell key"),
            N_("Line"),
            N_("Column"),
            N_("Year"),
            N_("Thousand euros"),
            N_("10%"),
            N_("90%"),
            N_("Status"),
            N_("Why"),
        )
    ]
    widths = [34, 40, 18, 8, 14, 14, 14, 28, 70]
    name = said(N_("Cell keys"))
    book.rows(name, name, headings, _cell_rows(plan, book.words), widths, "#,##0;−#,##0;0")


def _cell_rows(plan: Plan, words: Words) -> Iterator[list[Value]]:
    for cell in plan.cells.values():
        yield [
            cell.key,
            words.gettext(lines()[cell.line].label),
            words.gettext(COLUMN_LABELS[cell.column]),
            cell.year,
            cell.keur,
            cell.p10,
            cell.p90,
            words.gettext(STATUSES[cell.status]),
            reason(cell, words),
        ]


def _law(book: Book, plan: Plan) -> None:
    """What §§ 110 and 118 say of the plan, and how its lines tie."""
    said = book.words.gettext
    name = said(N_("Law"))
    sheet = book.sheet(name)
    sheet.write_string(
        0, 0, said(N_("What §§ 110 and 118 of the Municipal Act say of the plan")), book.looks.title()
    )
    sheet.set_column(0, 0, 110)
    sheet.freeze_panes(1, 0)
    for row, text in enumerate([*balance_sentences(plan, book.words), said(TIES)], start=2):
        book.below(sheet, row, text, [110])


def _about(book: Book, material: Material, title: str, day: date) -> None:
    """What it was made from, and how to make it again."""
    said = book.words.gettext
    sheet = book.sheet(said(N_("Made from")), landscape=False)
    sheet.write_string(0, 0, title, book.looks.title())
    facts = [
        (said(N_("What it is")), said(ABOUT)),
        (said(N_("Date")), format_date(day, "long", locale=book.words.locale)),
        *made_from(material, book.words),
        (said(N_("Command")), command_of(material, KIND, book.words.lang, day)),
    ]
    book.lines(sheet, 2, facts, 62)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 62)
    sheet.freeze_panes(1, 0)
