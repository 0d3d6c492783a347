"""The sheets of the plan's workbook: the plan in formulas, the model's values, and what may be changed."""

from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from framsyn.choose.chosen import Chosen
from framsyn.choose.plan import Cell, Plan
from framsyn.choose.plan_lines import COLUMNS, lines
from framsyn.i18n.translator import N_
from framsyn.report.formats import plan_pages as pages
from framsyn.report.formats.plan_drivers import DRIVERS, RESIDENTS, Driver, means
from framsyn.report.formats.plan_sums import OPENING, STOCKS, SUMS, Sums, formula
from framsyn.report.formats.xlsx_cells import INPUT, INPUT_INK, QUIET, marked
from framsyn.report.formats.xlsx_sheets import Book
from framsyn.report.plan_words import COLUMN_LABELS, MARKS, reason

AMOUNT = "#,##0;−#,##0;0"
LABEL, YEAR, KEY = 46, 14, 24
#: Height of the head, points: three lines.
HEAD_POINTS = 47
HOW = N_(
    "Cells with blue figures on yellow may be changed: what the model assumes, and own figures in thousand"
    " euros. The plan follows: a line is its mean times the assumption made over the model's, and an own"
    " figure takes the place of a line. Decisions and residents do not answer to what is changed here; for"
    " that, live the futures anew."
)
DIFFERENCES = N_("Difference from the model's own value, thousand euros (0 = nothing has been changed)")


