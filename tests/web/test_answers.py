"""An answer is its question's, and its tag is its bytes'."""

import hashlib
import zlib
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from framsyn.web import pages
from framsyn.web.app import create_app
from framsyn.web.settings import Settings
from framsyn.web.state import AppState

FUTURES = "/api/v1/municipalities/545/futures?draws=4&indicator=population"
NARPES = f"/sv/municipality/{quote('Närpes')}"
#: One question of every operation of the interface that answers one with GET, and of every page.
QUESTIONS = [
    "/api/v1/facts",
    "/api/v1/indicators",
    "/api/v1/postures",
    "/api/v1/levers?lang=fi",
    "/api/v1/map",
    "/api/v1/municipalities?q=n",
    "/api/v1/municipalities/545",
    "/api/v1/municipalities/545/levers",
    "/api/v1/municipalities/545/futures?draws=4&years=3&strategy=focused*digital.40",
    "/api/v1/municipalities/545/evaluation?draws=50",
    "/api/v1/municipalities/545/warnings?draws=4&years=9",
    "/api/v1/municipalities/545/explanation?draws=2&year=2026",
    "/api/v1/municipalities/545/export?draws=4&years=2",
    "/api/v1/municipalities/545/export?draws=4&years=2&format=json",
    "/api/v1/municipalities/545/report?draws=4&years=3&kind=plan&format=xlsx&date=2026-01-01",
    "/api/v1/strategies.toml?strategy=lazy",
    "/api/v1/country/forecast/map",
    "/api/v1/country/forecast/totals",
    "/sv/",
    f"{NARPES}?draws=4&years=3",
    f"{NARPES}/warnings?draws=4&years=9",
    f"{NARPES}/levers?draws=4&years=3",
    f"{NARPES}/why?draws=4&years=3",
    f"{NARPES}/why/told?draws=2&years=2",
    f"{NARPES}/report",
    "/sv/compare?of=545~lazy&of=5~lazy&draws=4&years=3",
    "/sv/about",
    "/sv/api",
]
#: Questions as a poisoner writes them, beside a question whose old key they had.
POISON = [
    (f"{FUTURES}&made=M%0Ayears=3", f"{FUTURES}&made=M&years=3"),
    (f"{FUTURES}&years=3&made=M%0Aseed=7", f"{FUTURES}&years=3&made=M&seed=7"),
    (f"{FUTURES}&years=3&seed=7&strategy=lazy", f"{FUTURES}&years=3"),
    (f"{FUTURES}&years=3&made=seed%3D7%26strategy%3Dlazy", f"{FUTURES}&years=3&seed=7&strategy=lazy"),
    ("/api/v1/municipalities?made=%0Aq=Vasa", "/api/v1/municipalities?q=Vasa&made="),
    ("/api/v1/levers?made=%0Alang=fi", "/api/v1/levers?lang=fi&made="),
    ("/api/v1/map?made=%0Aindicator=residents", "/api/v1/map?indicator=residents&made="),
    (
        "/api/v1/municipalities/545/evaluation?draws=50&made=%0Aseed=7",
        "/api/v1/municipalities/545/evaluation?draws=50&seed=7&made=",
    ),
    (
        "/api/v1/municipalities/545/warnings?draws=4&made=%0Ayears=9",
        "/api/v1/municipalities/545/warnings?draws=4&years=9&made=",
    ),
    (
        "/api/v1/municipalities/545/explanation?draws=2&year=2026&made=%0Aposture=lazy",
        "/api/v1/municipalities/545/explanation?draws=2&year=2026&posture=lazy&made=",
    ),
    (
        "/api/v1/municipalities/545/export?draws=4&made=%0Ayears=2",
        "/api/v1/municipalities/545/export?draws=4&years=2&made=",
    ),
    (f"{NARPES}?draws=4&made=M%0Ayears=3", f"{NARPES}?draws=4&made=M&years=3"),
    (f"{NARPES}?draws=4&junk=M%0Ayears=3", f"{NARPES}?draws=4&junk=M&years=3"),
    (f"{NARPES}/levers?draws=4&made=M%0Ayears=3", f"{NARPES}/levers?draws=4&made=M&years=3"),
    (f"{NARPES}/why?draws=4&made=M%0Ayears=3", f"{NARPES}/why?draws=4&made=M&years=3"),
    (f"{NARPES}/why/told?draws=2&made=M%0Ayear=2026", f"{NARPES}/why/told?draws=2&made=M&year=2026"),
    (f"{NARPES}/report?made=M%0Akind=plan", f"{NARPES}/report?kind=plan&made=M"),
    (f"{NARPES}/warnings?draws=4&made=M%0Ayears=9", f"{NARPES}/warnings?draws=4&made=M&years=9"),
    ("/sv/compare?draws=4&of=545~lazy&made=M%0Ayears=3", "/sv/compare?draws=4&of=545~lazy&made=M&years=3"),
    ("/sv/?made=M%0Aq=a", "/sv/?made=M&q=a"),
]
LOCAL = "http://localhost"
UNPACKED = {"Accept-Encoding": "identity"}


