"""The country page and its interface: lived as a job, kept for the next, never other than what was lived."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from framsyn.foresee.country import live_country_futures
from framsyn.foresee.country_totals import totals
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.i18n.translator import words
from framsyn.model.indicators import indicators
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import municipality
from framsyn.web.api.country_living import FUNCTION, KIND, CountryRequest, usual_id
from framsyn.web.app import create_app
from framsyn.web.country_result import CountryResult, forecast_of, packed, result_of, unpacked
from framsyn.web.country_showing import AGAINST, CHANGE, LEVEL, shown, ways_of
from framsyn.web.job import Job
from framsyn.web.job_store import JobStore
from framsyn.web.settings import Settings
from framsyn.web.shades import UNKNOWN

SMALL = {"years": 2, "draws": 2, "seed": 5}
MUNICIPALITIES = 308


@pytest.fixture
def usual_made(made: CountryResult, tmp_path: Path) -> CountryResult:
    """The made-up result, stored as the answer to the usual question."""
    store(tmp_path, made)
    return made


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A server whose results are in a folder of its own."""
    app = create_app(Settings(jobs_folder=tmp_path))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as opened:
        yield opened


def store(folder: Path, result: CountryResult) -> Path:
    """Store a result as that of the usual question, and give its file."""
    usual = CountryRequest()
    job = Job(usual_id(), KIND, FUNCTION, usual.model_dump(), "", "done", done=usual.draws, total=usual.draws)
    JobStore(folder, 1_000_000_000, 1e6).save(replace(job, result=packed(result)))
    return folder / f"{usual_id()}.job"


@pytest.fixture(scope="module")
def made() -> CountryResult:
    """A made-up result in which municipality m grows by m / 100 percent a year, twice as much if engaging."""
    rng = np.random.default_rng(4)
    years = tuple(range(2025, 2046))
    kept = tuple(one.id for one in indicators().values() if one.country)
    courses = 50.0 + rng.random((len(DEFAULT_POSTURES), len(kept), MUNICIPALITIES, len(years)))
    growth = np.arange(MUNICIPALITIES)[:, None] / 1e4 * np.arange(len(years))
    for posture, id_ in enumerate(DEFAULT_POSTURES):
        courses[posture, kept.index("population")] = 1000.0 * (1 + growth * (2 if id_ == "engaging" else 1))
    flows = [place for place, one in enumerate(kept) if indicators()[one].unit == "persons/year"]
    courses[:, flows, :, 0] = np.nan
    spread = 100.0 + np.sort(rng.random((len(DEFAULT_POSTURES), len(totals()), len(years), 6)), axis=-1)
    spread[:, 1:4, 0] = np.nan
    return CountryResult(
        DEFAULT_POSTURES, kept, years, CountryRequest().draws, 1, courses.astype(np.float32), spread
    )


def course_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="course">(.*?)</script>', page, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def label_of(page: str, code: str) -> str:
    found = re.search(rf'data-code="{code}" data-region="[^"]*" aria-label="([^"]*)"', page)
    assert found
    return found[1]


def test_before_anybody_let_the_country_live_the_page_shows_the_forecast_and_is_kept_by_nobody(
    client: TestClient,
) -> None:
    answer = client.get("/en/country", params={"posture": "engaging", "year": 2035})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "Live the country" in answer.text
    bundle, at = shipped_bundle(), municipality("545").index
    change = 100 * (float(bundle["forecast_totals"][at, 9]) / bundle["population"][at].sum() - 1)
    assert label_of(answer.text, "545") == f"Närpes: {words('en').percent(change, 1)}"
    assert course_of(answer.text)["years"] == list(range(2025, 2046))


def test_once_it_is_kept_the_next_visitor_has_it_at_once(
    client: TestClient, made: CountryResult, tmp_path: Path
) -> None:
    before = client.get("/sv/country").text
    assert store(tmp_path, made).is_file()
    answer = client.get("/sv/country")
    assert answer.text != before
    assert "etag" in answer.headers
    assert 'id="posture"' in answer.text
    begun = client.post("/api/v1/country", json={})
    assert begun.status_code == 202
    assert begun.json()["state"] == "done"
    assert begun.json()["id"] == usual_id()
    assert begun.json()["token"] is None
    assert client.get(f"/api/v1/country/{usual_id()}").json()["done"] == CountryRequest().draws
    assert client.request("DELETE", f"/api/v1/country/{usual_id()}", json={}).status_code == 403
    assert client.get("/api/v1/country/forecast/totals").json()["totals"] == []


@pytest.mark.usefixtures("usual_made")
def test_page_and_interface_tell_the_same_course(client: TestClient) -> None:
    state = {"posture": "engaging", "indicator": "population", "show": "change"}
    page = client.get("/en/country", params=state | {"year": 2035}).text
    told = client.get(f"/api/v1/country/{usual_id()}/map", params=state).json()
    course = course_of(page)
    assert course["values"] == told["values"]
    assert course["limits"] == told["limits"]
    code = str(shipped_bundle()["code"][200])
    assert told["values"][code][10] == pytest.approx(2 * 200 / 100 * 10, rel=1e-4)
    assert label_of(page, code).endswith(": 40.0%")
    years = re.search(r'<output id="year-said"[^>]*>(\d+)</output>', page)
    assert years is not None
    assert years[1] == "2035"


def test_a_damaged_answer_on_disk_is_as_none(client: TestClient, made: CountryResult, tmp_path: Path) -> None:
    path = store(tmp_path, made)
    path.write_bytes(path.read_bytes()[:-100])
    page = client.get("/en/country")
    assert page.status_code == 200
    assert "Live the country" in page.text
    assert not path.exists()


