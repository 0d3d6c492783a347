"""The four-field as a drawing: a municipality's cloud and the visions' places in two dimensions."""

import math

import numpy as np

from framsyn.evaluate.cloud import NOTHING, SCALE, Measured
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.evaluate.position import Position
from framsyn.evaluate.visions import Projection, dimensions, places
from framsyn.foresee.postures import VISIONS
from framsyn.i18n.translator import Words
from framsyn.report.drawing import Filling, Rows
from framsyn.report.figures import Panel
from framsyn.report.listing import looks

#: Parts of the cloud that are drawn, percent; cells of the grid on which their edges are found.
SHARES, GRID = (50, 80, 95), 400
#: Slices of which a part is drawn.
SLICES = 120
#: Beyond this place on the scale a name stands to the left of its mark.
FAR = 55.0
#: Size of the field in pixels, as `field_charts` declares it, and the lines of text below it.
WIDE, HIGH = 300, 270
FEET = (14, 36, 58)
#: Letters of a name on one line.
LINE = 20


def four_field_panel(told: Position, projection: Projection, words: Words) -> Panel:
    """The drawing in one projection, with its alternative text."""
    across, up = projection.horizontal, projection.vertical
    laws = told.basis[across].combined, told.basis[up].combined
    data: dict[str, Rows] = {f"cloud_{share}": part(*laws, share / 100.0) for share in SHARES}
    data["halves"] = [{"x": SCALE / 2, "y": SCALE / 2}]
    data |= _visions(projection, words) | _ends(projection, words)
    if NOTHING not in laws:
        data["own"] = [{"x": told.mean[across], "y": told.mean[up]}]
    colours = [look.colour for look in looks(VISIONS).values()]
    filling = Filling(
        data,
        domains={"shape": list(VISIONS), "color": list(VISIONS)},
        ranges={"color": colours},
    )
    return Panel(None, "four_field", filling, text_of(told, projection, words))


def part(horizontal: Measured, vertical: Measured, share: float) -> Rows:
    """The densest part of the cloud that holds a share of it, as slices from below: y, low, high."""
    middle = (np.arange(GRID) + 0.5) * SCALE / GRID
    far = np.add.outer(
        vertical.precision * (middle - vertical.mean) ** 2,
        horizontal.precision * (middle - horizontal.mean) ** 2,
    ).ravel()
    order = np.sort(far)
    mass = np.cumsum(np.exp(-0.5 * order))
    edge = float(order[np.searchsorted(mass, share * mass[-1])])
    low, high = _reach(vertical, edge)
    return [
        {"y": y, **dict(zip(("low", "high"), _reach(horizontal, edge - _far(vertical, y)), strict=True))}
        for y in np.linspace(low, high, SLICES + 1).tolist()
    ]


def _far(law: Measured, value: float) -> float:
    return law.precision * (value - law.mean) ** 2


def _reach(law: Measured, far: float) -> tuple[float, float]:
    """The ends on the scale of what is no farther from the law's mean; all of it where nothing is known."""
    if law.precision == 0.0:
        return 0.0, SCALE
    half = math.sqrt(max(far, 0.0) / law.precision)
    return max(law.mean - half, 0.0), min(law.mean + half, SCALE)


def _visions(projection: Projection, words: Words) -> dict[str, Rows]:
    pair = [DIMENSIONS.index(projection.horizontal), DIMENSIONS.index(projection.vertical)]
    found: Rows = [
        {"id": look.id, "x": float(x), "y": float(y), "name": _folded(words.gettext(look.label))}
        for look, (x, y) in zip(looks(VISIONS).values(), places()[:, pair], strict=True)
    ]
    return {
        "visions": found,
        "left": [one for one in found if one["x"] > FAR],
        "right": [one for one in found if one["x"] <= FAR],
    }


def _folded(name: str) -> str:
    """A long name on two lines, broken at the space nearest to its middle."""
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if len(name) <= LINE or not spaces:
        return name
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:middle]}\n{name[middle + 1 :]}"


def _ends(projection: Projection, words: Words) -> dict[str, Rows]:
    """What the ends of the dimensions are called, in pixels of the plot."""
    across, up = (
        words.gettext(dimensions()[one].label) for one in (projection.horizontal, projection.vertical)
    )
    left, right, below, above = (
        words.gettext(getattr(projection, end)) for end in ("left", "right", "below", "above")
    )
    first, second, third = (HIGH + foot for foot in FEET)
    return {
        "from_left": [{"x": 0, "y": second, "text": f"← {left}"}],
        "from_middle": [
            {"x": WIDE / 2, "y": -16, "text": f"↑ {up}: {above}"},
            {"x": WIDE / 2, "y": first, "text": f"↓ {up}: {below}"},
            {"x": WIDE / 2, "y": third, "text": across},
        ],
        "from_right": [{"x": WIDE, "y": second, "text": f"{right} →"}],
    }


def text_of(told: Position, projection: Projection, words: Words) -> str:
    """What the drawing shows, in words: the axes, the municipality's means, the visions' places."""
    pair = (projection.horizontal, projection.vertical)
    labels = [words.gettext(dimensions()[one].label) for one in pair]
    own = [
        words.gettext("not known") if told.basis[one].combined == NOTHING else words.number(told.mean[one])
        for one in pair
    ]
    standing = "; ".join(
        f"{words.gettext(look.label)} {words.number(row[DIMENSIONS.index(pair[0])])}, "
        f"{words.number(row[DIMENSIONS.index(pair[1])])}"
        for look, row in zip(looks(VISIONS).values(), places(), strict=True)
    )
    text = words.gettext(
        "Four-field, 0–100: {across} across, {up} upwards. {name}: {own}. The visions: {visions}."
    )
    return text.format(
        across=labels[0],
        up=labels[1],
        name=told.municipality.name(words.lang),
        own=", ".join(own),
        visions=standing,
    )
