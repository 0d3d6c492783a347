"""The server says that it is open when it is: until then every answer asks for patience."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from framsyn.cli.serve import serve
from framsyn.errors import FramsynError
from framsyn.web import warming as start
from framsyn.web.app import create_app
from framsyn.web.response_headers import HEADERS
from framsyn.web.warming import Stage, Warming
from tests.web.serving import HANG, free_port

#: What the command runs in the tests that need it to be slow or to fail where the model is compiled.
PROGRAM = """
import sys, time
from framsyn.web import warming
from framsyn.errors import FramsynError

def simulate(*arguments, **options):
    {doing}

warming.foresee = simulate
from framsyn.cli import main
main()
"""
#: Begins at once and never ends by itself.
ENDLESS = "print('compiling', flush=True); time.sleep(3600)"


class Held:
    """A start that waits where the model is compiled until it is let go on."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.error: Exception | None = None

    def __call__(self, *_arguments: object, **_options: object) -> None:
        self.reached.set()
        assert self.go_on.wait(HANG)
        if self.error is not None:
            raise self.error


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Compiling, in the test's hands."""
    made = Held()
    monkeypatch.setattr(start, "foresee", made)
    monkeypatch.setattr("framsyn.web.statics.warm", lambda: None)
    yield made
    made.go_on.set()


def test_a_server_that_starts_asks_for_patience_and_then_answers(held: Held) -> None:
    stages: list[Stage] = []
    warming = Warming(stages.append)
    with TestClient(create_app(warming=warming), base_url="http://localhost") as client:
        assert held.reached.wait(HANG)
        for path, word in (("/sv/", "Servern startar"), ("/fi/about", "Palvelin käynnistyy")):
            page = client.get(path)
            assert page.status_code == 503
            assert page.headers["retry-after"] == "5"
            assert page.headers["cache-control"] == "no-store"
            assert f"<h1>{word}</h1>" in page.text
            assert '<meta http-equiv="refresh" content="5">' in page.text
            assert {name: page.headers[name] for name in HEADERS} == HEADERS
        finnish = client.get("/", headers={"Accept-Language": "fi"})
        assert "Palvelin käynnistyy" in finnish.text
        told = client.get("/api/v1/facts", params={"lang": "en"})
        assert (told.status_code, told.json()["status"]) == (503, 503)
        assert told.json()["error"].startswith("The server is starting")
        assert client.head("/sv/").status_code == 503
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").status_code == 503
        assert client.get("/readyz").headers["retry-after"] == "5"
        held.go_on.set()
        assert warming.wait(HANG)
        assert client.get("/readyz").status_code == 200
        assert client.get("/sv/about").status_code == 200
    assert stages == [Stage.READING, Stage.COMPILING, Stage.CHARTS, Stage.READY]


def test_what_the_page_of_patience_is_made_of_is_answered(held: Held) -> None:
    with TestClient(create_app(warming=Warming()), base_url="http://localhost") as client:
        assert held.reached.wait(HANG)
        where = client.get("/sv/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert where.startswith("/static/")
        assert client.get(where).status_code == 200


@pytest.mark.parametrize("error", [FramsynError("The bundle is broken."), RuntimeError("no compiler")])
def test_a_start_that_fails_never_becomes_ready(held: Held, error: Exception) -> None:
    stages: list[Stage] = []
    warming = Warming(stages.append)
    held.error = error
    held.go_on.set()
    with TestClient(create_app(warming=warming), base_url="http://localhost") as client:
        assert warming.wait(HANG)
        assert client.get("/readyz").status_code == 503
        assert client.get("/sv/").status_code == 503
        assert client.get("/healthz").status_code == 200
    assert warming.error is error
    assert stages[-1] is Stage.FAILED
    assert not warming.simulated


def test_it_is_called_ready_no_sooner_than_all_else_is_answered(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, drawn = threading.Event(), threading.Event()

    def warm() -> None:
        drawing.set()
        assert drawn.wait(HANG)

    monkeypatch.setattr("framsyn.web.statics.warm", warm)
    warming = Warming()
    held.go_on.set()
    with TestClient(create_app(warming=warming), base_url="http://localhost") as client:
        assert drawing.wait(HANG)
        assert warming.simulated
        assert (client.get("/sv/about").status_code, client.get("/readyz").status_code) == (503, 503)
        drawn.set()
        assert warming.wait(HANG)
        assert (client.get("/sv/about").status_code, client.get("/readyz").status_code) == (200, 200)


def test_without_a_start_of_its_own_a_server_answers_but_is_not_called_ready() -> None:
    with TestClient(create_app(), base_url="http://localhost") as client:
        assert client.get("/sv/about").status_code == 200
        assert client.get("/readyz").status_code == 503


def test_a_start_simulates_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framsyn.web.statics.warm", lambda: None)
    warming = Warming()
    warming.start()
    assert warming.wait(HANG * 5)
    assert warming.error is None
    assert warming.simulated


def test_health_is_told_under_any_name_of_a_host_and_nothing_else_is(client: TestClient) -> None:
    strange = {"Host": "10.1.2.3:8000"}
    assert client.get("/healthz", headers=strange).status_code == 200
    assert client.get("/readyz", headers=strange).status_code in (200, 503)
    assert client.get("/api/v1/facts", headers=strange).status_code == 421


# ---------------------------------------------------------------- the command


def command(doing: str, *arguments: str) -> subprocess.Popen[str]:
    program = PROGRAM.format(doing=doing)
    environment = os.environ | {"PYTHONPATH": str(Path(start.__file__).parents[2]), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--lang", "en", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_ctrl_c_while_the_model_is_compiled_ends_the_command_at_once() -> None:
    port = free_port()
    process = command(ENDLESS, "--port", str(port), "--root-path", "/framsyn/")
    assert process.stdout
    try:
        lines = [process.stdout.readline() for _ in range(3)]
        assert lines[0] == "Reading the starting data …\n"
        assert lines[1].startswith("Compiling the model: about a minute the first time")
        assert lines[2] == "compiling\n"
        answer = httpx2.get(f"http://127.0.0.1:{port}/framsyn/sv/", timeout=HANG)
        assert answer.status_code == 503
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=HANG)  # it would go on for an hour
    finally:
        process.kill()
    assert process.returncode == 130
    assert "open at" not in out
    assert err == ""


def test_a_start_that_fails_says_why_and_ends_with_status_2() -> None:
    process = command("raise OSError(28, 'No space left on device')", "--port", str(free_port()))
    out, err = process.communicate(timeout=HANG)
    assert process.returncode == 2
    assert "open at" not in out
    assert "The server cannot start" in err
    assert "OSError: [Errno 28] No space left on device" in " ".join(err.split())
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "options", [{"root_path": "framsyn"}, {"root_path": "/sv"}, {"proxy": ["proxy.example"]}]
)
def test_options_that_cannot_be_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(FramsynError, match=r"/framsyn|10\.0\.0\.0/8"):
        serve(**options)


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(FramsynError, match=f"port {port}"):
            serve(port=port)


@pytest.mark.parametrize("host", ["a" * 300, "ä..ö"])
def test_a_name_that_no_host_can_have_is_refused(host: str) -> None:
    with pytest.raises(FramsynError, match="Nothing can listen"):
        serve(host=host, port=8000)
