"""Who may ask, how much, and what a browser may do with the answer."""

import pytest
from fastapi.testclient import TestClient

from framsyn.web.response_headers import HEADERS

FUTURES = "/api/v1/municipalities/545/futures"


@pytest.mark.parametrize(
    "path", ["/sv/", "/api/v1/facts", "/nothing", "/static/x/page.js", "/sv/municipality/x"]
)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_nothing_inline_nothing_foreign_and_nothing_evaluated_is_allowed() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none'")


def test_a_strange_name_of_the_server_is_refused(client: TestClient) -> None:
    answer = client.get("/api/v1/facts", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert "evil.example" in answer.json()["error"]
    assert client.get("/api/v1/facts", headers={"Host": "localhost:8000"}).status_code == 200


def test_another_site_s_page_may_not_send_anything(client: TestClient) -> None:
    own = {"Content-Type": "application/json"}
    strange = [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ]
    for headers in strange:
        assert client.post("/api/v1/facts", headers=own | headers, content="{}").status_code == 403
    assert (
        client.post("/api/v1/facts", content="a=1", headers={"Content-Type": "text/plain"}).status_code == 415
    )
    # What is its own is let through to the interface, which has nothing to be sent there.
    assert (
        client.post("/api/v1/facts", headers=own | {"Origin": "http://localhost"}, content="{}").status_code
        == 405
    )


def test_too_much_is_refused_before_it_is_read(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.post("/api/v1/facts", headers=headers, content="x" * 70_000).status_code == 413
    assert client.get("/sv/?x=" + "a" * 20_000).status_code == 414


HOSTILE = [
    (FUTURES, {"draws": "1000000000"}, 422),
    (FUTURES, {"draws": "-1"}, 422),
    (FUTURES, {"draws": "NaN"}, 422),
    (FUTURES, {"years": "51"}, 422),
    (FUTURES, {"seed": "-1"}, 422),
    (FUTURES, {"seed": "9" * 400}, 422),
    (FUTURES, {"strategy": "nobody"}, 422),
    (FUTURES, {"strategy": "as_is*digital.nan"}, 422),
    (FUTURES, {"strategy": "as_is*digital.1e999"}, 422),
    (FUTURES, {"strategy": "as_is*from.99999999999999999999"}, 422),
    (FUTURES, {"strategy": "as_is*" + "digital.1*" * 300}, 422),
    (FUTURES, {"strategy": ["as_is"] * 20}, 422),
    (FUTURES, {"indicator": "../../etc/passwd"}, 422),
    (FUTURES, {"unknown": "1"}, 422),
    (FUTURES, {"lang": "de"}, 422),
    ("/api/v1/municipalities/%00/futures", {}, 404),
    ("/api/v1/municipalities/..%2F..%2Fetc/futures", {}, 404),
    ("/api/v1/municipalities/" + "x" * 500 + "/futures", {}, 404),
    ("/static/x/../../pyproject.toml", {}, 404),
    ("/static/x/%2e%2e/app.py", {}, 404),
    ("/static/x/charts/../../x.json", {}, 404),
    ("/static/x/locales/de.json", {}, 404),
    ("/sv/municipality/Ingenstans", {}, 404),
    ("/de/", {}, 404),
    ("/sv/municipality/545/levers", {"strategy": "x"}, 422),
    ("/sv/compare", {"of": "545~as_is*x.1"}, 422),
    ("/sv/compare", {"of": ["545~as_is"] * 9}, 422),
]


@pytest.mark.parametrize(("path", "asked", "status"), HOSTILE)
def test_hostile_input_is_refused_with_a_text(
    client: TestClient, path: str, asked: dict[str, str], status: int
) -> None:
    answer = client.get(path, params=asked)
    assert answer.status_code == status
    told = answer.json()["error"] if path.startswith("/api/") else answer.text
    assert len(told) > 20
    assert "Traceback" not in told


SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "path",
    [
        f"/sv/municipality/{SCRIPT}",
        f"/en/municipality/545/levers?strategy={SCRIPT}",
        f"/fi/compare?of=545~{SCRIPT}",
        f"/sv/?made={SCRIPT}",
    ],
)
def test_a_script_in_what_is_asked_is_told_as_text(client: TestClient, path: str) -> None:
    text = client.get(path).text
    assert SCRIPT not in text
    assert "alert(1)" in text or "script" not in text.partition("<main")[2]


@pytest.mark.parametrize(("lang", "word"), [("sv", "finns"), ("fi", "ei ole"), ("en", "no municipality")])
def test_an_error_is_told_in_the_reader_s_language(client: TestClient, lang: str, word: str) -> None:
    assert word in client.get("/api/v1/municipalities/xyzzy", params={"lang": lang}).json()["error"]
    assert word in client.get(f"/{lang}/municipality/xyzzy/levers").text


def test_what_is_deleted_needs_no_kind_of_content(client: TestClient) -> None:
    for more in ({}, {"Content-Type": "application/json"}):
        assert client.delete("/api/v1/choices/none", headers=more).status_code == 404
    assert client.delete("/api/v1/choices/none", headers={"Origin": "http://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"{", "The body is not JSON. Send JSON as /api/v1/openapi.json describes it."),
        (b'{"text": "a"}', "toml is missing: it is needed."),
    ],
)
def test_a_body_that_cannot_be_read_is_told_in_words(client: TestClient, sent: bytes, told: str) -> None:
    headers = {"Content-Type": "application/json", "Accept-Language": "en"}
    answer = client.post("/api/v1/strategies", content=sent, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (422, told)


def test_what_the_guard_refuses_is_described_for_every_operation(client: TestClient) -> None:
    refused = {"403", "404", "405", "408", "413", "414", "415", "421", "422", "429", "503"}
    for methods in client.get("/api/v1/openapi.json").json()["paths"].values():
        for operation in methods.values():
            assert refused <= set(operation["responses"])
