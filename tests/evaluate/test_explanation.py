"""Why a number is what it is: the causes of real municipalities sum to the change."""

from pathlib import Path

import numpy as np
import pytest

import framsyn
from framsyn.errors import FramsynError
from framsyn.evaluate.behind import facts_told
from framsyn.evaluate.causes import DECISIONS, FEEDBACK, GROUPS, REST, causes, switched
from framsyn.evaluate.explanation import Explanation, explain_change
from framsyn.evaluate.reversion import expected_paths
from framsyn.evaluate.switches import changes_nothing, course_without, todays_levers, world_without
from framsyn.foresee.postures import read_postures, shipped, strategy_of
from framsyn.foresee.setting import prepare
from framsyn.law.parameters import Law
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.indicator_names import indicator_named
from framsyn.places.municipality import municipality
from framsyn.report.evidence_usage import usage

YEAR = 2032
CASES = [
    ("Närpes", "annual_margin", "lazy"),
    ("Sottunga", "loans_per_resident", "given_up"),
    ("Helsinki", "population", "engaging"),
    ("Puolanka", "deficit_uncovered", "given_up"),
    ("Kauniainen", "trust", "focused"),
    ("Mariehamn", "lever_saving", "lazy"),
    ("Lappajärvi", "quality_basic_education", "as_is"),
]


def explained(name: str, indicator: str, identity: str, draws: int = 3, year: int = YEAR) -> Explanation:
    return explain_change(municipality(name), indicator, year, identity, draws=draws)


def amounts(told: Explanation) -> dict[str, float]:
    return {one.id: one.amount for one in told.causes}


@pytest.mark.parametrize(("name", "indicator", "identity"), CASES)
def test_the_causes_sum_to_the_change_of_the_number_that_foresee_tells(
    name: str, indicator: str, identity: str
) -> None:
    told = explained(name, indicator, identity)
    futures = framsyn.foresee(municipality(name), (identity,), years=YEAR - told.base_year, draws=3)
    lived = futures[told.indicator.id].sel(posture=identity).mean("draw")
    assert told.base == pytest.approx(float(lived.sel(year=told.base_year)), rel=1e-12)
    assert told.value == pytest.approx(float(lived.sel(year=YEAR)), rel=1e-9, abs=1e-9)
    total = sum(amounts(told).values())
    assert total == pytest.approx(told.change, rel=1e-9, abs=1e-9)
    assert sum(told.of_group(group) for group in (*GROUPS, REST)) == pytest.approx(total, abs=1e-9)


def test_the_baseline_answers_to_no_difference_from_itself() -> None:
    told = explained("Närpes", "annual_margin", "as_is")
    # It keeps upkeep, land, integration, digitalisation, engagement and ambition as they are.
    kept = ("upkeep", "land", "integration", "digital", "engagement", "services")
    for same in (*kept, *(cause.id for cause in causes() if cause.beyond_baseline)):
        assert amounts(told)[same] == pytest.approx(0.0, abs=1e-9)


def test_decisions_move_no_people_where_nothing_answers_to_them() -> None:
    told = explained("Närpes", "population", "given_up")
    assert told.of_group(DECISIONS) + told.of_group(FEEDBACK) == pytest.approx(
        told.change - told.of_group("world"), abs=1e-6
    )
    assert amounts(told)["by_itself"] == pytest.approx(0.0, abs=1e-9)


def test_with_every_cause_off_services_and_taxes_stay_as_they_were() -> None:
    setting = prepare(municipality("Närpes"), 6)
    everything = list(switched())
    held = world_without(setting, setting.draw(range(2)), everything, expected_paths(setting))
    course = course_without(held.setting, strategy_of(shipped()["given_up"]), everything, held.ageing)
    reference = held.setting.live(
        held.drawn, course_without(held.setting, strategy_of(shipped()["as_is"]), everything, 0.0)
    )
    lives = held.setting.live(held.drawn, course, reference)
    for column in (
        layout.POPULATION,
        layout.INCOME_TAX,
        layout.STATE_GRANT,
        layout.JOBS,
        layout.UNEMPLOYMENT_RATE,
        layout.INCOME_TAX_RATE,
        layout.COST + layout.BASIC_EDUCATION,
        layout.LEVER_SAVING,
        layout.LEVER_ENGAGEMENT,
    ):
        assert lives[:, -1, column] == pytest.approx(lives[:, 0, column], rel=1e-9), column
    # What goes on by itself: building programmes end, loans add up.
    assert np.all(lives[:, -1, layout.LOANS] != lives[:, 0, layout.LOANS])


