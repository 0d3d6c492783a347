"""What a choice means: in which worlds strategies fail, until when they work, and what still works then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.candidates import Candidate, differences
from framsyn.choose.choosing import Choice
from framsyn.choose.conditions import Standard
from framsyn.choose.failing import fails_by_year
from framsyn.choose.features import FeatureTable, feature_table
from framsyn.choose.pathways import Demands, PathwayMap, pathway_map
from framsyn.choose.vulnerability import Vulnerabilities, vulnerabilities
from framsyn.evaluate.outlook import what_warns
from framsyn.evaluate.signposts import Signpost
from framsyn.foresee.postures import strategy_of
from framsyn.foresee.setting import Drawn
from framsyn.model.course import Strategy, switched
from framsyn.model.layout import Floats

#: Strategies found that take part in the map of pathways, beside the visions and one's own; and its worlds.
ON_MAP, MAP_WORLDS = 4, 200
#: Strategies found, and one's own, that are told in full: it takes seconds to find when one fails.
TOLD_IN_FULL = 8
#: Fewer failures, or fewer lives without, and no signpost is looked for; signposts told of each year.
LEAST_FAILING, POSTS = 25, 2
#: Hits less false alarms below which a signpost tells hardly more than chance, and is not told.
LEAST_TELLING = 0.2
#: What is asked of conditions here: half as many repeated searches as usual, since many strategies wait.
STANDARD = Standard(resamples=25)


@dataclass(frozen=True)
class Insight:
    """What a choice means.

    Attributes:
        vulnerabilities: by strategy told in full, in which of the fresh worlds it fails.
        pathways: the map of pathways among the strategies of `on_map`.
    """

    vulnerabilities: Mapping[str, Vulnerabilities]
    pathways: PathwayMap


def insight_of(choice: Choice, progress: Callable[[int, int], None] | None = None) -> Insight:
    """Find in which worlds the strategies fail, and the pathways among the foremost of them.

    Args:
        choice: what was found.
        progress: told how many of the strategies told in full have been looked at, and of how many.
    """
    return Insight(vulnerabilities_of(choice, progress), pathways_of(choice, on_map(choice)))


def vulnerabilities_of(
    choice: Choice, progress: Callable[[int, int], None] | None = None
) -> dict[str, Vulnerabilities]:
    """In which of the fresh worlds the strategies told in full fail to keep what must hold.

    What a council can watch is looked at first; sizes of effects only where that explains nothing.
    """
    whole = feature_table(choice.worlds.drawn, choice.worlds.as_today)
    watched = [place for place, one in enumerate(whole.features) if one.source != "effect"]
    some = FeatureTable(tuple(whole.features[place] for place in watched), whole.values[:, watched])

    def explained(failing: NDArray[np.bool_]) -> Vulnerabilities:
        found = vulnerabilities(some, failing, STANDARD)
        return vulnerabilities(whole, failing, STANDARD) if found.kind == "unexplained" else found

    places = {identity: place for place, identity in enumerate(choice.ids)}
    told, found = told_in_full(choice), {}
    for number, one in enumerate(told, start=1):
        found[one.id] = explained(choice.failing[places[one.id]])
        if progress is not None:
            progress(number, len(told))
    return found


def foremost(choice: Choice) -> list[Candidate]:
    """One's own strategies and those found, the unbeaten first, then by the regret of nine worlds of ten."""
    places = [place for place, one in enumerate(choice.candidates) if one.kind in ("own", "found")]
    places.sort(key=lambda place: (not choice.unbeaten[place], choice.robustness.regret_90[place]))
    return [choice.candidates[place] for place in places]


def told_in_full(choice: Choice) -> list[Candidate]:
    """The foremost of one's own strategies and of those found, then as today and the visions."""
    others = [one for one in choice.candidates if one.kind in ("today", "vision")]
    return [*foremost(choice)[:TOLD_IN_FULL], *others]


def on_map(choice: Choice) -> list[Candidate]:
    """The strategies on the map of pathways: as today, the visions, one's own, and the foremost found."""
    found = [one for one in foremost(choice) if one.kind == "found"][:ON_MAP]
    return [*(one for one in choice.candidates if one.kind != "found"), *found]


def pathways_of(choice: Choice, chosen: Sequence[Candidate]) -> PathwayMap:
    """The map of pathways among these strategies, lived in the first of the fresh worlds."""
    setting, count = choice.setting, min(MAP_WORLDS, choice.asked.fresh)
    strategies = {one.id: strategy_of(one.posture) for one in chosen}
    lived = _Lived(choice)
    base = setting.municipality.bundle.base_year
    fails = {identity: lived.fails(strategy) for identity, strategy in strategies.items()}
    return pathway_map(
        {identity: failing[:count, 1:] for identity, failing in fails.items()},
        range(base + 1, base + setting.years + 1),
        {one.id: lead_years(one, choice) for one in chosen},
        lambda first, second, year: lived.fails(switched(strategies[first], strategies[second], year), count)[
            :, 1:
        ],
        Demands(now=base + 1),
        signposts={identity: lived.signposts(strategy) for identity, strategy in strategies.items()},
    )


@dataclass(frozen=True)
class _Lived:
    """Lives in the fresh worlds of a choice."""

    choice: Choice

    def records(self, strategy: Strategy, count: int | None = None) -> Floats:
        """[draw, year, indicator] the lives in the first `count` of the worlds, in all by default."""
        worlds = self.choice.worlds
        drawn = Drawn(*(part[:count] for part in worlds.drawn))
        setting = self.choice.setting
        return setting.live(drawn, setting.course(strategy), worlds.as_today[:count])

    def fails(self, strategy: Strategy, count: int | None = None) -> NDArray[np.bool_]:
        """[draw, year] whether a keep does not hold."""
        return fails_by_year(self.choice.asked.keeps, self.records(strategy, count))

    def signposts(self, strategy: Strategy) -> list[dict[str, Any]]:
        """The published figures that best warn, a few years ahead, that the strategy will fail."""
        records = self.records(strategy)
        by_year = fails_by_year(self.choice.asked.keeps, records)
        failing = np.asarray(by_year.any(axis=1))
        if min(failing.sum(), len(failing) - failing.sum()) < LEAST_FAILING:
            return []
        base = self.choice.setting.municipality.bundle.base_year
        guides = what_warns(self.choice.setting, records, failing, by_year.argmax(axis=1))
        telling = [
            post
            for guide in guides
            for post in guide.posts[:POSTS]
            if post.hit_rate - post.false_alarms >= LEAST_TELLING
        ]
        return [_told(post, base) for post in telling]


def _told(post: Signpost, base: int) -> dict[str, Any]:
    return {
        "figure": post.id,
        "year": base + post.ahead,
        "warns": "above" if post.above else "below",
        "trigger": post.trigger,
        "hit_rate": post.hit_rate,
        "false_alarms": post.false_alarms,
        "auc": post.auc,
    }


def lead_years(candidate: Candidate, choice: Choice) -> int:
    """Years from the decision on a strategy to the first in which all of it can act."""
    setting = choice.setting
    changed = differences(candidate.posture, setting.place, setting.municipality.bundle.base_year + 1)
    return max((one.lever.lead_years for one in changed), default=1)
