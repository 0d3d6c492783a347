"""What is made once and kept."""

import asyncio

from framsyn.web.keeping import Kept, Once


def kept(most: int) -> Kept[bytes]:
    return Kept(most, len)


def test_what_was_not_used_for_longest_goes_first() -> None:
    store = kept(10)
    store.put("a", b"1234")
    store.put("b", b"1234")
    store.get("a")
    store.put("c", b"1234")
    assert (store.get("a"), store.get("b"), store.get("c")) == (b"1234", None, b"1234")


def test_a_value_larger_than_all_room_is_kept_alone() -> None:
    store = kept(3)
    store.put("a", b"12")
    store.put("b", b"12345")
    assert (store.get("a"), store.get("b")) == (None, b"12345")


def test_the_same_key_put_again_counts_once() -> None:
    store = kept(10)
    for _ in range(5):
        store.put("a", b"123456")
    store.put("b", b"1234")
    assert store.get("a") == b"123456"


def test_what_many_ask_for_at_once_is_made_once() -> None:
    made = []

    async def make() -> bytes:
        made.append(1)
        await asyncio.sleep(0.01)
        return b"x"

    async def many() -> list[bytes]:
        once: Once[bytes] = Once(kept(10))
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
        once: Once[bytes] = Once(kept(10))
        both = await asyncio.gather(once.get("a", make), once.get("a", make), return_exceptions=True)
        assert [type(one) for one in both] == [ValueError, ValueError]
        assert await once.get("a", make) == b"x"

    asyncio.run(told())
