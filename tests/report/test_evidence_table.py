import io
import json

import pytest
from rich.console import Console

from framsyn.evidence.register import Effect, effect, effects
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.report.evidence_table import (
    MEANINGS,
    as_json,
    bounds,
    lag,
    letter,
    picture,
    print_effect,
    print_evidence,
    size,
)
from framsyn.report.terminal import WIDTH
from tests.for_each import for_each

EN = words("en")


def printed(told: Effect | tuple[Effect, ...], lang: str = "en", width: int = WIDTH) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width)
    if isinstance(told, Effect):
        print_effect(told, words(lang), console)
    else:
        print_evidence(told, words(lang), console)
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_holds_every_id_unfolded_in_at_most_100_columns(lang: str) -> None:
    told = printed(effects(), lang)
    lines = [line.strip() for line in told.splitlines()]
    for one in effects():
        assert any(line.split()[:1] == [one.id] for line in lines), one.id
    assert max(map(len, told.splitlines())) <= WIDTH


def test_a_narrow_terminal_folds_and_cuts_nothing_off() -> None:
    one = effect("municipal_income_tax_to_house_prices")
    table = printed((one,), width=60).split("\nA: ")[0]
    assert set(f"{one.cause} → {one.effect} {one.unit}".split()) <= set(table.split())
    assert max(map(len, table.splitlines())) <= 60


def test_the_table_says_where_an_effect_is_used_or_why_it_is_not() -> None:
    told = printed((effect("unemployment_to_in_flow"), effect("remote_work_to_rural_net_migration")))
    assert "used by" in told
    assert "moves.write_moves" in told
    assert "not used: no lever moves it" in told


def test_the_table_ends_with_what_the_letters_mean() -> None:
    told = printed((effect("tax_to_moves"),))
    for strength, meaning in MEANINGS.items():
        assert f"{strength}: {meaning}" in told


def test_a_card_tells_all_that_the_register_holds() -> None:
    one = effect("village_school_closure_to_population")
    told = " ".join(printed(one).split())
    for part in (
        one.id,
        one.cause,
        one.effect,
        "−3 (−8 to 0) % over ten years",
        "at most 0",
        "6–10",
        "B: causal design elsewhere",
        "DK",
        one.source,
        one.note,
        "no: it rests on other studies or on judgement",
        "Moves and births",
        "moves.write_moves",
    ):
        assert part in told


def test_a_card_shows_where_an_effect_ends_and_its_median_in_every_school_of_thought() -> None:
    told = " ".join(printed(effect("homes_additional_tight")).split())
    for part in (
        "at most 0.8 of those housed",
        "Land, homes and prices",
        "S0 0.15: Local policy hardly matters",
        "S1 0.50: What the evidence says",
        "S2 0.65: One thing feeds another",  # 1.3 × 0.5
    ):
        assert part in told


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        ("jobs_to_in_flow", "yes, estimated on Finnish data"),
        ("tax_to_net_short_moves", "only bounded by Finnish data"),
        ("supply_elasticity", "no: it rests on other studies or on judgement"),
    ],
)
def test_a_card_says_whether_data_tell_the_size(identity: str, told: str) -> None:
    assert told in " ".join(printed(effect(identity)).split())


def test_an_effect_of_unknown_size_has_no_median_in_any_school() -> None:
    assert "S0" not in printed(effect("plant_closure_to_mobility"))


@for_each(effects(), lambda one: one.id)
def test_every_effect_has_a_card(one: Effect) -> None:
    told = printed(one)
    assert "nan" not in told.split()
    assert "None" not in told
    assert ("├" in told) == (one.distribution == "split-normal")


def test_a_prior_is_drawn_with_its_median_where_it_lies() -> None:
    one = effect("municipal_income_tax_to_house_prices")
    above, bar, below = picture(one, EN, 15).splitlines()
    assert above == "10%    50%  90%"
    assert bar == "├───────●─────┤"
    assert below == "−8     −4    −1"


def test_texts_under_a_bar_never_lie_on_each_other() -> None:
    for one in effects():
        if one.distribution == "split-normal":
            above, bar, below = picture(one, EN).splitlines()
            assert len(above) == len(bar) == len(below)
            assert len(above.split()) == len(below.split()) == 3


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        ("unemployment_gap_to_in_migration", "−0.12 (−0.30 to −0.03)"),
        ("population_growth_to_house_prices", "0.20 (0.10–0.35)"),
        ("eu_objective1_to_gdp", "1.0 (0.5–1.5)"),
        ("wind_power_to_local_jobs_other", "0.0–0.5"),
        ("plant_closure_to_mobility", "–"),
        ("building_cost_of_place", "40,000 (30,000–55,000)"),
        ("domestic_tax_rate_to_emigration", "0.001"),
    ],
)
def test_a_size_is_told_as_far_as_it_is_known(identity: str, told: str) -> None:
    assert size(effect(identity), EN) == told


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        ("village_school_closure_to_population", "6–10"),
        ("job_loss_to_moving", "1"),
        ("rail_to_wages", "at most 10"),
        ("merger_to_total_spending", "–"),
    ],
)
def test_a_lag_is_told_as_far_as_it_is_known(identity: str, told: str) -> None:
    assert lag(effect(identity), EN) == told


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        ("job_loss_to_moving", "at least 1"),
        ("village_school_closure_to_population", "at most 0"),
        ("refugee_retention_3_years", "0–1"),
        ("tax_to_moves", "–"),
    ],
)
def test_bounds_are_told_where_there_are_any(identity: str, told: str) -> None:
    assert bounds(effect(identity), EN) == told


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        ("tax_to_moves", "0 (A)"),
        ("job_loss_to_moving", "A"),
        ("tradable_job_to_local_service_jobs", "B (A/B)"),
        ("digital_return", "assumption"),
    ],
)
def test_the_design_is_told_where_its_letter_is_another(identity: str, told: str) -> None:
    assert letter(effect(identity), EN) == told


def test_json_of_all_is_a_list_with_the_columns_of_the_register() -> None:
    told = json.loads(as_json(effects()))
    assert [one["id"] for one in told] == [one.id for one in effects()]
    unknown = next(one for one in told if one["id"] == "plant_closure_to_mobility")
    assert (unknown["median"], unknown["lag_years_min"], unknown["usable"]) == (None, None, False)


def test_json_of_one_is_an_object_with_its_uses() -> None:
    told = json.loads(as_json(effect("village_school_closure_to_population")))
    assert (told["median"], told["lag_years_min"], told["lag_years_max"]) == (-3.0, 6, 10)
    assert told["used_by"] == ["moves.write_moves"]
