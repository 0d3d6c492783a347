"""Queues that are fair between clients, refuse instead of growing, and drop what nobody waits for."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from framsyn.core.cancellation import CancelledWorkError, check_cancelled
from framsyn.web.queue import BusyError, QueueLimits, WorkQueue
from framsyn.web.refused import TooManyError

#: Ends a hang, and measures nothing.
HANG = 60.0


def queue(workers: int = 1, waiting: int = 50, by_client: int = 50, seconds: float = HANG) -> WorkQueue:
    return WorkQueue(QueueLimits(workers, waiting, by_client, seconds))


async def until(holds: Callable[[], bool]) -> None:
    """Wait for an event that another thread brings about."""

    async def looked_at() -> None:
        while not holds():
            await asyncio.sleep(0.001)

    await asyncio.wait_for(looked_at(), HANG)


def begin(of: WorkQueue, client: str, work: Callable[[], object]) -> "asyncio.Future[object]":
    async def run() -> object:
        return await of.run(client, work)

    return asyncio.ensure_future(run())


async def held(of: WorkQueue, client: str = "holder") -> "tuple[threading.Event, asyncio.Future[object]]":
    """One thread of the queue is taken until the event is set."""
    go, began = threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        go.wait(HANG)

    task = begin(of, client, work)
    await until(began.is_set)
    return go, task


async def outcomes(of: list[Awaitable[object]]) -> list[object]:
    return list(await asyncio.wait_for(asyncio.gather(*of, return_exceptions=True), HANG))


def test_clients_take_turns_whatever_each_has_waiting() -> None:
    async def scenario() -> list[str]:
        done: list[str] = []
        turns = queue(workers=1)
        go, holding = await held(turns)
        tasks = [
            begin(turns, name[0], lambda name=name: done.append(name))  # type: ignore[misc]
            for name in ("a1", "a2", "a3", "a4", "b1", "c1", "b2")
        ]
        await asyncio.sleep(0)
        await until(lambda: sum(map(len, turns._waiting.values())) == len(tasks))
        go.set()
        await outcomes([holding, *tasks])
        turns.close()
        return done

    assert asyncio.run(scenario()) == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]


def test_one_client_leaves_a_thread_to_others() -> None:
    async def scenario() -> object:
        turns = queue(workers=2)
        go, first = await held(turns, "greedy")
        second = begin(turns, "greedy", lambda: go.wait(HANG))
        answer = await asyncio.wait_for(turns.run("small", lambda: "answered"), HANG)
        assert not second.done()
        go.set()
        await outcomes([first, second])
        turns.close()
        return answer

    assert asyncio.run(scenario()) == "answered"


def test_a_client_with_much_waiting_is_refused_and_another_is_not() -> None:
    async def scenario() -> tuple[list[type], object]:
        turns = queue(workers=1, by_client=2)
        go, holding = await held(turns)
        tasks = [begin(turns, "greedy", lambda: 1) for _ in range(5)]
        other = begin(turns, "small", lambda: 2)
        await asyncio.sleep(0)
        go.set()
        _, *given, small = await outcomes([holding, *tasks, other])
        turns.close()
        return [type(one) for one in given], small

    assert asyncio.run(scenario()) == ([int, int, TooManyError, TooManyError, TooManyError], 2)


def test_where_all_is_full_whoever_has_most_waiting_gives_up_their_last() -> None:
    async def scenario() -> list[object]:
        turns = queue(workers=1, waiting=3)
        go, holding = await held(turns)
        greedy = [begin(turns, "greedy", lambda: 1) for _ in range(4)]
        small = begin(turns, "small", lambda: 2)
        await asyncio.sleep(0)
        go.set()
        _, *given = await outcomes([holding, *greedy, small])
        turns.close()
        return [type(one) if isinstance(one, Exception) else one for one in given]

    assert asyncio.run(scenario()) == [1, 1, BusyError, BusyError, 2]


def test_what_another_client_waits_for_too_takes_the_first_turn_of_either() -> None:
    async def scenario() -> list[str]:
        done: list[str] = []
        turns = queue(workers=1)
        go, holding = await held(turns)

        async def shared() -> None:
            await turns.run("greedy", lambda: done.append("shared"), "key")

        own = [begin(turns, "greedy", lambda n=n: done.append(n)) for n in "123"]  # type: ignore[misc]
        await asyncio.sleep(0)
        task = asyncio.ensure_future(shared())
        await asyncio.sleep(0)
        turns.join("key", "small")
        turns.join("key", "small")
        turns.join("no such key", "small")
        go.set()
        await outcomes([holding, *own, task])
        assert not turns._waiting
        assert not turns._by_key
        turns.close()
        return done

    assert asyncio.run(scenario()) == ["1", "shared", "2", "3"]


def test_shared_work_that_nobody_waits_for_leaves_every_turn() -> None:
    async def scenario() -> tuple[int, int]:
        turns = queue(workers=1)
        go, holding = await held(turns)

        async def shared() -> object:
            return await turns.run("a", lambda: 1, "key")

        task = asyncio.ensure_future(shared())
        await asyncio.sleep(0)
        turns.join("key", "b")
        task.cancel()
        await outcomes([task])
        left = len(turns._waiting), len(turns._by_key)
        go.set()
        await outcomes([holding])
        turns.close()
        return left

    assert asyncio.run(scenario()) == (0, 0)


def test_what_takes_too_long_stops_at_its_next_check() -> None:
    async def scenario() -> None:
        turns, stopped = queue(workers=1, seconds=0.05), threading.Event()

        def endless() -> None:
            try:
                while True:
                    check_cancelled()
            except CancelledWorkError:
                stopped.set()
                raise

        with pytest.raises(BusyError) as late:
            await turns.run("a", endless)
        assert late.value.late
        await until(stopped.is_set)
        turns.close()

    asyncio.run(scenario())


def test_what_waits_too_long_is_never_begun() -> None:
    async def scenario() -> list[int]:
        began: list[int] = []
        turns = queue(workers=1, seconds=0.05)
        go, holding = await held(turns)
        with pytest.raises(BusyError) as late:
            await turns.run("b", lambda: began.append(1))
        assert not late.value.late
        go.set()
        await outcomes([holding])
        turns.close()
        return began

    assert asyncio.run(scenario()) == []


def test_work_whose_asker_goes_leaves_the_queue_or_stops() -> None:
    async def scenario() -> list[str]:
        turns, log = queue(workers=1), []
        began = threading.Event()

        def running() -> None:
            began.set()
            try:
                while True:
                    check_cancelled()
            except CancelledWorkError:
                log.append("stopped")
                raise

        first = begin(turns, "a", running)
        await until(began.is_set)
        waiting = begin(turns, "a", lambda: log.append("begun"))
        await asyncio.sleep(0)
        for task in (waiting, first):
            task.cancel()
        await outcomes([waiting, first])
        last = await asyncio.wait_for(turns.run("b", lambda: "answered"), HANG)
        turns.close()
        return [*log, str(last)]

    assert asyncio.run(scenario()) == ["stopped", "answered"]


def test_what_work_raises_reaches_its_asker_and_the_queue_goes_on() -> None:
    async def scenario() -> object:
        turns = queue(workers=1)

        def broken() -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await turns.run("a", broken)
        answer = await turns.run("a", lambda: 7)
        turns.close()
        return answer

    assert asyncio.run(scenario()) == 7
