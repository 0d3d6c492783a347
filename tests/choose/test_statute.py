import numpy as np
import pytest

from framsyn.choose.lever_settings import lever_set
from framsyn.choose.levers import levers
from framsyn.choose.present import present_status
from framsyn.choose.statute import Range, draft_of, figure_of, items, side_of
from framsyn.errors import FramsynError
from framsyn.foresee.posture_keys import FROM
from framsyn.foresee.postures import posture_from, shipped
from framsyn.foresee.setting import Setting
from framsyn.model.indicators import indicators
from framsyn.places.municipality import municipality
from tests.choose.made_chosen import column, made_chosen

HORIZON = 2035


def test_the_draft_has_the_acts_seven_items_in_order_between_its_three_frames() -> None:
    told = items()
    assert [one.number for one in told if one.kind == "item"] == list("1234567")
    assert [one.id for one in told if one.kind == "frame"] == ["present_state", "environment", "follow_up"]
    assert all(one.heading and one.holds and one.write and "410/2015" in one.law for one in told)


def test_every_indicator_and_lever_of_the_items_is_there() -> None:
    for item in items():
        assert set(item.indicators) | ({item.follow} - {""}) <= set(indicators()), item.id
        assert set(item.levers) <= set(levers()), item.id


def test_every_lever_belongs_to_one_item_and_none_is_forgotten() -> None:
    told = [lever for item in items() for lever in item.levers]
    assert set(told) >= set(levers())
    assert {one for one in told if told.count(one) > 1} == {"digital"}


def test_what_the_model_knows_nothing_of_has_no_numbers() -> None:
    by_id = {one.id: one for one in items()}
    for identity in ("ownership", "service_targets"):
        assert by_id[identity].indicators == ()
        assert by_id[identity].follow == ""
        assert "The model holds nothing" in by_id[identity].holds


def test_a_figure_is_told_world_by_world_beside_going_on_as_today(setting: Setting) -> None:
    made = made_chosen(setting, draws=3, jobs=np.array([[10.0], [20.0], [60.0]]))
    made.as_today[..., column("jobs")] = np.array([[5.0], [18.0], [50.0]])
    figure = figure_of(made, "jobs", HORIZON)
    assert figure.strategy == pytest.approx((12.0, 20.0, 52.0))
    assert figure.as_today.p50 == 18.0
    # Differences 5, 2 and 10 in the three worlds: not the difference of the medians.
    assert figure.difference == pytest.approx((2.6, 5.0, 9.0))
    assert figure.verdict == "better"


@pytest.mark.parametrize(
    ("change", "side"),
    [
        (Range(0.6, 1.0, 2.0), "higher"),
        (Range(-2.0, -1.0, -0.6), "lower"),
        (Range(-0.1, 1.0, 2.0), "unclear"),
        (Range(-0.2, 0.1, 0.4), "same"),
        (Range(0.1, 0.3, 0.7), "unclear"),
        (Range(float("nan"), float("nan"), float("nan")), "none"),
    ],
)
def test_a_side_is_told_only_when_nine_of_ten_worlds_agree_and_it_is_seen(change: Range, side: str) -> None:
    assert side_of(change, 0.5) == side


@pytest.mark.parametrize(
    ("indicator", "verdict"), [("loans_per_resident", "worse"), ("jobs", "better"), ("population", "higher")]
)
def test_higher_is_better_or_worse_only_where_the_indicator_says_so(
    setting: Setting, indicator: str, verdict: str
) -> None:
    made = made_chosen(setting)
    made.records[..., column(indicator)] = 5000.0
    assert figure_of(made, indicator, HORIZON).verdict == verdict


def test_a_horizon_outside_the_lives_is_refused(setting: Setting) -> None:
    with pytest.raises(FramsynError, match="from 2026 to 2035; 2036 was given"):
        draft_of(made_chosen(setting), 2036, [2027])


def test_the_draft_follows_an_indicator_in_the_years_asked_for(setting: Setting) -> None:
    draft = draft_of(made_chosen(setting, municipal_jobs=7.0), HORIZON, [2027, 2028])
    followed = draft.section("personnel").followed
    assert followed is not None
    assert followed.years == {2027: Range(7.0, 7.0, 7.0), 2028: Range(7.0, 7.0, 7.0)}
    assert draft.section("ownership").followed is None


def test_a_core_tasks_areas_have_its_ambition(setting: Setting) -> None:
    told = lever_set("education", shipped()["focused"], setting.place, 2026)
    assert told.phases == ((2026, 1.0),)
    culture = lever_set("culture", shipped()["focused"], setting.place, 2026)
    assert (culture.today, culture.phases, culture.moved) == (1.0, ((2026, 0.93),), True)


def test_a_later_phase_is_told_with_its_year(setting: Setting) -> None:
    fields = shipped()["as_is"].model_dump() | {"then": [{FROM: 2030, "upkeep": 0.7}]}
    told = lever_set("upkeep", posture_from(fields), setting.place, 2026)
    assert told.phases == ((2026, 1.0), (2030, 0.7))
    assert lever_set("housing", posture_from(fields), setting.place, 2026).moved is False


def test_a_programme_left_as_today_has_todays_amount(setting: Setting) -> None:
    told = lever_set("digital", shipped()["as_is"], setting.place, 2026)
    assert told.phases == ((2026, setting.place.digital),)
    assert not told.moved


def test_the_present_state_is_as_sure_as_its_least_sure_fact() -> None:
    m = municipality("Närpes")
    assert present_status(m, "income_tax_rate") == "observed"
    assert present_status(m, "repair_debt_per_resident") == "assumed"
    assert present_status(m, "births") == ""
    assert present_status(m, "trust") == "assumed"
    for one in next(item for item in items() if item.id == "present_state").indicators:
        assert present_status(m, one), one
