import numpy as np
import pytest

from framsyn.errors import FramsynError
from framsyn.law.parameters import Law
from framsyn.law.path import Carried, LawPath, law_path

RESIDENTS = 5_652_881.0


def path_of_2025() -> tuple[LawPath, tuple[Carried, ...]]:
    """The rules of 2025 and six years more."""
    return law_path(Law.standing(), 2025, 6, RESIDENTS)


def test_the_rules_by_year_by_hand() -> None:
    path, _ = path_of_2025()
    assert path.grant_share == pytest.approx([0.2502, *[0.2573] * 6])
    assert path.fixed_term.tolist() == [-11.57, -15.31, -11.57, 0.0, 0.0, 0.0, 0.0]
    assert path.decided == pytest.approx(np.array([0.0, -75e6, *[-226e6] * 5]) / RESIDENTS)
    assert path.cover_years.tolist() == [4.0] * 7
    assert path.equalisation_added.tolist() == [0.9] * 7
    assert path.equalisation_deducted.tolist() == [0.1] * 7
    assert path.mean_income_tax_rate.tolist() == [7.54, *[7.57] * 6]
    assert path.limits.tolist() == [1000.0, 500.0, 0.8, 2.0, 1.5, 0.8, 8.0]


def test_the_cut_of_the_corporate_tax_rate_is_compensated_by_the_share() -> None:
    path, _ = path_of_2025()
    by_hand = [23.65, 22.90, 23.05, 23.23, 23.28, 23.36, 23.36]
    assert path.corporate_factor == pytest.approx(np.array(by_hand) / 23.65, rel=3e-4)


def test_a_rule_not_known_for_the_last_year_is_said_to_be_carried() -> None:
    _, carried = path_of_2025()
    assert carried == (
        Carried("state_grant_pct", 2026, 25.73, "percent", "proposed", "carried_proposed"),
        Carried("income_tax_mean_pct", 2026, 7.57, "percent", "indicative", "carried_indicative"),
    )


def test_decisions_are_shared_by_as_few_residents_as_there_are() -> None:
    path, _ = law_path(Law.standing(), 2025, 1, 0.5)
    assert path.decided.tolist() == [0.0, -150e6]


def test_what_is_known_to_the_last_year_is_not_said_to_be_carried() -> None:
    _, carried = law_path(Law.standing(), 2025, 1, RESIDENTS)
    assert carried == ()


def test_a_path_of_no_years_is_the_base_year_alone() -> None:
    path, _ = law_path(Law.standing(), 2025, 0, RESIDENTS)
    assert all(len(values) == 1 for values in path[:-1])
    assert path.decided.tolist() == [0.0]
    assert path.corporate_factor.tolist() == [1.0]


@pytest.mark.parametrize("base", range(2015, 2027))
def test_every_base_year_from_2015_has_finite_rules(base: int) -> None:
    path, _ = law_path(Law.standing(), base, 20, RESIDENTS)
    assert all(np.isfinite(values).all() for values in path)
    assert path.decided[0] == 0.0
    assert path.corporate_factor[0] == pytest.approx(1.0)


def test_limits_are_those_of_the_year_after_the_base_year() -> None:
    former, _ = law_path(Law.standing(), 2020, 1, RESIDENTS)
    current, _ = law_path(Law.standing(), 2021, 1, RESIDENTS)
    assert former.limits[2:4].tolist() == [0.0, 1.0]
    assert current.limits[2:4].tolist() == [0.8, 2.0]


@pytest.mark.parametrize(("years", "residents"), [(-1, RESIDENTS), (5, 0.0), (5, float("nan"))])
def test_a_path_that_cannot_be_is_refused(years: int, residents: float) -> None:
    with pytest.raises(FramsynError) as error:
        law_path(Law.standing(), 2025, years, residents)
    assert str(error.value) == (
        "A path of law takes 0 years or more and residents above 0, not " + f"{years} and {residents}."
    )


def test_a_base_year_before_the_rules_is_refused() -> None:
    with pytest.raises(FramsynError, match="is known from 201"):
        law_path(Law.standing(), 2010, 5, RESIDENTS)
