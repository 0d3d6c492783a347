"""Whose turn it is: the order of jobs that wait, fair between clients."""

from collections import Counter
from collections.abc import Iterable

from framsyn.web.job import Job


def fair_order(waiting: Iterable[Job], served: str | None) -> list[Job]:
    """Jobs in the order in which they are run: every client's first, then every client's second, and so on.

    Args:
        waiting: as they came.
        served: the client whose job runs, or ran last; None = nobody's.
    """
    turns: Counter[str] = Counter([served] if served is not None else [])
    ranked = []
    for arrival, job in enumerate(waiting):
        ranked.append((turns[job.client], arrival, job))
        turns[job.client] += 1
    return [job for _, _, job in sorted(ranked, key=lambda item: item[:2])]
