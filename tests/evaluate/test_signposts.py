"""Signposts: found where a figure tells, with its trigger; none in noise."""

from dataclasses import replace

import numpy as np
import pytest

from framsyn.errors import FramsynError
from framsyn.evaluate.observables import observable, observables, observed_values, published, so_far
from framsyn.evaluate.outlook import Ending, ends_badly, read_ending, which_future
from framsyn.evaluate.signposts import guides, guides_to_class, signposts
from framsyn.foresee.futures import strategies_of
from framsyn.foresee.postures import posture
from framsyn.foresee.setting import Setting, prepare
from framsyn.model.indicators import indicators
from framsyn.model.layout import (
    DEFICIT_TOO_LARGE,
    IMMIGRATION,
    INDICATORS,
    INVESTMENT,
    LOANS,
    POPULATION,
    Floats,
)
from framsyn.places.municipality import municipality

IDS = ["a", "b", "c", "d"]
DRAWS = 800


def noise_of(seed: int = 1) -> Floats:
    """[draw, year, figure] of nothing but chance."""
    return np.random.default_rng(seed).normal(size=(DRAWS, 6, len(IDS)))


@pytest.fixture(scope="module")
def setting() -> Setting:
    return prepare(municipality("Joutsa"), 10)


def test_a_figure_that_decides_is_found_with_its_trigger_and_judged_in_lives_held_out() -> None:
    values = noise_of()
    fails = values[:, 2, 1] < -0.5
    found = signposts(values, fails, IDS)
    assert [(post.id, post.ahead) for post in found] == [("b", 2)]
    assert found[0].auc == 1.0
    assert not found[0].above
    assert found[0].trigger == pytest.approx(-0.5, abs=0.05)
    assert (found[0].hit_rate, found[0].false_alarms) == pytest.approx((1.0, 0.0), abs=0.03)


def test_a_signpost_that_goes_the_other_way_in_lives_held_out_is_told_as_worse_than_nothing() -> None:
    values = noise_of()
    sign = np.where(np.arange(DRAWS) % 2 == 0, -1.0, 1.0)  # learned one way, held out the other
    found = signposts(values, sign * values[:, 2, 1] > 0.0, IDS, years=[2])
    assert [(post.id, post.auc, post.hit_rate < 0.05) for post in found] == [("b", 0.0, True)]


def test_noise_gives_no_signpost_and_is_right_as_often_as_a_guess() -> None:
    fails = np.random.default_rng(9).random(DRAWS) < 0.3
    told = guides(noise_of(), fails, IDS)
    assert [(one.posts, one.together, one.right) for one in told] == [((), (), 0.5)] * 5


def test_signposts_that_share_the_tale_are_weighed_together() -> None:
    values = noise_of()
    fails = values[:, 1, 0] + values[:, 1, 3] > 0.8
    told = guides(values, fails, IDS, years=[1])[0]
    assert set(told.together) == {"a", "d"}
    assert told.right > max(post.hit_rate + 1.0 - post.false_alarms for post in told.posts) / 2.0 + 0.1
    assert told.right > 0.9


def test_the_rule_of_a_guide_reads_figures_in_their_own_units() -> None:
    values = 1000.0 + 50.0 * noise_of()
    fails = values[:, 1, 2] > 1025.0
    told = guides(values, fails, IDS, years=[1])[0]
    assert told.rule is not None
    case = np.full((2, len(IDS)), 1000.0)
    case[:, 2] = (900.0, 1100.0)
    assert (told.rule.chances(case)[:, 1] > 0.5).tolist() == [False, True]


def test_a_flow_is_read_as_its_mean_until_the_year() -> None:
    values = np.arange(12.0).reshape(1, 4, 3)
    values[0, 0] = np.nan
    assert so_far(values, [True, False, True], 3)[0].tolist() == [6.0, 10.0, 8.0]
    assert so_far(values, [True, False, True], 1)[0].tolist() == [3.0, 4.0, 5.0]


def test_lives_that_have_failed_already_are_not_asked_about() -> None:
    values = noise_of()
    fails = values[:, 1, 0] > 0.0
    failed_at = np.where(values[:, 1, 0] > 0.5, 1, 4)  # those most to be seen fail at once
    assert guides(values, fails, IDS, years=[1], failed_at=failed_at)[0].base[1] == pytest.approx(
        np.mean((values[:, 1, 0] > 0.0)[values[:, 1, 0] <= 0.5]), abs=0.05
    )
    assert not np.isfinite(guides(values, fails, IDS, years=[5], failed_at=failed_at)[0].right)


