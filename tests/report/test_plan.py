import csv
import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from framsyn.choose.chosen import Chosen, live_chosen
from framsyn.choose.own_figures import OwnFigures
from framsyn.choose.plan import Plan, plan_of
from framsyn.choose.plan_balance import Deficit
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.plan import CSV_COLUMNS, plan_csv, plan_document, print_plan
from framsyn.report.plan_words import balance_sentences, notes, strategy_name

EN = words("en")


@pytest.fixture(scope="module")
def chosen() -> Chosen:
    return live_chosen(municipality("Närpes"), "engaging", 6, 8, 1)


@pytest.fixture(scope="module")
def plan(chosen: Chosen) -> Plan:
    return plan_of(chosen, 2027)


def printed(plan: Plan, lang: str, width: int) -> list[str]:
    out = io.StringIO()
    print_plan(plan, "Engaging", words(lang), Console(file=out, width=width))
    return out.getvalue().splitlines()


def test_the_csv_has_a_row_for_each_cell_and_blanks_for_what_is_missing(plan: Plan) -> None:
    rows = list(csv.DictReader(io.StringIO(plan_csv(plan, EN))))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row["key"] for row in rows] == list(plan.cells)
    for row, cell in zip(rows, plan.cells.values(), strict=True):
        assert row["status"] == cell.status
        if cell.keur is None:
            assert (row["keur"], row["p10"], row["p90"]) == ("", "", "")
            assert row["reason"]
        else:
            assert float(row["keur"]) == pytest.approx(cell.keur, abs=5e-4)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100])
def test_the_table_fits_the_terminal(plan: Plan, lang: str, width: int) -> None:
    lines = printed(plan, lang, width)
    assert max(len(line.rstrip()) for line in lines) <= width
    text = "\n".join(lines)
    assert not re.search(r"\bnan\b", text, re.IGNORECASE)
    assert all(str(year) in text for year in plan.years.values())


def test_no_number_is_broken_in_a_narrow_table(plan: Plan) -> None:
    text = "\n".join(printed(plan, "en", 80))
    for column in ("prior_year", "budget", "plan_1", "plan_2"):
        assert EN.number(plan.cell("operating_expenses", column).keur or 0.0) in text


def test_every_mark_in_the_table_is_told_beneath_it(chosen: Chosen) -> None:
    own = OwnFigures({("result", "prior_year"): 5.0}, {"service_purchases": 0.3})
    told = notes(plan_of(chosen, 2027, own), EN)
    assert [one[0] for one in told] == list("¹²³⁴⁵")
    assert told[-1].startswith("⁵ Gross investment: The model knows net investment alone")


def test_the_sentences_follow_the_balance(plan: Plan) -> None:
    balance = replace(plan.balance, keur=100.0, in_surplus=90.0, standard_error=1.0, opening=None)
    text = " ".join(balance_sentences(replace(plan, balance=balance), EN))
    assert "is in balance or surplus: its results sum to 100 thousand euros" in text
    assert "must decide on measures" not in text
    assert "draw more worlds" not in text
    short = replace(balance, keur=-100.0, standard_error=80.0)
    text = " ".join(balance_sentences(replace(plan, balance=short), EN))
    assert "is in deficit: its results sum to −100 thousand euros" in text
    assert "must decide on measures" in text
    assert "±160 only" in text


def test_a_deficit_at_the_start_asks_for_measures_before_its_deadline(plan: Plan) -> None:
    opening = Deficit(2782.0, 2025, 2030, 45.0)
    text = " ".join(balance_sentences(replace(plan, balance=replace(plan.balance, opening=opening)), EN))
    assert "at the end of 2025, 2,782 thousand euros (estimate), must be covered by the end of 2030" in text
    assert "must name the measures" in text
    assert "covered by then in 45% of the worlds" in text


def test_a_municipality_with_an_act_of_its_own_is_told_so() -> None:
    plan = plan_of(live_chosen(municipality("Mariehamn"), "as_is", 4, 2, 1), 2027)
    assert plan.exempt
    assert balance_sentences(plan, EN)[0].startswith("Åland has a municipal act of its own")


def test_the_document_holds_every_cell(plan: Plan) -> None:
    document = plan_document(plan, EN)
    assert [one["key"] for one in document["cells"]] == list(plan.cells)
    assert document["balance"]["sum_keur"] == plan.balance.keur


def test_a_strategy_is_called_by_its_name_and_a_users_own_by_its_id() -> None:
    assert strategy_name("engaging", (), EN) == "Engaging vitality municipality"
    assert strategy_name("engaging", ("engaging",), EN) == "engaging"
    assert strategy_name("ours", ("ours",), EN) == "ours"
