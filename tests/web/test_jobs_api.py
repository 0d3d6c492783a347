"""Jobs through the interface: ended with a secret alone, left by whoever hangs up, found after a kill."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import httpx2 as httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from framsyn.i18n.translator import words
from framsyn.places.municipality import municipality
from framsyn.web.api.choice_question import ChoiceRequest, question_of
from framsyn.web.api.choosing import FUNCTION as SEARCH_FUNCTION
from framsyn.web.api.choosing import KIND as SEARCH
from framsyn.web.app import create_app
from framsyn.web.client import client_of
from framsyn.web.job import INTERRUPTED, Job, job_id
from framsyn.web.job_store import JobStore
from framsyn.web.jobs import Jobs
from framsyn.web.settings import Settings
from tests.web.small_jobs import HERE
from tests.web.thread_server import serving
from tests.web.waiting import alive, processes_in, until

KIND, FUNCTION = "choice", f"{HERE}:work_on"
HOST = "http://localhost"
BODY = {"Content-Type": "application/json"}


@pytest.fixture
def own_app() -> Iterator[FastAPI]:
    app = create_app()
    yield app
    app.state.shared.close()


def jobs_of(app: FastAPI) -> Jobs:
    return cast(Jobs, app.state.shared.jobs)


def leave(client: TestClient, identity: str, token: str | None, **parameters: str) -> Any:
    headers = BODY | ({} if token is None else {"Framsyn-Follower": token})
    return client.request("DELETE", f"/api/v1/choices/{identity}", headers=headers, params=parameters)


def test_only_who_began_a_search_can_end_it(own_app: FastAPI, tmp_path: Path) -> None:
    path = tmp_path / "process"
    arguments = {"path": str(path)}
    job, first = jobs_of(own_app).start(KIND, FUNCTION, arguments, "a")
    second = jobs_of(own_app).start(KIND, FUNCTION, arguments, "b").token
    (process,) = processes_in(path)
    with TestClient(own_app, base_url=HOST) as client:
        texts = set()
        for lang in ("sv", "fi", "en"):
            for token in (None, "", "x" * 32, job.id):
                refused = leave(client, job.id, token, lang=lang)
                assert refused.status_code == 403
                texts.add(refused.json()["error"])
        assert "Only those who began the work can stop it, in the window where they began it." in texts
        assert len(texts) == 3
        where = f"/api/v1/choices/{job.id}"
        assert client.get(where).json()["job"]["state"] == "running"
        assert alive(process)
        public = client.get(where).text
        assert first
        assert second
        assert not any(token in public for token in (first, second))
        assert leave(client, job.id, first).json()["state"] == "running"
        assert alive(process)
        assert leave(client, job.id, second).json()["state"] == "cancelled"
        until(lambda: not alive(process))
        assert leave(client, "0" * 20, first).status_code == 404


def test_who_begins_or_joins_work_gets_a_secret_that_nobody_else_sees(own_app: FastAPI) -> None:
    blocked = jobs_of(own_app).start(KIND, f"{HERE}:work_on", {"path": os.devnull + "/x"}, "a")
    assert blocked.token
    with TestClient(own_app, base_url=HOST) as client:
        where = "/api/v1/municipalities/545/choices"
        small = {"budget": 200, "worlds": 10, "fresh": 30, "years": 10}
        answers = [client.post(where, json=small) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [202, 202]
        assert answers[0].headers["cache-control"] == "no-store"
        first, second = (answer.json() for answer in answers)
        assert first["id"] == second["id"]
        assert first["token"] != second["token"]
        for address in (f"/api/v1/choices/{first['id']}", f"{where}?budget=200&worlds=10&fresh=30&years=10"):
            assert "token" not in client.get(address).json()
        assert leave(client, first["id"], first["token"]).json()["state"] != "cancelled"
        assert leave(client, first["id"], second["token"]).json()["state"] == "cancelled"


def test_a_stream_that_is_refused_after_it_was_begun_ends_without_an_error(
    own_app: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many that begin at the same time all pass the check; an error would fill the log of the server."""
    jobs = jobs_of(own_app)
    job = jobs.start(KIND, FUNCTION, {"path": str(tmp_path / "process")}, "a").job
    monkeypatch.setattr(jobs, "check_follow", lambda *_: None)
    bounded = replace(Settings(), job_followers_by_client=0)
    monkeypatch.setattr(jobs._followers, "_settings", bounded)
    with TestClient(own_app, base_url="http://localhost") as client:
        answer = client.get(f"/api/v1/choices/{job.id}/events")
    assert (answer.status_code, answer.text) == (200, "")


