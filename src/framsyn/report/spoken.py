"""Alternative texts: what a chart shows, made from the same numbers."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framsyn.report.cells import Cells
from framsyn.report.listing import Look

OLD, ADULT = 65, 15


def fan(indicator: str, cells: Cells, look: Look, past: Sequence[tuple[int, float]]) -> str:
    """The past's ends, then median and interval at the last year."""
    words, last = cells.words, cells.summary.years[-1]
    known = [(year, value) for year, value in past if math.isfinite(value)]
    parts = [f"{cells.label(indicator)}, {words.gettext(look.label)}."]
    if known:
        template = words.gettext("Past: {first} in {first_year}, {end} in {end_year}.")
        parts.append(
            template.format(
                first=cells.number(indicator, known[0][1]),
                first_year=known[0][0],
                end=cells.number(indicator, known[-1][1]),
                end_year=known[-1][0],
            )
        )
    future = words.gettext("Future in {year}: median {median}, 80% interval {interval} ({unit}).")
    parts.append(
        future.format(
            year=last,
            median=cells.mid(indicator, look.id, last),
            interval=cells.interval(indicator, look.id, last),
            unit=cells.unit(indicator),
        )
    )
    return " ".join(parts)


def pyramid(cells: Cells, look: Look, now: NDArray[np.float64], then: NDArray[np.float64], year: int) -> str:
    """Three age groups, now and in a year; `now` and `then` are [sex, age]."""
    words, base = cells.words, cells.summary.years[0]
    said = words.gettext("{year}: {young} residents under 15, {adult} aged 15–64, {old} aged 65 and over.")
    return f"{words.gettext(look.label)}. " + " ".join(
        said.format(
            year=at,
            young=words.number(counts[:, :ADULT].sum()),
            adult=words.number(counts[:, ADULT:OLD].sum()),
            old=words.number(counts[:, OLD:].sum()),
        )
        for at, counts in ((base, now), (year, then))
    )


def lever(name: str, cells: Cells, looks: Sequence[Look]) -> str:
    """Each posture's median at the first and the last year."""
    first, last = cells.summary.years[0], cells.summary.years[-1]
    said = cells.words.gettext("{posture} from {first} to {last}")
    lines = [
        said.format(
            posture=cells.words.gettext(look.label),
            first=cells.mid(name, look.id, first),
            last=cells.mid(name, look.id, last),
        )
        for look in looks
    ]
    return f"{cells.label(name)} ({cells.unit(name)}), {first}–{last}: " + "; ".join(lines) + "."
