"""Where the community starts: published, assessed, or drawn around neutral."""

import numpy as np
import pytest

import framsyn
from framsyn.errors import FramsynError
from framsyn.foresee.starts import draw_starts, starts
from framsyn.model import layout


def test_what_is_published_starts_as_published_and_the_rest_around_neutral() -> None:
    m = framsyn.municipality("Närpes")
    drawn = draw_starts(m, range(2000), 1)
    np.testing.assert_array_equal(drawn[:, layout.C_TURNOUT], m.fact("turnout_pct").value)
    np.testing.assert_array_equal(drawn[:, layout.C_EXCLUSION], m.fact("low_income_pct").value)
    assert abs(drawn[:, layout.C_TRUST].mean() - 50.0) < 1.0
    assert abs(drawn[:, layout.C_TRUST].std() - 10.0) < 1.0


def test_the_municipality_s_own_assessment_replaces_the_neutral_start() -> None:
    m = framsyn.municipality("Närpes")
    drawn = draw_starts(m, range(2000), 1, {"trust": (72.0, 3.0)})
    assert abs(drawn[:, layout.C_TRUST].mean() - 72.0) < 0.5
    assert abs(drawn[:, layout.C_TRUST].std() - 3.0) < 0.5
    futures = framsyn.foresee(m, ["as_is"], years=2, draws=50, assessment={"trust": (72.0, 0.0)})
    np.testing.assert_array_equal(futures["trust"].isel(year=0), 72.0)


def test_a_draw_is_the_same_whatever_the_others_are() -> None:
    m = framsyn.municipality("545")
    np.testing.assert_array_equal(draw_starts(m, range(10), 3)[5:], draw_starts(m, range(5, 10), 3))


@pytest.mark.parametrize(
    ("assessment", "told"),
    [({"mood": (50.0, 5.0)}, "mood"), ({"trust": (150.0, 5.0)}, "150"), ({"trust": (50.0, -1.0)}, "-1")],
)
def test_an_assessment_that_cannot_stand_is_told(
    assessment: dict[str, tuple[float, float]], told: str
) -> None:
    with pytest.raises(FramsynError, match=told):
        draw_starts(framsyn.municipality("545"), range(2), 1, assessment)


def test_start_values_have_the_columns_of_the_model_in_order() -> None:
    assert [one.id for one in starts()] == [
        "turnout",
        "trust",
        "cohesion",
        "cooperation",
        "safety",
        "digital_reach",
        "exclusion",
        "youth_outside",
    ]
