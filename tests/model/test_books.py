import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.foresee.postures import postures
from framsyn.model import layout
from framsyn.model.finance import equalisation, settle
from framsyn.model.layout import BASE_COLUMNS, STOCKS, WORLD_COLUMNS, Floats

from .lives import a_place, calm_rates, live, some_effects, some_worlds

amounts = st.floats(-1e8, 1e8)
CENT = 0.01


@settings(max_examples=200, deadline=None)
@given(
    taxes=amounts,
    grant=amounts,
    cost=st.floats(1e3, 1e9),
    investment=st.floats(0, 1e8),
    loans=st.floats(0, 1e9),
    cash=st.floats(0, 1e8),
    assets=st.floats(0, 1e9),
)
def test_income_statement_cash_flow_and_balance_sheet_tie_out_to_the_cent(
    taxes: float, grant: float, cost: float, investment: float, loans: float, cash: float, assets: float
) -> None:
    base = np.ones(BASE_COLUMNS)
    base[layout.B_COST] = cost
    stock = np.zeros(STOCKS)
    stock[layout.S_LOANS], stock[layout.S_CASH], stock[layout.S_ASSETS] = loans, cash, assets
    before = stock.copy()
    books = np.zeros(7)
    books[:2] = taxes, grant
    world = np.ones(WORLD_COLUMNS)
    world[layout.W_INTEREST] = 0.03
    place = a_place()
    settle(place, base, world, books, cost, investment, stock)
    margin, depreciation, result, paid, flow = books[2:]
    assert abs(margin - (taxes + grant + place.financial_income - 0.03 * loans - cost)) < CENT
    assert abs(result - (margin - depreciation)) < CENT
    assert abs(flow - (margin - paid)) < CENT
    change = stock - before
    assert abs(change[layout.S_CASH] - (flow + change[layout.S_LOANS])) < CENT
    assert abs(change[layout.S_ASSETS] - (paid - depreciation)) < CENT
    equity = change[layout.S_ASSETS] + change[layout.S_CASH] - change[layout.S_LOANS]
    assert abs(equity - result) < CENT
    assert abs(change[layout.S_SURPLUS] - result) < CENT
    assert stock[layout.S_LOANS] >= 0


def nominal(record: Floats, worlds: Floats, column: int) -> Floats:
    return record[:, :, column] * record[:, :, layout.POPULATION] * worlds[:, :, layout.W_PRICE]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_recorded_books_balance_in_every_life_year_and_posture(seed: int) -> None:
    rng = np.random.default_rng(seed)
    worlds = some_worlds(rng, 4, 12)
    lived = live(tuple(postures()), a_place(), calm_rates(12), worlds, some_effects(rng, 4))
    for identity in postures():
        record = lived[identity].record

        def euros(column: int, record: Floats = record) -> Floats:
            return nominal(record, worlds, column)

        result = euros(layout.RESULT)[:, 1:]
        margin = euros(layout.ANNUAL_MARGIN)[:, 1:]
        income = euros(layout.TAX_REVENUE)[:, 1:] + euros(layout.STATE_GRANT)[:, 1:]
        financial = 30 * a_place().population.sum() * worlds[:, 1:, layout.W_PRICE]
        interest = 0.03 * euros(layout.LOANS)[:, :-1]
        operating = income + financial - interest - euros(layout.NET_OPERATING_COST)[:, 1:]
        np.testing.assert_allclose(margin, operating, rtol=0, atol=CENT)
        np.testing.assert_allclose(result, margin - euros(layout.DEPRECIATION)[:, 1:], rtol=0, atol=CENT)
        net = euros(layout.FIXED_ASSETS) + euros(layout.CASH) - euros(layout.LOANS)
        np.testing.assert_allclose(np.diff(net, axis=1), result, rtol=0, atol=CENT)
        surplus = np.diff(euros(layout.ACCUMULATED_SURPLUS), axis=1)
        np.testing.assert_allclose(surplus, result, rtol=0, atol=CENT)
        flow = euros(layout.CASH_FLOW)[:, 1:]
        borrowed = np.diff(euros(layout.LOANS), axis=1)
        np.testing.assert_allclose(np.diff(euros(layout.CASH), axis=1), flow + borrowed, rtol=0, atol=CENT)


def test_equalisation_adds_nine_tenths_below_the_mean_and_takes_a_tenth_above() -> None:
    assert equalisation(1500.0, 2000.0, 0.9, 0.1) == 450.0
    np.testing.assert_allclose(equalisation(2600.0, 2000.0, 0.9, 0.1), -60.0)
    assert equalisation(2000.0, 2000.0, 0.9, 0.1) == 0.0
