"""One test over many alike items: thousands of tests of a line each take longer to deal out than to run."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


def for_each(
    items: Iterable[T], name: Callable[[T], str]
) -> Callable[[Callable[[T], None]], Callable[[], None]]:
    """Try a test on every item; where it fails, say on which, and why.

    Args:
        items: at least one.
        name: what an item is called.
    """
    tried = tuple(items)

    def over_all(test: Callable[[T], None]) -> Callable[[], None]:
        def run() -> None:
            failures = []
            for item in tried:
                try:
                    test(item)
                except AssertionError as failure:
                    failures.append(f"{name(item)}: {failure}")
            assert tried
            assert not failures, "\n".join(failures)

        of_item: Any = test
        run.__name__, run.__doc__, run.__module__ = of_item.__name__, of_item.__doc__, of_item.__module__
        return run

    return over_all