@dataclass(frozen=True)
class Pages:
    """The three sheets of amounts.

    Attributes:
        book: the workbook.
        plan, chosen: what is told.
        sums: how it is reckoned.
        places: where it stands.
    """

    book: Book
    plan: Plan
    chosen: Chosen
    sums: Sums
    places: pages.Places

    def say(self, message: str, **parts: object) -> str:
        """A message in the language of the book."""
        return self.book.words.gettext(message).format(**parts)

    def head(self, sheet: Worksheet, row: int, *, opening: bool, keys: bool) -> None:
        """Years with what they are, and beneath them the columns' part of a cell's key."""
        look, quiet = self.book.looks.heading(right=True), self.book.looks.of(font_color=QUIET, align="right")
        sheet.write_string(row, 0, self.say(N_("Thousand euros")), self.book.looks.heading())
        sheet.set_row(row, HEAD_POINTS)
        if opening:
            day = self.say(N_("31 December"))
            sheet.write_string(row, 1, f"{day}\n{self.plan.budget_year - 2}", look)
        for column, year in self.plan.years.items():
            at = pages.column_of(column)
            sheet.write_string(row, at, f"{self.say(COLUMN_LABELS[column])}\n{year}", look)
            if keys:
                sheet.write_string(row + 1, at, column, quiet)

    def lines(self, sheet: Worksheet) -> None:
        """The plan's lines, each a formula with its value."""
        for line, row in pages.rows().items():
            core = line in pages.core_rows()
            bold = core and not lines()[line].within
            sheet.write_string(row, 0, pages.label(line, self.book.words), self.book.looks.of(bold=bold))
            key = self.book.looks.of(font_color=QUIET, indent=1)
            sheet.write_string(row, pages.column_of(COLUMNS[-1]) + 1, line if line in lines() else "", key)
            if line in STOCKS:
                opening = f"={self.places.model_cell(line, OPENING)}"
                sheet.write_formula(
                    row, 1, opening, self._look(None, bold=False), self.sums.amount(line, OPENING)
                )
            for column in COLUMNS:
                self._amount(sheet, line, column, bold=bold)

    def _amount(self, sheet: Worksheet, line: str, column: str, *, bold: bool) -> None:
        cell = self.plan.cell(line, column) if line in lines() else None
        value = self.sums.amount(line, column)
        missing = self._missing() if self.sums.model[line, column] is None else None
        places = self.places
        told = formula(line, column, places.cell, places.model_cell, places.own_cell, places.factor, missing)
        at = (pages.rows()[line], pages.column_of(column))
        shown = self._missing() if value is None else value
        sheet.write_formula(*at, told, self._look(cell, bold=bold), shown)
        why = reason(cell, self.book.words) if cell and cell.status in ("missing", "assumed") else ""
        if why:
            sheet.write_comment(*at, why, {"author": "Framsyn", "x_scale": 2.2, "y_scale": 1.4})

    def _missing(self) -> str:
        return self.say(N_("not known"))

    def _look(self, cell: Cell | None, *, bold: bool) -> Format:
        """An amount with the mark of its status."""
        mark = MARKS.get(cell.status, "") if cell else ""
        form = marked(f"{AMOUNT};@", mark)
        italic = cell is not None and cell.status == "missing"
        return self.book.looks.of(num_format=form, bold=bold, italic=italic, align="right")

    def checks(self, sheet: Worksheet, start: int) -> int:
        """The sum of § 110, and how far the sums lie from the model's own; returns the row after."""
        first, last = pages.column_of(COLUMNS[1]), pages.column_of(COLUMNS[-1])
        results = [self.sums.amount("result", column) or 0.0 for column in COLUMNS[1:]]
        row = pages.rows()["result"]
        ends = f"{xl_rowcol_to_cell(row, first)}:{xl_rowcol_to_cell(row, last)}"
        strong = self.book.looks.of(bold=True)
        sum_label = self.say(
            N_("Sum of the results {first}–{last}"),
            first=self.plan.budget_year,
            last=self.plan.budget_year + 2,
        )
        sheet.write_string(start, 0, sum_label, strong)
        sheet.write_formula(start, last, f"=SUM({ends})", self._look(None, bold=True), sum(results))
        self._verdict(sheet, start + 1, xl_rowcol_to_cell(start, last), sum(results))
        sheet.merge_range(start + 3, 0, start + 3, last, self.say(DIFFERENCES), strong)
        for place, line in enumerate(SUMS, start=start + 4):
            sheet.write_string(
                place, 0, pages.label(line, self.book.words).strip("+− "), self.book.looks.of()
            )
            for column in COLUMNS:
                told = f"=ROUND({self.places.cell(line, column)}-{self.places.model_cell(line, column)},3)"
                value = round(
                    (self.sums.amount(line, column) or 0.0) - (self.sums.model[line, column] or 0.0), 3
                )
                at = (place, pages.column_of(column))
                sheet.write_formula(*at, told, self._look(None, bold=False), value + 0.0)
        return start + 4 + len(SUMS)

    def _verdict(self, sheet: Worksheet, row: int, at: str, value: float) -> None:
        told = (
            self.say(N_("§ 110: the plan is in balance or surplus")),
            self.say(N_("§ 110: the plan is in deficit")),
        )
        quoted = ['"{}"'.format(one.replace('"', '""')) for one in told]
        shown = told[0] if value >= 0.0 else told[1]
        sheet.write_formula(
            row, 0, f"=IF({at}>=0,{quoted[0]},{quoted[1]})", self.book.looks.of(bold=True), shown
        )

    def model(self, sheet: Worksheet) -> None:
        """The model's means and intervals."""
        looks = self.book.looks
        sheet.write_string(pages.HEAD, 0, self.say(N_("Thousand euros")), looks.heading())
        sheet.write_string(pages.HEAD, 1, f"31.12.{self.plan.budget_year - 2}", looks.heading(right=True))
        heads = (N_("{year}: mean"), N_("{year}: 10%"), N_("{year}: 90%"))
        for column, year in self.plan.years.items():
            for which, message in enumerate(heads):
                at = pages.model_column(column, which)
                sheet.write_string(pages.HEAD, at, self.say(message, year=year), looks.heading(right=True))
        for line, row in pages.rows().items():
            sheet.write_string(row, 0, pages.label(line, self.book.words), looks.of())
            for column in (OPENING, *COLUMNS):
                self._modelled(sheet, row, line, column)
        sheet.set_column(0, 0, LABEL)
        sheet.set_column(1, pages.model_column(COLUMNS[-1], pages.HIGH), 12)

    def _modelled(self, sheet: Worksheet, row: int, line: str, column: str) -> None:
        look = self.book.looks.of(num_format=AMOUNT, align="right")
        value = self.sums.model.get((line, column))
        if value is not None:
            sheet.write_number(row, pages.model_column(column), value, look)
        elif column != OPENING:
            sheet.write_string(row, pages.model_column(column), self._missing(), look)
        cell = self.plan.cell(line, column) if line in lines() and column != OPENING else None
        ends = {pages.LOW: cell.p10, pages.HIGH: cell.p90} if cell else {}
        for which, end in ends.items():
            if end is not None:
                sheet.write_number(row, pages.model_column(column, which), end, look)

    def assumptions(self, sheet: Worksheet) -> None:
        """What may be changed: drivers with the model's means above, and own figures."""
        sheet.merge_range(2, 0, 2, pages.column_of(COLUMNS[-1]), self.say(HOW), self.book.looks.note())
        sheet.set_row(2, 80)
        self.head(sheet, pages.HEAD, opening=False, keys=False)
        sheet.write_string(pages.HEAD, 0, self.say(N_("Assumption")), self.book.looks.heading())
        for name, driver in DRIVERS.items():
            self._driver(sheet, pages.driver_row(name), driver)
        self._told(sheet, pages.own_start() - 2, RESIDENTS, self.say(RESIDENTS.label))
        sheet.write_string(pages.own_start(), 0, self.say(N_("Own figures")), self.book.looks.of(bold=True))
        self.head(sheet, pages.own_start() + 1, opening=False, keys=False)
        for line, row in pages.own_rows().items():
            sheet.write_string(row, 0, pages.label(line, self.book.words), self.book.looks.of())
            for column in COLUMNS:
                self._input(sheet, row, pages.column_of(column), self.sums.own.get((line, column)), AMOUNT)
        sheet.set_column(0, 0, LABEL + 24)
        sheet.set_column(1, 1, 1)
        sheet.set_column(2, pages.column_of(COLUMNS[-1]), YEAR)

    def _driver(self, sheet: Worksheet, row: int, driver: Driver) -> None:
        label = self.say(driver.label, base=self.plan.base_year)
        self._told(sheet, row, driver, self.say(N_("{assumption}: the model's mean"), assumption=label))
        made = self.say(N_("{assumption}: in the plan"), assumption=label)
        sheet.write_string(row + 1, 0, made, self.book.looks.of(bold=True))
        for column, value in means(driver, self.chosen, self.plan).items():
            self._input(sheet, row + 1, pages.column_of(column), value, driver.form)

    def _told(self, sheet: Worksheet, row: int, driver: Driver, label: str) -> None:
        sheet.write_string(row, 0, label, self.book.looks.of(font_color=QUIET))
        look = self.book.looks.of(num_format=driver.form, font_color=QUIET, align="right")
        for column, value in means(driver, self.chosen, self.plan).items():
            sheet.write_number(row, pages.column_of(column), value, look)

    def _input(self, sheet: Worksheet, row: int, column: int, value: float | None, form: str) -> None:
        looked = {"bg_color": INPUT, "font_color": INPUT_INK, "border": 1, "border_color": "#D9CF9C"}
        look = self.book.looks.of(num_format=form, align="right", **looked)
        if value is None:
            sheet.write_blank(row, column, None, look)
        else:
            sheet.write_number(row, column, value, look)
        wrong = self.say(N_("Give a number, or leave the cell blank."))
        limits = {"validate": "decimal", "criteria": "between", "minimum": -1e9, "maximum": 1e9}
        sheet.data_validation(row, column, row, column, {**limits, "error_message": wrong})
