"""Why a figure is another under one policy than under another."""

from pathlib import Path

import numpy as np
import pytest

import framsyn
from framsyn.errors import FramsynError
from framsyn.evaluate.causes import DECISIONS, FEEDBACK
from framsyn.evaluate.comparison import explain_difference
from framsyn.evaluate.decisions import Decision, decisions, differ, mixed
from framsyn.evaluate.explanation import Explanation
from framsyn.foresee.postures import read_postures, shipped, strategy_of
from framsyn.model import layout
from framsyn.model.course import Phase, Strategy
from framsyn.model.rule import Rule
from framsyn.places.municipality import municipality

YEAR = 2032


def compared(
    name: str, indicator: str, posture: str, against: str, draws: int = 3, year: int = YEAR
) -> Explanation:
    return explain_difference(municipality(name), indicator, year, posture, against, draws=draws)


def amounts(explanation: Explanation) -> dict[str, float]:
    return {cause.id: cause.amount for cause in explanation.causes}


def rule(identity: str) -> Rule:
    return strategy_of(shipped()[identity])[0].rule


def same(one: Strategy, other: Strategy) -> bool:
    return len(one) == len(other) and all(
        first.first_year == second.first_year
        and all(
            np.array_equal(np.asarray(a), np.asarray(b)) for a, b in zip(first.rule, second.rule, strict=True)
        )
        for first, second in zip(one, other, strict=True)
    )


@pytest.mark.parametrize(
    ("name", "indicator", "posture", "against"),
    [
        ("Närpes", "loans_per_resident", "engaging", "given_up"),
        ("Puolanka", "population", "given_up", "as_is"),
        ("Mariehamn", "births", "as_is", "lazy"),
    ],
)
def test_the_causes_sum_to_the_difference_that_foresee_shows(
    name: str, indicator: str, posture: str, against: str
) -> None:
    found = compared(name, indicator, posture, against)
    futures = framsyn.foresee(municipality(name), (posture, against), years=YEAR - 2025, draws=3)
    shown = futures[indicator].sel(year=YEAR).mean("draw")
    assert found.value == pytest.approx(float(shown.sel(posture=posture)), rel=1e-9)
    assert found.base == pytest.approx(float(shown.sel(posture=against)), rel=1e-9)
    assert sum(amounts(found).values()) == pytest.approx(found.change, rel=1e-9, abs=1e-9)
    assert found.of_group(DECISIONS) + found.of_group(FEEDBACK) == pytest.approx(found.change, abs=1e-9)


def test_the_total_burden_is_loans_and_repair_debt_less_cash() -> None:
    burden, *parts = (
        compared("Närpes", indicator, "engaging", "given_up", draws=2).change
        for indicator in ("total_burden", "loans", "repair_debt", "cash")
    )
    assert burden == pytest.approx(parts[0] + parts[1] - parts[2])


def test_policies_that_differ_in_one_decision_differ_by_that_and_by_what_answers_to_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[plotted]\nbased_on = "as_is"\nhousing = 300\n', encoding="utf-8")
    found = explain_difference(
        municipality("Närpes"), "loans", YEAR, "plotted", "as_is", draws=3, known=read_postures(file)
    )
    shares = amounts(found)
    assert shares["land"] > 0.0
    for decision in decisions():
        if decision.cause.id != "land":
            assert shares[decision.cause.id] == 0.0


def test_policies_that_decide_alike_differ_by_nothing(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[alike]\nbased_on = "lazy"\n', encoding="utf-8")
    found = explain_difference(
        municipality("Närpes"), "loans", YEAR, "alike", "lazy", draws=2, known=read_postures(file)
    )
    assert set(amounts(found).values()) == {0.0}


def test_the_result_does_not_depend_on_the_number_of_threads_nor_a_draw_on_the_others() -> None:
    m = municipality("Närpes")
    first, second = (
        explain_difference(m, "result", 2028, "lazy", "engaging", draws=20, threads=threads)
        for threads in (1, 2)
    )
    assert amounts(first) == amounts(second)


def test_only_evidence_that_the_difference_answers_to_is_shown() -> None:
    found = {cause.id: cause for cause in compared("Närpes", "annual_margin", "lazy", "as_is").causes}
    assert "wear_to_depreciation" in {effect.id for effect in found["upkeep"].evidence}
    # Neither policy changes what integration costs, so nobody stays because of it.
    assert found["immigrants"].evidence == ()


def test_a_policy_is_not_compared_with_itself() -> None:
    with pytest.raises(FramsynError, match="named twice"):
        compared("Närpes", "loans", "lazy", "lazy")


def test_every_field_of_a_rule_belongs_to_one_decision() -> None:
    fields = [field for decision in decisions() for field in decision.fields]
    assert sorted(fields) == sorted([*Rule._fields, "engagement"])


def test_all_decisions_of_the_one_are_its_strategy_and_none_the_other() -> None:
    own = (Phase(0, rule("lazy")), Phase(2030, rule("engaging")))
    other = (Phase(0, rule("focused")),)
    assert same(mixed(own, other, decisions()), own)
    assert same(mixed(own, other, ()), (Phase(0, rule("focused")), Phase(2030, rule("focused"))))


def test_ambition_leaves_engagement_to_its_own_decision() -> None:
    services, engagement = (
        next(decision for decision in decisions() if decision.cause.id == identity)
        for identity in ("services", "engagement")
    )
    own, other = rule("engaging"), rule("lazy")

    def ambition(*taken: Decision) -> layout.Floats:
        return mixed((Phase(0, own),), (Phase(0, other),), taken)[0].rule.ambition

    everything_else = np.arange(layout.AREAS) != layout.PARTICIPATION
    assert np.array_equal(ambition(services)[everything_else], own.ambition[everything_else])
    assert ambition(services)[layout.PARTICIPATION] == other.ambition[layout.PARTICIPATION]
    assert ambition(engagement)[layout.PARTICIPATION] == own.ambition[layout.PARTICIPATION]
    assert np.array_equal(ambition(engagement)[everything_else], other.ambition[everything_else])


def test_a_decision_differs_where_any_year_does() -> None:
    own = (Phase(0, rule("lazy")), Phase(2030, rule("lazy")._replace(digital=99.0)))
    different = {one.cause.id for one in decisions() if differ(own, (Phase(0, rule("lazy")),), one)}
    assert different == {"digital"}
