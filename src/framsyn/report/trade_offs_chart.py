"""Trade-offs: strategies over objectives as parallel axes, the set's best at the top of each."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from framsyn.choose.robustness import Floats, Objective, scaled
from framsyn.i18n.translator import Words
from framsyn.report.choose_charts import NAME_LINES
from framsyn.report.drawing import Filling, Rows, drawn
from framsyn.report.listing import Look

#: The least distance between names at the right, of the height; characters of a line of an objective's name.
APART, ACROSS = 0.085, 15


@dataclass(frozen=True)
class Axis:
    """An objective as it is drawn: its name and unit are message ids."""

    objective: Objective
    name: str
    unit: str
    decimals: int


def trade_offs_figure(
    axes: Sequence[Axis],
    values: Mapping[str, Floats],
    strategies: Sequence[str],
    looks: Mapping[str, Look],
    words: Words,
) -> Markup:
    """The chart as an SVG with an alternative text.

    Args:
        axes: the objectives, from left to right.
        values: [strategy] by objective id, in its own unit.
        strategies: their ids.
        looks: how the strategies that are named are drawn, by id; the others are thin grey lines.
        words: the language.
    """
    filled = filling(axes, values, strategies, looks, words)
    return drawn("trade_offs", filled, spoken(axes, values, strategies, looks, words), words.lang)


def filling(
    axes: Sequence[Axis],
    values: Mapping[str, Floats],
    strategies: Sequence[str],
    looks: Mapping[str, Look],
    words: Words,
    by_name: Sequence[str] | None = None,
) -> Filling:
    """What is set in the chart.

    Args:
        by_name: strategies of `looks` that are named at first; all of them by default. Where they are fewer,
            the others can be named later in the same chart, each in its own colour.
    """
    heights = {axis.objective.id: _heights(axis, values) for axis in axes}
    known = [name for name in strategies if name in looks]
    named = [name for name in known if by_name is None or name in by_name]

    def rows(names: Sequence[str]) -> Rows:
        return [
            {"strategy": name, "objective": axis.objective.id, "value": _at(heights, axis, strategies, name)}
            for name in names
            for axis in axes
        ]

    ends = {name: _at(heights, axes[-1], strategies, name) for name in named}
    moved = apart(list(ends.values()), APART)
    return Filling(
        data={
            "axes": [_axis(axis, values, words) for axis in axes],
            "others": rows([name for name in strategies if name not in named]),
            "named": rows(named),
            "labels": [
                {
                    "strategy": name,
                    "at": at,
                    "y": y,
                    "label": words.gettext(looks[name].label),
                }
                for (name, at), y in zip(ends.items(), moved, strict=True)
            ],
        },
        domains={"x": [axis.objective.id for axis in axes], "color": known, "strokeDash": known},
        ranges={
            "color": [looks[name].colour for name in known],
            "strokeDash": [looks[name].dashes for name in known],
        },
    )


def _heights(axis: Axis, values: Mapping[str, Floats]) -> Floats:
    told = values[axis.objective.id]
    return scaled(told if axis.objective.more_is_better else -told)


def _at(heights: Mapping[str, Floats], axis: Axis, strategies: Sequence[str], name: str) -> float:
    return float(heights[axis.objective.id][strategies.index(name)])


def _axis(axis: Axis, values: Mapping[str, Floats], words: Words) -> dict[str, str]:
    worst, best = _ends(axis, values[axis.objective.id])
    lines = _lines(words.gettext(axis.name), f"({words.gettext(axis.unit)})")
    return {
        "objective": axis.objective.id,
        "name": "\n".join([" "] * (NAME_LINES - len(lines)) + lines),
        "best": words.gettext("best {value}").format(value=words.number(best, axis.decimals)),
        "worst": words.gettext("worst {value}").format(value=words.number(worst, axis.decimals)),
    }


def _lines(name: str, unit: str) -> list[str]:
    """A name and its unit in as many lines as there are; long ones get longer lines, and lose no word."""
    across = ACROSS
    while True:
        lines = [
            line for text in (name, unit) for line in textwrap.wrap(text, across, break_long_words=False)
        ]
        if len(lines) <= NAME_LINES:
            return lines
        across += 1


def _ends(axis: Axis, told: Floats) -> tuple[float, float]:
    low, high = float(np.min(told)), float(np.max(told))
    return (low, high) if axis.objective.more_is_better else (high, low)


def apart(places: Sequence[float], least: float) -> list[float]:
    """The places moved so that none is nearer to another than `least`, their order kept, and their mean.

    Those that would then lie outside 0…1 are moved back, as far as there is room, and push the others.
    """
    order = np.argsort(places, kind="stable")
    moved = np.asarray(places, dtype=np.float64)[order]
    for place in range(1, len(moved)):
        moved[place] = max(moved[place], moved[place - 1] + least)
    if len(moved):
        moved -= moved.mean() - np.mean(places)
    limit = 1.0
    for place in reversed(range(len(moved))):
        moved[place] = min(moved[place], limit)
        limit = moved[place] - least
    limit = 0.0
    for place in range(len(moved)):
        moved[place] = max(moved[place], limit)
        limit = moved[place] + least
    back = np.empty_like(moved)
    back[order] = moved
    return [float(one) for one in back]


def spoken(
    axes: Sequence[Axis],
    values: Mapping[str, Floats],
    strategies: Sequence[str],
    looks: Mapping[str, Look],
    words: Words,
) -> str:
    """What the chart shows, from the same numbers: of each objective the ends, then the named strategies."""
    said = [
        words.gettext(
            "{count} strategies over {objectives} objectives, the best at the top of each axis."
        ).format(count=len(strategies), objectives=len(axes))
    ]
    for axis in axes:
        told = values[axis.objective.id]
        worst, best = _ends(axis, told)
        template = words.gettext("{name} ({unit}), from {worst} to {best}: {strategies}.")
        said.append(
            template.format(
                name=words.gettext(axis.name),
                unit=words.gettext(axis.unit),
                worst=words.number(worst, axis.decimals),
                best=words.number(best, axis.decimals),
                strategies="; ".join(
                    f"{words.gettext(looks[name].label)} "
                    f"{words.number(float(told[strategies.index(name)]), axis.decimals)}"
                    for name in strategies
                    if name in looks
                ),
            )
        )
    return " ".join(said)
