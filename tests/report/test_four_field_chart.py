import math

import numpy as np
import pytest

from framsyn.evaluate.cloud import NOTHING, Measured, draw
from framsyn.evaluate.position import position
from framsyn.evaluate.visions import projection
from framsyn.foresee.postures import VISIONS
from framsyn.i18n.translator import words
from framsyn.places.municipality import municipality
from framsyn.report.drawing import compiled, filled
from framsyn.report.four_field_chart import four_field_panel, part


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_a_part_of_the_cloud_holds_its_share_of_the_draws(share: float) -> None:
    laws = Measured(60.0, 15.0), Measured(90.0, 20.0)
    cloud = draw([*laws, NOTHING], 20_000, seed=3)
    slices = part(*laws, share)
    heights = [row["y"] for row in slices]
    low = np.interp(cloud[:, 1], heights, [row["low"] for row in slices])
    high = np.interp(cloud[:, 1], heights, [row["high"] for row in slices])
    inside = (cloud[:, 1] >= heights[0]) & (cloud[:, 1] <= heights[-1])
    held = inside & (cloud[:, 0] >= low) & (cloud[:, 0] <= high)
    assert held.mean() == pytest.approx(share, abs=0.01)


def test_where_nothing_is_known_the_cloud_covers_the_whole_scale() -> None:
    slices = part(NOTHING, Measured(50.0, 10.0), 0.8)
    assert {(row["low"], row["high"]) for row in slices} == {(0.0, 100.0)}
    assert slices[0]["y"] == pytest.approx(50.0 - 10.0 * 1.2816, abs=0.3)


def test_the_drawing_names_every_vision_and_marks_the_mean_only_where_both_dimensions_are_known() -> None:
    m = municipality("545")
    panel = four_field_panel(position(m, draws=100), projection("H1"), words("en"))
    data = panel.filling.data
    assert {row["id"] for row in data["visions"]} == set(VISIONS)
    assert {row["id"] for side in ("left", "right") for row in data[side]} == set(VISIONS)
    assert "own" not in data
    assert "not known" in panel.text
    assessed = position(m, {"foresight": (60.0, 10.0)}, draws=100)
    (own,) = four_field_panel(assessed, projection("H2"), words("en")).filling.data["own"]
    assert own == {"x": assessed.mean["foresight"], "y": assessed.mean["engagement"]}
    assert math.isfinite(own["x"])


def test_the_declared_chart_takes_every_dataset_of_the_filling() -> None:
    panel = four_field_panel(
        position(municipality("545"), {"foresight": (60.0, 10.0)}, 50), projection("H1"), words("sv")
    )
    chart = filled(compiled("four_field"), panel.filling)
    declared = {source["name"] for source in chart["data"]}
    assert set(panel.filling.data) <= declared
    assert {"shape", "color"} <= {scale["name"] for scale in chart["scales"]}
