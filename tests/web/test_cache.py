"""Values computed once and held."""

import asyncio

import pytest

from framsyn.web.cache import LruCache, SingleFlight


def cache(most: int) -> LruCache[bytes]:
    return LruCache(most, len)


def test_what_was_not_used_for_longest_goes_first() -> None:
    store = cache(10)
    store.put("a", b"1234")
    store.put("b", b"1234")
    store.get("a")
    store.put("c", b"1234")
    assert (store.get("a"), store.get("b"), store.get("c")) == (b"1234", None, b"1234")


def test_a_value_larger_than_all_room_is_kept_alone() -> None:
    store = cache(3)
    store.put("a", b"12")
    store.put("b", b"12345")
    assert (store.get("a"), store.get("b")) == (None, b"12345")


def test_the_same_key_put_again_counts_once() -> None:
    store = cache(10)
    for _ in range(5):
        store.put("a", b"123456")
    store.put("b", b"1234")
    assert store.get("a") == b"123456"


def test_what_many_ask_for_at_once_is_computed_once() -> None:
    made = []

    async def make() -> bytes:
        made.append(1)
        await asyncio.sleep(0.01)
        return b"x"

    async def many() -> list[bytes]:
        once: SingleFlight[bytes] = SingleFlight(cache(10))
        return await asyncio.gather(*(once.get("a", make) for _ in range(20)))

    assert asyncio.run(many()) == [b"x"] * 20
    assert made == [1]


def test_a_failure_reaches_everybody_and_is_tried_anew() -> None:
    tries = []

    async def make() -> bytes:
        tries.append(1)
        await asyncio.sleep(0.01)
        if len(tries) == 1:
            raise ValueError("once")
        return b"x"

    async def told() -> None:
        once: SingleFlight[bytes] = SingleFlight(cache(10))
        both = await asyncio.gather(once.get("a", make), once.get("a", make), return_exceptions=True)
        assert [type(one) for one in both] == [ValueError, ValueError]
        assert await once.get("a", make) == b"x"

    asyncio.run(told())


def test_a_computation_is_cancelled_when_the_last_who_waits_for_it_has_gone() -> None:
    async def scenario() -> tuple[list[str], bool]:
        flight: SingleFlight[bytes] = SingleFlight(cache(10))
        began, ended = asyncio.Event(), []

        async def compute() -> bytes:
            began.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                ended.append("cancelled")
                raise
            return b"never"

        first = asyncio.ensure_future(flight.get("a", compute))
        second = asyncio.ensure_future(flight.get("a", compute))
        await began.wait()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        went_on = not ended and not second.done()
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        while not ended:
            await asyncio.sleep(0)
        return ended, went_on

    assert asyncio.run(scenario()) == (["cancelled"], True)


def test_one_who_asks_after_all_others_have_gone_begins_anew() -> None:
    async def scenario() -> bytes:
        flight: SingleFlight[bytes] = SingleFlight(cache(10))
        began = asyncio.Event()

        async def endless() -> bytes:
            began.set()
            await asyncio.Event().wait()
            return b"never"

        async def quick() -> bytes:
            return b"x"

        gone = asyncio.ensure_future(flight.get("a", endless))
        await began.wait()
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        return await asyncio.wait_for(flight.get("a", quick), 60.0)

    assert asyncio.run(scenario()) == b"x"
