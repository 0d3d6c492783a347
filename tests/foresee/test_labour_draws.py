"""Laws of the labour market's draws that need no kernel: moments that the research sheet states."""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from framsyn.calibrate.unemployment_local import size_class
from framsyn.foresee.economy_draws import economic_parameters
from framsyn.foresee.forecast.anchor import anchor_of
from framsyn.foresee.labour_draws import (
    Cycle,
    LabourLaw,
    country_jobs,
    draw_cycle,
    expected_recovery,
    jobs_per_logit,
    labour_law,
    own_unemployment,
    unemployment_logit,
)
from framsyn.foresee.labour_market import (
    LabourMarket,
    UnemploymentLaw,
    labour_market_at,
    labour_market_of,
    logit,
    unemployment_law,
)
from framsyn.foresee.worlds import labour_law_of
from framsyn.model.layout import Floats
from framsyn.places.municipality import municipalities, municipality
from framsyn.validate.jobs import drawn_jobs

Ints = NDArray[np.int64]
Texts = NDArray[np.str_]
YEARS, DRAWS = 20, 60
#: Standard deviation of growth of all jobs beside the neighbours', percent, by size class, and correlation
#: with the growth of residents, over one, five and ten years (Finland 1987–2016), with tolerances.
JOBS_SD = {1: (4.8, 3.1, 2.6, 2.4, 1.8), 5: (9.4, 6.5, 6.0, 5.5, 4.4), 10: (13.2, 9.9, 9.4, 8.5, 7.1)}
SPREAD_TOLERANCE = 0.15
TOGETHER = {1: (0.20, 0.07), 5: (0.49, 0.10), 10: (0.61, 0.12)}


class Drawn(NamedTuple):
    """Logarithms [municipality, draw, year from the base year on] of jobs and people beside the region's."""

    jobs: Floats
    people: Floats
    of_class: Ints


@cache
def drawn() -> Drawn:
    jobs, people, size, region = [], [], [], []
    for m in municipalities():
        anchor = anchor_of(m, YEARS)
        totals = anchor.drawn_totals(anchor.shared(range(DRAWS), 1), range(DRAWS), 1)
        people.append(np.log(totals / anchor.totals))
        jobs.append(drawn_jobs(m, anchor, people[-1], labour_law_of(m), range(DRAWS), 1))
        size.append(float(m.population.sum()))
        region.append(anchor.region)
    beside = [beside_region(np.array(paths), np.array(region)) for paths in (jobs, people)]
    return Drawn(beside[0], beside[1], size_class(np.array(size)))


def beside_region(paths: Floats, region: Texts) -> Floats:
    """The paths less the mean of their region in the same draw and year, from 0 in the base year."""
    beside = np.zeros((*paths.shape[:2], YEARS + 1))
    for one in np.unique(region):
        here = region == one
        beside[here, :, 1:] = paths[here] - paths[here].mean(axis=0)
    return beside


def growth(paths: Floats, years: int) -> Floats:
    """[municipality, draw × start] growth over so many years from every second year on."""
    starts = range(0, YEARS - years + 1, 2)
    return np.concatenate([paths[..., one + years] - paths[..., one] for one in starts], axis=1)


def mean_correlation(first: Floats, second: Floats) -> float:
    return float(np.mean([np.corrcoef(one, other)[0, 1] for one, other in zip(first, second, strict=True)]))


@pytest.mark.parametrize("years", TOGETHER)
def test_jobs_and_residents_grow_together_the_more_the_longer(years: int) -> None:
    target, tolerance = TOGETHER[years]
    found = mean_correlation(growth(drawn().jobs, years), growth(drawn().people, years))
    assert abs(found - target) < tolerance


@pytest.mark.parametrize("years", JOBS_SD)
def test_jobs_spread_as_they_have_done_in_municipalities_of_each_size(years: int) -> None:
    for one, target in enumerate(JOBS_SD[years]):
        spread = 100.0 * growth(drawn().jobs[drawn().of_class == one], years).std()
        assert abs(spread / target - 1.0) < SPREAD_TOLERANCE, (one, spread)


def test_five_years_of_jobs_tell_nothing_of_the_next_five() -> None:
    jobs = drawn().jobs
    steps = [jobs[..., year + 5] - jobs[..., year] for year in (0, 5, 10, 15)]
    for before, after in pairwise(steps):
        assert abs(mean_correlation(before, after)) < 0.1


LAW = UnemploymentLaw((1.05, -0.5), 0.133, 0.59, 0.077, "area", 0.31)
HERE = LabourMarket(mean=-2.4, loading=1.3, own=0.2, national=0.17, national_before=0.12, country_mean=-2.1)


def whole_law() -> LabourLaw:
    return labour_law(LAW, economic_parameters(), 1.0)


def normals(draws: int, seed: int, years: int = YEARS) -> Floats:
    return np.random.default_rng(seed).standard_normal((draws, years))


def test_without_shocks_unemployment_turns_back_to_the_municipality_s_usual_level() -> None:
    calm = np.zeros((1, 40))
    cycle = draw_cycle(whole_law(), HERE, calm, calm, calm)
    path = unemployment_logit(HERE, cycle, own_unemployment(LAW, HERE, calm, calm))[0]
    first = 1.05 * 0.17 - 0.5 * 0.12
    assert path[0] == pytest.approx(-2.4 + 1.3 * first + 0.59 * 0.2)
    assert path[1] == pytest.approx(-2.4 + 1.3 * (1.05 * first - 0.5 * 0.17) + 0.59**2 * 0.2)
    assert path[-1] == pytest.approx(-2.4, abs=1e-4)