def fresh() -> Iterator[TestClient]:
    with TestClient(create_app(), LOCAL, follow_redirects=False) as opened:
        yield opened


other_server = pytest.fixture(fresh)
reverse = pytest.fixture(fresh, scope="module")


def wire(client: TestClient, address: str, encoding: str) -> tuple[bytes, Headers]:
    """The bytes of an answer as they are sent, and its headers."""
    with client.stream("GET", address, headers={"Accept-Encoding": encoding}) as response:
        content = b"".join(response.iter_raw())
        assert response.status_code == 200, (address, content)
        return content, Headers(dict(response.headers))


def computed_by(server: TestClient) -> list[object]:
    """The keys of the answers that a server computes from now on."""
    computed: list[object] = []
    cache = server.app.state.shared.answers._cache  # type: ignore[attr-defined]
    put = cache.put

    def logged(key: object, value: object) -> None:
        computed.append(key)
        put(key, value)

    cache.put = logged
    return computed


def tag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_tag_is_the_digest_of_the_bytes_that_are_sent(client: TestClient, question: str) -> None:
    plain, headers = wire(client, question, "identity")
    packed, packed_headers = wire(client, question, "gzip")
    assert headers["etag"] == tag_of(plain)
    assert packed_headers["etag"] == tag_of(packed)
    assert headers["vary"] == packed_headers["vary"] == "Accept-Encoding"
    assert headers["cache-control"] == "no-cache"
    assert "content-encoding" not in headers
    if "content-encoding" in packed_headers:
        assert zlib.decompress(packed, 16 + zlib.MAX_WBITS) == plain
        assert packed_headers["etag"] != headers["etag"]
    else:
        assert packed == plain
        assert len(plain) < 800
    refused, refused_headers = wire(client, question, "gzip;q=0")
    assert (refused, refused_headers["etag"]) == (plain, headers["etag"])


@pytest.mark.parametrize("question", QUESTIONS)
def test_who_holds_the_very_bytes_is_told_so(client: TestClient, question: str) -> None:
    plain, _ = wire(client, question, "identity")
    packed, _ = wire(client, question, "gzip")
    known = client.get(question, headers={**UNPACKED, "If-None-Match": tag_of(plain)})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", tag_of(plain))
    named = f'"other", W/{tag_of(packed)}'
    assert (
        client.get(question, headers={"Accept-Encoding": "gzip", "If-None-Match": named}).status_code == 304
    )
    assert client.get(question, headers={**UNPACKED, "If-None-Match": '"other"'}).status_code == 200
    if plain != packed:
        wrong = {**UNPACKED, "If-None-Match": tag_of(packed)}
        assert client.get(question, headers=wrong).content == plain


@pytest.mark.parametrize(("poison", "victim"), POISON)
def test_a_question_that_shares_text_with_another_gets_its_own_answer(
    client: TestClient, reverse: TestClient, poison: str, victim: str
) -> None:
    """One server is asked the one first, another the other: a shared key would make them differ."""
    first = {question: client.get(question) for question in (poison, victim)}
    second = {question: reverse.get(question) for question in (victim, poison)}
    for question in (poison, victim):
        assert first[question].status_code == second[question].status_code
        assert first[question].content == second[question].content
    assert first[poison].headers.get("ETag") != first[victim].headers.get("ETag")


def test_who_asks_for_31_years_gets_31_and_not_the_21_of_another(client: TestClient) -> None:
    poisoned = client.get(f"{FUTURES}&made=M%0Ayears=30").json()
    assert len(poisoned["years"]) == 21
    assert len(client.get(f"{FUTURES}&made=M&years=30").json()["years"]) == 31
    told = client.get(f"{FUTURES}&years=2&seed=7&strategy=lazy").json()
    assert (told["seed"], [one["strategy"] for one in told["futures"]]) == (7, ["lazy"])


