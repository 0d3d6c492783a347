"""Boxes and arrows of a diagram of loops: a ring with few crossings, arrows around boxes, labels apart."""

from itertools import pairwise
from math import dist

import pytest

from framsyn.report.loop_layout import GAP, Box, curve, place_labels, ring, ring_order, route

SQUARE = {
    "top": Box(100, 20, 20, 10),
    "right": Box(180, 100, 20, 10),
    "bottom": Box(100, 180, 20, 10),
    "left": Box(20, 100, 20, 10),
}


def test_two_rectangles_share_the_area_of_their_overlap() -> None:
    assert Box(0, 0, 10, 10).overlap(Box(15, 0, 10, 10)) == 100  # 5 across, 20 down
    assert Box(0, 0, 10, 10).overlap(Box(20, 0, 10, 10)) == 0  # they touch
    assert Box(0, 0, 10, 10).overlap(Box(20, 0, 10, 10), margin=1) == 21


def test_links_that_cross_are_untied() -> None:
    # As a, b, c, d in a ring the links a–c and b–d cross; a, c, b, d and its like have no crossing.
    order = ring_order(["a", "b", "c", "d"], [("a", "c"), ("b", "d")])
    steps = abs(order.index("a") - order.index("c")) % 2
    assert steps == 1  # neighbours on a ring of four


def test_the_node_with_most_links_stands_first() -> None:
    assert ring_order(["a", "b", "c"], [("a", "c"), ("b", "c")])[0] == "c"


@pytest.mark.parametrize("count", range(2, 16))
def test_boxes_of_a_ring_share_no_row_but_as_a_pair_at_both_sides(count: int) -> None:
    nodes = [str(i) for i in range(count)]
    points = ring(nodes, 50, 80, 500, dict.fromkeys(nodes, 90.0))
    assert len(set(points.values())) == count
    rows = sorted({y for _, y in points.values()})
    assert [b - a for a, b in pairwise(rows)] == [80.0] * (len(rows) - 1)
    for y in rows:
        across = sorted(x for x, at in points.values() if at == y)
        assert across in ([250.0], [90.0, 410.0], [90.0], [410.0])


def test_an_arrow_begins_and_ends_just_outside_its_boxes() -> None:
    of = curve(SQUARE["left"], SQUARE["right"], 0.0)
    assert of.start == pytest.approx((20 + 20 + GAP, 100), abs=2.1)
    assert of.end == pytest.approx((180 - 20 - GAP, 100), abs=2.1)


def test_there_and_back_lie_apart() -> None:
    there, back = route([("left", "right"), ("right", "left")], SQUARE, 200)
    assert dist(there.at(0.5), back.at(0.5)) > 15


def test_an_arrow_runs_around_a_box_in_its_way() -> None:
    boxes = {"a": Box(100, 20, 20, 10), "between": Box(100, 100, 15, 10), "b": Box(100, 180, 20, 10)}
    (of,) = route([("a", "b")], boxes, 200)
    assert not any(boxes["between"].holds(of.at(step / 50)) for step in range(51))


def test_labels_of_arrows_that_cross_do_not_lie_on_each_other() -> None:
    curves = route([("top", "bottom"), ("left", "right")], SQUARE, 200)
    first, second = place_labels(curves, [(15, 8), (15, 8)], SQUARE, 200)
    assert first.overlap(second) == 0
