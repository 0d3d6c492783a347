"""Jobs: one at a time in a process of its own, shared by who asks the same, followed, bounded and ended."""

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from framsyn.i18n.translator import words
from framsyn.web.api.job_answers import job_response
from framsyn.web.job import Job, job_id
from framsyn.web.job_followers import Followers
from framsyn.web.job_queue import fair_order
from framsyn.web.jobs import Jobs
from framsyn.web.queue import BusyError
from framsyn.web.refused import ForbiddenError, NotFoundError, TooManyError
from framsyn.web.settings import Settings
from tests.web.small_jobs import HERE
from tests.web.waiting import PATIENCE, alive, processes_in, until

BOUNDS = Settings(jobs_waiting=4, jobs_by_client=2, jobs_remembered=3, job_followers_by_client=3)


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    opened = Jobs(BOUNDS)
    yield opened
    opened.close()


def endless(path: Path, **more: object) -> tuple[str, str, dict[str, object]]:
    return "endless", f"{HERE}:work_on", {"path": str(path), **more}


def counting(steps: int) -> tuple[str, str, dict[str, object]]:
    return "count", f"{HERE}:count", {"steps": steps}


def changes(jobs: Jobs, identity: str) -> list[Job]:
    async def follow() -> list[Job]:
        return [job async for job in jobs.follow(identity, "z") if job is not None]

    return asyncio.run(asyncio.wait_for(follow(), PATIENCE))


def test_jobs_are_done_one_after_the_other_and_what_they_report_is_kept(jobs: Jobs) -> None:
    first = jobs.start(*counting(3), "a").job
    second = jobs.start("count", f"{HERE}:refuse", {"id": "beauty"}, "b").job
    third = jobs.start("count", f"{HERE}:break_off", {}, "c").job
    assert (first.state, second.state, third.state) == ("running", "waiting", "waiting")
    assert (second.ahead, third.ahead) == (1, 2)
    assert jobs.start(*counting(3), "z").job.id == first.id
    assert changes(jobs, third.id)[-1].state == "failed"
    done, refused = jobs.get(first.id), jobs.get(second.id)
    assert done.state == "done"
    assert json.loads(done.result) == {"steps": 3, "nice": min(19, os.nice(0) + 10)}
    assert (done.done, done.total, done.stage, done.details) == (3, 3, "country", {"futures": 3, "all": 3})
    assert done.ended <= refused.began
    errors = {lang: job_response(refused, words(lang)).error for lang in ("sv", "fi", "en")}
    assert errors["en"] == "There is no indicator beauty. List them with: framsyn indicators"
    assert len(set(errors.values())) == 3
    assert job_response(done, words("sv")).error == ""


def test_a_job_is_ended_only_by_who_has_its_secret(jobs: Jobs, tmp_path: Path) -> None:
    path = tmp_path / "process"
    job, token = jobs.start(*endless(path), "a")
    other = jobs.start(*counting(1), "b")
    (process,) = processes_in(path)
    assert token
    for wrong in ("", "x", other.token or "", job.id, token[:-1], "\ud800"):
        with pytest.raises(ForbiddenError):
            jobs.leave(job.id, wrong)
    assert jobs.get(job.id).state == "running"
    assert alive(process)
    assert jobs.leave(job.id, token).state == "cancelled"
    assert jobs.leave(job.id, token).state == "cancelled"  # said twice
    until(lambda: not alive(process))


def test_two_who_ask_the_same_share_the_work_and_one_who_leaves_does_not_end_it(
    jobs: Jobs, tmp_path: Path
) -> None:
    path = tmp_path / "process"
    first, second = jobs.start(*endless(path), "a"), jobs.start(*endless(path), "b")
    assert first.job.id == second.job.id
    assert first.token != second.token
    assert first.token
    assert second.token
    (process,) = processes_in(path)
    assert jobs.leave(first.job.id, first.token).state == "running"
    # The work takes the second one's turns from here on, and the first one's are free.
    assert jobs.get(first.job.id).client == "b"
    assert alive(process)
    assert jobs.leave(first.job.id, second.token).state == "cancelled"
    until(lambda: not alive(process))