def test_levers_as_today_are_those_with_which_a_life_begins() -> None:
    place = prepare(municipality("Närpes"), 1).place
    levers = todays_levers(place)
    assert levers[layout.TAX_RATE] == place.income_tax_rate
    assert levers[layout.ENGAGEMENT] == pytest.approx(
        place.costs[layout.PARTICIPATION] / place.population.sum()
    )
    assert levers[layout.AIM_EARLY : layout.ENGAGEMENT].tolist() == [1.0] * layout.ENGAGEMENT
    assert levers[layout.PLANNING] == 1.0
    assert levers[layout.INTEGRATION] == levers[layout.HOUSING] == 0.0


def test_what_a_posture_keeps_as_it_is_changes_nothing() -> None:
    place = prepare(municipality("Närpes"), 1).place

    def idle(identity: str) -> set[str]:
        return {one.id for one in switched() if changes_nothing(one, strategy_of(shipped()[identity]), place)}

    assert idle("as_is") == {"services", "upkeep", "land", "integration", "digital", "engagement"}
    assert idle("given_up") == {"services", "land", "integration"}
    assert idle("lazy") == {"integration"}


def test_only_evidence_that_the_number_answers_to_is_told() -> None:
    told = {one.id: one for one in explained("Närpes", "annual_margin", "lazy").causes}
    # It changes nothing of integration, so what that does to immigrants is no evidence for its margin.
    assert told["immigrants"].evidence == ()
    assert "remanence_next_year" in {effect.id for effect in told["size"].evidence}


def test_law_and_facts_come_with_status_and_source() -> None:
    told = {one.id: one for one in explained("Närpes", "state_grant", "as_is").causes}
    rules = {one.now.id: one for one in told["state"].law}
    assert rules["state_grant_pct"].now.source
    assert rules["state_grant_pct"].now.carried
    assert rules["state_grant_pct"].then is not None
    assert told["costs"].parameters[0].status == "assumed"
    assert {one.id for one in told["state"].facts} == {"state_grant_eur", "corporate_tax_eur"}


def test_grant_law_is_not_told_of_a_self_governing_region() -> None:
    told = {one.id: one for one in explained("Mariehamn", "state_grant", "as_is").causes}
    assert not any(one.now.id.startswith(("state_grant", "equalisation")) for one in told["state"].law)
    assert any(one.now.id == "corporate_tax_pct" for one in told["state"].law)


def test_the_result_does_not_depend_on_the_number_of_threads() -> None:
    m = municipality("Närpes")
    one = explain_change(m, "result", 2028, "lazy", draws=30, threads=1)
    two = explain_change(m, "result", 2028, "lazy", draws=30, threads=2)
    assert amounts(one) == amounts(two)


def test_a_posture_of_ones_own_and_an_edited_law_are_explained(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[frugal]\nbased_on = "as_is"\ndigital = 0\n', encoding="utf-8")
    known = read_postures(file)
    Law.copy_to(tmp_path / "law")
    m = municipality("Närpes")
    told = explain_change(m, "result", 2028, "frugal", draws=2, known=known, law=Law.open(tmp_path / "law"))
    assert amounts(told)["digital"] > 0.0


@pytest.mark.parametrize("year", [2025, 1999, 2076])
def test_a_year_outside_the_fifty_after_the_base_year_is_refused(year: int) -> None:
    with pytest.raises(FramsynError, match=r"year|Years"):
        explained("Närpes", "result", "lazy", year=year)


def test_an_unknown_indicator_is_refused_with_the_nearest() -> None:
    with pytest.raises(FramsynError, match="annual_margin"):
        indicator_named("anual_margin")
    with pytest.raises(FramsynError, match="framsyn indicators"):
        indicator_named("qqqqqq")


def test_an_indicator_is_found_with_and_without_its_ending() -> None:
    assert indicator_named("loans") == indicator_named("loans_per_resident")


def test_a_flow_of_people_that_the_base_year_lacks_is_refused() -> None:
    with pytest.raises(FramsynError, match="births is not known in the base year"):
        explained("Närpes", "births", "lazy", draws=1)


def test_every_coefficient_of_the_model_stands_behind_a_cause() -> None:
    told = {identity for cause in causes() for identity in cause.evidence}
    assert told == set(COEFFICIENTS)
    assert told <= set(usage())


def test_every_parameter_law_and_fact_of_the_causes_is_there() -> None:
    m = municipality("Närpes")
    told = explain_change(m, "result", 2026, draws=1)
    law = Law.standing()
    for cause, found in zip(causes(), told.causes, strict=True):
        assert len(found.parameters) == len(cause.parameters)
        assert all(law.history(identity) for identity in cause.law)
        assert len(found.facts) == sum(len(facts_told(fact)) for fact in cause.facts)


def test_the_facts_of_every_area_are_not_those_of_the_income_tax() -> None:
    assert "income_culture" in facts_told("income_*")
    assert not any("tax" in fact for fact in facts_told("income_*"))