def test_a_stream_ends_when_its_reader_hangs_up(own_app: FastAPI, tmp_path: Path) -> None:
    jobs = jobs_of(own_app)
    job = jobs.start(KIND, FUNCTION, {"path": str(tmp_path / "process")}, "a").job
    with serving(own_app) as address:
        where = f"{address}/api/v1/choices/{job.id}/events?lang=sv"
        with httpx.stream("GET", where, timeout=60) as answer:
            lines = answer.iter_lines()  # held: hangs up where it is let go
            line = next(line for line in lines if line.startswith("data:"))
            event = json.loads(line.removeprefix("data:"))
            assert (event["id"], event["state"]) == (job.id, "running")
            assert "token" not in event
            assert jobs.streams == 1
        until(lambda: jobs.streams == 0)
        assert jobs.get(job.id).state == "running"


def test_a_server_that_is_killed_leaves_no_process_and_its_work_can_be_begun_again(tmp_path: Path) -> None:
    path, folder = tmp_path / "process", tmp_path / "jobs"
    identity = job_id(KIND, FUNCTION, {"path": str(path), "grandchild": True})
    command = [sys.executable, "-m", "tests.web.small_server", str(folder), str(path)]
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env=environment) as server:
        try:
            processes = processes_in(path)
            assert server.stdout
            address = server.stdout.readline().strip()
            running = httpx.get(f"{address}/api/v1/choices/{identity}", timeout=60).json()
            assert running["job"]["state"] == "running"
            assert len(processes) == 2
            assert all(map(alive, processes))
        finally:
            server.send_signal(signal.SIGKILL)
    until(lambda: not any(map(alive, processes)), "a job outlives its server")
    with TestClient(create_app(Settings(jobs_folder=folder)), base_url=HOST) as client:
        job = client.get(f"/api/v1/choices/{identity}", params={"lang": "en"}).json()["job"]
    assert job["state"] == "failed"
    assert job["error"] == "The server was restarted before the work was finished. Begin it again."


def test_the_page_of_a_search_says_that_the_server_was_restarted(tmp_path: Path) -> None:
    small: dict[str, Any] = {"budget": 200, "worlds": 10, "fresh": 30, "years": 10}
    arguments = question_of(municipality("545"), ChoiceRequest(**small)).arguments
    identity = job_id(SEARCH, SEARCH_FUNCTION, arguments)
    job = Job(identity, SEARCH, SEARCH_FUNCTION, arguments, "a")
    JobStore(tmp_path, 1_000_000, 1e6).begin(job)
    with TestClient(create_app(Settings(jobs_folder=tmp_path)), base_url=HOST) as client:
        for lang in ("sv", "fi", "en"):
            page = client.get(f"/{lang}/municipality/545/choose", params=small).text
            assert f'data-failed="{words(lang).error(INTERRUPTED)}"' in page


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("testclient", "testclient"),
    ],
)
def test_one_subscriber_is_one_client(host: str, client: str) -> None:
    headers = [(b"x-forwarded-for", b"203.0.113.9"), (b"forwarded", b"for=203.0.113.9")]
    request = Request({"type": "http", "client": (host, 1234), "headers": headers})
    assert client_of(request) == client
