"""Results of jobs on disk: found by another server, bounded, and never believed where they are damaged."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from framsyn.errors import FramsynError
from framsyn.web import job as job_module
from framsyn.web import job_store
from framsyn.web.job import INTERRUPTED, Job, job_id
from framsyn.web.job_store import JobStore
from framsyn.web.jobs import Jobs
from framsyn.web.settings import Settings
from tests.web.small_jobs import HERE
from tests.web.waiting import processes_in, until

ARGUMENTS = {"steps": 3, "text": "å\n=&\x00"}
KIND, FUNCTION = "count", f"{HERE}:count"
IDENTITY = job_id(KIND, FUNCTION, ARGUMENTS)
DONE = Job(IDENTITY, KIND, FUNCTION, ARGUMENTS, "a", "done", total=3, done=3, result=b"\n{}\n\x00" * 50)
PLENTY, LONG = 1_000_000, 1e12


def store(folder: Path, most_bytes: int = PLENTY, most_seconds: float = LONG) -> JobStore:
    return JobStore(folder, most_bytes, most_seconds)


def other(number: int) -> Job:
    arguments = {"steps": number}
    return replace(DONE, id=job_id(KIND, FUNCTION, arguments), arguments=arguments)


def test_a_result_is_found_by_another_store_as_it_was(tmp_path: Path) -> None:
    store(tmp_path).save(replace(DONE, began=10.0, ended=12.5))
    found = store(tmp_path).find(IDENTITY)
    assert found is not None
    assert (found.state, found.result, found.kind, found.arguments) == ("done", DONE.result, KIND, ARGUMENTS)
    assert (found.done, found.total, found.seconds) == (3, 3, 2.5)
    assert store(tmp_path).find("0" * 20) is None
    assert store(tmp_path).find("../" + IDENTITY) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content[:10],
        lambda content: bytes(len(content)),
        lambda content: content.replace(b"\x00", b"\x01"),
        lambda content: content.replace(b'"steps": 3', b'"steps": 4'),
        lambda content: b"[]\n" + content,
        lambda content: b"{}\n" + content,
        lambda content: b"[" * 100_000 + content,
        lambda content: b"[" * 100_000 + b"\n" + content,
        lambda content: content.replace(b'"total": 3', b'"total": Infinity'),
        lambda content: content.replace(b'"total": 3', b'"total": -3'),
        lambda content: content.replace(b'"seconds": 0.0', b'"seconds": NaN'),
        lambda content: content.replace(b'"sha256"', b'"server": 1' + b"0" * 40 + b', "sha256"'),
    ],
)
def test_what_is_damaged_is_thrown_away_and_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[bytes], bytes]
) -> None:
    store(tmp_path).save(DONE)
    path = tmp_path / f"{IDENTITY}.job"
    path.write_bytes(damage(path.read_bytes()))
    reopened = store(tmp_path)
    with caplog.at_level(logging.WARNING):
        assert reopened.find(IDENTITY) is None
        assert reopened.find(IDENTITY) is None
    assert not path.exists()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    reopened.save(DONE)
    assert reopened.find(IDENTITY) is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_file_is_left_alone_and_never_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A pipe would be read for ever, and hold the server."""
    os.mkfifo(tmp_path / f"{IDENTITY}.job")
    (tmp_path / f"{other(1).id}.job.part").mkdir()
    (tmp_path / f"{other(2).id}.job").symlink_to(os.devnull)
    opened = store(tmp_path)
    assert (opened.find(IDENTITY), opened.find(other(2).id)) == (None, None)
    with caplog.at_level(logging.WARNING):
        opened.save(DONE)
    assert len(caplog.records) == 1


def test_a_result_of_another_edition_is_not_served_as_this_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as former:
        for module in (job_module, job_store):
            former.setattr(module, "made_with", lambda: "0.0.1.former")
        earlier = job_id(KIND, FUNCTION, ARGUMENTS)
        store(tmp_path).save(replace(DONE, id=earlier))
        assert store(tmp_path).find(earlier) is not None
    assert earlier != IDENTITY
    assert store(tmp_path).find(earlier) is None
    assert store(tmp_path).find(IDENTITY) is None
    # Nor where the file bears this edition's name.
    (tmp_path / f"{earlier}.job").rename(tmp_path / f"{IDENTITY}.job")
    assert store(tmp_path).find(IDENTITY) is None


