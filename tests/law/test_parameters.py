import csv
from decimal import Decimal
from importlib.resources import files

import pytest

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.law.parameters import FILES, Law, Parameter, exempt_regions, value

#: Years whose every change is published, so that the sum is a check; in the others a row takes the rest.
ITEMISED = (2018, 2021, 2024, 2025, 2026)


def test_the_grant_percentages_reconcile_to_the_last_decimal() -> None:
    percentages = {
        int(row["from_year"]): Decimal(row["value"])
        for row in rows("framsyn.law", "grants.csv")
        if row["id"] == "state_grant_pct"
    }
    changes = rows("framsyn.law", "grant_percentage_changes.csv")
    assert set(range(2016, 2027)) <= set(percentages)
    # No decomposition of the reform between 2022 and 2023 is published.
    for year in {*range(2017, 2027)} - {2023}:
        of_year = [row for row in changes if row["year"] == str(year)]
        assert percentages[year - 1] + sum(Decimal(row["change_pp"]) for row in of_year) == percentages[year]
        itemised = all(row["status"] in ("in_force", "proposed") for row in of_year)
        assert itemised == (year in ITEMISED), year


@pytest.mark.parametrize(
    ("year", "percent"),
    [
        (2016, 25.52),
        (2018, 25.34),
        (2021, 25.67),
        (2022, 23.59),
        (2023, 22.09),
        (2024, 21.92),
        (2025, 25.02),
        (2026, 25.73),
    ],
)
def test_the_grant_percentage_of_a_known_year_is_not_carried(year: int, percent: float) -> None:
    found = value("state_grant_pct", year)
    assert found.value == percent
    assert not found.carried


def test_a_later_year_carries_the_last_known_percentage_and_says_so() -> None:
    found = value("state_grant_pct", 2027)
    assert (found.value, found.from_year, found.carried) == (25.73, 2026, True)


def test_a_standing_rule_is_not_said_to_be_carried() -> None:
    found = value("deficit_cover_years", 2030)
    assert found.value == 4
    assert not found.carried


def test_an_unknown_parameter_names_the_known_ones() -> None:
    with pytest.raises(FramsynError, match="state_grant_pct"):
        value("state_grant_percent", 2025)


def test_a_year_before_the_first_value_is_refused() -> None:
    with pytest.raises(FramsynError, match="2015"):
        value("state_grant_pct", 2014)


def test_every_parameter_has_unit_source_and_a_known_status() -> None:
    for file in FILES:
        text = files("framsyn.law").joinpath(file).read_text("utf-8")
        for row in csv.DictReader(text.splitlines(), strict=True):
            assert None not in row, row
            assert row["unit"], row
            assert row["source"], row
            assert row["status"] in {"in_force", "proposed", "indicative", "assumption"}, row
            assert row["set"] in {"yearly", "standing"}, row


@pytest.mark.parametrize(
    ("identity", "year", "expected", "status"),
    [
        ("assessment_margin_to_depreciation", 2021, 0.0, "in_force"),
        ("assessment_margin_to_depreciation", 2022, 0.8, "in_force"),
        ("assessment_tax_above_mean_pp", 2021, 1.0, "in_force"),
        ("assessment_tax_above_mean_pp", 2022, 2.0, "in_force"),
        ("assessment_debt_to_mean", 2021, 1.5, "in_force"),
        ("assessment_relative_indebtedness_pct", 2021, 50.0, "in_force"),
        ("assessment_instalment_years", 2026, 8.0, "indicative"),
        ("deficit_cover_extension_years", 2025, 2.0, "in_force"),
        ("deficit_cover_extension_years", 2026, 0.0, "in_force"),
        ("fixed_term_per_resident_eur", 2026, -15.31, "proposed"),
        ("fixed_term_per_resident_eur", 2027, -11.57, "in_force"),
        ("fixed_term_per_resident_eur", 2040, 0.0, "in_force"),
        ("equalisation_added_share", 2022, 0.8, "in_force"),
        ("equalisation_added_share", 2023, 0.9, "indicative"),
        ("equalisation_deducted_share", 2022, 0.3, "in_force"),
        ("corporate_tax_pct", 2027, 18.0, "proposed"),
        ("corporate_tax_municipal_share_pct", 2025, 23.65, "in_force"),
        ("property_tax_land_min_pct", 2023, 0.93, "in_force"),
        ("property_tax_land_min_pct", 2024, 1.3, "in_force"),
        ("property_tax_power_max_pct", 2026, 3.1, "indicative"),
        ("price_sami_eur", 2022, 2875.5, "in_force"),
        ("price_sami_eur", 2025, 2875.5, "indicative"),
        ("decision_social_assistance_eur", 2030, -121e6, "proposed"),
    ],
)
def test_a_rule_has_the_value_and_the_mark_of_its_year(
    identity: str, year: int, expected: float, status: str
) -> None:
    found = value(identity, year)
    assert (found.value, found.status) == (expected, status)


def test_the_decisions_of_2027_sum_to_what_the_draft_budget_tells_beside_the_index() -> None:
    decisions = [
        value(identity, 2027).value for identity in Law.standing().ids() if identity.startswith("decision_")
    ]
    assert sum(decisions) == -226e6
    assert sum(decisions) + 114e6 == pytest.approx(-110e6, abs=5e6)


def test_the_decree_s_age_prices_hold_health_and_social_care_until_2022() -> None:
    law = Law.standing()
    before, after = law.age_prices(2022), law.age_prices(2023)
    assert before[[0, 6, 7, 13, 16, 19, 65, 75, 85, 100]].tolist() == [
        *(9713.30, 10305.71, 8596.30, 14733.47, 4728.28),
        *(1157.20, 2306.18, 6457.36, 22359.23, 22359.23),
    ]
    assert before[:16].tolist() == after[:16].tolist()
    assert {one.status for one in law.classes(2022)} == {"in_force"}
    assert {one.status for one in law.classes(2026)} == {"indicative", "assumption"}


def test_the_regions_that_the_reform_passed_by_are_data() -> None:
    assert exempt_regions() == {"21"}


def test_a_shipped_parameter_is_told_with_its_source_and_note() -> None:
    assert value("state_grant_pct", 2016) == Parameter(
        "state_grant_pct",
        2016,
        2016,
        25.52,
        "percent",
        "in_force",
        "HE 37/2015",
        "Act 618/2021 §§ 5 and 21; its forerunner before 2023",
        carried=False,
    )
