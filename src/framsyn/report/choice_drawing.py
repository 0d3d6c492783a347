"""What the charts of a choice are drawn from: axes, values, and how each strategy looks in all of them."""

from collections.abc import Sequence

from framsyn.choose.choosing import Choice
from framsyn.choose.insight import foremost
from framsyn.choose.robustness import Floats
from framsyn.choose.robustness import Objective as Judged
from framsyn.report.listing import Look, looks
from framsyn.report.trade_offs_chart import Axis

#: Strategies found that are drawn by name in the chart of trade-offs.
DRAWN = 3


def axes_of(choice: Choice) -> list[Axis]:
    """The objectives as axes, in their order."""
    return [
        Axis(
            Judged(one.id, one.direction == "higher"),
            one.indicator.label,
            one.indicator.unit,
            one.indicator.decimals,
        )
        for one in choice.asked.objectives
    ]


def means_of(choice: Choice) -> dict[str, Floats]:
    """[strategy] means over the fresh worlds, by objective."""
    means = choice.values.mean(axis=1)
    return {one.id: means[:, at] for at, one in enumerate(choice.asked.objectives)}


def by_name(choice: Choice) -> list[str]:
    """Strategies that are drawn by name at first: as today, the visions, and the foremost."""
    best = [one.id for one in foremost(choice)[:DRAWN]]
    return [one.id for one in choice.candidates if one.kind in ("today", "vision") or one.id in best]


def looks_of(choice: Choice, ids: Sequence[str]) -> dict[str, Look]:
    """How these strategies are drawn: the same in every chart."""
    best = [one.id for one in foremost(choice)]
    others = [one.id for one in choice.candidates if one.kind in ("today", "vision")]
    every = looks([*others, *best], best)
    return {identity: every[identity] for identity in ids}
