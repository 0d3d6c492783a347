import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.foresee.postures import postures
from framsyn.model import coefficients, finance, layout
from framsyn.model.finance import close_books, equalisation
from framsyn.model.layout import WORLD_COLUMNS, Floats
from framsyn.model.life import Draw
from framsyn.model.start import new_life

from .lives import (
    a_place,
    calm_rates,
    calm_worlds,
    live,
    median_effects,
    some_effects,
    some_starts,
    some_worlds,
)

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
    sales=st.floats(0, 1e7),
    assets=st.floats(1e7, 1e9),
    merged=st.booleans(),
)
def test_income_statement_cash_flow_and_balance_sheet_tie_out_to_the_cent(
    taxes: float,
    grant: float,
    cost: float,
    investment: float,
    loans: float,
    cash: float,
    sales: float,
    assets: float,
    merged: bool,
) -> None:
    life = new_life(1)
    base, stock, books = life.base, life.stock, life.books
    base[:] = 1.0
    base[layout.B_COST] = cost
    stock[layout.S_LOANS], stock[layout.S_CASH], stock[layout.S_ASSETS] = loans, cash, assets
    stock[layout.S_MERGED] = float(merged)
    before = stock.copy()
    books[finance.INCOME_TAX_BOOKED], books[finance.GRANT_BOOKED] = taxes, grant
    books[finance.NET_BOOKED], books[finance.INVESTMENT_BOOKED] = cost, investment
    books[finance.SALES_BOOKED] = sales
    world = np.ones(WORLD_COLUMNS)
    world[layout.W_INTEREST] = 0.03
    place = a_place()
    world[layout.W_ONE_OFF] = 12.0
    people = float(place.population.sum())
    draw = Draw(world[None], median_effects(1)[0], some_starts(1)[0], np.zeros((1, layout.INDICATORS)))
    close_books(0, place, draw, loans, people, life)
    margin, depreciation, result, paid, sold, flow = books[finance.MARGIN_BOOKED :]
    rate = 0.03 + 0.0002 * max(0.0, min(loans / people, 11_900.0) - 7000.0) / 1000.0
    assert abs(margin - (taxes + grant + place.financial_income + 12.0 * people - rate * loans - cost)) < CENT
    assert abs(result - (margin - depreciation)) < CENT
    assert (paid, sold) == (investment, sales)
    assert abs(flow - (margin - paid + sold)) < CENT
    carried = -flow if merged and flow < 0.0 else 0.0
    change = stock - before
    assert abs(change[layout.S_CASH] - (flow + carried + change[layout.S_LOANS])) < CENT
    assert abs(change[layout.S_ASSETS] - (paid - sold - depreciation)) < CENT
    equity = change[layout.S_ASSETS] + change[layout.S_CASH] - change[layout.S_LOANS]
    assert abs(equity - (result + carried)) < CENT
    assert abs(change[layout.S_SURPLUS] - result) < CENT
    assert stock[layout.S_CASH] >= 0
    assert stock[layout.S_LOANS] >= 0


