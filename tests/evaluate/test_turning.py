"""Until when turning still brings a municipality back to balance."""

from itertools import pairwise

import numpy as np
import pytest

from framsyn.errors import FramsynError
from framsyn.evaluate.turning import LEAST_TIME, in_balance, last_likely, turning_year
from framsyn.foresee.postures import posture
from framsyn.foresee.setting import Setting, prepare
from framsyn.model import layout
from framsyn.model.course import switched
from framsyn.model.layout import INDICATORS, Floats
from framsyn.places.municipality import municipality

YEARS, DRAWS = 20, 10


@pytest.fixture(scope="module")
def setting() -> Setting:
    return prepare(municipality("Joutsa"), YEARS)


def balanced(years: int = 10) -> Floats:
    """The record of one life in balance."""
    record = np.zeros((1, years + 1, INDICATORS))
    record[..., layout.POPULATION] = 1000.0
    record[..., layout.DEPRECIATION] = 300.0
    record[..., layout.ANNUAL_MARGIN] = 310.0
    record[..., layout.CASH_FLOW] = -50.0
    record[..., layout.REPAIR_DEBT] = 500.0
    return record


def test_turning_in_the_base_year_is_the_other_posture_from_the_start(setting: Setting) -> None:
    drawn = setting.draw(range(DRAWS))
    as_today = setting.live(drawn, setting.course(posture("as_is")))
    base = setting.municipality.bundle.base_year
    changed = setting.course(switched(posture("given_up"), posture("focused"), base + 1))
    from_the_start = setting.live(drawn, setting.course(posture("focused")), as_today)
    assert np.array_equal(setting.live(drawn, changed, as_today), from_the_start, equal_nan=True)
    found = turning_year(setting, posture("given_up"), posture("focused"), DRAWS)
    assert found.turned[0] == in_balance(from_the_start).mean()


def test_every_year_with_enough_time_left_is_looked_at(setting: Setting) -> None:
    found = turning_year(setting, posture("given_up"), posture("focused"), DRAWS)
    base = setting.municipality.bundle.base_year
    assert found.years == tuple(range(base, base + YEARS - LEAST_TIME + 1))
    assert len(found.turned) == len(found.years)


def test_a_municipality_that_gives_up_is_never_in_balance_without_turning(setting: Setting) -> None:
    # Its repair debt grows all through.
    assert turning_year(setting, posture("given_up"), posture("focused"), DRAWS).stayed == 0.0


def test_the_later_the_turn_the_worse_where_the_first_posture_only_piles_up_debt() -> None:
    # Made up: nothing is corrected and nothing kept up until the turn, so that waiting only harms.
    setting = prepare(municipality("Joutsa"), YEARS)
    idle = posture("given_up")._replace(largest_correction=0.0, upkeep=0.0)
    turned = turning_year(setting, idle, posture("as_is")._replace(largest_correction=0.0), 40).turned
    assert turned[0] > turned[-1]
    assert all(later <= sooner + 0.1 for sooner, later in pairwise(turned))


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([0.9, 0.8, 0.7], ("always", None)),
        ([0.4, 0.9, 0.9], ("never", None)),
        ([0.9, 0.6, 0.4, 0.2], ("year", 1)),
        ([0.9, 0.4, 0.9], ("year", 0)),  # what works again later is not counted
    ],
)
def test_the_last_year_is_that_until_which_turning_works_without_a_break(
    shares: list[float], told: tuple[str, int | None]
) -> None:
    assert last_likely(shares) == told


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        (layout.ANNUAL_MARGIN, 290.0, False),
        (layout.CASH_FLOW, 5.0, True),
        (layout.DEFICIT_UNCOVERED, 1.0, False),
        (layout.DEFICIT_TOO_LARGE, 1.0, False),
        (layout.ANNUAL_MARGIN, 310.0, True),
    ],
)
def test_balance_is_paying_ones_way_within_the_law(column: int, value: float, found: bool) -> None:
    record = balanced()
    record[:, -3:, column] = value
    assert in_balance(record).tolist() == [found]


def test_a_growing_repair_debt_is_no_balance() -> None:
    record = balanced()
    record[:, -3:, layout.REPAIR_DEBT] += [100.0, 200.0, 300.0]
    assert not in_balance(record).any()


def test_a_turn_that_leaves_no_time_is_refused(setting: Setting) -> None:
    with pytest.raises(FramsynError, match="after the turn"):
        turning_year(setting, posture("lazy"), posture("focused"), 2, least_time=YEARS + 1)
