"""Waiting for events in other processes: the bound only ends a hang, it never decides a test."""

import os
import select
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

HANG = 600.0  # seconds

#: For tests that wait for the end of a process that is not their own child.
process_events = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="the system does not tell when another's process ends"
)


@contextmanager
def watched(process: int) -> Iterator[int]:
    """A descriptor that becomes readable when a process has ended."""
    descriptor = os.pidfd_open(process)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def first_of(*descriptors: int) -> int:
    """The descriptor that is readable first."""
    readable = select.select(descriptors, [], [], HANG)[0]
    assert readable, f"nothing happened in {HANG:.0f} seconds"
    return int(readable[0])
