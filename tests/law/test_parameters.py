import csv
from decimal import Decimal
from importlib.resources import files

import pytest

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.law.parameters import FILES, exempt_regions, value


def test_the_grant_percentages_reconcile_to_the_last_decimal() -> None:
    percentages = {
        int(row["from_year"]): Decimal(row["value"])
        for row in rows("framsyn.law", "grants.csv")
        if row["id"] == "state_grant_pct"
    }
    changes = rows("framsyn.law", "grant_percentage_changes.csv")
    for year in (2024, 2025, 2026):
        change = sum(Decimal(row["change_pp"]) for row in changes if row["year"] == str(year))
        assert percentages[year - 1] + change == percentages[year]


@pytest.mark.parametrize(
    ("year", "percent"),
    [(2016, 25.52), (2020, 25.46), (2022, 23.59), (2023, 22.09), (2024, 21.92), (2025, 25.02), (2026, 25.73)],
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
    with pytest.raises(FramsynError, match="2016"):
        value("state_grant_pct", 2015)


def test_every_parameter_has_unit_source_and_a_known_status() -> None:
    for file in FILES:
        text = files("framsyn.law").joinpath(file).read_text("utf-8")
        for row in csv.DictReader(text.splitlines(), strict=True):
            assert None not in row, row
            assert row["unit"], row
            assert row["source"], row
            assert row["status"] in {"in_force", "proposed", "indicative", "assumption"}, row
            assert row["set"] in {"yearly", "standing"}, row


def test_the_regions_that_the_reform_passed_by_are_data() -> None:
    assert exempt_regions() == {"21"}
