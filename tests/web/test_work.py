"""Queues that refuse instead of growing."""

import asyncio
import threading

import pytest

from framsyn.web.work import BusyError, Lane


def test_what_finds_no_room_is_refused_at_once_and_the_rest_is_done() -> None:
    async def told() -> tuple[list[int], int]:
        lane, go = Lane(workers=1, waiting=2, seconds=5.0), threading.Event()

        def work() -> int:
            go.wait(5.0)
            return 1

        asked = [asyncio.ensure_future(lane.do(work)) for _ in range(5)]
        await asyncio.sleep(0.05)
        refused = [one for one in asked if one.done()]
        go.set()
        done = await asyncio.gather(*(one for one in asked if one not in refused))
        assert all(isinstance(one.exception(), BusyError) for one in refused)
        lane.close()
        return done, len(refused)

    assert asyncio.run(told()) == ([1, 1, 1], 2)


def test_what_takes_too_long_is_told_so_and_keeps_its_place_until_it_ends() -> None:
    async def told() -> None:
        lane, go = Lane(workers=1, waiting=0, seconds=0.05), threading.Event()
        with pytest.raises(BusyError) as late:
            await lane.do(lambda: go.wait(5.0))
        assert late.value.late
        with pytest.raises(BusyError) as refused:
            await lane.do(lambda: True)
        assert not refused.value.late
        go.set()
        await asyncio.sleep(0.05)
        assert await lane.do(lambda: 7) == 7
        lane.close()

    asyncio.run(told())
