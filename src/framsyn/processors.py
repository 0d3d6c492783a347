"""Over how many threads work is spread, and how processes beside each other share the processors."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

#: How many threads a process of Framsyn's may live in.
OWN = "FRAMSYN_THREADS"
#: The same for the libraries, which read it when they are imported.
LIBRARIES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "POLARS_MAX_THREADS",
    "RAYON_NUM_THREADS",
)


def processors() -> int:
    """Threads to spread work over: as many as `FRAMSYN_THREADS` says, else one for each processor."""
    told = os.environ.get(OWN, "")
    return int(told) if told.isdecimal() and int(told) else os.cpu_count() or 1


@contextmanager
def sharing(threads: int) -> Iterator[None]:
    """Let processes that are begun meanwhile, and the libraries in them, use so many threads each."""
    before = {name: os.environ.get(name) for name in (OWN, *LIBRARIES)}
    os.environ.update(dict.fromkeys(before, str(threads)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
