"""An answer is its question's: what it is known by is the validated request, in an unambiguous form."""

import asyncio
import inspect
import json
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import pytest
from fastapi import APIRouter, FastAPI, Path, Query, Request
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from framsyn.errors import FramsynError
from framsyn.places.municipality import municipality
from framsyn.web import api, pages
from framsyn.web.api.asking import InPath
from framsyn.web.app import create_app
from framsyn.web.job import job_id
from framsyn.web.settings import Settings
from framsyn.web.typed_request import NOTED, TypedRequest, TypedRoute, canonical, typed_request

#: Characters that an encoding of a key could stumble over.
HOSTILE = "\n\r\0=&%;+,\"'\\[]{}: ~*é\u2028\ufffd\U0001f600"
texts = st.text(alphabet=st.one_of(st.sampled_from(HOSTILE), st.characters()), max_size=12)
small = st.integers(min_value=0, max_value=3)


class Parameters(BaseModel):
    """Parameters of every kind that the interface has."""

    model_config = ConfigDict(extra="ignore")

    text: str = ""
    other: str = "usual"
    texts: list[str] = Field(default=[])
    number: int = 1
    flag: bool = False
    made: str = Field(default="", exclude=True)


probe = APIRouter(route_class=TypedRoute)


@probe.get("/probe/{name}")
async def asked(
    request: Request, name: Annotated[str, Path()], parameters: Annotated[Parameters, Query()]
) -> Response:
    key = typed_request(request).key("edition")
    parsed = [name, parameters.text, parameters.other, parameters.texts, parameters.number, parameters.flag]
    return Response(json.dumps([key, parsed]))


@pytest.fixture(scope="module")
def probed() -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(probe)
    with TestClient(app) as client:
        yield client


def query_of(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="surrogatepass")


names = st.sampled_from(("text", "other", "texts", "made", "junk"))
queries = st.lists(
    st.one_of(
        st.tuples(names, texts),
        st.tuples(st.just("number"), small.map(str)),
        st.tuples(st.just("flag"), st.sampled_from(("0", "1", "true", "false"))),
    ),
    max_size=5,
)


@given(
    first=st.tuples(texts.filter(lambda text: text.strip("/. ")), queries),
    second=st.tuples(texts.filter(lambda text: text.strip("/. ")), queries),
    shuffled=st.booleans(),
)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_keys_are_equal_if_and_only_if_parsed_requests_are(
    probed: TestClient, first: Any, second: Any, shuffled: bool
) -> None:
    if shuffled:  # the same parameters in another order, and another thing that changes nothing
        second = (first[0], [*reversed(first[1]), ("made", second[0]), ("junk", second[0])])
    answers = []
    for name, query in (first, second):
        path = quote(name, safe="", errors="surrogatepass")
        response = probed.get(f"/probe/{path}?{query_of(query)}")
        if response.status_code == 404:  # a slash in the name is another path
            return
        answers.append(response.json())
    (one_key, one), (other_key, other) = answers
    assert (one_key == other_key) == (one == other)


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), texts, st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)


def written(value: Any) -> str:
    """A value with its types, as Python writes it."""
    if isinstance(value, dict):
        return "object" + repr(sorted((name, written(part)) for name, part in value.items()))
    return repr([written(part) for part in value]) if isinstance(value, list) else repr(value)


@given(one=values, other=values, operation=texts)
@settings(deadline=None, derandomize=True)
def test_the_form_of_a_value_is_its_own_whatever_text_it_holds(one: Any, other: Any, operation: str) -> None:
    keys = [TypedRequest(operation, {"value": value}).key("edition") for value in (one, other)]
    assert (keys[0] == keys[1]) == (written(one) == written(other))


def test_half_a_pair_of_surrogates_has_a_form_too() -> None:
    texts = ("\ud800", "\\ud800", "\udc00", "\ufffd", "\ud83d\ude00", "\U0001f600")
    assert len({TypedRequest("x", {"a": text}).key("e") for text in texts}) == len(texts)
    assert len({job_id("x", "f", {"a": text}) for text in texts}) == len(texts)


def test_edition_operation_and_what_else_it_depends_on_are_part_of_a_key() -> None:
    request = TypedRequest("x", {"a": 1})
    keys = {
        request.key("1"),
        request.key("2"),
        TypedRequest("y", {"a": 1}).key("1"),
        request.key("1", {"day": "2026-11-29"}),
        request.key("1", {"day": "2026-11-30"}),
    }
    assert len(keys) == 5


def test_a_kind_of_value_without_a_form_is_refused_and_not_written_somehow() -> None:
    with pytest.raises(TypeError, match="object"):
        canonical(object())


def test_a_municipality_is_the_same_by_every_spelling() -> None:
    found = []
    router = APIRouter(route_class=TypedRoute)

    @router.get("/of/{name}")
    async def of(request: Request, m: InPath) -> Response:
        found.append(typed_request(request).key("edition"))
        return Response(m.code)

    app = FastAPI()
    app.include_router(router)
    with TestClient(app) as client:
        for spelling in ("545", "Närpes", "NÄRPIÖ", "närpiö"):
            assert client.get(f"/of/{quote(spelling)}").text == "545"
        assert client.get("/of/Jomala").text == "170"
    assert len(set(found[:4])) == 1
    assert found[4] != found[0]


