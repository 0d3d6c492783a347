import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.calibrate.fitting import Band, Margins, fit, margin_errors, share_band, sum_by
from framsyn.calibrate.known import Floats
from framsyn.calibrate.rounding import UNIT, round_exactly

REGION_OF = np.array([0, 0, 0, 1, 1])


def made_up(seed: int, zeros: bool = False) -> Floats:
    random = np.random.default_rng(seed)
    count = random.integers(1, 60, size=(5, 2, 101)).astype(float)
    if zeros:
        count[0, 1, 90:] = 0
        count[3, 0, :5] = 0
    return count


def margins_of(count: Floats, by_sex: bool = True) -> Margins:
    young, old = count[:, :, :15].sum((1, 2)), count[:, :, 65:].sum((1, 2))
    return Margins(
        local=count.sum(2) if by_sex else count.sum((1, 2)),
        region_of=REGION_OF,
        regional=sum_by(count, REGION_OF, 2),
        bands=(Band(0, 14, young - 2, young + 2), Band(65, 100, old - 2, old + 2)),
    )


def test_a_two_by_two_table_fits_as_computed_by_hand() -> None:
    # Rows [60, 40] and columns [30, 70] from equal cells give products / 100.
    start = np.ones((2, 2, 1))
    margins = Margins(
        local=np.array([60.0, 40.0]),
        region_of=np.array([0, 0]),
        regional=np.array([[[30.0], [70.0]]]),
    )
    assert np.allclose(fit(start, margins).count[:, :, 0], [[18.0, 42.0], [12.0, 28.0]])


def test_sums_by_group_add_the_members() -> None:
    assert sum_by(np.array([1.0, 2.0, 4.0]), np.array([1, 0, 1]), 2).tolist() == [2.0, 5.0]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_every_margin_is_met(seed: int, by_sex: bool) -> None:
    margins = margins_of(made_up(seed), by_sex)
    fitted = fit(made_up(seed + 1), margins)
    assert max(fitted.errors.values()) < 1e-6
    assert fitted.errors == margin_errors(fitted.count, margins)
    assert fitted.count.min() >= 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_zeros_are_kept(seed: int) -> None:
    truth = made_up(seed, zeros=True)
    start = np.where(truth > 0, made_up(seed + 1), 0.0)
    fitted = fit(start, margins_of(truth))
    assert (fitted.count[start == 0] == 0).all()
    assert max(fitted.errors.values()) < 1e-6


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_a_table_that_fits_already_is_unchanged(seed: int, by_sex: bool) -> None:
    truth = made_up(seed)
    fitted = fit(truth, margins_of(truth, by_sex))
    assert fitted.sweeps == 0
    assert (fitted.count == truth).all()


def test_contradictory_margins_are_told() -> None:
    truth = made_up(1)
    margins = margins_of(truth)
    wrong = Margins(margins.local * 1.1, REGION_OF, margins.regional)
    assert max(fit(truth, wrong, sweeps=50).errors.values()) > 1


def test_a_share_holds_the_whole_persons_inside_its_rounding() -> None:
    # 13.9 % ± 0.05 of 101 persons is 13.99–14.09: only 14 persons are possible.
    band = share_band(0, 14, np.array([13.9, np.nan]), np.array([101.0, 50.0]), 0.05)
    assert (band.low[0], band.high[0]) == (14.0, 14.0)
    assert (band.low[1], band.high[1]) == (0.0, np.inf)


def test_a_share_without_whole_persons_keeps_its_bounds() -> None:
    band = share_band(0, 14, np.array([50.0]), np.array([7.0]), 0.05)
    assert np.allclose([band.low[0], band.high[0]], [3.4965, 3.5035])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_rounding_is_exact_on_every_margin(seed: int, by_sex: bool) -> None:
    truth = made_up(seed, zeros=True)
    margins = margins_of(truth, by_sex)
    fitted = fit(np.where(truth > 0, made_up(seed + 1), 0.0), margins)
    rounded = round_exactly(fitted.count, margins)
    assert (rounded / UNIT % 1 == 0).all()
    assert rounded.min() >= 0
    assert margins.regional is not None
    assert (rounded.sum(2 if by_sex else (1, 2)) == margins.local).all()
    assert (sum_by(rounded, REGION_OF, 2) == margins.regional).all()
    assert np.abs(rounded - fitted.count).max() < 0.1


def test_rounding_without_regions_keeps_the_local_sums() -> None:
    truth = made_up(3)
    start = truth * 1.000001 + 0.0003
    margins = Margins(truth.sum((1, 2)), REGION_OF)
    rounded = round_exactly(fit(start, margins).count, margins)
    assert (rounded.sum((1, 2)) == margins.local).all()


@pytest.mark.parametrize("columns", [[0.0, 3.0], [3.0, 0.0]])
def test_rounding_never_goes_below_an_empty_column(columns: list[float]) -> None:
    margins = Margins(np.array([1.0, 2.0]), np.array([0, 0]), np.array([[columns]], dtype=np.float64))
    start = np.array([[columns], [columns]]) / 3 * np.array([1.0, 2.0])[:, None, None]
    rounded = round_exactly(start, margins)
    assert rounded.min() >= 0
    assert rounded.sum(0)[0].tolist() == columns