@pytest.mark.parametrize("question", ["/api/v1/facts", f"{FUTURES}&years=3", f"{NARPES}?draws=4&years=3"])
def test_a_fresh_server_never_says_unchanged_of_what_it_has_not_computed(
    other_server: TestClient, client: TestClient, question: str
) -> None:
    computed = computed_by(other_server)
    invented = hashlib.sha256(question.encode()).hexdigest()
    for tag in (f'"{invented[:20]}"', f'"{invented[:32]}"', '""', "abc"):
        assert other_server.get(question, headers={"If-None-Match": tag}).status_code == 200
    assert len(computed) == 1
    tag = client.get(question).headers["ETag"]
    assert other_server.get(question, headers={"If-None-Match": tag}).status_code == 304
    assert len(computed) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{FUTURES}&years=2", f"{FUTURES}&years=2&made=anything"),
        (f"{FUTURES}&years=2", "/api/v1/municipalities/545/futures?indicator=population&years=2&draws=4"),
        (f"{FUTURES}&years=2", f"{FUTURES}&years=2&seed=1&lang=sv"),
        (f"{FUTURES}&years=2", FUTURES.replace("545", quote("Närpes")) + "&years=2"),
        (f"{FUTURES}&years=2", f"{FUTURES}&years=02"),
        (f"{NARPES}?draws=4&years=2", f"{NARPES}?years=2&draws=4&junk=1&lang=fi"),
        ("/sv/compare?of=545~as_is&draws=4&years=2", "/sv/compare?years=2&draws=4&of=Pedersöre~as_is&of=545"),
    ],
)
def test_what_changes_no_answer_makes_no_other_question(
    other_server: TestClient, one: str, other: str
) -> None:
    computed = computed_by(other_server)
    first, second = other_server.get(one), other_server.get(other)
    assert first.status_code == second.status_code == 200
    same = "Peders" not in other
    assert (first.content == second.content) == same
    assert len(computed) == (1 if same else 2)


def test_another_edition_of_the_numbers_is_another_answer(
    other_server: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = computed_by(other_server)
    other_server.get("/api/v1/municipalities/545")
    monkeypatch.setattr("framsyn.web.answers.made_with", lambda: "9.9.9")
    other_server.get("/api/v1/municipalities/545")
    assert len(set(computed)) == 2


def test_a_page_under_another_path_is_another_answer() -> None:
    app = FastAPI()
    app.state.shared = AppState(Settings())
    app.include_router(pages.router)
    page = f"{NARPES}/report"
    plain, under = TestClient(app, LOCAL), TestClient(app, LOCAL, root_path="/framsyn")
    assert 'href="/fi/' in plain.get(page).text
    assert 'href="/framsyn/fi/' in under.get(page).text
    assert 'href="/fi/' in plain.get(page).text
    app.state.shared.close()


def test_a_link_to_another_language_is_of_the_validated_request(client: TestClient) -> None:
    page = client.get(f"{NARPES}?draws=4&years=3&junk=%22%3E&lang=fi").text
    assert 'href="/fi/municipality/N%C3%A4rpi%C3%B6?years=3&amp;draws=4&amp;made=' in page
    assert "junk" not in page


def test_a_refusal_is_kept_by_nobody(client: TestClient) -> None:
    for address in ("/sv/municipality/Nowhere", "/api/v1/municipalities/Nowhere", f"{FUTURES}&years=99"):
        assert client.get(address).headers["Cache-Control"] == "no-store"


def test_half_a_pair_of_surrogates_is_refused_with_the_headers_of_every_answer(client: TestClient) -> None:
    for body in (b'{"toml": "\\ud800"}', b'{"\\ud800": 1}'):
        refused = client.post(
            "/api/v1/strategies", content=body, headers={"Content-Type": "application/json"}
        )
        assert refused.status_code in (400, 422)
        assert refused.json()["error"]
        assert refused.headers["X-Content-Type-Options"] == "nosniff"


def test_files_of_the_pages_stay_in_the_browser_until_they_change(client: TestClient) -> None:
    page = client.get("/sv/").text
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in client.get(style).headers["Cache-Control"]
    old = "/static/000000000000/" + style.rpartition("/")[2]
    assert client.get(old).headers["Cache-Control"] == "no-cache"


def test_files_of_the_pages_are_packed_for_those_alone_who_take_it(client: TestClient) -> None:
    for taken, packed in (("gzip", True), ("gzip;q=0", False), ("*", True), ("identity", False)):
        headers = client.get("/static/x/page.js", headers={"Accept-Encoding": taken}).headers
        assert ("Content-Encoding" in headers) == packed
        assert headers["Vary"] == "Accept-Encoding"


def test_a_link_made_with_another_version_says_so(client: TestClient) -> None:
    page = "/en/municipality/N%C3%A4rpes/levers?draws=20&years=3"
    made = client.get("/api/v1/facts").json()["made"]
    assert "figures may differ" not in client.get(f"{page}&made={made}").text
    stale = client.get(f"{page}&made=0.0.1.old").text
    assert "figures may differ" in stale
    assert "made=0.0.1.old" in stale  # the switch of language keeps saying so