def nominal(record: Floats, worlds: Floats, column: int) -> Floats:
    return record[:, :, column] * record[:, :, layout.POPULATION] * worlds[:, :, layout.W_PRICE]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_recorded_books_balance_in_every_life_year_and_posture(seed: int) -> None:
    rng = np.random.default_rng(seed)
    worlds = some_worlds(rng, 4, 12)
    drawn = some_effects(rng, 4)
    lived = live(tuple(postures()), a_place(), calm_rates(12), worlds, drawn)
    spread = drawn[:, [coefficients.INTEREST_SPREAD]] / 100.0
    for identity in postures():
        record = lived[identity].record

        def euros(column: int, record: Floats = record) -> Floats:
            return nominal(record, worlds, column)

        result = euros(layout.RESULT)[:, 1:]
        margin = euros(layout.ANNUAL_MARGIN)[:, 1:]
        interest = euros(layout.INTEREST)[:, 1:]
        loans = euros(layout.LOANS)[:, :-1]
        real = loans / record[:, 1:, layout.POPULATION] / worlds[:, 1:, layout.W_PRICE]
        real = np.minimum(real, drawn[:, [coefficients.LOAN_CEILING]])
        rate = 0.03 + spread * np.maximum(0.0, real - a_place().mean_group_loans) / 1000.0
        np.testing.assert_allclose(interest, rate * loans, rtol=0, atol=CENT)
        taxes = sum(
            euros(one)[:, 1:] for one in (layout.INCOME_TAX, layout.CORPORATE_TAX, layout.PROPERTY_TAX)
        )
        np.testing.assert_allclose(euros(layout.TAX_REVENUE)[:, 1:], taxes, rtol=0, atol=CENT)
        received = taxes + euros(layout.STATE_GRANT)[:, 1:] + euros(layout.FINANCIAL_INCOME)[:, 1:]
        net = euros(layout.OPERATING_COST) - euros(layout.OPERATING_INCOME)
        np.testing.assert_allclose(euros(layout.NET_OPERATING_COST), net, rtol=0, atol=CENT)
        areas = sum(euros(layout.COST + area) for area in range(layout.AREAS))
        np.testing.assert_allclose(areas, net, rtol=0, atol=CENT)
        np.testing.assert_allclose(margin, received - interest - net[:, 1:], rtol=0, atol=CENT)
        np.testing.assert_allclose(result, margin - euros(layout.DEPRECIATION)[:, 1:], rtol=0, atol=CENT)
        flow = euros(layout.CASH_FLOW)[:, 1:]
        spent = euros(layout.INVESTMENT)[:, 1:] - euros(layout.ASSET_SALES)[:, 1:]
        np.testing.assert_allclose(flow, margin - spent, rtol=0, atol=CENT)
        carried = np.where(record[:, :-1, layout.MERGED] > 0.0, np.maximum(0.0, -flow), 0.0)
        equity = euros(layout.FIXED_ASSETS) + euros(layout.CASH) - euros(layout.LOANS)
        np.testing.assert_allclose(np.diff(equity, axis=1), result + carried, rtol=0, atol=CENT)
        surplus = np.diff(euros(layout.ACCUMULATED_SURPLUS), axis=1)
        np.testing.assert_allclose(surplus, result, rtol=0, atol=CENT)
        borrowed = np.diff(euros(layout.LOANS), axis=1)
        cash = np.diff(euros(layout.CASH), axis=1)
        np.testing.assert_allclose(cash, flow + carried + borrowed, rtol=0, atol=CENT)
        assert (record[:, :, [layout.LOANS, layout.CASH]] >= 0.0).all()


def test_equalisation_adds_nine_tenths_below_the_mean_and_takes_a_tenth_above() -> None:
    assert equalisation(1500.0, 2000.0, 0.9, 0.1) == 450.0
    np.testing.assert_allclose(equalisation(2600.0, 2000.0, 0.9, 0.1), -60.0)
    assert equalisation(2000.0, 2000.0, 0.9, 0.1) == 0.0


def test_a_deficit_that_is_not_covered_in_time_meets_criterion_a_in_the_year_after_the_deadline() -> None:
    place = a_place(accumulated_surplus=-100.0 * a_place().population.sum())
    pins = {layout.TAX_RATE: 8.4} | {layout.AMBITION + area: 1.0 for area in range(layout.AREAS)}
    pins |= {layout.ENGAGEMENT: 5.0}
    worlds = calm_worlds(1, 9)
    record = live((), place, calm_rates(9), worlds, median_effects(1), pins)["as_is"].record[0]
    assert (record[:, layout.ACCUMULATED_SURPLUS] < 0).all()
    np.testing.assert_array_equal(record[:, layout.DEFICIT_YEARS], np.arange(1.0, 11.0))
    # The deficit of year 0 must be covered by the end of year 0 + 1 + 4 = 5, the sixth year with a deficit.
    np.testing.assert_array_equal(record[:, layout.DEFICIT_UNCOVERED], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])


def test_a_large_deficit_two_years_in_a_row_meets_criterion_b_at_once() -> None:
    place = a_place(accumulated_surplus=-1500.0 * a_place().population.sum())
    record = live((), place, calm_rates(3), calm_worlds(1, 3), median_effects(1))["as_is"].record[0]
    assert record[1, layout.ACCUMULATED_SURPLUS] < -1000
    assert record[0, layout.DEFICIT_TOO_LARGE] == 0.0
    assert record[1, layout.DEFICIT_TOO_LARGE] == 1.0


def test_the_four_limits_count_only_when_met_two_years_in_a_row() -> None:
    people = a_place().population.sum()
    place = a_place(
        income_tax_rate=10.5,
        grant_other=-200.0 * people,
        group_loans=16_000.0 * people,
        loans=9000.0 * people,
    )
    pins = {layout.TAX_RATE: 10.5} | {layout.AMBITION + area: 1.3 for area in range(layout.AREAS)}
    pins |= {layout.ENGAGEMENT: 5.0}
    record = live((), place, calm_rates(4), calm_worlds(1, 4), median_effects(1), pins)["as_is"].record[0]
    assert (record[1:, layout.ANNUAL_MARGIN] < 0).all()
    np.testing.assert_array_equal(record[:, layout.FOUR_LIMITS], [0, 0, 1, 1, 1])