def test_waiting_work_leaves_the_queue_when_all_have_left(jobs: Jobs, tmp_path: Path) -> None:
    jobs.start(*endless(tmp_path / "process"), "a")
    waiting = jobs.start(*counting(1), "b")
    assert jobs.start(*counting(2), "c").job.ahead == 2
    assert waiting.token
    assert jobs.leave(waiting.job.id, waiting.token).state == "cancelled"
    assert jobs.start(*counting(2), "c").job.ahead == 1


def test_ended_work_can_be_begun_anew_while_its_process_still_ends(jobs: Jobs, tmp_path: Path) -> None:
    path = tmp_path / "process"
    job, token = jobs.start(*endless(path), "a")
    (process,) = processes_in(path)
    assert token
    jobs.leave(job.id, token)
    path.unlink()
    again = jobs.start(*endless(path), "a")
    assert again.job.id == job.id
    with pytest.raises(ForbiddenError):
        jobs.leave(job.id, token)  # the secret was of the former
    assert processes_in(path) != [process]
    assert jobs.get(job.id).state == "running"
    assert not alive(process)


def test_work_that_nobody_follows_is_ended_and_says_so(tmp_path: Path) -> None:
    now, path = 1000.0, tmp_path / "process"
    jobs = Jobs(BOUNDS, clock=lambda: now)
    job = jobs.start(*endless(path), "a").job
    waiting = jobs.start(*counting(1), "a").job
    (process,) = processes_in(path)
    now += BOUNDS.job_unfollowed_seconds - 1.0
    assert jobs.get(job.id).state == "running"  # looked at: it goes on for as long again
    jobs.get(waiting.id)
    now += BOUNDS.job_unfollowed_seconds - 1.0
    assert jobs.get(job.id).state == "running"
    now += BOUNDS.job_unfollowed_seconds + 1.0
    until(lambda: not alive(process))
    until(lambda: jobs.idle)
    for identity in (job.id, waiting.id):
        response = job_response(jobs.get(identity), words("en"))
        assert response.state == "cancelled"
        assert response.error == "The work was stopped because nobody followed it any longer. Begin it again."
    jobs.close()


def test_one_client_has_few_jobs_and_leaves_half_of_the_queue_to_others(jobs: Jobs, tmp_path: Path) -> None:
    jobs.start(*endless(tmp_path / "process"), "a")
    jobs.start(*counting(1), "a")
    with pytest.raises(TooManyError, match="2 searches"):
        jobs.start(*counting(2), "a")
    jobs.start(*counting(3), "b")
    with pytest.raises(BusyError):  # two of four wait, and b is one of them
        jobs.start(*counting(4), "b")
    jobs.start(*counting(5), "c")
    jobs.start(*counting(6), "d")
    with pytest.raises(BusyError):
        jobs.start(*counting(7), "e")
    assert jobs.start(*counting(6), "e").job.state == "waiting"  # joins, and takes no room


def test_the_queue_serves_clients_in_turn() -> None:
    waiting = [Job(name, "", "", {}, name[0]) for name in ("a1", "a2", "a3", "b1", "b2", "c1")]
    assert [job.id for job in fair_order(waiting, None)] == ["a1", "b1", "c1", "a2", "b2", "a3"]
    assert [job.id for job in fair_order(waiting, "a")] == ["b1", "c1", "a1", "b2", "a2", "a3"]
    assert [job.id for job in fair_order(waiting, "z")] == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_another_clients_work_comes_before_the_second_of_the_first(jobs: Jobs, tmp_path: Path) -> None:
    running, token = jobs.start(*endless(tmp_path / "process"), "a")
    second = jobs.start(*counting(2), "a").job
    assert second.ahead == 1
    assert jobs.start(*counting(3), "b").job.ahead == 1
    assert jobs.get(second.id).ahead == 2
    assert token
    jobs.leave(running.id, token)
    until(lambda: jobs.idle)
    assert jobs.get(jobs.start(*counting(3), "b").job.id).ended <= jobs.get(second.id).began


def test_one_client_follows_no_more_than_it_may(jobs: Jobs, tmp_path: Path) -> None:
    job = jobs.start(*endless(tmp_path / "process"), "a").job
    for _ in range(2):
        jobs.start(*endless(tmp_path / "process"), "a")
    with pytest.raises(TooManyError):
        jobs.start(*endless(tmp_path / "process"), "a")
    jobs.start(*endless(tmp_path / "process"), "b")

    async def follow() -> None:
        streams = [jobs.follow(job.id, "a") for _ in range(4)]
        for stream in streams[:3]:
            await anext(stream)
        assert jobs.streams == 3
        with pytest.raises(TooManyError):
            await anext(streams[3])
        for stream in streams:
            await stream.aclose()
        assert jobs.streams == 0

    asyncio.run(follow())


