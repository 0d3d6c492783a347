"""How sure the start is of an indicator of today: observed, estimated or assumed."""

from collections.abc import Mapping
from functools import cache

from framsyn.datafile import rows
from framsyn.places.municipality import STATUSES, Municipality


@cache
def _told() -> Mapping[str, tuple[tuple[str, ...], str]]:
    """Facts behind each indicator, and its status where it rests on no fact."""
    table = rows("framsyn.choose", "present_facts.csv")
    return {row["indicator"]: (tuple(row["facts"].split()), row["status"]) for row in table}


def present_status(m: Municipality, indicator: str) -> str:
    """The least sure status of the facts behind an indicator, blank where it is not told."""
    facts, status = _told().get(indicator, ((), ""))
    found = [m.fact(one).status for one in facts]
    return max(found, key=STATUSES.index) if found else status
