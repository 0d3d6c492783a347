"""Behind a proxy and under a path: links hold, and only a trusted proxy is believed."""

import asyncio
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from framsyn.errors import FramsynError
from framsyn.web.app import create_app
from framsyn.web.base_path import base_path_of, route_path
from framsyn.web.proxies import Forwarded
from framsyn.web.settings import Settings
from tests.browsing import Heard, opened_browser
from tests.web.serving import HANG, free_port, running

PREFIX = "/framsyn"
PAGES = ("", "compare", "country", "about", "api", "municipality/545", "municipality/545/levers")
PARTS = ("choose", "report", "why")
PAGE = Path(__file__).parents[2] / "docs" / "serve.md"
#: Addresses that a page leads to or asks for.
ADDRESS = re.compile(r'(?:href|src|action|data-part)="(/[^"]*)"')


# ---------------------------------------------------------------- what a proxy tells


def forwarded(
    headers: dict[str, str], client: str = "10.0.0.1", path: str = "/sv/", root_path: str = ""
) -> dict[str, Any]:
    """What the application sees of a request."""
    seen: dict[str, Any] = {}

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.update(scope)

    async def nothing() -> Message:
        raise AssertionError

    async def nobody(_: Message) -> None:
        raise AssertionError

    scope = {
        "type": "http",
        "scheme": "http",
        "client": (client, 1234),
        "path": path,
        "raw_path": path.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in {"host": "inner", **headers}.items()],
    }
    asyncio.run(Forwarded(app, ["10.0.0.0/8"], root_path)(scope, nothing, nobody))
    return seen


TELLING = {
    "x-forwarded-for": "6.6.6.6, 9.9.9.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "evil.example, kommunen.example:8443",
    "x-forwarded-prefix": "/elsewhere",
}


def test_a_trusted_proxy_is_believed_and_what_the_visitor_invented_is_not() -> None:
    seen = forwarded(TELLING)
    assert (
        seen["client"][0] == "9.9.9.9"
    )  # the last that is not a proxy of ours: 6.6.6.6 is the visitor's word
    assert seen["scheme"] == "https"
    assert dict(seen["headers"])[b"host"] == b"kommunen.example:8443"
    assert (seen["root_path"], seen["path"]) == ("/elsewhere", "/elsewhere/sv/")


@pytest.mark.parametrize("client", ["192.0.2.1", "11.0.0.1", "::1", "testclient", ""])
def test_nobody_else_is_believed(client: str) -> None:
    seen = forwarded(TELLING, client=client)
    assert seen["client"] == (client, 1234)
    assert seen["scheme"] == "http"
    assert dict(seen["headers"])[b"host"] == b"inner"
    assert (seen["root_path"], seen["path"]) == ("", "/sv/")


def test_an_address_of_ipv4_written_as_one_of_ipv6_is_the_same_address() -> None:
    assert forwarded(TELLING, client="::ffff:10.0.0.1")["client"][0] == "9.9.9.9"
    assert forwarded({}, client="::ffff:192.0.2.1")["client"][0] == "192.0.2.1"


@pytest.mark.parametrize(
    "prefix", ["//evil.example", "/a b", "/a/../b", "a", "/sv", "/a\x7f", "/" + "a" * 300]
)
def test_a_prefix_that_is_no_path_of_the_server_is_ignored(prefix: str) -> None:
    seen = forwarded({"x-forwarded-prefix": prefix}, root_path=PREFIX)
    assert seen["root_path"] == PREFIX


@pytest.mark.parametrize("path", ["/sv/about", f"{PREFIX}/sv/about"])
def test_the_path_may_come_with_or_without_its_prefix(path: str) -> None:
    seen = forwarded({}, path=path, root_path=PREFIX)
    assert seen["path"] == f"{PREFIX}/sv/about"
    assert seen["raw_path"] == b"/framsyn/sv/about"
    assert route_path(seen) == "/sv/about"


def test_a_prefix_that_the_server_of_the_application_sets_is_kept() -> None:
    settings = Settings()
    with TestClient(create_app(settings), base_url="http://localhost", root_path=PREFIX) as client:
        found = addresses(client.get("/sv/about").text)
    assert {each for each in found if not each.startswith(f"{PREFIX}/")} == set()


def test_a_path_that_only_begins_as_the_prefix_does_is_another() -> None:
    assert forwarded({}, path="/framsynt", root_path=PREFIX)["path"] == "/framsyn/framsynt"


