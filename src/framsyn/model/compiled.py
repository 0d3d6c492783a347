"""The one way in which the model's functions are compiled."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")

#: Sums over ages may be reordered so that they vectorise; the order is fixed at compile time, so
#: results stay bit-identical between runs, threads and numbers of draws on one machine.
FAST = {"reassoc", "contract", "arcp", "nsz"}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` with Numba: cached on disk, without the interpreter lock."""
    return cast(
        Callable[P, R],
        numba.njit(cache=True, nogil=True, fastmath=FAST, error_model="numpy")(function),
    )
