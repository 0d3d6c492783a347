"""What a choice means: in which worlds strategies fail, until when they work, and what still works then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.candidates import Candidate, differences
from framsyn.choose.choosing import Choice
from framsyn.choose.failing import fails_by_year
from framsyn.choose.features import feature_table
from framsyn.choose.pathways import Demands, PathwayMap, pathway_map
from framsyn.choose.vulnerability import Vulnerabilities, vulnerabilities
from framsyn.foresee.postures import strategy_of
from framsyn.foresee.setting import Drawn
from framsyn.model.posture import Strategy, switched

#: Strategies found that take part in the map of pathways, beside the visions and one's own; and its worlds.
ON_MAP, MAP_WORLDS = 4, 200


@dataclass(frozen=True)
class Insight:
    """What a choice means.

    Attributes:
        vulnerabilities: by strategy, in which of the fresh worlds it fails.
        pathways: the map of pathways among the strategies of `on_map`.
    """

    vulnerabilities: Mapping[str, Vulnerabilities]
    pathways: PathwayMap


def insight_of(choice: Choice) -> Insight:
    """Find in which worlds the strategies fail, and the pathways among the foremost of them."""
    return Insight(vulnerabilities_of(choice), pathways_of(choice, on_map(choice)))


def vulnerabilities_of(choice: Choice) -> dict[str, Vulnerabilities]:
    """In which of the fresh worlds each strategy fails to keep what must hold."""
    table = feature_table(choice.worlds.drawn, choice.worlds.as_today)
    return {
        identity: vulnerabilities(table, failing)
        for identity, failing in zip(choice.ids, choice.failing, strict=True)
    }


def foremost(choice: Choice) -> list[Candidate]:
    """One's own strategies and those found, the unbeaten first, then by the regret of nine worlds of ten."""
    places = [place for place, one in enumerate(choice.candidates) if one.kind in ("own", "found")]
    places.sort(key=lambda place: (not choice.unbeaten[place], choice.robustness.regret_90[place]))
    return [choice.candidates[place] for place in places]


def on_map(choice: Choice) -> list[Candidate]:
    """The strategies on the map of pathways: as today, the visions, one's own, and the foremost found."""
    found = [one for one in foremost(choice) if one.kind == "found"][:ON_MAP]
    return [*(one for one in choice.candidates if one.kind != "found"), *found]


def pathways_of(choice: Choice, chosen: Sequence[Candidate]) -> PathwayMap:
    """The map of pathways among these strategies, lived in the first of the fresh worlds."""
    setting, count = choice.setting, min(MAP_WORLDS, choice.asked.fresh)
    drawn = Drawn(*(part[:count] for part in choice.worlds.drawn))
    as_today = choice.worlds.as_today[:count]
    strategies = {one.id: strategy_of(one.posture) for one in chosen}

    def fails(strategy: Strategy) -> NDArray[np.bool_]:
        records = setting.live(drawn, setting.course(strategy), as_today)
        return fails_by_year(choice.asked.keeps, records)[:, 1:]

    base = setting.municipality.bundle.base_year
    return pathway_map(
        {identity: fails(strategy) for identity, strategy in strategies.items()},
        range(base + 1, base + setting.years + 1),
        {one.id: lead_years(one, choice) for one in chosen},
        lambda first, second, year: fails(switched(strategies[first], strategies[second], year)),
        Demands(now=base + 1),
    )


def lead_years(candidate: Candidate, choice: Choice) -> int:
    """Years from the decision on a strategy to the first in which all of it can act."""
    setting = choice.setting
    changed = differences(candidate.posture, setting.place, setting.municipality.bundle.base_year + 1)
    return max((one.lever.lead_years for one in changed), default=1)