def test_the_base_year_is_the_usual_level_the_cycle_and_the_own_deviation() -> None:
    assert HERE.base == pytest.approx(-2.4 + 1.3 * 0.17 + 0.2)
    usual = labour_market_at(0.08, 0.1)
    assert usual.base == usual.mean == logit(0.08)
    assert usual.own == usual.national == 0.0


def test_the_country_s_unemployment_spreads_by_one_point_seven_points() -> None:
    shocks = normals(4000, 1)
    cycle = draw_cycle(whole_law(), HERE, shocks, normals(4000, 2), normals(4000, 3))
    rate = 100.0 / (1.0 + np.exp(2.1 - cycle.total[:, -1]))
    assert abs(rate.std() - 1.7) < 0.4 + 0.4, "the depressions' tail comes on top of the fitted cycle"
    assert abs((100.0 / (1.0 + np.exp(2.1 - cycle.swing[:, -1]))).std() - 1.7) < 0.4


def test_one_future_of_twenty_five_holds_a_depression() -> None:
    cycle = draw_cycle(whole_law(), HERE, normals(20_000, 1), normals(20_000, 2), normals(20_000, 3))
    met = (cycle.depression > 0.0).any(axis=1)
    assert abs(met.mean() - 0.04) < 0.005
    assert abs(np.median(cycle.depression[met].max(axis=1)) - 0.69) < 0.1


def test_the_own_deviation_persists_and_is_shared_with_the_area_as_stated() -> None:
    area = normals(6000, 4)
    one, other = (own_unemployment(LAW, HERE._replace(own=0.0), area, normals(6000, seed)) for seed in (5, 6))
    assert abs(one[:, -1].std() - 0.077 / np.sqrt(1.0 - 0.59**2)) < 0.003
    assert abs(np.corrcoef(one[:, -2], one[:, -1])[0, 1] - 0.59) < 0.03
    assert abs(np.corrcoef(one[:, -1], other[:, -1])[0, 1] - 0.31) < 0.04


def test_unemployment_has_no_floor_and_hardly_reaches_none() -> None:
    """At the country's lowest usual level, 1 per cent lies far outside what is drawn."""
    m = municipality("545")
    market, law = labour_market_of(m), labour_law_of(m)
    cycle = draw_cycle(law, market, *(normals(4000, seed) for seed in (1, 2, 3)))
    own = own_unemployment(law.unemployment, market, normals(4000, 4), normals(4000, 5))
    rate = 100.0 / (1.0 + np.exp(-unemployment_logit(market, cycle, own)))
    assert (rate < 1.0).mean() < 0.001
    assert len(np.unique(rate)) == rate.size


def test_a_point_of_unemployment_in_the_country_goes_with_one_point_seven_per_cent_of_jobs() -> None:
    law = whole_law()
    steps = Cycle(np.array([[0.0, 0.1]]), np.zeros((1, 2)))
    jobs = country_jobs(law, HERE._replace(national=0.0, national_before=0.0), steps)[0]
    flat = country_jobs(
        law, HERE._replace(national=0.0, national_before=0.0), Cycle(np.zeros((1, 2)), np.zeros((1, 2)))
    )[0]
    rate = 100.0 / (1.0 + np.exp(2.1 - np.array([0.0, 0.1])))
    assert (jobs - flat)[1] * 100.0 == pytest.approx(-(rate[1] - rate[0]) / 0.59, rel=0.05)


def test_the_country_s_jobs_have_mean_one_in_every_year() -> None:
    law = whole_law()
    cycle = draw_cycle(law, HERE, normals(40_000, 1), normals(40_000, 2), normals(40_000, 3))
    np.testing.assert_allclose(np.exp(country_jobs(law, HERE, cycle)).mean(axis=0), 1.0, atol=0.002)


def test_jobs_are_expected_to_recover_by_as_much_as_the_cycle_reverts() -> None:
    law = whole_law()
    path = expected_recovery(law, HERE, 50)
    assert path[0] == 1.0
    assert path[-1] == pytest.approx(np.exp(-0.17 * jobs_per_logit(law, HERE)), rel=1e-6)


def test_a_bundle_without_the_facts_has_its_base_year_as_the_usual_one() -> None:
    m = municipality("545")
    arrays = dict(m.bundle.arrays)
    left = [at for at, one in enumerate(map(str, arrays["fact_id"])) if not one.startswith("unemployment_")]
    for name, axis in (("fact_id", 0), ("facts", 1), ("fact_status", 1)):
        arrays[name] = np.take(arrays[name], left, axis=axis)
    economy = {k: v for k, v in m.bundle.manifest["economy"].items() if not k.startswith("unemployment_")}
    bare = type(m)(m.index, type(m.bundle)(arrays, {**m.bundle.manifest, "economy": economy}))
    market = labour_market_of(bare)
    assert market.own == market.national == 0.0
    assert market.base == labour_market_of(m).base
    law = unemployment_law(bare, economic_parameters())
    assert law.lags == (1.05, -0.5)
    assert law.local_innovation == 0.077


@pytest.mark.parametrize("code", ["545", "091", "766", "005"])
def test_the_mean_and_the_median_of_unemployment_lie_close(code: str) -> None:
    m = municipality(code)
    market, law = labour_market_of(m), labour_law_of(m)
    cycle = draw_cycle(law, market, *(normals(8000, seed) for seed in (1, 2, 3)))
    own = own_unemployment(law.unemployment, market, normals(8000, 4), normals(8000, 5))
    rate = 100.0 / (1.0 + np.exp(-unemployment_logit(market, cycle, own)))
    assert np.abs(rate.mean(axis=0) - np.median(rate, axis=0)).max() < 0.4
