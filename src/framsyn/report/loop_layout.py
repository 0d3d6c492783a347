"""Where the boxes, arrows and labels of a diagram of loops stand: a ring of boxes, with few crossings."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import hypot
from typing import NamedTuple

Point = tuple[float, float]
#: By how much an arrow may bend to its right, of its length; the first that serves as well as any is taken.
BENDS = (0.12, -0.12, 0.22, -0.22, 0.32, -0.32, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0)
#: Pixels within which the middles of two arrows lie on each other.
NEAR = 16.0
#: Pixels from the sides of the picture within which no arrow should run, so that its label has room, and that
#: a label leaves free.
EDGE, EDGE_OF_LABEL = 30.0, 4.0
#: Where along an arrow its label may stand, the best first.
ALONG = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86)
#: Pixels between a box and the end of an arrow.
GAP = 3.0


class Box(NamedTuple):
    """A rectangle by its centre and its half sizes, pixels."""

    x: float
    y: float
    half_width: float
    half_height: float

    def overlap(self, other: "Box", margin: float = 0.0) -> float:
        """The area that two rectangles share, with a margin around them; square pixels."""
        across = self.half_width + other.half_width + margin - abs(self.x - other.x)
        down = self.half_height + other.half_height + margin - abs(self.y - other.y)
        return max(0.0, across) * max(0.0, down)

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point lies within."""
        return (
            abs(point[0] - self.x) <= self.half_width + margin
            and abs(point[1] - self.y) <= self.half_height + margin
        )


class Curve(NamedTuple):
    """A quadratic curve from box to box."""

    start: Point
    control: Point
    end: Point

    def at(self, t: float) -> Point:
        """The point at `t`, 0 at the start and 1 at the end."""
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        return (
            a * self.start[0] + b * self.control[0] + c * self.end[0],
            a * self.start[1] + b * self.control[1] + c * self.end[1],
        )


def ring_order(nodes: Sequence[str], links: Sequence[tuple[str, str]]) -> list[str]:
    """The nodes in an order around a ring in which links cross little: swaps until none helps.

    The node with most links comes first.
    """
    degree = {node: sum(node in link for link in links) for node in nodes}
    order = sorted(nodes, key=lambda node: -degree[node])
    best = _cost(order, links)
    improved = True
    while improved:
        improved = False
        for i, j in combinations(range(1, len(order)), 2):
            order[i], order[j] = order[j], order[i]
            cost = _cost(order, links)
            if cost < best:
                best, improved = cost, True
            else:
                order[i], order[j] = order[j], order[i]
    return order


