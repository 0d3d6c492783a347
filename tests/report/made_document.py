"""A small report with every kind of block, for the tests of the formats."""

from datetime import date
from functools import cache

from framsyn.i18n.translator import words
from framsyn.report.cells import Cells
from framsyn.report.document.appendix import appendix
from framsyn.report.document.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Drawing,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    Tile,
    Tiles,
    traces_of,
)
from framsyn.report.document.numbers import Numbers
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.figures import fan_figure
from framsyn.report.listing import looks
from framsyn.report.summary import summarise
from tests.report.made_futures import made_futures, made_history

DAY = date(2026, 11, 24)
#: A caption too long for the name of a sheet, and with what Excel does not take there.
CAPTION = "Residents [all] by posture: now/then, in every year that is told of"


@cache
def made_document(lang: str = "sv") -> Document:
    """Närpes with a heading of each level, a table, two figures, big numbers and a place to write."""
    futures = made_futures(draws=40, years=6)
    summary, said = summarise(futures), words(lang)
    n = Numbers(futures, summary, said)
    look = looks(summary.postures)
    fan = fan_figure(
        "population", Cells(summary, said), [look["as_is"], look["engaging"]], made_history(), ""
    )
    unknown = Trace("present", "trust", "Tillit", year=2025)
    blocks: tuple[Block, ...] = (
        Heading(1, "Sammanfattning", opens=True),
        Tiles(
            (
                Tile("Invånare", (n.now("population"),), ("i dag",)),
                Tile("Lån", (n.now("loans_per_resident"),)),
            )
        ),
        Paragraph(
            phrase("Invånarna blir {many}.", many=n.with_interval("population", "engaging", 2031)), "lead"
        ),
        Heading(2, "Vad som väntar"),
        Bullets(
            (phrase("Lånen: {loans}", loans=n.middle("loans_per_resident", "lazy", 2030)), ("Inget mer",))
        ),
        Heading(3, "Att skriva"),
        Paragraph(("Skriv vad ni tänker göra.",), "write"),
        Table(
            CAPTION,
            (Column("Hållning", numeric=False, width=2.0), Column("2025"), Column("2031"), Column("Andel")),
            (
                Row((("Alla",), (), (), ()), "group"),
                Row((("Som i dag",), (n.now("population"),), _spread(n, "as_is"), (n.now("share_65_plus"),))),
                Row((("Okänd",), (Number("–", (float("nan"),), 0, unknown),), ("–",), ("–",))),
                Row((("Engagerande",), (n.now("population"),), _spread(n, "engaging"), ("–",)), "total"),
            ),
            ("Medianer, inom parentes 80 %.",),
        ),
        Heading(1, "Bilder", opens=True),
        Figure("Invånarna", tuple(Drawing(one, "Hållning") for one in fan.panels), ("Mörkt: hälften.",), 2),
    )
    return Document(
        kind="foresight",
        lang=lang,
        title="Närpes: framtiden",
        place="Närpes",
        about="En liten rapport.",
        day=DAY,
        made_from=(("Framtider", "40"), ("Frö", "1")),
        command="framsyn report 545 --draws 40",
        blocks=blocks,
        appendix=appendix(traces_of(blocks), said),
    )


def _spread(n: Numbers, posture: str) -> Text:
    return n.with_interval("population", posture, 2031)
