import numpy as np
import pytest

from framsyn.datafile import rows
from framsyn.foresee.economy_draws import economic_parameters
from framsyn.foresee.labour_draws import Cycle
from framsyn.foresee.money_draws import TOGETHER, correlations, mixing, together, write_money
from framsyn.model import layout
from framsyn.model.layout import WORLD_COLUMNS, Floats

DRAWS, YEARS = 20_000, 12


def written(depression: float = 0.0) -> Floats:
    """Columns of money in draws of which each holds a depression of that depth in every year."""
    rng = np.random.default_rng(1)
    shocks = together({name: rng.standard_normal((DRAWS, YEARS)) for name in TOGETHER})
    worlds = np.ones((DRAWS, YEARS + 1, WORLD_COLUMNS))
    cycle = Cycle(np.zeros((DRAWS, YEARS)), np.full((DRAWS, YEARS), depression))
    write_money(worlds, economic_parameters(), shocks, rng.standard_normal((DRAWS, 1)), cycle)
    return worlds


def test_every_correlation_has_a_source_and_together_they_are_possible() -> None:
    table = rows("framsyn.foresee", "world_correlations.csv")
    assert all(row["source"] and row["meaning"] for row in table)
    assert {row["status"] for row in table} <= {"estimated", "assumed"}
    assert np.linalg.eigvalsh(correlations()).min() > 0.05
    np.testing.assert_allclose(mixing() @ mixing().T, correlations(), atol=1e-12)


def test_what_a_year_brings_is_correlated_as_the_table_says() -> None:
    rng = np.random.default_rng(2)
    independent = {name: rng.standard_normal((DRAWS, 1)) for name in TOGETHER}
    mixed = np.stack([together(independent)[name][:, 0] for name in TOGETHER])
    np.testing.assert_allclose(np.corrcoef(mixed), correlations(), atol=0.03)
    np.testing.assert_array_equal(mixed[0], independent["cycle"][:, 0])


def test_interest_is_never_below_zero_and_no_draw_is_held_at_a_bound() -> None:
    interest = written()[:, 1:, layout.W_INTEREST]
    assert interest.min() > 0.0
    assert len(np.unique(interest)) == interest.size
    np.testing.assert_allclose(interest.mean(axis=0), 0.03, rtol=0.01)
    low, high = np.quantile(interest[:, -1], [0.1, 0.9])
    assert 0.01 < low < 0.02
    assert 0.04 < high < 0.06


@pytest.mark.parametrize("column", [layout.W_GRANT, layout.W_CORPORATE])
def test_multipliers_of_money_have_mean_one_but_for_depressions(column: int) -> None:
    expected = -np.log(written()[:, 1:, column].mean(axis=0))
    assert np.all(np.abs(expected) < 0.01)


def test_a_depression_takes_corporate_tax_grants_and_earnings() -> None:
    p = economic_parameters()
    usual, deep = written(), written(0.5)
    for column, name in (
        (layout.W_CORPORATE, "corporate"),
        (layout.W_GRANT, "grant"),
        (layout.W_EARNINGS, "earnings"),
    ):
        ratio = deep[:, 1:, column] / usual[:, 1:, column]
        np.testing.assert_allclose(ratio, np.exp(0.5 * p[f"depression_to_{name}"]))
    np.testing.assert_array_equal(usual[:, :, layout.W_PRICE], deep[:, :, layout.W_PRICE])


def test_earnings_and_costs_stay_together() -> None:
    last = np.log(written()[:, -1])
    assert np.corrcoef(last[:, layout.W_EARNINGS], last[:, layout.W_COST])[0, 1] > 0.8
