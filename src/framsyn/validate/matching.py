"""The section on moments of docs/history.md: which moments driven lives meet, and what they teach."""

from collections.abc import Sequence

import numpy as np

from framsyn.evidence.register import SCHOOLS_OF_THOUGHT, effect
from framsyn.foresee.forecast.forecast import Forecast, fit_forecast
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.foresee.schools import Indices
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import Floats
from framsyn.places.bundle import shipped_bundle
from framsyn.places.tables import Tables
from framsyn.validate.driven import drive, open_past
from framsyn.validate.moments import Moment, computed, moments, read_moments
from framsyn.validate.published import BASE, LAST
from framsyn.validate.weights import Bools, Learned, Weighted, learned, weighted

SETS, WORLDS = 300, 3


def moments_section(
    tables: Tables, forecast: Forecast | None = None, sets: int = SETS, worlds: int = WORLDS
) -> list[str]:
    """Markdown of the section; fits the forecast of 2005 where it is not given, minutes."""
    forecast = forecast or fit_forecast(read_history(tables, BASE), region_codes(tables), LAST - BASE)
    past = open_past(tables, shipped_bundle())
    lives = drive(past, forecast, sets, worlds)
    published = read_moments(past.published)[0]
    values = read_moments(lives.history).reshape(sets, worlds, -1)
    return matched_lines(published, values, lives.effects, lives.schools)


def matched_lines(published: Floats, values: Floats, effects: Floats, schools: Indices) -> list[str]:
    """What the moments say.

    Args:
        published: [moment] of what came.
        values: [draw, world, moment] of driven lives.
        effects: [draw, coefficient] as drawn from the priors.
        schools: [draw] the school of thought.
    """
    tolerances = np.array([moment.tolerance for moment in computed()])
    found = weighted(values, published, tolerances)
    limits = np.hypot(tolerances, found.chance)
    met = [np.abs(one - published) <= limits for one in (found.before, found.after)]
    return [
        *summary_lines(found, met, values.shape[1], schools),
        "",
        *moment_table(found, published, tolerances, met),
        "",
        *left_lines(),
        "",
        *learned_lines(found, effects),
    ]


def summary_lines(found: Weighted, met: Sequence[Bools], worlds: int, schools: Indices) -> list[str]:
    """How many draws are left, and how many moments are met before and after."""
    prior, posterior = school_shares(schools, found.weights)
    shares = ", ".join(
        f"{school} {100 * before:.0f} → {100 * after:.0f} %"
        for school, before, after in zip(SCHOOLS_OF_THOUGHT, prior, posterior, strict=True)
    )
    before, after = (int(one.sum()) for one in met)
    return [
        f"{len(found.weights)} draws of effects in {worlds} worlds each. Effective sample size of the"
        f" weights: {found.effective:.1f}. {before} of {len(found.used)} moments are met before the weights,"
        f" {after} after; {int(found.used.sum())} weigh. Schools of thought before and after: {shares}.",
    ]


def school_shares(schools: Indices, weights: Floats) -> tuple[Floats, Floats]:
    """Share of each school of thought before and after the weights."""
    of = (schools[:, None] == np.arange(len(SCHOOLS_OF_THOUGHT))).astype(np.float64)
    return of.mean(axis=0), weights @ of


def moment_table(found: Weighted, published: Floats, tolerances: Floats, met: Sequence[Bools]) -> list[str]:
    """Each computed moment: target, published by the same function, simulated before and after, met."""
    heads = ["moment", "research", "published 2005–2025", "±", "chance", "before", "after", "met", "weighs"]
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    for index, moment in enumerate(computed()):
        numbers = (moment.target, published[index], tolerances[index], found.chance[index])
        cells = [_number(value, moment) for value in (*numbers, found.before[index], found.after[index])]
        cells += [
            " → ".join("yes" if one[index] else "no" for one in met),
            "yes" if found.used[index] else "no",
        ]
        lines.append("| " + " | ".join([f"{moment.id}: {moment.meaning}", *cells]) + " |")
    return lines


def _number(value: float, moment: Moment) -> str:
    return f"{value:,.0f}" if moment.tolerance >= 10 else f"{value:.2f}"


def left_lines() -> list[str]:
    """The moments that are not computed, with the reason."""
    lines = ["Moments of the list that are not computed here:", ""]
    return lines + [
        f"- {moment.id} ({moment.target:g} ± {moment.tolerance:g}): {moment.meaning}"
        for moment in moments()
        if not moment.computed
    ]


def learned_lines(found: Weighted, effects: Floats) -> list[str]:
    """Coefficients that the moments narrow or move, and those that keep their prior."""
    rows: list[tuple[str, Learned]] = [
        (identity, learned(effects[:, column], found.weights)) for column, identity in enumerate(COEFFICIENTS)
    ]
    taught = [(identity, one) for identity, one in rows if one.narrower or one.moved]
    kept = [identity for identity, one in rows if not (one.narrower or one.moved)]
    expected = 0.1 * len(rows)
    lines = [
        f"Of {len(rows)} coefficients {len(taught)} are narrower (below 0.9 of the prior's standard"
        " deviation, and narrower than weights dealt out at random make it in 95 of 100) or moved (further"
        f" than random weights move it in 95 of 100); chance alone would mark about {expected:.0f}.",
        "",
        "| coefficient | strength | sd / prior sd | by chance above | shift, prior sd | by chance below | |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for identity, one in sorted(taught, key=lambda pair: pair[1].ratio):
        what = " and ".join(
            word for word, is_so in (("narrower", one.narrower), ("moved", one.moved)) if is_so
        )
        lines.append(
            f"| {identity} | {effect(identity).strength} | {one.ratio:.2f} | {one.ratio_by_chance:.2f} |"
            f" {one.shift:+.2f} | {one.shift_by_chance:.2f} | {what} |"
        )
    return [*lines, "", f"The others keep their prior: {', '.join(kept)}.", *_strongest(found, effects)]


def _strongest(found: Weighted, effects: Floats) -> Sequence[str]:
    """For each moment that weighs, the coefficient that it follows most over the draws."""
    lines = ["", "Which coefficient each moment follows most (correlation over the draws of effects):", ""]
    for index, moment in enumerate(computed()):
        if not found.used[index]:
            continue
        with np.errstate(invalid="ignore"):
            r = np.nan_to_num(
                [
                    np.corrcoef(effects[:, column], found.distance[:, index])[0, 1]
                    for column in range(effects.shape[1])
                ]
            )
        first = np.argsort(-np.abs(r))[:3]
        named = ", ".join(f"{COEFFICIENTS[column]} {r[column]:+.2f}" for column in first)
        lines.append(f"- {moment.id}: {named}")
    return lines