def routes_of(router: APIRouter) -> list[APIRoute]:
    """Every route that a router's parts declare."""
    found = []
    for part in router.routes:
        inner = getattr(part, "original_router", None)
        if inner is not None:
            found += routes_of(inner)
        elif isinstance(part, APIRoute):
            found.append(part)
    return found


def test_every_route_of_the_interface_and_the_pages_notes_its_request() -> None:
    every = [*routes_of(api.router), *routes_of(pages.router)]
    assert len(every) >= 40
    assert {route.path for route in every if not isinstance(route, TypedRoute)} == set()
    assert {route.path for route in every if not hasattr(route.endpoint, NOTED)} == set()


class Costly(BaseModel):
    """A question, or a job, that costs so many seconds."""

    seconds: int = 1
    is_job: bool = False
    usual: str = "usual"

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        return 1, 1, 1

    def cost(self, draws: int) -> int:
        return draws * self.seconds * 1_000_000


def noted_by(endpoint: Any, question: Costly) -> tuple[Any, Any]:
    """What a route's handler gives, and the request as it was noted."""
    settings = Settings(most_cost=2_000_000, most_job_cost=4_000_000)
    app = SimpleNamespace(state=SimpleNamespace(shared=SimpleNamespace(settings=settings)))
    request = Request({"type": "http", "app": app})
    found = TypedRoute("/x", endpoint).endpoint(request=request, question=question)
    return asyncio.run(found) if inspect.iscoroutine(found) else found, request.scope[NOTED]


async def in_a_loop(request: Request, question: Costly) -> str:
    return f"{question.seconds} of {typed_request(request).operation}"


def in_a_thread(request: Request, question: Costly) -> str:
    return f"{question.seconds} of {typed_request(request).operation}"


@pytest.mark.parametrize("endpoint", [in_a_loop, in_a_thread])
def test_a_handler_of_either_kind_finds_its_request_noted_without_itself(endpoint: Any) -> None:
    question = Costly(seconds=2)
    given, noted = noted_by(endpoint, question)
    operation = f"{__name__}:{endpoint.__name__}"
    assert given == f"2 of {operation}"
    noting = TypedRoute("/x", endpoint).endpoint
    assert inspect.iscoroutinefunction(noting) == inspect.iscoroutinefunction(endpoint)
    assert noted == TypedRequest(operation, {"question": question})


@pytest.mark.parametrize("endpoint", [in_a_loop, in_a_thread])
@pytest.mark.parametrize(("is_job", "most"), [(False, 2), (True, 4)])
def test_what_costs_more_than_a_question_or_a_job_may_never_reaches_its_handler(
    endpoint: Any, is_job: bool, most: int
) -> None:
    given, _ = noted_by(endpoint, Costly(seconds=most, is_job=is_job))
    assert given.startswith(f"{most} of")
    with pytest.raises(FramsynError, match=f"one question may take {most} s"):
        noted_by(endpoint, Costly(seconds=most + 1, is_job=is_job))


def test_a_handler_is_noted_once_and_one_that_takes_no_request_not_at_all() -> None:
    def without(name: str) -> str:
        return name

    noting = TypedRoute("/x", in_a_thread).endpoint
    assert TypedRoute("/x", noting).endpoint is noting
    assert TypedRoute("/x", without).endpoint is without
    assert getattr(noting, NOTED) is True


def test_a_route_keeps_its_options() -> None:
    route = TypedRoute("/x/y", in_a_thread, methods=["POST"], name="named")
    assert (route.path, route.methods, route.name) == ("/x/y", {"POST"}, "named")


def test_the_cost_of_a_request_is_that_of_its_questions_and_not_of_its_jobs() -> None:
    parameters = {"question": Costly(seconds=2), "job": Costly(seconds=3, is_job=True), "name": "x"}
    assert TypedRequest("x", parameters).cost == 2_000_000
    assert TypedRequest("x", {"name": "x"}).cost == 0


def test_what_an_address_says_of_a_request_is_what_is_not_as_usual() -> None:
    question = Parameters(text="å", texts=["a", "b"], number=0, flag=True, other="usual", made="x")
    state = TypedRequest("x", {"question": question, "name": "y"}).state
    assert repr(state) == "[('text', 'å'), ('texts', ['a', 'b']), ('number', 0), ('flag', 1)]"


def test_the_forms_of_values_by_hand() -> None:
    value = (date(2026, 11, 29), [None, True, 1, 1.5, "a"], {"b": municipality("545")}, Costly())
    assert canonical(value) == [
        {"date": "2026-11-29"},
        [None, True, 1, 1.5, "a"],
        {"b": {"municipality": "545"}},
        {"seconds": 1, "is_job": False, "usual": "usual"},
    ]
    with pytest.raises(TypeError, match=r"^A set has no canonical form$"):
        canonical([set()])


def test_a_request_that_was_not_noted_is_refused_with_its_address() -> None:
    request = Request({"type": "http", "path": "/a/b", "headers": [(b"host", b"x")], "query_string": b""})
    with pytest.raises(LookupError, match=r"^'?/a/b is not answered by a TypedRoute'?$"):
        typed_request(request)


def test_nothing_but_the_validated_parameters_decides_what_is_held() -> None:
    """A route that is not noted cannot answer at all."""
    app = create_app()
    router = APIRouter()

    @router.get("/plain")
    async def plain(request: Request) -> Response:
        typed_request(request)
        return Response()

    app.include_router(router)
    with TestClient(app, "http://localhost") as client, pytest.raises(LookupError, match="/plain"):
        client.get("/plain")
