import re

import pytest

from framsyn.i18n.translator import words
from framsyn.model.indicators import indicators
from framsyn.report.cells import Cells
from framsyn.report.page import render
from framsyn.report.statement import lines, statement
from framsyn.report.summary import summarise
from tests.report.made_futures import made_futures, no_history

EN = words("en")
MONEY = {
    "operating_income": 300,
    "operating_cost": 3100,
    "net_operating_cost": 2800,
    "tax_revenue": 2000,
    "income_tax": 1300,
    "corporate_tax": 250,
    "property_tax": 450,
    "state_grant": 1400,
    "financial_income": 80,
    "interest": 120,
    "annual_margin": 560,
    "depreciation": 380,
    "result": 180,
    "investment": 700,
    "cash_flow": -140,
}


def test_every_line_is_an_indicator() -> None:
    assert {line.id for line in lines()} <= set(indicators())


def test_the_lines_add_up_from_sum_to_sum() -> None:
    futures = made_futures(("lazy",), draws=3, years=2)
    for name, euros in MONEY.items():
        futures[f"{name}_per_resident"][:] = float(euros)
    parts = statement(Cells(summarise(futures), EN), [("lazy", 2027)])
    for _, rows in parts[:2]:
        running = 0.0
        for row in rows:
            value = float(row.values[0].replace("−", "-").replace(",", ""))
            if row.kind == "sum":
                assert value == pytest.approx(running), row.label
            elif row.kind == "item":
                running += value
    assert [heading for heading, _ in parts] == [
        "Income statement",
        "Cash flow statement",
        "At the end of the year",
    ]


def test_the_parts_of_the_taxes_add_up_to_them() -> None:
    kinds = {line.id: line.kind for line in lines() if line.part == "income"}
    assert [name for name, kind in kinds.items() if kind == "of_which" and "tax_per" in name] == [
        "income_tax_per_resident",
        "corporate_tax_per_resident",
        "property_tax_per_resident",
    ]


def test_accounts_are_means_since_medians_do_not_add_up() -> None:
    futures = made_futures(("lazy",), draws=4, years=1)
    futures["loans_per_resident"][0, :, 1] = [0.0, 0.0, 0.0, 1000.0]
    balance = statement(Cells(summarise(futures), EN), [("lazy", 2026)])[2][1]
    assert next(row for row in balance if row.label == "Loans").values == ["250"]


def test_what_is_not_known_is_a_dash() -> None:
    row = statement(Cells(summarise(made_futures(draws=3)), EN), [("lazy", 2025)])[1][1][0]
    assert (row.label, row.values) == ("Annual margin", ["–"])


def test_the_page_has_the_accounts_of_now_and_of_each_posture_and_by_year() -> None:
    text = render(made_futures(draws=3), no_history(), EN)
    rows = re.findall(r'<tr class="sum"><th scope="row">Cash flow of operations.*?</tr>', text)
    assert [row.count("<td>") for row in rows] == [6, *[8] * 5]