def test_packing_keeps_everything(made: CountryResult) -> None:
    again = unpacked(packed(made))
    assert again.postures == made.postures
    assert again.indicators == made.indicators
    assert again.years == made.years
    assert (again.draws, again.seed) == (made.draws, made.seed)
    assert np.array_equal(again.courses, made.courses, equal_nan=True)
    assert np.array_equal(again.totals, made.totals, equal_nan=True)


@pytest.mark.parametrize("indicator", [one.id for one in indicators().values() if one.country])
def test_every_indicator_can_be_shown_in_every_of_its_ways(made: CountryResult, indicator: str) -> None:
    for way in ways_of(indicator):
        one = shown(made, "lazy", indicator, way)
        assert one.way == way
        assert one.values.shape == (MUNICIPALITIES, 21)
        assert np.isfinite(one.values[:, 1:]).all()
        drawn = {one.shades.of(float(value)) for value in one.values[:, -1]}
        assert UNKNOWN not in drawn
    assert shown(made, "lazy", indicator, "no such way").way == ways_of(indicator)[0]


def test_change_and_difference_are_what_they_say(made: CountryResult) -> None:
    change = shown(made, "engaging", "population", CHANGE).values
    against = shown(made, "engaging", "population", AGAINST).values
    assert change[100, 10] == pytest.approx(20.0, rel=1e-4)
    assert against[100, 10] == pytest.approx(100 * (1.2 / 1.1 - 1), rel=1e-4)
    assert np.allclose(shown(made, "as_is", "population", AGAINST).values, 0.0)
    loans = shown(made, "lazy", "loans_per_resident", LEVEL).values
    assert np.array_equal(loans, made.course("lazy", "loans_per_resident"))
    flow = shown(made, "as_is", "births", LEVEL)
    people = made.course("as_is", "population")
    assert flow.values[7, 3] == pytest.approx(1000 * made.course("as_is", "births")[7, 3] / people[7, 3])
    assert np.isnan(flow.values[:, 0]).all()


def test_colours_mean_the_same_for_every_posture(made: CountryResult) -> None:
    limits = {shown(made, one, "population", CHANGE).shades.limits for one in DEFAULT_POSTURES}
    assert len(limits) == 1


def test_the_page_tells_the_totals_of_every_posture(client: TestClient, usual_made: CountryResult) -> None:
    page = client.get("/en/country", params={"total": "country_moves"}).text
    at = [one.id for one in totals()].index("country_moves")
    median = usual_made.totals[1, at, -1, 3]
    assert words("en").number(float(median), 0) in page
    assert page.count('data-chart="fan"') == len(DEFAULT_POSTURES)
    told = client.get(f"/api/v1/country/{usual_id()}/totals").json()["totals"]
    moves = next(one for one in told if one["id"] == "country_moves")
    assert moves["postures"]["engaging"]["p50"][-1] == pytest.approx(median)
    assert moves["postures"]["engaging"]["p50"][0] is None  # nothing to count in the base year


@pytest.mark.parametrize(
    "query",
    ["posture=nobody", "indicator=nonsense", "total=nonsense", "year=-5", "year=nan", "year=99999999"],
)
@pytest.mark.usefixtures("usual_made")
def test_what_cannot_be_shown_is_refused_in_words(client: TestClient, query: str) -> None:
    answer = client.get(f"/sv/country?{query}")
    assert answer.status_code == 422
    assert 'class="refused"' in answer.text


@pytest.mark.parametrize("asked", [{"years": 0}, {"draws": 101}, {"draws": 1}, {"seed": -1}, {"more": 1}])
def test_a_country_beyond_the_bounds_is_refused(client: TestClient, asked: dict[str, int]) -> None:
    assert client.post("/api/v1/country", json=asked).status_code == 422


@pytest.mark.parametrize("path", ["", "/events", "/map", "/totals"])
def test_lives_that_nobody_began_are_not_found(client: TestClient, path: str) -> None:
    assert client.get(f"/api/v1/country/{'0' * 20}{path}").status_code == 404


def test_the_country_lives_as_a_job_whose_numbers_are_the_libraries(client: TestClient) -> None:
    begun = client.post("/api/v1/country", json=SMALL).json()
    where = f"/api/v1/country/{begun['id']}"
    with client.stream("GET", f"{where}/events") as told:
        lines = [line for line in told.iter_lines() if line.startswith("data:")]
    last = json.loads(lines[-1].removeprefix("data:"))
    assert last["state"] == "done", last
    assert last["done"] == last["total"] == SMALL["draws"]
    asked = {"posture": "focused", "indicator": "loans_per_resident", "show": LEVEL}
    answer = client.get(f"{where}/map", params=asked)
    lived = live_country_futures(years=2, draws=2, seed=5)
    wanted = lived["loans_per_resident"].sel(posture="focused", municipality="545", statistic="p50")
    assert answer.json()["values"]["545"] == pytest.approx(wanted.to_numpy().tolist(), rel=1e-5)
    growing = next(
        one for one in client.get(f"{where}/totals").json()["totals"] if one["id"] == "country_growing"
    )
    own = lived["country_growing"].sel(posture="focused").median("draw").to_numpy()
    assert growing["postures"]["focused"]["p50"][1:] == pytest.approx(own[1:].tolist())
    shares = result_of(lived).course("given_up", "deficit_uncovered")
    assert set(np.unique(shares)) <= {0.0, 50.0, 100.0}  # of two worlds
    # Another question than the usual is not shown to everybody.
    assert client.get(f"/api/v1/country/{usual_id()}").status_code == 404


def test_the_forecast_of_a_bundle_is_as_long_as_it_tells() -> None:
    result = forecast_of(shipped_bundle())
    assert not result.lived
    assert result.years[0] == shipped_bundle().base_year
    assert result.courses.shape[-1] == len(result.years)