def test_the_oldest_are_let_go_first_where_there_are_too_many_bytes(tmp_path: Path) -> None:
    first = store(tmp_path)
    for number in range(4):
        first.save(other(number))
        os.utime(tmp_path / f"{other(number).id}.job", (1000.0 + number, 1000.0 + number))
    size = (tmp_path / f"{other(0).id}.job").stat().st_size
    bounded = store(tmp_path, most_bytes=3 * size)
    assert [bounded.find(other(number).id) is not None for number in range(4)] == [False, True, True, True]
    bounded.save(other(9))
    assert [bounded.find(other(number).id) is not None for number in (1, 2, 3, 9)] == [
        False,
        True,
        True,
        True,
    ]


def test_results_are_let_go_when_they_are_old_and_other_files_are_left_alone(tmp_path: Path) -> None:
    store(tmp_path).save(DONE)
    written = (tmp_path / f"{IDENTITY}.job").stat().st_mtime
    for name in ("notes.txt", "report.job", f"{IDENTITY}.job.txt"):
        (tmp_path / name).write_text("mine", "utf-8")
    (tmp_path / f"{IDENTITY}.job.part").write_text("half", "utf-8")
    younger = JobStore(tmp_path, PLENTY, 100.0, clock=lambda: written + 99.0)
    assert younger.find(IDENTITY) is not None
    JobStore(tmp_path, PLENTY, 100.0, clock=lambda: written + 101.0)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"notes.txt", "report.job", f"{IDENTITY}.job.txt"}


def test_a_full_disk_is_said_once_and_nothing_half_is_left(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = store(tmp_path)

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with caplog.at_level(logging.WARNING):
        opened.save(DONE)
        opened.save(other(1))
    assert len(caplog.records) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    with pytest.raises(FramsynError, match="--jobs"):
        store(file / "jobs")


def test_work_of_a_server_that_is_gone_is_found_as_interrupted(tmp_path: Path) -> None:
    store(tmp_path).begin(DONE)
    interrupted = store(tmp_path).find(IDENTITY)
    assert interrupted is not None
    assert (interrupted.state, interrupted.error) == ("failed", INTERRUPTED)
    # What another server works on is its own matter, until it is gone.
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as server:
        path = tmp_path / f"{IDENTITY}.job"
        header = json.loads(path.read_bytes())
        path.write_bytes(json.dumps(header | {"server": server.pid}).encode() + b"\n")
        assert store(tmp_path).find(IDENTITY) is None
        store(tmp_path).unmark(IDENTITY)
        assert path.exists()
        server.communicate(b"\n")
    found = store(tmp_path).find(IDENTITY)
    assert found is not None
    assert found.error == INTERRUPTED


def test_what_a_server_has_found_the_next_has_at_once(tmp_path: Path) -> None:
    settings = Settings(jobs_folder=tmp_path / "jobs", jobs_remembered=1)
    first = Jobs(settings)
    question = (KIND, FUNCTION, {"steps": 2})
    job = first.start(*question, "a").job
    until(lambda: first.get(job.id).over)
    later = first.start(KIND, FUNCTION, {"steps": 1}, "a").job
    until(lambda: first.idle)
    assert first.get(job.id).state == first.get(later.id).state == "done"  # one in memory, both on disk
    first.close()
    second = Jobs(settings)
    started = second.start(*question, "b")
    assert (started.job.state, started.token) == ("done", None)
    assert json.loads(started.job.result)["steps"] == 2
    assert second.idle
    second.close()


def test_work_that_was_ended_leaves_nothing_and_interrupted_work_can_be_begun_again(tmp_path: Path) -> None:
    settings = Settings(jobs_folder=tmp_path / "jobs")
    first, path = Jobs(settings), tmp_path / "process"
    question = ("endless", f"{HERE}:work_on", {"path": str(path)})
    job = first.start(*question, "a").job
    waiting = first.start(KIND, FUNCTION, {"steps": 1}, "a")
    processes_in(path)
    assert waiting.token
    first.leave(waiting.job.id, waiting.token)
    first.close()
    path.unlink()
    second = Jobs(settings)
    assert second.get(job.id).error == INTERRUPTED
    again = second.start(*question, "a")
    processes_in(path)
    assert second.get(job.id).state == "running"
    assert again.token
    second.leave(job.id, again.token)
    until(lambda: second.idle)
    assert list((tmp_path / "jobs").iterdir()) == []
    second.close()