def _cost(order: Sequence[str], links: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Crossings of the links as chords of the ring, and the steps that they span together."""
    at = {node: index for index, node in enumerate(order)}
    chords = sorted({(min(at[a], at[b]), max(at[a], at[b])) for a, b in links})
    crossings = sum(a < c < b < d or c < a < d < b for (a, b), (c, d) in combinations(chords, 2))
    return crossings, sum(min(b - a, len(order) - b + a) for a, b in chords)


def ring(
    order: Sequence[str], top: float, step: float, width: float, halves: Mapping[str, float]
) -> dict[str, Point]:
    """Centres of boxes in a ring: the first at the top, then down at the right and up at the left.

    Args:
        order: the boxes.
        top: height of the first row, pixels from above; `step` the distance of rows.
        width: pixels across, which the pairs reach.
        halves: half width of each box.
    """
    points = {order[0]: (width / 2, top)}
    rest = order[1:]
    right, left = rest[: len(rest) // 2], rest[(len(rest) + 1) // 2 :][::-1]
    for row, node in enumerate(right, 1):
        points[node] = (width - halves[node], top + row * step)
    for row, node in enumerate(left, 1):
        points[node] = (halves[node], top + row * step)
    if len(rest) % 2:
        points[rest[len(rest) // 2]] = (width / 2, top + (len(rest) // 2 + 1) * step)
    return points


def route(links: Sequence[tuple[str, str]], boxes: Mapping[str, Box], width: float) -> list[Curve]:
    """An arrow for each link: bent so that it crosses few boxes, stays inside and lies on no other arrow."""
    found: list[Curve] = []
    for cause, result in links:
        others = [box for node, box in boxes.items() if node not in (cause, result)]
        bent = [curve(boxes[cause], boxes[result], bend) for bend in BENDS]
        found.append(min(bent, key=lambda one: _hindrance(one, others, found, width)))
    return found


def _hindrance(of: Curve, others: Sequence[Box], drawn: Sequence[Curve], width: float) -> int:
    points = [of.at(step / 30) for step in range(31)]
    hit = sum(box.holds(point, GAP) for box in others for point in points)
    outside = sum(not EDGE <= x <= width - EDGE for x, _ in points)
    middle = of.at(0.5)
    near = sum(hypot(middle[0] - x, middle[1] - y) < NEAR for x, y in (other.at(0.5) for other in drawn))
    return 4 * hit + outside + 4 * near


def curve(start: Box, end: Box, bend: float) -> Curve:
    """An arrow from box to box that bends to its right by `bend` of its length."""
    dx, dy = end.x - start.x, end.y - start.y
    control = ((start.x + end.x) / 2 - bend * dy, (start.y + end.y) / 2 + bend * dx)
    whole = Curve((start.x, start.y), control, (end.x, end.y))
    steps = [step / 80 for step in range(81)]
    outside = [t for t in steps if not start.holds(whole.at(t), GAP) and not end.holds(whole.at(t), GAP)]
    return _part(whole, outside[0], outside[-1]) if outside else whole


def _part(whole: Curve, first: float, last: float) -> Curve:
    """The stretch of a curve between two of its points."""
    begin, finish = whole.at(first), whole.at(last)
    a, b, c = whole
    control = tuple(
        (1 - first) * (1 - last) * a[i]
        + ((1 - first) * last + first * (1 - last)) * b[i]
        + first * last * c[i]
        for i in (0, 1)
    )
    return Curve(begin, (control[0], control[1]), finish)


def place_labels(
    curves: Sequence[Curve], sizes: Sequence[Point], boxes: Mapping[str, Box], width: float
) -> list[Box]:
    """Where labels stand on their curves: where they lie on the fewest boxes, labels and other arrows.

    Args:
        curves: one for each label.
        sizes: half width and half height of each label.
        boxes: of the nodes, on which no label may stand.
        width: of the picture, from which no label may stand out.
    """
    placed: dict[int, Box] = {}
    points = [[of.at(step / 40) for step in range(41)] for of in curves]
    shortest_first = sorted(range(len(curves)), key=lambda i: hypot(*_span(curves[i])))
    for index in shortest_first:
        candidates = [_inside(Box(*curves[index].at(t), *sizes[index]), width) for t in ALONG]
        taken = [*boxes.values(), *placed.values()]
        others = [of for i, of in enumerate(points) if i != index]
        placed[index] = min(candidates, key=lambda box: (_shared(box, taken), _crossed(box, others)))
    return [placed[index] for index in range(len(curves))]


def _span(of: Curve) -> Point:
    return of.end[0] - of.start[0], of.end[1] - of.start[1]


def _shared(box: Box, taken: Sequence[Box]) -> float:
    return sum(box.overlap(other, margin=4.0) for other in taken)


def _inside(box: Box, width: float) -> Box:
    """The box moved across, where its arrow runs by a side of the picture, until it leaves the edge free."""
    least = EDGE_OF_LABEL + box.half_width
    return box._replace(x=min(max(box.x, least), width - least))


def _crossed(box: Box, others: Sequence[Sequence[Point]]) -> int:
    """How many arrows, by points on them, run under a box."""
    return sum(any(box.holds(point) for point in points) for points in others)
