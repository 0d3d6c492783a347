"""The four-field as a picture of text: a municipality's cloud and the visions' places in two dimensions."""

import numpy as np
from rich.text import Text

from framsyn.evaluate.cloud import NOTHING, SCALE, Measured
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.evaluate.position import Position
from framsyn.evaluate.visions import Projection, dimensions, places
from framsyn.foresee.postures import VISIONS
from framsyn.i18n.translator import N_, Words
from framsyn.model.layout import Floats
from framsyn.report.listing import looks

COLUMNS, LINES = 45, 15
#: Shading of the cells that together hold so much of the cloud, the densest first.
SHADES = ((0.5, "▓"), (0.8, "▒"), (0.95, "░"))
EMPTY, OWN = " ", "◆"
MARGIN = "  "


def four_field(told: Position, projection: Projection, words: Words) -> list[Text]:
    """Lines of the picture: names of the ends around a frame, the cloud in it, the visions as 1–4."""
    grid = marked(told, projection)
    drawn = any(OWN in row for row in grid)
    ends = {end: words.gettext(getattr(projection, end)) for end in ("left", "right", "below", "above")}
    across = words.gettext(dimensions()[projection.horizontal].label)
    up = words.gettext(dimensions()[projection.vertical].label)
    lines = [Text(f"{MARGIN}{up}: {ends['above']}"), Text(f"{MARGIN}┌{'─' * COLUMNS}┐", style="dim")]
    for row in grid:
        line = Text(f"{MARGIN}│", style="dim")
        for cell in row:
            line.append(cell, style="bold not dim" if cell not in "▓▒░ " else "")
        lines.append(line.append("│"))
    lines.append(Text(f"{MARGIN}└{'─' * COLUMNS}┘", style="dim"))
    lines.append(Text(f"{MARGIN}{up}: {ends['below']}"))
    across_line = f"{across}: {ends['left']} ◂{'─' * 5}▸ {ends['right']}"
    lines.append(Text(MARGIN + across_line.center(COLUMNS + 2).rstrip()))
    return [*lines, *_legend(told, words, drawn)]


def _legend(told: Position, words: Words, drawn: bool) -> list[Text]:
    numbered = [
        f"{number} {words.gettext(look.label)}"
        for number, look in enumerate(looks(VISIONS).values(), start=1)
    ]
    mean = words.gettext("mean of {name}").format(name=told.municipality.name(words.lang))
    own = [Text(f"{MARGIN}{OWN} {mean}")] if drawn else []
    shades = " · ".join(f"{shade} {words.percent(100.0 * share, 0)}" for share, shade in SHADES)
    held = words.gettext(N_("of the cloud, the densest part first"))
    return [
        Text(f"{MARGIN}{' · '.join(numbered[:2])}"),
        Text(f"{MARGIN}{' · '.join(numbered[2:])}"),
        Text(f"{MARGIN}{shades} {held}"),
        *own,
    ]


def marked(told: Position, projection: Projection) -> list[list[str]]:
    """[line][column] the cells of the picture, the top line first."""
    pair = [DIMENSIONS.index(projection.horizontal), DIMENSIONS.index(projection.vertical)]
    laws = [told.basis[projection.horizontal].combined, told.basis[projection.vertical].combined]
    grid = shaded(*laws)
    for number, place in enumerate(places()[:, pair], start=1):
        line, column = _cell(place)
        grid[line][column] = str(number)
    if NOTHING not in laws:
        line, column = _cell(np.array([told.mean[projection.horizontal], told.mean[projection.vertical]]))
        grid[line][column] = OWN
    return grid


def _cell(point: Floats) -> tuple[int, int]:
    column = min(int(point[0] / SCALE * COLUMNS), COLUMNS - 1)
    return LINES - 1 - min(int(point[1] / SCALE * LINES), LINES - 1), column


def shaded(horizontal: Measured, vertical: Measured) -> list[list[str]]:
    """[line][column] shading by the laws that the cloud is drawn from, the top line first.

    A shade holds every cell at least as dense as the one with which its share of the cloud is reached.
    """
    mass = np.outer(_density(vertical, LINES)[::-1], _density(horizontal, COLUMNS))
    falling = np.sort(mass, axis=None)[::-1]
    cells = np.full(mass.shape, EMPTY)
    for share, shade in reversed(SHADES):
        least = falling[np.searchsorted(np.cumsum(falling), share)]
        cells[mass >= least * (1.0 - 1e-9)] = shade
    return [[str(cell) for cell in line] for line in cells]


def _density(law: Measured, cells: int) -> Floats:
    """[cell] share of the law in each of equal parts of the scale."""
    middle = (np.arange(cells) + 0.5) * SCALE / cells
    weight = np.exp(-0.5 * law.precision * (middle - law.mean) ** 2)
    return np.asarray(weight / weight.sum())
