"""A process begun by another never outlives it, however that one ends."""

import os
import signal
from multiprocessing import parent_process
from threading import Thread

#: Exit status of a process whose parent has ended.
ORPHANED = 1


def die_with_parent(*, group: bool = False) -> None:
    """End this process as soon as the one that began it has ended, also by kill -9; call it first in a child.

    Args:
        group: whether the process becomes the leader of a group of its own, which ends with it: all that it
            starts in its turn.

    A thread waits for the parent's end, so it does not matter which of the parent's threads began the child,
    and a parent that had ended before is noticed. In a process that was not begun by `multiprocessing` it
    does nothing.
    """
    leads = group and hasattr(os, "setpgid")
    if leads:
        os.setpgid(0, 0)
    if parent_process() is not None:
        Thread(target=_wait_for_parent, args=(leads,), name="die-with-parent", daemon=True).start()


def _wait_for_parent(leads: bool) -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    if leads:
        os.killpg(0, signal.SIGKILL)
    os._exit(ORPHANED)
