"""A process begun by another never outlives it, however that one ends."""

import os
from multiprocessing import parent_process
from threading import Thread

#: Exit status of a process whose parent has ended.
ORPHANED = 1


def die_with_parent() -> None:
    """End this process as soon as the one that began it has ended, also by kill -9; call it first in a child.

    A thread waits for the parent's end, so it does not matter which of the parent's threads began the child,
    and a parent that had ended before is noticed. In a process that was not begun by `multiprocessing` it
    does nothing.
    """
    if parent_process() is not None:
        Thread(target=_wait_for_parent, name="die-with-parent", daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(ORPHANED)
