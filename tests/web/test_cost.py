"""One bound on what a question may cost, the same for every route that simulates."""

import inspect
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from framsyn.errors import FramsynError
from framsyn.web import api, pages
from framsyn.web.api.choice_question import ChoiceRequest
from framsyn.web.api.country_living import CountryRequest
from framsyn.web.api.explanation import AskedExplanation
from framsyn.web.api.futures import AskedFutures
from framsyn.web.app import create_app
from framsyn.web.cost import check_cost, cost, cost_of, draws_within
from framsyn.web.settings import Settings
from tests.web.test_typed_request import routes_of

LOCAL = "http://localhost"
BOUND = Settings().most_cost
NARPES = f"/sv/municipality/{quote('Närpes')}"
#: The heaviest question of every route that simulates, as far as each parameter goes by itself.
EIGHT = "&strategy=lazy" * 8
HEAVIEST = [
    f"/api/v1/municipalities/545/futures?draws=1000&years=50&indicator=all{EIGHT}",
    "/api/v1/municipalities/545/warnings?draws=1000&years=50",
    "/api/v1/municipalities/545/explanation?draws=100&year=2075",
    f"/api/v1/municipalities/545/export?draws=1000&years=50{EIGHT}",
    "/api/v1/municipalities/545/report?draws=500&years=50",
    f"{NARPES}?draws=1000&years=50",
    f"{NARPES}/warnings?draws=1000&years=50",
    f"{NARPES}/levers?draws=1000&years=50",
    f"{NARPES}/why?draws=1000&years=50",
    f"{NARPES}/report?draws=500&years=50",
    "/sv/compare?draws=1000&years=50&of=" + "&of=".join(f"{code}~lazy" for code in (5, 9, 10, 16, 18, 545)),
]


@pytest.fixture(scope="module")
def strict() -> Iterator[TestClient]:
    """A server on which no question may cost anything to speak of."""
    with TestClient(create_app(Settings(most_cost=1_000)), LOCAL, follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize("question", HEAVIEST)
def test_every_route_that_simulates_keeps_to_the_bound(strict: TestClient, question: str) -> None:
    refused = strict.get(question, headers={"Accept-Language": "en"})
    assert refused.status_code == 422
    assert refused.headers["Cache-Control"] == "no-store"


def test_every_request_with_draws_is_costed_unless_it_simulates_nothing() -> None:
    models = {
        parameter.annotation.__origin__
        for route in [*routes_of(api.router), *routes_of(pages.router)]
        for parameter in inspect.signature(route.endpoint).parameters.values()
        if hasattr(parameter.annotation, "__origin__")
    }
    simulating = {one for one in models if isinstance(one, type) and issubclass(one, BaseModel)}
    with_draws = {one for one in simulating if {"draws", "worlds"} & set(one.model_fields)}
    free = {one.__name__ for one in with_draws if not hasattr(one, "cost_dimensions")}
    assert len(with_draws) >= 12
    assert free == {"AskedEvaluation"}  # points of a cloud: 20,000 of them take a tenth of a second


def test_the_cost_is_the_sum_of_drawing_simulating_summarising_and_writing() -> None:
    assert cost_of(draws=100, years=10, strategies=0) == 6_000
    assert cost_of(draws=100, years=10, strategies=2) == 6_000 + 2_200
    assert cost_of(draws=100, years=10, strategies=2, indicators=10) == 6_000 + 2_200 + 600 + 1_000


def test_the_refusal_names_cost_bound_and_what_would_be_allowed() -> None:
    heavy = AskedFutures(draws=1_000, years=50, strategy=["lazy"] * 8, indicator=["all"])
    with pytest.raises(FramsynError) as refused:
        check_cost(heavy, 2_000_000)
    allowed = draws_within(heavy, 2_000_000)
    assert heavy.cost(allowed) <= 2_000_000 < heavy.cost(allowed + 1)
    assert str(refused.value) == (
        "This takes about 3 s of computing, and one question may take 2 s. Years: 50; strategies: 8. Ask for"
        f" at most {allowed} simulated futures."
    )
    check_cost(heavy.model_copy(update={"draws": allowed}), 2_000_000)


def test_where_not_even_one_draw_would_do_fewer_years_are_asked_for() -> None:
    heavy = AskedFutures(draws=1_000, years=50, strategy=["lazy"] * 8, indicator=["all"])
    with pytest.raises(FramsynError, match="too much even for one simulated future"):
        check_cost(heavy, 1_000)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("sv", "simulerade framtider"), ("fi", "simuloitua tulevaisuutta"), ("en", "simulated futures")],
)
def test_the_refusal_is_in_the_readers_language(client: TestClient, lang: str, words: str) -> None:
    question = f"/api/v1/municipalities/545/explanation?draws=100&year=2075&lang={lang}"
    refused = client.get(question)
    assert refused.status_code == 422
    assert words in refused.json()["error"]


def test_the_usual_questions_cost_a_small_part_of_the_bound() -> None:
    assert cost(AskedFutures()) < BOUND / 20
    assert cost(AskedExplanation()) < BOUND


def test_jobs_have_a_larger_bound_of_the_same_measure() -> None:
    most = Settings().most_job_cost
    usual, thorough = (ChoiceRequest.model_validate({"budget": budget}) for budget in (8_000, 20_000))
    assert cost(usual) < cost(thorough) < most
    assert cost(CountryRequest(draws=100, years=30)) < most
    heaviest = ChoiceRequest.model_validate({"budget": 20_000, "worlds": 200, "years": 50})
    with pytest.raises(FramsynError, match="strategies: 20000"):
        check_cost(heaviest, most)


def test_a_job_that_costs_too_much_is_not_begun(client: TestClient) -> None:
    body = {"budget": 20_000, "worlds": 200, "years": 50}
    refused = client.post("/api/v1/municipalities/545/choices", json=body)
    assert refused.status_code == 422


def test_a_small_question_is_never_asked_to_be_smaller() -> None:
    with TestClient(create_app(Settings(seconds=0.0, slow_seconds=0.0)), LOCAL) as hurried:
        late = hurried.get("/api/v1/municipalities/545/futures?draws=1&years=1&lang=en")
    assert late.status_code == 503
    assert int(late.headers["Retry-After"]) > 0
    assert "fewer" not in late.json()["error"]
