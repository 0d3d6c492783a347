"""What a municipality is evaluated by, as a table area by area: value, peers' median and percentiles."""

import math
import textwrap
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from framsyn.evaluate.dictionary import HIGHER, LOWER, NEITHER, areas
from framsyn.evaluate.position import Position
from framsyn.evaluate.standing import Evaluation, Reading
from framsyn.evaluate.visions import Projection
from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.report.position import print_position
from framsyn.report.terminal import WIDTH

ARROWS = {HIGHER: "▲", LOWER: "▼", NEITHER: " "}
GOOD, WEAK = 75.0, 25.0
ESTIMATED = "~"


def print_evaluation(
    read: Evaluation,
    told: Position,
    projection: Projection,
    words: Words,
    console: Console,
    lowest: Sequence[tuple[str, float]] = (),
    answer_notes: Sequence[str] = (),
) -> None:
    """Print the place among the visions, then every indicator, then what is missing and how to read it.

    Args:
        read: the municipality's indicators.
        told: its place among the visions.
        projection: the two dimensions to draw.
        words: in which language.
        console: where to.
        lowest: statements of the self-assessment answered lowest, in the reader's language, each with its
            mean on 1–5.
        answer_notes: notes on the answers of the self-assessment, in the reader's language.
    """
    width = min(console.width, WIDTH)
    print_position(told, projection, words, console, lowest)
    for note in answer_notes:
        console.print(Text(textwrap.fill(f"– {note}", width, break_long_words=False)), soft_wrap=True)
    console.print(evaluation_table(read, words, width), width=width)
    for line in notes(read, words):
        console.print(Text(textwrap.fill(line, width, break_long_words=False)), soft_wrap=True)


def evaluation_table(read: Evaluation, words: Words, width: int = WIDTH) -> Table:
    """One row an indicator under its area, whose mean stands in the area's own row."""
    table = Table(
        title=Text(
            words.gettext("How {name} stands, area by area").format(name=read.municipality.name(words.lang)),
            style="bold",
        ),
        box=SIMPLE_HEAD,
        title_justify="left",
        padding=(0, 1, 0, 0) if width < WIDTH else (0, 1),
    )
    table.add_column(words.gettext("Indicator"), overflow="fold", ratio=1)
    table.add_column("", no_wrap=True)
    for heading in (N_("Value"), N_("Peers' median"), N_("Among all"), N_("Among peers")):
        told = "\n".join(words.gettext(heading).split())
        table.add_column(told, justify="right", no_wrap=True)
    for area, label in areas().items():
        table.add_section()
        mean = _score(read.areas[area], words)
        table.add_row(Text(words.gettext(label), style="bold"), "", "", "", Text(mean, style="bold"), "")
        for one in read.of_area(area):
            table.add_row(*_cells(one, words))
    return table


def _indented(name: Text) -> Padding:
    return Padding(name, (0, 0, 0, 2))


def _cells(one: Reading, words: Words) -> Sequence[Text | Padding]:
    indicator = one.indicator
    name = Text(words.gettext(indicator.label))
    if indicator.unit != "%":
        name.append(f", {words.gettext(indicator.unit)}", style="dim")
    if one.status == "missing":
        return (
            _indented(name),
            Text(),
            Text(words.gettext("not published"), style="dim"),
            Text(),
            Text(),
            Text(),
        )
    mark = ESTIMATED if one.status == "estimated" else ""
    return (
        _indented(name),
        Text(ARROWS[indicator.direction]),
        Text(mark + value_of(one, one.value, words)),
        Text(value_of(one, one.peer_median, words), style="dim"),
        _standing(one.score, one.percentile, words),
        _standing(one.peer_score, one.peer_percentile, words),
    )


def value_of(one: Reading, value: float, words: Words) -> str:
    """A value of the indicator with its decimals, percent with its sign."""
    decimals = one.indicator.decimals
    return words.percent(value, decimals) if one.indicator.unit == "%" else words.number(value, decimals)


def _standing(score: float, percentile: float, words: Words) -> Text:
    """The score, coloured at both ends; in brackets the place on the scale where neither end is better."""
    if not math.isfinite(score):
        inside = words.number(percentile)
        return Text(NOT_KNOWN if inside == NOT_KNOWN else f"({inside})", style="dim")
    colour = "green" if score >= GOOD else "red" if score <= WEAK else ""
    return Text(words.number(score), style=colour)


def _score(value: float, words: Words) -> str:
    return words.number(value) if math.isfinite(value) else NOT_KNOWN


READING = N_(
    "Among all and among peers: the share, 0–100, of the other municipalities that stand worse; 100 is the"
    " best. In brackets: neither end is better, and the figure tells only how many have less. ~ estimated"
    " from older or regional figures; the others are published as they stand."
)


def notes(read: Evaluation, words: Words) -> list[str]:
    """How the table is read, who the peers are, what is missing."""
    lines = [
        words.gettext(
            "Among all and among peers: the share, 0–100, of the other municipalities that stand worse; 100"
            " is the best. ▲ more is better, ▼ less is better. In brackets: neither is better, and the figure"
            " tells only how many have less. An area's figure is the mean of its indicators that have a"
            " direction; without any it is –. Size and growth count nowhere."
        ),
        words.gettext("~ estimated from older or regional figures; the others are published as they stand."),
        _peers(read, words),
        *gaps(read, words),
    ]
    lines.append(words.gettext("What each indicator means, its source and year: --json."))
    return lines


def gaps(read: Evaluation, words: Words) -> list[str]:
    """What is not published, and what cannot be compared."""
    lines = []
    missing = [words.gettext(one.indicator.label) for one in read.readings if one.status == "missing"]
    if missing:
        text = words.gettext("Not published, and counted nowhere: {indicators}.")
        lines.append(text.format(indicators="; ".join(missing)))
    outside = [
        words.gettext(one.indicator.label)
        for one in read.readings
        if one.status != "missing" and not math.isfinite(one.percentile)
    ]
    if outside:
        text = words.gettext("Not compared, since the tasks differ on Åland: {indicators}.")
        lines.append(text.format(indicators="; ".join(outside)))
    return lines


def peers_told(read: Evaluation, words: Words) -> str:
    """Who the peers are."""
    names = ", ".join(one.name(words.lang) for one in read.peers)
    message = (
        N_("Peers, chosen by you: {names}.")
        if read.own_peers
        else N_("Peers, those most alike in residents, ages, villages and trend: {names}.")
    )
    return words.gettext(message).format(names=names)


def _peers(read: Evaluation, words: Words) -> str:
    names = ", ".join(one.name(words.lang) for one in read.peers)
    text = (
        words.gettext("Peers, chosen by you: {names}.")
        if read.own_peers
        else words.gettext(
            "Peers, those most alike in residents, ages, villages and trend: {names}."
            " Choose others with --peers."
        )
    )
    return text.format(names=names)
