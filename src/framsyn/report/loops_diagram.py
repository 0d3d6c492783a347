"""The loops of a municipality as pictures, drawn from the register: who acts on whom, how surely, how late.

`python -m framsyn.report.loops_diagram FOLDER` writes the pictures of the documentation: `loops.svg` for the
whole and `loops-ID.svg` for each loop.
"""

import sys
import textwrap
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from framsyn.evidence.register import loop_names
from framsyn.i18n.translator import N_, Words, words
from framsyn.report.loop_layout import Box, Curve, Point, place_labels, ring, ring_order, route
from framsyn.report.loop_map import (
    MIXED,
    Arrow,
    loop_arrows,
    node_labels,
    overview_arrows,
    part_labels,
)

#: Pixels: the picture's width, sizes of text, padding in a box, margin of texts, and of boxes.
WIDTH, FONT, SMALL, PADDING, MARGIN, LANE = 500.0, 14.0, 12.0, 7.0, 10.0, 18.0
#: Pixels: lines of text in a box and in the key, from the top to the first row, between rows, below the last.
LINE, KEY_LINE, FIRST_ROW, ROW, LAST_ROW = 17.0, 15.0, 70.0, 94.0, 56.0
#: Between rows of the overview, which has more arrows.
WIDE_ROW = 104.0
#: Width of a character, of the size of its text; characters of a line in a box.
CHARACTER, ACROSS, ACROSS_KEY = 0.6, 17, 76
#: Characters of the longest text with which the key has two columns.
COLUMN = 28
FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, PAPER, QUIET = "#1c2530", "#ffffff", "#6b7683"
#: In the overview, an arrow that rests on judgement alone.
JUDGED = "~"
#: Colour and dashes by sign: told apart by readers who see no colours, and in print without any.
LOOKS: Mapping[str, tuple[str, str]] = {
    "+": ("#005a9c", ""),
    "-": ("#b84a00", "7 4"),
    "0": (QUIET, "2 4"),
    MIXED: (INK, ""),
    JUDGED: (QUIET, "3 3"),
}
SHOWN_SIGN: Mapping[str, str] = {"+": "+", "-": "−", "0": "0", MIXED: "", JUDGED: ""}
#: How the strength of an effect that rests on our own judgement is shown.
JUDGEMENT = {"assumption": "?"}
NULL = "0"
THICK, THIN = 2.2, 1.2
#: What the lines of a loop mean: a message id and the sign so drawn.
KEY = ((N_("more gives more"), "+"), (N_("more gives less"), "-"), (N_("no effect found"), "0"))
OVERVIEW_KEY = ((N_("rests on studies or data"), MIXED), (N_("rests on judgement alone"), JUDGED))
#: What letters, colours and numbers mean, message ids.
NOTES = (
    N_("A, B, C: strength of the evidence; 0 a null; ? our own judgement; no letter: arithmetic or law"),
    N_("Filled: size estimated on Finnish data. Outlined: it rests on other studies or on judgement."),
    N_("Numbers: years until the effect shows and until it is complete."),
)


class Panel(NamedTuple):
    """What one picture shows: a title and labels in the reader's language, and arrows between nodes."""

    title: str
    labels: Mapping[str, str]
    arrows: Sequence[Arrow]


@cache
def overview_figure(reader: Words) -> str:
    """All loops together, parts of the municipality acting on each other, as an SVG.

    Args:
        reader: the reader's language.
    """
    title = reader.gettext(N_("How the parts of a municipality act on each other"))
    panel = _panel(title, [_shortened(arrow) for arrow in overview_arrows()], part_labels(), reader)
    return _figure(panel, reader, OVERVIEW_KEY, NOTES[:2], WIDE_ROW)


@cache
def loop_figure(loop: str, reader: Words) -> str:
    """One loop with every effect of the register in it, as an SVG.

    Args:
        loop: an id of the register's `loop_names`.
        reader: the reader's language.
    """
    title = reader.gettext(loop_names()[loop])
    return _figure(_panel(title, loop_arrows(loop), node_labels(), reader), reader, KEY, NOTES)


