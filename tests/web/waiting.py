"""Waiting for events, with a bound that only ends a hang."""

import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 120.0


def until(holds: Callable[[], bool], what: str = "") -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def processes_in(path: Path) -> list[int]:
    """The numbers of the processes of `small_jobs.work_on`, as soon as they run."""
    until(path.exists, "the work never began")
    return [int(number) for number in path.read_text("utf-8").split()]


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked after does not."""
    try:
        os.kill(process, 0)
        status = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc").is_dir()
    return status != "Z"
