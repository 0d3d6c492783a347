"""The one way in which the model's functions are compiled.

Numba caches a compiled function until its own file changes, but not when a function that it calls, in
another file, does. So the cache lies in a folder named after the contents of every room whose functions
are compiled, and of the tables of law, model and evidence, whose years, columns and lags are constants of the
equations: a changed equation or lag can never live on in an old kernel.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba

from framsyn.caching import cache_folder
from framsyn.model.compiled_cache import use_sealed_cache

P = ParamSpec("P")
R = TypeVar("R")

ROOM = Path(__file__).parent
#: Rooms beside this one, and which of their files the compiled code depends on.
COMPILED_FROM = (
    ("law", "*.py"),
    ("law", "*.csv"),
    ("model", "*.py"),
    ("model", "*.csv"),
    ("evidence", "*.csv"),
)
#: Sums over ages may be reordered so that they vectorise; the order is fixed at compile time, so
#: results stay bit-identical between runs, threads and numbers of draws on one machine.
FAST = {"reassoc", "contract", "arcp", "nsz"}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that makes no array, cached on disk where allowed, without the interpreter lock.

    It only borrows the arrays it is given, so references to them are not counted: counting would take
    as long as the equations. A function that makes or copies an array needs `compiled_maker`.
    """
    return _compiled(function, counted=False)


def compiled_maker(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that makes or copies arrays; as `compiled` else."""
    return _compiled(function, counted=True)


def _compiled(function: Callable[P, R], *, counted: bool) -> Callable[P, R]:
    folder = kernel_folder()
    options: dict[str, Any] = {
        "cache": folder is not None,
        "nogil": True,
        "fastmath": FAST,
        "error_model": "numpy",
        "_nrt": counted,
        # Place and Life hold dozens of arrays: handing them from function to function took more time
        # than the equations, and compiling them apart twice as long as together.
        "forceinline": True,
        "no_cfunc_wrapper": True,  # nobody calls from C, and making one takes a sixth of the compiling
    }
    with _caching_in(folder):
        dispatcher = numba.njit(**options)(function)
        if folder is not None:
            use_sealed_cache(dispatcher, function)
    return cast(Callable[P, R], dispatcher)


@cache
def kernel_folder() -> Path | None:
    """Where compiled code is kept; None where nothing can be written."""
    digest = hashlib.sha256()
    for room, pattern in COMPILED_FROM:
        for source in sorted((ROOM.parent / room).rglob(pattern)):
            digest.update(source.read_bytes())
    return cache_folder("kernel", digest.hexdigest()[:12], ROOM)


@contextmanager
def _caching_in(folder: Path | None) -> Iterator[None]:
    """Let Numba choose `folder` while it decorates; its setting is then put back."""
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder or "")
    try:
        yield
    finally:
        config.CACHE_DIR = before