@pytest.mark.parametrize("text", ["framsyn", "/sv", "/api/x", "/a b", "/a//b", "/..", "/a?b"])
def test_a_path_of_the_server_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(FramsynError, match="cannot be the path of the server"):
        base_path_of(text)


@pytest.mark.parametrize(
    ("text", "prefix"),
    [("", ""), ("/", ""), ("/framsyn/", PREFIX), ("/a/b-1", "/a/b-1"), ("/svenska", "/svenska")],
)
def test_a_path_of_the_server_ends_without_a_slash(text: str, prefix: str) -> None:
    assert base_path_of(text) == prefix


def test_an_address_that_is_no_proxy_s_is_refused() -> None:
    with pytest.raises(FramsynError, match=r"proxy\.example is not the address of a proxy"):
        create_app(Settings(proxies=("proxy.example",))).build_middleware_stack()


# ---------------------------------------------------------------- pages under a path


@pytest.fixture(scope="module")
def under_path() -> Iterator[TestClient]:
    settings = Settings(root_path=PREFIX, proxies=("192.0.2.1",))
    with TestClient(
        create_app(settings), base_url="http://localhost", follow_redirects=False, client=("192.0.2.1", 1)
    ) as client:
        yield client


def addresses(page: str) -> list[str]:
    return [unescape(found) for found in ADDRESS.findall(page)]


@pytest.mark.parametrize("lang", ["sv", "fi"])
@pytest.mark.parametrize("page", [*PAGES, *(f"municipality/545/{part}" for part in PARTS), "nowhere"])
def test_every_address_of_a_page_is_under_the_path(under_path: TestClient, lang: str, page: str) -> None:
    answer = under_path.get(f"{PREFIX}/{lang}/{page}", params={"draws": "2", "years": "2"})
    if answer.status_code == 307:
        assert answer.headers["location"].startswith(f"{PREFIX}/{lang}/municipality/")
        answer = under_path.get(answer.headers["location"])
    found = addresses(answer.text)
    assert len(found) > 10
    assert {each for each in found if not each.startswith(f"{PREFIX}/")} == set()
    assert not any(each.startswith(PREFIX * 2) for each in found)


def test_the_start_page_is_found_in_the_readers_language(under_path: TestClient) -> None:
    for path in (PREFIX, f"{PREFIX}/", "/"):
        answer = under_path.get(path, headers={"Accept-Language": "fi"})
        assert answer.headers["location"].startswith(f"{PREFIX}/fi/")


def test_a_job_is_followed_where_its_answer_leads(under_path: TestClient) -> None:
    begun = under_path.post("/api/v1/country", json={"draws": 2, "years": 1})
    assert begun.status_code == 202
    where = f"{PREFIX}/api/v1/country/{begun.json()['id']}"
    assert begun.headers["location"] == where
    told = {"Framsyn-Follower": begun.json()["token"], "Content-Type": "application/json"}
    assert under_path.delete(where, headers=told).status_code == 200


def test_the_same_page_under_another_path_has_its_own_addresses(under_path: TestClient) -> None:
    plain = under_path.get("/sv/about")
    other = under_path.get("/sv/about", headers={"X-Forwarded-Prefix": "/other/place"})
    assert all(each.startswith("/other/place/") for each in addresses(other.text))
    assert plain.headers["etag"] != other.headers["etag"]


def test_the_interface_describes_itself_under_the_path(under_path: TestClient) -> None:
    described = under_path.get("/api/v1/openapi.json").json()
    assert described["servers"][0]["url"] == PREFIX


# ---------------------------------------------------------------- who sends


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost", 405),
        ("http://localhost:80", 405),
        ("https://localhost", 403),
        ("http://localhost:8080", 403),
        ("http://127.0.0.1", 403),
        ("http://localhost.evil.example", 403),
        ("null", 403),
        ("http://localhost:x", 403),
        ("http://[", 403),
        ("localhost", 403),
    ],
)
def test_scheme_name_and_port_of_the_sending_page_are_compared(
    client: TestClient, origin: str, status: int
) -> None:
    assert client.post("/api/v1/facts", json={}, headers={"Origin": origin}).status_code == status


