import io
from pathlib import Path

import numpy as np
from rich.console import Console

from framsyn.i18n.translator import words
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality
from framsyn.report.history import history_of
from framsyn.report.terminal import WIDTH, print_bundle, print_municipalities

MADE = Bundle(
    {
        "code": np.array(["005", "545"]),
        "name_fi": np.array(["Alajärvi", "Närpiö"]),
        "name_sv": np.array(["", "Närpes"]),
        "name_en": np.array(["", ""]),
        "region_fi": np.array(["Etelä-Pohjanmaa", "Pohjanmaa"]),
        "region_sv": np.array(["Södra Österbotten", "Österbotten"]),
        "region_en": np.array(["", ""]),
        "population": np.full((2, 2, 101), 25.0),
        "history_years": np.array([2022, 2023], dtype=np.int32),
        "history_population": np.array([[1.0, np.nan], [9500.0, np.nan]]),
        "finance_years": np.array([2019], dtype=np.int32),
        "offence_years": np.array([2020], dtype=np.int32),
        "history_offences": np.array([[17.0], [18.0]], dtype=np.float32),
        "history_annual_margin": np.array([[1.0], [412.0]]),
        "history_loans": np.array([[2.0], [3140.0]]),
    },
    {
        "lacking": {"components": "local levels"},
        "notes": ["births are assumed"],
        "base_year": 2025,
        "content": "abcd1234",
    },
)


def _console() -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=WIDTH), out


def test_municipalities_are_listed_by_the_reader_s_name_with_the_others_beside() -> None:
    console, out = _console()
    print_municipalities([Municipality(0, MADE), Municipality(1, MADE)], words("sv"), console)
    line = next(line for line in out.getvalue().splitlines() if "545" in line)
    assert line.split() == ["545", "Närpes", "Närpiö", "Österbotten", "5", "050"]
    assert "Alajärvi" in out.getvalue()


def test_a_bundle_is_told_by_what_it_holds() -> None:
    console, out = _console()
    print_bundle(MADE, Path("x.bundle"), words("en"), console)
    assert out.getvalue() == (
        "2 municipalities, 10,100 residents at the end of 2025. Written: x.bundle (2025-abcd1234)\n"
        "Not in the folder; each would improve the start: components\n"
        "– births are assumed\n"
    )


def test_the_past_comes_from_the_municipality_s_own_row() -> None:
    past = history_of(Municipality(1, MADE))
    assert past.population[0] == 9500
    assert np.isnan(past.population[1])
    years, loans = past.series("loans_per_resident")
    assert (years.tolist(), loans.tolist()) == ([2019], [3140.0])
    assert past.series("trust")[0].size == 0
