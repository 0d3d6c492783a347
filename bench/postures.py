"""How the four visions fare over every municipality: makes the tables of docs/postures.md.

Usage: python bench/postures.py [draws] [years]

Writes docs/postures-table.md's tables to standard output, as Markdown.
"""

import sys
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from framsyn.foresee.postures import AS_IS, VISIONS, posture
from framsyn.foresee.setting import Setting, prepare
from framsyn.model import layout
from framsyn.model.layout import Floats
from framsyn.places.municipality import municipalities

POSTURES = (AS_IS, *VISIONS)


class Headline(NamedTuple):
    """One headline: what it is, whether more or less is better, and how large a difference counts."""

    name: str
    unit: str
    better: int
    counts: float


HEADLINES = (
    Headline("population, against the base year", "%", 1, 0.1),
    Headline("quality of services", "mean index of eight", 1, 0.5),
    Headline("turnout", "%", 1, 0.1),
    Headline("cash flow of operations and investments, last five years", "€/resident a year", 1, 10.0),
    Headline("loans", "€/resident", -1, 50.0),
    Headline("repair debt", "€/resident", -1, 50.0),
)


def headlines(records: Floats) -> Floats:
    """[headline] means over the draws of `records` [draw, year, indicator] at the end."""
    last = records[:, -1]
    growth = 100.0 * (last[:, layout.POPULATION] / records[:, 0, layout.POPULATION] - 1.0)
    # Participation is bought by the euro: its quality is money alone, and turnout tells what comes of it.
    with_users = [layout.QUALITY + area for area in range(layout.PARTICIPATION)]
    quality = last[:, with_users].mean(axis=1)
    columns = (
        growth,
        quality,
        last[:, layout.TURNOUT],
        records[:, -5:, layout.CASH_FLOW].mean(axis=1),
        last[:, layout.LOANS],
        last[:, layout.REPAIR_DEBT],
    )
    return np.array([column.mean() for column in columns])


def lived(setting: Setting, draws: int) -> Floats:
    """[posture, headline] of one municipality."""
    drawn = setting.draw(range(draws))
    reference = setting.live(drawn, setting.course(posture(AS_IS)))
    others = [setting.live(drawn, setting.course(posture(one)), reference) for one in VISIONS]
    return np.stack([headlines(one) for one in (reference, *others)])


def table_of_means(values: Floats) -> str:
    """Median over the municipalities of each headline; `values` [municipality, posture, headline]."""
    lines = ["| headline | " + " | ".join(POSTURES) + " |", "| --- |" + " --- |" * len(POSTURES)]
    for column, one in enumerate(HEADLINES):
        cells = [f"{np.median(values[:, place, column]):,.1f}" for place in range(len(POSTURES))]
        lines.append(f"| {one.name}, {one.unit} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def shares_of_best(values: Floats) -> Mapping[str, Floats]:
    """Share of the municipalities in which each vision is best on a headline, beyond what counts."""
    visions = values[:, 1:]
    found = {}
    for column, one in enumerate(HEADLINES):
        scores = one.better * visions[:, :, column]
        order = np.sort(scores, axis=1)
        clear = order[:, -1] - order[:, -2] >= one.counts
        best = scores.argmax(axis=1)
        found[one.name] = np.array([np.mean(clear & (best == place)) for place in range(len(VISIONS))])
    return found


def table_of_best(values: Floats) -> str:
    """Share of municipalities, percent, in which each vision is clearly best; the rest are ties."""
    lines = ["| headline | " + " | ".join(VISIONS) + " | nearly equal |", "| --- |" + " --- |" * 5]
    for name, shares in shares_of_best(values).items():
        cells = [f"{100 * share:.0f}" for share in (*shares, 1.0 - shares.sum())]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main(draws: int, years: int) -> None:
    """Live every municipality under every posture and print the tables."""
    values = np.stack([lived(prepare(m, years), draws) for m in municipalities()])
    first = municipalities()[0].bundle.base_year
    print(f"{len(values)} municipalities, {draws} worlds each, {first} to {first + years}.\n")
    print(table_of_means(values), "\n")
    print(table_of_best(values))
    winner = [set(np.flatnonzero(shares > 0.5)) for shares in shares_of_best(values).values()]
    everywhere = set.intersection(*winner) if all(winner) else set()
    print(f"\nBest in most municipalities on every headline: {[VISIONS[i] for i in everywhere] or 'none'}.")


if __name__ == "__main__":
    main(*(int(one) for one in (*sys.argv[1:], *("100", "20")[len(sys.argv) - 1 :])))