def test_no_more_than_a_bound_follow_one_job(tmp_path: Path) -> None:
    jobs = Jobs(replace(BOUNDS, job_followers=2))
    question = endless(tmp_path / "process")
    tokens = [jobs.start(*question, client).token or "" for client in "ab"]
    with pytest.raises(TooManyError):
        jobs.start(*question, "c")
    assert jobs.leave(job_id(*question), tokens[0]).state == "running"
    assert jobs.start(*question, "c").job.state == "running"
    jobs.close()


def test_closing_leaves_no_process_behind_nor_those_that_it_started(tmp_path: Path) -> None:
    path, jobs = tmp_path / "process", Jobs(BOUNDS)
    job = jobs.start(*endless(path, grandchild=True), "a").job
    waiting = jobs.start(*counting(1), "a").job
    processes = processes_in(path)
    jobs.close()
    assert len(processes) == 2
    until(lambda: not any(map(alive, processes)))
    for identity in (job.id, waiting.id):
        assert job_response(jobs.get(identity), words("en")).error.startswith("The server was restarted")
    with pytest.raises(BusyError):
        jobs.start(*counting(2), "b")


def test_work_that_takes_too_long_is_ended_and_says_so(tmp_path: Path) -> None:
    jobs = Jobs(replace(BOUNDS, job_seconds=0.1))
    job = jobs.start(*endless(tmp_path / "process"), "a").job
    until(lambda: jobs.get(job.id).over)
    assert "longer than" in job_response(jobs.get(job.id), words("en")).error
    jobs.close()


def test_what_nobody_asked_for_is_not_found(jobs: Jobs) -> None:
    with pytest.raises(NotFoundError):
        jobs.get("0" * 20)
    with pytest.raises(NotFoundError):
        jobs.leave("0" * 20, "x")


def test_a_question_of_any_text_has_an_id_of_its_own() -> None:
    texts = ["a", "a\nb", "a\x00", "\ud800", "\\ud800", '"', "å", "a\u030a"]
    found = {_id_of({"keep": [text]}) for text in texts}
    found |= {_id_of({"keep": ["a", "b"]}), _id_of({"keep": ["a, b"]}), _id_of({"keep": ['a", "b']})}
    assert len(found) == len(texts) + 3
    assert _id_of({"a": 1, "b": 2}) == _id_of({"b": 2, "a": 1})


def _id_of(arguments: dict[str, object]) -> str:
    return job_id("count", f"{HERE}:count", arguments)


def test_a_stage_is_told_in_words_with_what_is_left() -> None:
    numbers = {"strategies": 1200, "budget": 8000, "generation": 6, "generations": 40}
    job = Job("x", "choice", "", {}, "a", "running", done=1200, total=13_500, stage="search", details=numbers)
    response = job_response(job, words("en"))
    assert response.stage_text == "Searching, generation 6 of 40: 1,200 of 8,000 strategies computed."
    assert response.share == pytest.approx(1200 / 13_500, abs=1e-4)
    assert (response.seconds_left, response.left_text) == (None, "")
    texts = {lang: job_response(job, words(lang)).stage_text for lang in ("sv", "fi", "en")}
    assert len(set(texts.values())) == 3
    waiting = Job("x", "choice", "", {}, "a", ahead=2)
    assert job_response(waiting, words("en")).stage_text == "Waiting for its turn: 2 before it."


def test_streams_are_bounded_in_all_and_a_client_that_has_none_finds_room() -> None:
    followers = Followers(replace(BOUNDS, job_streams=4))
    followers.open_stream("a")
    followers.open_stream("a")
    with pytest.raises(TooManyError):
        followers.open_stream("a")  # the second half is for others
    followers.open_stream("b")
    followers.open_stream("c")
    with pytest.raises(BusyError):
        followers.open_stream("d")
    followers.close_stream("a")
    followers.open_stream("d")
    assert followers.streams == 4
