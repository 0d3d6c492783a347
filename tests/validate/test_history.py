"""Intervals set beside what came: they are to hold 70–90 % of it in every class of size."""

from pathlib import Path

import numpy as np
import pytest

from framsyn.foresee.forecast.anchor import anchor_of
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import municipality
from framsyn.places.tables import Tables
from framsyn.validate.coverage import SIZE_NAMES, shares
from framsyn.validate.jobs import follow_people
from framsyn.validate.unemployment import unemployment_outcomes


def test_intervals_of_unemployment_hold_seventy_to_ninety_per_cent_of_june_figures_in_each_size(
    data_folder: Path,
) -> None:
    outcomes = unemployment_outcomes(Tables.open(data_folder), shipped_bundle()["population"])
    held = shares(outcomes, (1, 5), beside=False)
    for name, row in zip(SIZE_NAMES, held[:-1], strict=True):
        assert 70.0 <= row[-1] <= 90.0, name


def test_jobs_follow_people_at_once_by_three_tenths_and_by_seven_in_the_end() -> None:
    people = np.full((1, 30), 0.01)
    followed = follow_people(people, np.array([0.7]), np.array([0.3]))[0]
    assert followed[0] == pytest.approx(0.01 * 0.3)
    assert followed[1] == pytest.approx(0.01 * (0.3 + 0.4 / 3.0))
    assert followed[-1] == pytest.approx(0.01 * 0.7, rel=1e-4)


def test_what_the_years_bring_to_a_forecast_foretells_its_error() -> None:
    """The innovations that jobs are drawn with are those of the drawn totals."""
    anchor = anchor_of(municipality("545"), 10)
    totals = np.log(anchor.drawn_totals(anchor.shared(range(600), 1), range(600), 1) / anchor.totals)
    brought = anchor.own_innovations(10, range(600), 1)
    assert np.corrcoef(brought[:, 0], totals[:, 0])[0, 1] > 0.9
    assert abs(np.corrcoef(brought[:, 5], totals[:, 4])[0, 1]) < 0.12
