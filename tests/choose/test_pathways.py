"""Tipping years, decision dates and switches that still work, worked out by hand."""

import json
from itertools import pairwise

import numpy as np
import pytest

from framsyn.choose.council_terms import council_terms, term_years
from framsyn.choose.pathways import Demands, as_json, last_switches, pathway_map
from framsyn.choose.tipping import Bools, decision_year, risk_year, sustained, tipping, tipping_years
from framsyn.errors import FramsynError

YEARS = tuple(range(2026, 2036))
DEMANDS = Demands(now=2026, accepted=0.5, threshold=0.75, least_time=1)


def lives(*from_years: int | None) -> Bools:
    """One life each, failing from its year on; None never fails."""
    return np.array([[first is not None and year >= first for year in YEARS] for first in from_years])


def test_a_single_bad_year_is_no_tipping_but_the_last_year_counts() -> None:
    fails = np.array([[0, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]], dtype=bool)
    assert sustained(fails).astype(int).tolist() == [[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert tipping_years(fails, range(2026, 2030)).tolist() == [np.inf, 2027, 2029, np.inf]


def test_quantiles_are_years_by_which_so_many_lives_have_tipped_and_never_a_number_beyond_them() -> None:
    told = tipping(lives(2028, 2030, 2031, 2033, *[None] * 6), YEARS, accepted=0.3)
    assert told.quantiles == (2028, None, None)
    assert told.never == pytest.approx(0.6)
    assert told.risk == 2031
    assert tipping(lives(*range(2026, 2036)), YEARS, 0.3).quantiles == (2026, 2030, 2034)


def test_the_year_of_risk_is_the_first_in_which_enough_lives_fail() -> None:
    fails = lives(2028, 2030, 2032, None)
    assert risk_year(fails, YEARS, 0.25) == 2028
    assert risk_year(fails, YEARS, 0.5) == 2030
    assert risk_year(fails, YEARS, 0.9) is None
    assert decision_year(2030, 3) == 2027
    assert decision_year(None, 3) is None


@pytest.mark.parametrize("share", [0.0, 1.2])
def test_an_accepted_risk_that_is_no_share_is_told(share: float) -> None:
    with pytest.raises(FramsynError, match="above 0 and at most 1"):
        risk_year(lives(2028), YEARS, share)


def test_years_that_do_not_fit_are_told() -> None:
    with pytest.raises(FramsynError, match="10 years"):
        tipping_years(np.zeros((2, 3), dtype=bool), YEARS)


def test_council_terms_follow_each_other_every_four_years_from_june() -> None:
    terms = council_terms()
    assert terms[0][:3] == (2025, "2025-06-01", 2026)
    assert {b.election - a.election for a, b in pairwise(terms)} == {4}
    assert all(term.first_budget_year == term.election + 1 for term in terms)
    assert term_years(2026, 2036) == (2030, 2034)


def switched(source: str, target: str, year: int) -> Bools:
    """The weak strategy fails from 2031; the strong one mends it where it comes by 2030, one life later."""
    if (source, target) == ("weak", "strong"):
        return lives(None, None, None, None) if year <= 2030 else lives(2031, 2031, 2031, None)
    if (source, target) == ("strong", "weak"):
        return lives(year + 1, year + 1, year + 1, None)
    raise AssertionError


FAILS = {"weak": lives(2031, 2031, 2032, None), "strong": lives(None, None, None, 2034)}


def test_switches_that_still_work_are_kept_and_ranked_with_the_strategies_themselves() -> None:
    found = pathway_map(FAILS, YEARS, {"weak": 0, "strong": 2}, switched, DEMANDS)
    assert [node.held for node in found.nodes] == [0.25, 0.75]
    assert [(one.source, one.target, one.year, one.decide_by) for one in found.switches] == [
        ("weak", "strong", 2030, 2028)
    ]
    assert [one.steps for one in found.pathways] == [
        (("weak", 2026), ("strong", 2030)),
        (("strong", 2026),),
    ]
    assert last_switches(found) == {("weak", "strong"): 2030}
    assert found.nodes[0].tipping.quantiles == (2031, 2031, None)
    assert found.nodes[0].tipping.risk == 2031


def test_a_switch_whose_decision_date_is_past_is_left_out_and_not_lived() -> None:
    def never(source: str, target: str, year: int) -> Bools:
        raise AssertionError((source, target, year))

    found = pathway_map(FAILS, YEARS, {"weak": 9, "strong": 9}, never, DEMANDS)
    assert found.switches == ()


def test_a_switch_that_brings_back_what_has_failed_works_after_settling() -> None:
    def mended(_source: str, _target: str, year: int) -> Bools:
        return np.array([[year - 2 <= one <= year + 1 for one in YEARS]] * 4)

    lead = {"weak": 0, "strong": 0}
    at_once = pathway_map(FAILS, YEARS, lead, mended, DEMANDS, candidates=[2030])
    settled = pathway_map(
        FAILS, YEARS, lead, mended, Demands(2026, 0.5, 0.75, settling=2, least_time=1), candidates=[2030]
    )
    assert at_once.switches == ()
    assert [(one.held, one.held_after) for one in settled.switches] == [(0.0, 1.0), (0.0, 1.0)]


def test_a_switch_so_late_that_hardly_anything_can_fail_any_more_is_not_lived() -> None:
    lived = []

    def noted(_source: str, _target: str, year: int) -> Bools:
        lived.append(year)
        return lives(None, None, None, None)

    pathway_map(FAILS, YEARS, {"weak": 0, "strong": 0}, noted, Demands(2026, least_time=6))
    assert set(lived) == {2030}


def test_the_map_is_kept_as_json_with_open_ends_and_signposts() -> None:
    lead = {"weak": 0, "strong": 2}
    posts = {"weak": [{"observable": "births", "below": 40.0, "hit_rate": 0.8}]}
    found = pathway_map(FAILS, YEARS, lead, switched, DEMANDS, signposts=posts)
    kept = json.loads(json.dumps(as_json(found, lead)))
    assert kept["strategies"][0]["tipping_year"] == {"10": 2031, "50": 2031, "90": None}
    assert kept["strategies"][0]["replace_by"] == 2029
    assert kept["strategies"][1]["risk_year"] is None
    assert kept["pathways"][0]["decide_by"] == 2028
    assert kept["signposts"] == {"weak": [{"observable": "births", "below": 40.0, "hit_rate": 0.8}]}


def test_strategies_without_a_lead_time_are_told() -> None:
    with pytest.raises(FramsynError, match="see strong"):
        pathway_map(FAILS, YEARS, {"weak": 1}, switched, DEMANDS)
    with pytest.raises(FramsynError, match="at least one strategy"):
        pathway_map({}, YEARS, {}, switched, DEMANDS)