def test_the_scheme_and_host_are_those_that_the_trusted_proxy_tells(under_path: TestClient) -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost:8443"}
    for origin, status in (("https://localhost:8443", 405), ("http://localhost", 403)):
        answer = under_path.post("/api/v1/facts", json={}, headers={**told, "Origin": origin})
        assert answer.status_code == status


def test_the_name_that_tests_use_is_no_name_of_the_server(client: TestClient) -> None:
    assert client.get("/api/v1/facts", headers={"Host": "testserver"}).status_code == 421


# ---------------------------------------------------------------- a real proxy

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
CONFIGURATION = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 128; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
{locations}
    }}
}}
"""


def example(server: str) -> str:
    """The configuration that the page on serving gives, and the same with the path taken away."""
    found = re.search(r"```nginx\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    told = found[1].replace("http://127.0.0.1:8000", server)
    stripped = told.replace(PREFIX, "/stripped").replace(f"{server};", f"{server}/;")
    return told + stripped


@pytest.fixture(scope="module")
def behind_nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an nginx in front of a server, or a skip with the reason."""
    if NGINX is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    with running(Settings(root_path=PREFIX, proxies=("127.0.0.1",))) as server:
        user = "user root;" if os.geteuid() == 0 else ""
        text = CONFIGURATION.format(user=user, folder=folder, port=port, locations=example(server))
        (folder / "nginx.conf").write_text(text, "utf-8")
        command = [NGINX, "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
        process = subprocess.Popen(command)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}{PREFIX}/healthz", process)
            yield address
        finally:
            process.terminate()
            process.wait(HANG)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + HANG
    while time.monotonic() < until:
        assert process.poll() is None
        try:
            httpx2.get(address).raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return


@pytest.mark.parametrize("prefix", [PREFIX, "/stripped"])
def test_pages_and_files_are_found_behind_a_real_nginx(behind_nginx: str, prefix: str) -> None:
    with httpx2.Client(base_url=behind_nginx, follow_redirects=True) as client:
        page = client.get(prefix, headers={"Accept-Language": "sv"})
        assert page.url.path == f"{prefix}/sv/"
        assert len(page.history) == 2
        found = addresses(page.text)
        assert {each for each in found if not each.startswith(f"{prefix}/")} == set()
        files = {each for each in found if "/static/" in each}
        assert len(files) >= 4
        for each in (*files, next(each for each in found if "/municipality/" in each)):
            assert client.get(each).status_code == 200
        moved = client.get(f"{prefix}/fi/municipality/545?draws=2&years=2")
        assert moved.url.path == f"{prefix}/fi/municipality/Närpiö"
        assert client.head(f"{prefix}/sv/about").status_code == 200


def test_a_page_behind_a_real_nginx_may_send_and_another_may_not(behind_nginx: str) -> None:
    body = {"toml": '[ours]\nbased_on = "focused"\n'}
    where = f"{behind_nginx}{PREFIX}/api/v1/strategies"
    assert httpx2.post(where, json=body, headers={"Origin": behind_nginx}).status_code == 200
    for other in ("http://127.0.0.1", "http://127.0.0.1:1", behind_nginx.replace("http", "https")):
        assert httpx2.post(where, json=body, headers={"Origin": other}).status_code == 403


@pytest.mark.browser
def test_scripts_ask_under_the_path_behind_a_real_nginx(behind_nginx: str) -> None:
    with opened_browser() as browser:
        page = browser.new_page()
        heard = Heard(page)
        failed: list[str] = []
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        page.goto(f"{behind_nginx}{PREFIX}/en/municipality/N%C3%A4rpes/levers?draws=2&years=2")
        page.wait_for_function("document.getElementById('download').href.includes('as_is')")
        page.locator('input[name="digital"]').fill("40")
        with page.expect_response(lambda answer: "/futures" in answer.url):
            page.locator('input[name="digital"]').dispatch_event("input")
        where = page.locator("#download").get_attribute("href") or ""
        page.goto(f"{behind_nginx}{PREFIX}/en/")
        page.locator('input[type="search"], input[name="q"]').first.fill("kaskinen")
        page.locator('#suggestions [role="option"]').first.click()
        page.wait_for_url(f"**{PREFIX}/en/municipality/**")
        page.close()
    assert where.startswith(f"{PREFIX}/api/v1/strategies.toml?")
    assert heard.outside(f"{behind_nginx}{PREFIX}/") == []
    assert failed == []
    assert heard.said == []
