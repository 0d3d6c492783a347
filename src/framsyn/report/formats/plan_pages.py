"""Where everything stands in the workbook of the plan: rows and columns of its three sheets of amounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from xlsxwriter.utility import xl_rowcol_to_cell

from framsyn.choose.plan import core_lines
from framsyn.choose.plan_lines import BRIDGE, COLUMNS, lines
from framsyn.i18n.translator import Words
from framsyn.report.formats.plan_drivers import DRIVERS
from framsyn.report.formats.plan_sums import BESIDE, CASH, OPENING, TAXES
from framsyn.report.plan_words import INDENT, line_label

#: Rows of a heading: years, then the keys of the columns.
HEAD = 4
FIRST = HEAD + 2
MEAN, LOW, HIGH = range(3)
EACH = 3
#: Rows of a driver among the assumptions: the model's mean, and what may be changed.
PAIR = 2


@cache
def core_rows() -> Mapping[str, int]:
    """The rows of the eight lines, the same on the sheets of the plan and of the model."""
    return {line.id: FIRST + place for place, line in enumerate(core_lines())}


@cache
def bridge_rows() -> Mapping[str, int]:
    """The rows of what lies between the eight lines."""
    order: list[str] = []
    for line in lines().values():
        if line.part == BRIDGE:
            order += [line.id, *(TAXES if line.id == "tax_revenue" else ())]
            order += [CASH] if line.id == "cash_flow" else []
    start = FIRST + len(core_rows()) + 1
    return {line: start + place for place, line in enumerate(order)}


def rows() -> dict[str, int]:
    """The row of every line."""
    return {**core_rows(), **bridge_rows()}


def after() -> int:
    """The first row beneath the lines."""
    return max(rows().values()) + 1


def column_of(column: str) -> int:
    """The column of the plan's sheet and of the assumptions'."""
    return 1 if column == OPENING else 2 + COLUMNS.index(column)


def model_column(column: str, which: int = MEAN) -> int:
    """The column of the model's sheet, where each year has three."""
    return 1 if column == OPENING else 2 + EACH * COLUMNS.index(column) + which


def driver_row(driver: str) -> int:
    """The row of a driver's mean; what may be changed stands beneath it."""
    return FIRST + PAIR * list(DRIVERS).index(driver)


def own_start() -> int:
    """The row that heads the municipality's own figures, beneath the drivers and the residents."""
    return FIRST + PAIR * len(DRIVERS) + 2


def own_rows() -> dict[str, int]:
    """The rows of the municipality's own figures."""
    return {line: own_start() + 2 + place for place, line in enumerate(rows())}


@dataclass(frozen=True)
class Places:
    """Addresses of cells, with the names of the sheets that they stand on."""

    model: str
    assumptions: str

    def cell(self, line: str, column: str) -> str:
        """An amount, on its own sheet."""
        return str(xl_rowcol_to_cell(rows()[line], column_of(column)))

    def model_cell(self, line: str, column: str) -> str:
        """The model's mean."""
        return f"{_quoted(self.model)}!{xl_rowcol_to_cell(rows()[line], model_column(column))}"

    def own_cell(self, line: str, column: str) -> str:
        """The municipality's own figure."""
        return f"{_quoted(self.assumptions)}!{xl_rowcol_to_cell(own_rows()[line], column_of(column))}"

    def factor(self, driver: str, column: str) -> str:
        """How a driver is changed: the assumption over the model's mean; one where it is left blank."""
        mean, made = (
            f"{_quoted(self.assumptions)}!{xl_rowcol_to_cell(driver_row(driver) + step, column_of(column))}"
            for step in (0, 1)
        )
        return f"IF(ISNUMBER({made}),{made}/{mean},1)"


def _quoted(name: str) -> str:
    return "'{}'".format(name.replace("'", "''"))


def label(line: str, words: Words) -> str:
    """What a line is called, set in where it is a part of another."""
    if line in lines():
        return line_label(line, words)
    told = words.gettext(BESIDE[line][0])
    return INDENT + told if line in TAXES else told