def _shortened(arrow: Arrow) -> Arrow:
    """An arrow of the overview: the strongest letter of what has an effect, without sign and lag."""
    found = [strength for strength in arrow.strengths if strength != NULL] or [NULL]
    judged = found[0] in JUDGEMENT
    return arrow._replace(sign=JUDGED if judged else MIXED, strengths=(found[0],), lag=None)


def _panel(title: str, arrows: Sequence[Arrow], labels: Mapping[str, str], reader: Words) -> Panel:
    shown = {end for arrow in arrows for end in (arrow.cause, arrow.result)}
    return Panel(title, {node: reader.gettext(labels[node]) for node in labels if node in shown}, arrows)


def _figure(
    panel: Panel, reader: Words, key: Sequence[tuple[str, str]], notes: Sequence[str], step: float = ROW
) -> str:
    boxes, lines = _boxes(panel, step)
    curves = route([(arrow.cause, arrow.result) for arrow in panel.arrows], boxes, WIDTH)
    texts = [mark(arrow) for arrow in panel.arrows]
    halves = [(len(text) * SMALL * CHARACTER / 2 + 4, SMALL / 2 + 3) for text in texts]
    labels = place_labels(curves, halves, boxes, WIDTH)
    bottom = max(box.y for box in boxes.values()) + LAST_ROW
    explained = _key(bottom, reader, key, notes)
    height = bottom + explained.height
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH:g} {height:g}"'
        f' font-family="{FONTS}" font-size="{FONT:g}">',
        f"<title>{escape(panel.title)}</title>",
        f"<desc>{escape(description(panel))}</desc>",
        f'<rect width="{WIDTH:g}" height="{height:g}" rx="8" fill="{PAPER}"/>',
        _text(panel.title, (WIDTH / 2, 22), weight="bold", size=FONT + 2),
        *map(_line, panel.arrows, curves),
        *(_box(boxes[node], lines[node]) for node in panel.labels),
        *map(_mark, panel.arrows, labels, texts),
        *explained.parts,
        "</svg>\n",
    ]
    return "\n".join(parts)


def mark(arrow: Arrow) -> str:
    """What stands on an arrow: its sign, the letters of its effects, and their lag in years."""
    letters = "/".join(JUDGEMENT.get(strength, strength) for strength in arrow.strengths)
    years = ""
    if arrow.lag is not None:
        first, last = arrow.lag
        years = f"{first}" if first == last else f"{first}–{last}"
    return " ".join(text for text in (SHOWN_SIGN[arrow.sign], letters, years) if text)


def description(panel: Panel) -> str:
    """The picture in words: every arrow with its mark."""
    told = (
        f"{panel.labels[arrow.cause]} → {panel.labels[arrow.result]}: {mark(arrow)}" for arrow in panel.arrows
    )
    return "; ".join(told)


def _boxes(panel: Panel, step: float) -> tuple[dict[str, Box], dict[str, list[str]]]:
    lines = {node: textwrap.wrap(text, ACROSS, break_long_words=False) for node, text in panel.labels.items()}
    across = {node: max(map(len, of)) * FONT * CHARACTER / 2 + PADDING for node, of in lines.items()}
    down = {node: len(of) * LINE / 2 + PADDING - 2 for node, of in lines.items()}
    order = ring_order(list(panel.labels), [(arrow.cause, arrow.result) for arrow in panel.arrows])
    sides = {node: half + LANE for node, half in across.items()}
    points = ring(order, FIRST_ROW, step, WIDTH, sides)
    return {node: Box(*at, across[node], down[node]) for node, at in points.items()}, lines


