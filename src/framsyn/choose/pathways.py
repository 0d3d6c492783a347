"""Pathways: which strategy to begin with, until when it works, and to which one can still switch when.

A pathway is one strategy all through the years, or one that another takes over from at the beginning of a
council term. Each is lived in the same worlds; nothing is pieced together from lives that were not lived.
Longer chains are not looked for: after a switch the question is asked anew, with what is known by then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.council_terms import term_years
from framsyn.choose.tipping import Tipping, decision_year, sustained, tipping
from framsyn.errors import FramsynError

Bools = NDArray[np.bool_]
#: Lives [draw, year] that fail when the second strategy takes over from the first in a year.
LiveSwitch = Callable[[str, str, int], Bools]


@dataclass(frozen=True)
class Demands:
    """What makes a pathway work.

    Attributes:
        now: the year in which decisions are taken; earlier decision dates are past.
        accepted: share of lives failing in a year from which on a strategy has tipped.
        threshold: share of lives that must hold.
        settling: years after a switch that are left out when it is asked whether it works.
        least_time: years that must be lived from a switch on, those of settling among them: with fewer,
            hardly anything could fail any more and every late switch would seem to work.
    """

    now: int
    accepted: float = 0.25
    threshold: float = 0.5
    settling: int = 0
    least_time: int = 8


@dataclass(frozen=True)
class Node:
    """A strategy from the first year on.

    Attributes:
        strategy: its id.
        from_year: the first year lived under it.
        tipping: when it stops working.
        held: share of lives that never fail for two years in a row.
    """

    strategy: str
    from_year: int
    tipping: Tipping
    held: float


@dataclass(frozen=True)
class Switch:
    """Another strategy takes over.

    Attributes:
        source, target: ids of the first and the second strategy.
        year: the first year lived under the second.
        decide_by: the last year to decide on it.
        held: share of lives that hold all through the years.
        held_after: share of lives that hold from the switch, and what it takes to settle, to the end.
        tipping: when the pathway stops working.
    """

    source: str
    target: str
    year: int
    decide_by: int
    held: float
    held_after: float
    tipping: Tipping


@dataclass(frozen=True)
class Pathway:
    """A ranked pathway: its steps (strategy, first year), the share of lives that hold, when to decide."""

    steps: tuple[tuple[str, int], ...]
    held: float
    held_after: float
    decide_by: int | None
    tipping: Tipping


@dataclass(frozen=True)
class PathwayMap:
    """All that was found.

    Attributes:
        years: the years lived, the first and the last.
        demands: what was asked for.
        nodes: every strategy lived all through.
        switches: those that work and whose decision date is not past.
        pathways: the ones that work, the best first: by the share of lives that hold throughout, then by
            fewer switches, then by later decisions.
        signposts: what to watch so as to know when to switch, by strategy; empty where none were given.
    """

    years: tuple[int, int]
    demands: Demands
    nodes: tuple[Node, ...]
    switches: tuple[Switch, ...]
    pathways: tuple[Pathway, ...]
    signposts: Mapping[str, Sequence[Mapping[str, Any]]]


def pathway_map(
    fails: Mapping[str, Bools],
    years: Sequence[int],
    lead_times: Mapping[str, int],
    live_switch: LiveSwitch,
    demands: Demands,
    candidates: Sequence[int] | None = None,
    signposts: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> PathwayMap:
    """Find the pathways that work.

    Args:
        fails: [draw, year] by strategy: whether the criterion fails when it is followed all through.
        years: the calendar year of each column, the first one lived under a strategy first.
        lead_times: years from decision to effect, by strategy.
        live_switch: lives [draw, year] of the same worlds in which the second strategy takes over.
        demands: what makes a pathway work.
        candidates: years of switching; by default those of `term_years` within the years lived.
        signposts: what to watch, by strategy.

    Raises:
        FramsynError: no strategy, a lead time missing, or failures that do not fit the years.
    """
    _check(fails, lead_times)
    nodes = tuple(_node(name, fails[name], years, demands) for name in fails)
    latest = years[-1] - demands.least_time + 1
    when = term_years(years[0], years[-1]) if candidates is None else candidates
    pairs = [(a, b, year) for a in fails for b in fails if a != b for year in when if year <= latest]
    switches = []
    for a, b, year in pairs:
        decide_by = year - lead_times[b]
        if decide_by < demands.now:
            continue
        switch = _switch((a, b, year), decide_by, live_switch(a, b, year), years, demands)
        if switch.held_after >= demands.threshold:
            switches.append(switch)
    return PathwayMap(
        years=(years[0], years[-1]),
        demands=demands,
        nodes=nodes,
        switches=tuple(switches),
        pathways=_ranked(nodes, switches, demands),
        signposts=signposts or {},
    )


def _check(fails: Mapping[str, Bools], lead_times: Mapping[str, int]) -> None:
    if not fails:
        raise FramsynError("Pathways need at least one strategy.")
    lacking = [name for name in fails if lead_times.get(name, -1) < 0]
    if lacking:
        raise FramsynError(
            "Lead times of zero or more years are needed of every strategy; see {names}.",
            names=", ".join(lacking),
        )


def _node(name: str, fails: Bools, years: Sequence[int], demands: Demands) -> Node:
    return Node(name, years[0], tipping(fails, years, demands.accepted), held(fails))


def _switch(
    step: tuple[str, str, int], decide_by: int, fails: Bools, years: Sequence[int], demands: Demands
) -> Switch:
    source, target, year = step
    after = np.asarray(years) >= year + demands.settling
    return Switch(
        source=source,
        target=target,
        year=year,
        decide_by=decide_by,
        held=held(fails),
        held_after=held(fails[:, after]) if after.any() else float("nan"),
        tipping=tipping(fails, years, demands.accepted),
    )


def held(fails: Bools) -> float:
    """Share of lives [draw, year] without lasting failure."""
    return float(1.0 - sustained(fails).any(axis=1).mean())


def _ranked(nodes: Sequence[Node], switches: Sequence[Switch], demands: Demands) -> tuple[Pathway, ...]:
    alone = [
        Pathway(((one.strategy, one.from_year),), one.held, one.held, None, one.tipping)
        for one in nodes
        if one.held >= demands.threshold
    ]
    begins = {node.strategy: node.from_year for node in nodes}
    switched = [
        Pathway(
            ((one.source, begins[one.source]), (one.target, one.year)),
            one.held,
            one.held_after,
            one.decide_by,
            one.tipping,
        )
        for one in switches
    ]
    return tuple(
        sorted([*alone, *switched], key=lambda one: (-one.held, len(one.steps), -(one.decide_by or 0)))
    )


def last_switches(found: PathwayMap) -> Mapping[tuple[str, str], int]:
    """The last year in which switching from one strategy to another still works, by the two."""
    last: dict[tuple[str, str], int] = {}
    for one in found.switches:
        pair = (one.source, one.target)
        last[pair] = max(one.year, last.get(pair, one.year))
    return last


def as_json(found: PathwayMap, lead_times: Mapping[str, int]) -> Mapping[str, Any]:
    """The same as plain dictionaries and lists, for `pathways.json`.

    Args:
        found: the map.
        lead_times: years from decision to effect, by strategy.
    """
    return {
        "years": list(found.years),
        "demands": vars(found.demands),
        "lead_times": dict(lead_times),
        "strategies": [
            {
                "strategy": one.strategy,
                "from": one.from_year,
                "held": one.held,
                **_tipping_json(one.tipping),
                "replace_by": decision_year(one.tipping.risk, min(_others(one.strategy, lead_times))),
            }
            for one in found.nodes
        ],
        "switches": [
            {
                "from": one.source,
                "to": one.target,
                "year": one.year,
                "decide_by": one.decide_by,
                "held": one.held,
                "held_after": one.held_after,
                **_tipping_json(one.tipping),
            }
            for one in found.switches
        ],
        "pathways": [
            {
                "steps": [{"strategy": name, "from": year} for name, year in one.steps],
                "held": one.held,
                "held_after": one.held_after,
                "decide_by": one.decide_by,
                **_tipping_json(one.tipping),
            }
            for one in found.pathways
        ],
        "signposts": {name: [dict(one) for one in told] for name, told in found.signposts.items()},
    }


def _others(strategy: str, lead_times: Mapping[str, int]) -> list[int]:
    return [years for name, years in lead_times.items() if name != strategy] or [0]


def _tipping_json(told: Tipping) -> Mapping[str, Any]:
    low, mid, high = told.quantiles
    return {
        "tipping_year": {"10": low, "50": mid, "90": high},
        "risk_year": told.risk,
        "never_tips": told.never,
    }
