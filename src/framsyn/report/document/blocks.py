"""What a report consists of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from framsyn.report.document.traced import Number, Text, Trace, numbers_in
from framsyn.report.figures import Panel
from framsyn.report.listing import Look


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 stands in the table of contents and, with `opens`, begins a page."""

    level: Literal[1, 2, 3]
    text: str
    opens: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    Attributes:
        kind: `body`; `lead` = larger, opens a chapter; `note` = small, beside a table or figure; `write` = a
            place where the municipality writes itself.
    """

    text: Text
    kind: Literal["body", "lead", "note", "write"] = "body"


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Tile:
    """A big number: what it is, the number, and what stands beside it, such as its interval."""

    label: str
    value: Text
    beside: Text = ()


@dataclass(frozen=True)
class Tiles:
    """The few big numbers."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        numeric: whether it holds numbers, which stand to the right.
        width: relative to the other columns.
    """

    heading: str
    numeric: bool = True
    width: float = 1.0


@dataclass(frozen=True)
class Row:
    """A row: one cell a column, the first of which names it. `group` rows head those beneath them."""

    cells: tuple[Text, ...]
    kind: Literal["body", "group", "total"] = "body"


@dataclass(frozen=True)
class Table:
    """A numbered table with its caption above it and a note beneath."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Text = ()


@dataclass(frozen=True)
class Drawing:
    """One drawing of a figure; the title is blank where the figure's caption says enough."""

    panel: Panel
    title: str = ""


@dataclass(frozen=True)
class Figure:
    """A numbered figure: drawings side by side with a caption that says what is seen.

    Attributes:
        across: drawings beside each other.
        legend: whose lines are told apart by colour and dash within one drawing.
    """

    caption: str
    drawings: tuple[Drawing, ...]
    note: Text = ()
    across: int = 1
    legend: tuple[Look, ...] = ()


Block = Heading | Paragraph | Bullets | Tiles | Table | Figure


def texts_of(blocks: Iterable[Block]) -> Iterator[Text]:
    """Every running text: paragraphs, lists and big numbers, in the order of reading."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Tiles):
            for tile in block.tiles:
                yield tile.value
                yield tile.beside


def traces_of(blocks: Iterable[Block]) -> list[Trace]:
    """The traces of the numbers in running text, each once, in the order of reading."""
    found: dict[tuple[object, ...], Trace] = {}
    for text in texts_of(blocks):
        for number in numbers_in(text):
            found.setdefault(number.trace.key, number.trace)
    return list(found.values())


@dataclass(frozen=True)
class Document:
    """A whole report.

    Attributes:
        kind: of the report, such as `foresight`.
        lang: `sv`, `fi` or `en`.
        place: the municipality's name.
        about: one sentence that describes the report.
        day: the date that it bears.
        made_from: (what, value) what it was made from: futures, seed, versions.
        command: the command line that makes the same report again.
        blocks: in the order of reading.
        appendix: where each number of the running text comes from, a row for each of `traces` in their order.
    """

    kind: str
    lang: str
    title: str
    place: str
    about: str
    day: date
    made_from: tuple[tuple[str, str], ...]
    command: str
    blocks: tuple[Block, ...]
    appendix: Table

    def traces(self) -> list[Trace]:
        """The traces of the numbers in running text, each once, in the order of reading."""
        return traces_of(self.blocks)

    def numbers(self) -> list[Number]:
        """Every number of running text and tables."""
        cells = [
            cell
            for block in self.blocks
            if isinstance(block, Table)
            for row in block.rows
            for cell in row.cells
        ]
        return [number for text in (*texts_of(self.blocks), *cells) for number in numbers_in(text)]