def test_futures_are_told_apart_by_what_they_differ_in() -> None:
    base = noise_of()
    futures = [base + np.array([0.0, 0.0, shift, 0.0]) for shift in (0.0, 3.0, 6.0)]
    told = guides_to_class(futures, IDS, years=[1])[0]
    assert told.together == ("c",)
    assert told.right > 0.85
    assert told.base == pytest.approx((1 / 3,) * 3)
    same = guides_to_class([base, base, base], IDS, years=[1])[0]
    assert not same.posts
    assert same.right == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("values", "years", "said"),
    [
        (np.zeros((DRAWS, 6, 3)), [1], "do not agree"),
        (np.zeros((3, 6, 4)), [1], "do not agree"),
        (np.zeros((DRAWS, 6, 4)), [6], "from 1 to 5 years"),
        (np.zeros((DRAWS, 6, 4)), [0], "from 1 to 5 years"),
    ],
)
def test_figures_that_do_not_agree_are_refused(values: Floats, years: list[int], said: str) -> None:
    with pytest.raises(FramsynError, match=said):
        guides(values, np.zeros(DRAWS, dtype=np.bool_), IDS, years=years)


def test_only_what_is_published_is_an_observable() -> None:
    unseen = ("lever_", "quality_", "coverage_", "trust", "cohesion", "cooperation", "safety", "repair_debt")
    columns = list(indicators())
    for one in observables().values():
        assert not any(columns[column].startswith(unseen) for column, _ in one.of)
        assert one.source
        assert one.label
    with pytest.raises(FramsynError, match="cannot be observed"):
        observable("trust")
    with pytest.raises(FramsynError, match="Nearest: loans"):
        observable("lons")
    assert observable("loans").id == "loans_per_resident"


def test_a_net_is_made_of_its_parts_and_chance_touches_only_what_it_is_told_of(setting: Setting) -> None:
    records = np.random.default_rng(4).random((5, 4, INDICATORS)) + 1.0
    chosen = [observable(one) for one in ("net_immigration", "population", "investment", "loans")]
    plain, told = observed_values(records, chosen), published(records, setting, chosen)
    assert np.allclose(plain[..., 0], records[..., IMMIGRATION] - records[..., IMMIGRATION + 1])
    assert np.array_equal(told[..., 1], records[..., POPULATION])
    lumps = told[..., 2] - records[..., INVESTMENT]
    assert np.all(lumps[:, 0] == 0.0)
    assert np.all(lumps[:, 1:] != 0.0)
    assert np.allclose(told[..., 3] - records[..., LOANS], np.cumsum(lumps, axis=1))


def test_turnout_is_told_in_election_years_alone() -> None:
    assert [year for year in range(2025, 2034) if observable("participation").told_of(year)] == [
        2025,
        2029,
        2033,
    ]


def test_an_ending_is_read_as_it_is_written() -> None:
    assert read_ending("population < 8000 in 2040") == Ending("population", "<", 8000.0, 2040)
    assert read_ending("annual_margin>=-10.5 in 2031").indicator == "annual_margin_per_resident"
    assert repr(read_ending("criterion")) == repr(Ending())  # its value is NaN, which no NaN equals
    with pytest.raises(FramsynError, match="cannot be read"):
        read_ending("ruin by 2040")


def test_an_ending_finds_its_lives() -> None:
    records = np.zeros((3, 4, INDICATORS))
    records[:, 3, POPULATION] = (10.0, 20.0, 30.0)
    found, when = Ending("population", "<", 20.0, 2028).found(records, 2025)
    assert found.tolist() == [True, False, False]
    assert when is None
    records[2, 2:, DEFICIT_TOO_LARGE] = 1.0
    found, when = Ending().found(records, 2025)
    assert found.tolist() == [False, False, True]
    assert when is not None
    assert when[2] == 2
    with pytest.raises(FramsynError, match="from 2026 to 2028"):
        Ending("population", "<", 20.0, 2029).found(records, 2025)
    with pytest.raises(FramsynError, match="comparison"):
        Ending("population", "!", 20.0, 2028).found(records, 2025)


def test_giving_up_is_told_from_engaging_better_than_by_guessing(setting: Setting) -> None:
    rules = strategies_of(("engaging", "given_up"), None, None)
    told = which_future(setting, rules, draws=200, ahead=3)
    assert [one.ahead for one in told] == [1, 2, 3]
    assert told[-1].right > 0.7
    assert all(one in observables() for one in told[-1].together)


def test_few_residents_ten_years_ahead_are_told_by_residents_before(setting: Setting) -> None:
    lives = ends_badly(
        setting, posture("as_is"), Ending("population", "<", 3_500.0, 2032), draws=300, ahead=5
    )
    assert "population" in [post.id for post in lives[-1].posts]
    assert lives[-1].hit_rate > lives[-1].false_alarms


def test_figures_of_the_ending_s_own_year_do_not_warn_of_it(setting: Setting) -> None:
    ending = Ending("population", "<", 4_050.0, 2028)
    told = ends_badly(setting, posture("as_is"), ending, draws=200, ahead=5)
    assert [one.ahead for one in told] == [1, 2]
    with pytest.raises(FramsynError, match="No figure can warn of an ending in 2026: ask about 2027"):
        ends_badly(setting, posture("as_is"), replace(ending, year=2026), draws=200)
