"""Jobs: one at a time in a process of its own, known by what is asked, followed, bounded and ended."""

import asyncio
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from framsyn.i18n.translator import words
from framsyn.web.api.job_answers import job_told
from framsyn.web.job import Job
from framsyn.web.jobs import Jobs
from framsyn.web.queue import BusyError
from framsyn.web.refused import NotFoundError, TooManyError
from framsyn.web.settings import Settings
from tests.web.small_jobs import HERE

BOUNDS = Settings(jobs_waiting=3, jobs_by_client=2, jobs_kept=3)
PATIENCE = 20.0


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs(BOUNDS)
    yield made
    made.close()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def followed(jobs: Jobs, identity: str) -> list[Job]:
    async def all_of() -> list[Job]:
        return [one async for one in jobs.follow(identity) if one is not None]

    return asyncio.run(asyncio.wait_for(all_of(), PATIENCE))


def test_jobs_are_done_one_after_the_other_and_what_they_tell_is_kept(jobs: Jobs) -> None:
    first = jobs.start("count", f"{HERE}:counted", {"steps": 3}, "a")
    second = jobs.start("count", f"{HERE}:refused", {"id": "beauty"}, "b")
    third = jobs.start("count", f"{HERE}:broken", {}, "c")
    assert (first.state, second.state, third.state) == ("running", "waiting", "waiting")
    assert (second.ahead, third.ahead) == (1, 2)
    assert jobs.start("count", f"{HERE}:counted", {"steps": 3}, "z").id == first.id
    told = followed(jobs, third.id)
    assert told[-1].state == "failed"
    done, bad = jobs.get(first.id), jobs.get(second.id)
    assert done.state == "done"
    assert json.loads(done.result) == {"steps": 3, "nice": os.nice(0) + 10}
    assert (done.done, done.total, done.told) == (3, 3, {"step": 2})
    assert done.ended <= bad.began
    assert job_told(bad, words("en")).error.startswith("There is no indicator beauty")
    assert job_told(bad, words("sv")).error != job_told(bad, words("en")).error
    assert job_told(done, words("sv")).error == ""


def test_cancelled_work_ends_at_once_and_can_be_begun_anew(jobs: Jobs, tmp_path: Path) -> None:
    path = tmp_path / "process"
    question = ("endless", f"{HERE}:endless", {"path": str(path)}, "a")
    running = jobs.start(*question)
    waiting = jobs.start("count", f"{HERE}:counted", {"steps": 1}, "a")
    with pytest.raises(TooManyError, match="2 searches"):
        jobs.start("count", f"{HERE}:counted", {"steps": 2}, "a")
    for steps in (3, 4):
        jobs.start("count", f"{HERE}:counted", {"steps": steps}, "b")
    with pytest.raises(BusyError):
        jobs.start("count", f"{HERE}:counted", {"steps": 5}, "c")
    assert jobs.cancel(waiting.id).state == "cancelled"
    until(lambda: path.exists() and path.read_text("utf-8") != "")
    process = int(path.read_text("utf-8"))
    assert jobs.cancel(running.id).state == "cancelled"
    again = jobs.start(*question)
    assert (again.id, again.state) == (running.id, "waiting")
    until(lambda: not alive(process))
    until(lambda: jobs.get(again.id).state == "running")
    jobs.close()
    assert jobs.get(again.id).state == "cancelled"
    with pytest.raises(BusyError):
        jobs.start(*question)


def test_the_server_leaves_no_process_behind(tmp_path: Path) -> None:
    path, jobs = tmp_path / "process", Jobs(replace(BOUNDS, job_seconds=600.0))
    jobs.start("endless", f"{HERE}:endless", {"path": str(path)}, "a")
    until(lambda: path.exists() and path.read_text("utf-8") != "")
    jobs.close()
    assert not alive(int(path.read_text("utf-8")))


def test_work_that_takes_too_long_is_ended_and_says_so(tmp_path: Path) -> None:
    jobs = Jobs(replace(BOUNDS, job_seconds=0.1))
    job = jobs.start("endless", f"{HERE}:endless", {"path": str(tmp_path / "process")}, "a")
    until(lambda: jobs.get(job.id).over)
    assert "longer than" in job_told(jobs.get(job.id), words("en")).error
    jobs.close()


def test_what_nobody_asked_for_is_not_found(jobs: Jobs) -> None:
    for ask in (jobs.get, jobs.cancel):
        with pytest.raises(NotFoundError):
            ask("0" * 20)
