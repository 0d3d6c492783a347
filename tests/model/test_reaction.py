"""Councils answer decline by tax, in whole steps, by hand."""

import numpy as np
import pytest

from framsyn.foresee.postures import AS_IS, posture
from framsyn.model import layout
from framsyn.model.layout import INDICATORS, Floats
from framsyn.model.life import Life
from framsyn.model.posture import answer_decline, growth_of_ten_years
from framsyn.model.start import new_life

from .lives import a_place, calm_rates, effects_with, live, some_effects, some_worlds

PLACE, RULE = a_place(), posture(AS_IS)


def a_record(*people: float) -> Floats:
    record = np.zeros((len(people), INDICATORS))
    record[:, layout.POPULATION] = people
    return record


def rates(people: list[float], growth_10y: float = 0.0, today: float = 8.4) -> list[float]:
    """The tax rate of each year from the first on, when nothing but decline moves it."""
    life: Life = new_life(len(people))
    life.levers[layout.TAX_RATE] = today
    found = []
    for year in range(1, len(people) + 1):
        place = PLACE._replace(growth_10y=growth_10y)
        answer_decline(year, place, RULE, effects_with(), life, a_record(*people))
        found.append(float(life.levers[layout.TAX_RATE]))
    return found


def test_growth_of_ten_years_takes_the_years_before_the_base_year_as_they_were() -> None:
    record = a_record(*(1000.0 * 1.01**year for year in range(15)))
    place = PLACE._replace(growth_10y=-20.0)
    assert growth_of_ten_years(0, place, record) == pytest.approx(-20.0)
    assert growth_of_ten_years(4, place, record) == pytest.approx(400.0 * np.log(1.01) - 12.0)
    assert growth_of_ten_years(12, place, record) == pytest.approx(1000.0 * np.log(1.01))


def test_decline_raises_the_rate_in_whole_steps_the_year_after_and_growth_lowers_it() -> None:
    # 3.05 % fewer ask for 0.152 points: a step of 0.1 and a rest; 1.04 % fewer bring the rest to a step.
    assert rates([10_000, 9700, 9700, 9600, 9600]) == pytest.approx([8.4, 8.5, 8.5, 8.6, 8.6])
    assert rates([10_000, 10_300, 10_300]) == pytest.approx([8.4, 8.3, 8.3])
    assert rates([10_000, 9990, 9980]) == pytest.approx([8.4, 8.4, 8.4])


def test_a_decline_of_long_ago_that_fades_lowers_the_rate() -> None:
    # 20 % in the ten years before: 2 % less of it is left each year, which gives back 0.1 point a year.
    assert rates([10_000] * 4, growth_10y=-20.1) == pytest.approx([8.4, 8.3, 8.2, 8.1])


def test_no_decline_raises_the_rate_above_the_rules_ceiling() -> None:
    assert RULE.tax_ceiling == 3.0
    assert rates([10_000, 5000, 2500], today=11.3) == pytest.approx([11.3, 11.4, 11.4])


def test_every_rate_of_a_life_is_whole_steps() -> None:
    rng = np.random.default_rng(41)
    lived = live(("lazy",), PLACE, calm_rates(20), some_worlds(rng, 8, 20), some_effects(rng, 8))
    for one in lived.values():
        steps = one.record[:, :, layout.INCOME_TAX_RATE] / RULE.tax_step
        np.testing.assert_allclose(steps, np.round(steps), atol=1e-6)
        assert len(np.unique(np.round(steps))) > 5