def _line(arrow: Arrow, of: Curve) -> str:
    colour, dashes = LOOKS[arrow.sign]
    width = THIN if not arrow.strengths or arrow.sign == JUDGED else THICK
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    (x0, y0), (x1, y1), (x2, y2) = of
    return (
        f'<path d="M{x0:.1f} {y0:.1f}Q{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f}" fill="none" stroke="{colour}"'
        f' stroke-width="{width:g}"{dashed}/>{_head(of, colour)}'
    )


def _head(of: Curve, colour: str, length: float = 9.0) -> str:
    """The point of an arrow, as a triangle along the end of its curve."""
    (x1, y1), (x2, y2) = of.control, of.end
    span = max(1e-9, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    ux, uy = (x2 - x1) / span, (y2 - y1) / span
    bx, by = x2 - length * ux, y2 - length * uy
    half = length * 0.42
    points = ((x2, y2), (bx - half * uy, by + half * ux), (bx + half * uy, by - half * ux))
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{colour}"/>'


def _box(of: Box, lines: Sequence[str]) -> str:
    first = of.y - (len(lines) - 1) * LINE / 2 + FONT * 0.35
    return _rectangle(of, PAPER, INK, 1.4) + "".join(
        _text(line, (of.x, first + i * LINE)) for i, line in enumerate(lines)
    )


def _mark(arrow: Arrow, of: Box, text: str) -> str:
    colour, _ = LOOKS[arrow.sign]
    fill, ink = (colour, PAPER) if arrow.by_data else (PAPER, colour)
    stroke = colour if arrow.strengths else PAPER
    return _rectangle(of, fill, stroke, 1.0) + _text(text, (of.x, of.y + SMALL * 0.36), size=SMALL, fill=ink)


def _rectangle(of: Box, fill: str, stroke: str, width: float) -> str:
    left, top, across, down = (
        of.x - of.half_width,
        of.y - of.half_height,
        2 * of.half_width,
        2 * of.half_height,
    )
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{across:.1f}" height="{down:.1f}"'
        f' rx="5" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"/>'
    )


def _text(
    text: str,
    at: Point,
    size: float = FONT,
    fill: str = INK,
    weight: str = "normal",
    anchor: str = "middle",
) -> str:
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{size:g}" fill="{fill}" font-weight="{weight}"'
        f' text-anchor="{anchor}">{escape(text)}</text>'
    )


class _Key(NamedTuple):
    """What lines, letters and numbers mean, and how much height it takes."""

    parts: list[str]
    height: float


def _key(top: float, reader: Words, key: Sequence[tuple[str, str]], notes: Sequence[str]) -> _Key:
    texts = [reader.gettext(text) for text, _ in key]
    columns = 1 if max(map(len, texts)) > COLUMN else 2
    parts = []
    for i, (text, (_, sign)) in enumerate(zip(texts, key, strict=True)):
        x, y = MARGIN + (i % columns) * WIDTH / 2, top + (i // columns) * 18
        sample = Arrow("", "", sign, ("A",), None, False)
        parts.append(_line(sample, Curve((x, y), (x + 17, y), (x + 34, y))))
        parts.append(_text(text, (x + 42, y + 4), size=SMALL, anchor="start"))
    y = top + 8 + 18 * -(-len(key) // columns)
    for note in notes:
        for line in textwrap.wrap(reader.gettext(note), ACROSS_KEY):
            parts.append(_text(line, (MARGIN, y), size=SMALL, fill=QUIET, anchor="start"))
            y += KEY_LINE
    return _Key(parts, y - top)


def pictures(reader: Words) -> dict[str, str]:
    """Every picture of the documentation, an SVG, by the name of its file."""
    loops = {f"loops-{loop}.svg": loop_figure(loop, reader) for loop in loop_names()}
    return {"loops.svg": overview_figure(reader), **loops}


def main(arguments: list[str]) -> int:
    """Write the pictures into the folder named; 2 where none is named."""
    if len(arguments) != 1:
        sys.stderr.write("python -m framsyn.report.loops_diagram FOLDER\n")
        return 2
    for name, picture in pictures(words("en")).items():
        (Path(arguments[0]) / name).write_text(picture, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
