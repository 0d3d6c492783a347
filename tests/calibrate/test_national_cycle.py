from pathlib import Path

import pytest

from framsyn.calibrate.national_cycle import cycle_and_corporate_tax, depression, national_logits
from framsyn.datafile import rows
from framsyn.foresee.economy_draws import economic_parameters
from framsyn.places.tables import Tables


@pytest.fixture(scope="module")
def tables(data_folder: Path) -> Tables:
    return Tables.open(data_folder)


def test_unemployment_rose_by_sixteen_points_in_three_years_of_the_1990s(tables: Tables) -> None:
    logits = national_logits(tables)
    rates = {year: 100.0 / (1.0 + 2.718281828 ** -logits[year]) for year in (1990, 1993)}
    assert rates[1990] == pytest.approx(5.7, abs=0.05)
    assert rates[1993] == pytest.approx(22.2, abs=0.05)


def test_depressions_are_drawn_as_deep_and_lasting_as_that_of_the_1990s(tables: Tables) -> None:
    found, p = depression(tables), economic_parameters()
    assert p["depression_size"] == pytest.approx(found.depth, abs=0.06)
    assert p["depression_persistence"] == pytest.approx(found.persistence, abs=0.03)
    assert p["depression_build_years"] == found.years


def test_corporate_tax_is_drawn_with_the_cycle_as_it_has_gone(tables: Tables) -> None:
    table = {
        (row["first"], row["second"]): float(row["value"])
        for row in rows("framsyn.foresee", "world_correlations.csv")
    }
    assert table["cycle", "corporate"] == pytest.approx(cycle_and_corporate_tax(tables), abs=0.02)
