"""Figures of the page: drawn panels with alternative texts, and the numbers that they were drawn from."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from framsyn.i18n.translator import Words
from framsyn.report import spoken
from framsyn.report.cells import Cells
from framsyn.report.drawing import Filling, Rows, begin_drawing, drawn, picture, standing
from framsyn.report.history import History
from framsyn.report.listing import Look, breaks, shown
from framsyn.report.summary import Spread

if TYPE_CHECKING:
    import xarray as xr

PAST_YEARS = 35  # of history before the base year
MEDIAN = Spread._fields.index("p50")
LABEL_ROOM = 20  # pixels above a plot for the label of a break
INK = "#1c2530"
ROOM = 0.04  # of the range, above and below


@dataclass(frozen=True)
class Panel:
    """One drawing: drawn here as an SVG, or in a browser from the same filling.

    Attributes:
        look: the posture, or None where the drawing shows them all.
        chart: name of the declared chart.
        filling: what is set in it.
        text: alternative text.
    """

    look: Look | None
    chart: str
    filling: Filling
    text: str

    def svg(self, lang: str) -> Markup:
        """The drawing as an SVG, its numbers written as in a language."""
        return drawn(self.chart, self.filling, self.text, lang)

    def print_svg(self, lang: str) -> str:
        """The drawing as an SVG that stands by itself, in the posture's colour."""
        return standing(self.chart, self.filling, lang, self.look.colour if self.look else INK)

    def png(self, lang: str, pixels: int) -> bytes:
        """The drawing for print as a PNG so many pixels wide."""
        return picture(self.print_svg(lang), pixels)


@dataclass(frozen=True)
class Figure:
    """A chart of one indicator.

    Attributes:
        indicator: its id.
        panels: one per posture, on the same scale.
        past: (year, formatted value) of the published past that is drawn.
        truncated: whether the axis starts elsewhere than at zero.
        broken: whether the break of a finance series is marked.
    """

    indicator: str
    panels: list[Panel]
    past: list[tuple[int, str]]
    truncated: bool
    broken: bool


def begin_figures(figures: Iterable[Figure], lang: str) -> None:
    """Begin to draw figures beside, so that the page that holds them need not wait."""
    begin_drawing(((one.chart, one.filling) for figure in figures for one in figure.panels), lang)


def fan_figure(indicator: str, cells: Cells, looks: Sequence[Look], history: History, region: str) -> Figure:
    """Fans of one indicator, one per posture, with its past; finance starts its axis at zero.

    Args:
        indicator: id; its past, where there is one, comes from `history`.
        cells: the summary and the words.
        looks: the postures to draw.
        history: the past.
        region: the region's English name: a break may not concern it.
    """
    summary = cells.summary
    finance = indicator != "population"
    past = past_of(indicator, history, summary.years[0])
    values = [value for _, value in past] + _ends(cells, indicator)
    low, high = span(values, zero=finance)
    first = min([year for year, _ in past] + summary.years[:1])
    marked = breaks_between(first, summary.years[-1], region, cells.words) if finance else ()
    last, base = summary.years[-1], summary.years[0]
    frame = Filling(
        data={
            "breaks": [{"year": year, "label": label} for year, label in marked],
            "zero": [{"value": 0.0}] if low < 0.0 < high else [],
        },
        domains={"x": (first, last), "y": (low, high)},
        years=marked_years(first, base, last),
        room=LABEL_ROOM if marked else 0,
    )
    panels = [_fan(indicator, cells, look, frame, past) for look in looks]
    said = [(year, cells.number(indicator, value)) for year, value in past]
    return Figure(indicator, panels, said, truncated=low > 0, broken=bool(marked))


def marked_years(first: int, base: int, last: int) -> list[int]:
    """Years on the axis: base and last, and the first where it is far enough from the base to be read."""
    far = base - first > (last - first) / 5
    return sorted({*([first] if far else []), base, last})


def _fan(indicator: str, cells: Cells, look: Look, frame: Filling, past: list[tuple[int, float]]) -> Panel:
    summary = cells.summary
    fan = [
        {"year": year, **{key: _json(value) for key, value in Spread(*row)._asdict().items()}}
        for year, row in zip(summary.years, summary.series(indicator, look.id).tolist(), strict=True)
        if math.isfinite(row[0])
    ]
    before = [{"year": year, "value": _json(value)} for year, value in past]
    text = spoken.fan(indicator, cells, look, past)
    full = replace(frame, data={**frame.data, "fan": fan, "past": before})
    return Panel(look, "fan", full, text)


def past_of(indicator: str, history: History, base: int) -> list[tuple[int, float]]:
    """Published years and values shown; gaps inside stay as NaN, those at the ends are cut."""
    years, values = history.series(indicator)
    pairs = [
        (int(year), float(value))
        for year, value in zip(years, values, strict=True)
        if base - PAST_YEARS <= year <= base
    ]
    known = [place for place, (_, value) in enumerate(pairs) if math.isfinite(value)]
    return pairs[known[0] : known[-1] + 1] if known else []


def _ends(cells: Cells, indicator: str) -> list[float]:
    summary = cells.summary
    rows = np.concatenate([summary.series(indicator, posture) for posture in summary.postures])
    return [float(value) for value in rows[:, [1, -1]].ravel()]


def span(values: Sequence[float], *, zero: bool) -> tuple[float, float]:
    """Ends of an axis that holds the values, with a little room; `zero` = it holds zero too."""
    known = [value for value in values if math.isfinite(value)] + ([0.0] if zero else [])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    room = ROOM * (high - low) or max(abs(high) * ROOM, 0.5)
    below = 0.0 if low == 0.0 and zero else low - room
    return (max(below, 0.0) if low >= 0 else below), high + room


def breaks_between(first: int, last: int, region: str, words: Words) -> tuple[tuple[int, str], ...]:
    """Year and label of the breaks of finance series that concern a region (English name)."""
    return tuple(
        (mark.year, f"{mark.year}: {words.gettext(mark.label)}")
        for mark in breaks()
        if first < mark.year <= last and mark.except_region != region
    )


def _json(value: float) -> float | None:
    return value if math.isfinite(value) else None


def pyramid_figure(futures: "xr.Dataset", cells: Cells, looks: Sequence[Look]) -> Figure:
    """Residents by age and sex now and at the last year, one panel per posture."""
    counts = by_age(futures)
    most = widest(counts[:, [0, -1]])
    last = cells.summary.years[-1]
    panels = [
        pyramid_panel(counts[place, 0], counts[place, -1], most, cells, look, last)
        for place, look in enumerate(looks)
    ]
    return Figure("population", panels, [], truncated=False, broken=False)


def widest(counts: NDArray[np.float64]) -> float:
    """How far a pyramid's axis must reach to hold these counts."""
    return float(counts.max()) * (1 + ROOM) or 1.0


def pyramid_panel(
    now: NDArray[np.float64],
    then: NDArray[np.float64],
    most: float,
    cells: Cells,
    look: Look,
    year: int,
) -> Panel:
    """Residents by age and sex now and in a year; `now` and `then` are [sex, age], men first."""
    titles: dict[str, Rows] = {
        "men": [{"text": cells.words.gettext("Men")}],
        "women": [{"text": cells.words.gettext("Women")}],
    }
    filling = Filling({"now": sides(now), "then": sides(then)} | titles, domains={"x": (-most, most)})
    return Panel(look, "pyramid", filling, spoken.pyramid(cells, look, now, then, year))


def by_age(futures: "xr.Dataset") -> NDArray[np.float64]:
    """[posture, year, sex, age]: mean over draws, men first."""
    counts = futures["population_by_age"].sel(sex=["male", "female"])
    ordered = counts.transpose("posture", "year", "sex", "age")
    return np.asarray(ordered.to_numpy(), dtype=np.float64)


def sides(counts: NDArray[np.float64]) -> Rows:
    """Rows of a pyramid: counts [sex, age] by age, men to the left of zero."""
    return [
        {"age": age, "male": -male, "female": female} for age, (male, female) in enumerate(counts.T.tolist())
    ]


def lever_figures(cells: Cells, looks: Sequence[Look]) -> list[Figure]:
    """What was decided: one panel per lever of the page, with a line per posture."""
    frame = frame_of_lines(looks, cells.summary.years)
    return [_lever(name, cells, looks, frame) for name in shown("decisions") if cells.has(name)]


def frame_of_lines(looks: Sequence[Look], years: Sequence[int]) -> Filling:
    """The filling of the chart `levers` but its data: a line per posture, from the first year to the last."""
    ids = [look.id for look in looks]
    ends = years[0], years[-1]
    return Filling(
        data={},
        domains={"x": ends, "color": ids, "strokeDash": ids},
        ranges={"color": [look.colour for look in looks], "strokeDash": [look.dashes for look in looks]},
        years=ends,
    )


def _lever(name: str, cells: Cells, looks: Sequence[Look], frame: Filling) -> Figure:
    summary = cells.summary
    lines: Rows = [
        {"posture": look.id, "year": year, "value": median}
        for look in looks
        for year, median in zip(summary.years, _medians(cells, name, look), strict=True)
        if math.isfinite(median)
    ]
    low, high = span([float(line["value"]) for line in lines], zero=False)
    data: dict[str, Rows] = {"lines": lines, "ends": [{"value": low}, {"value": high}]}
    panel = Panel(None, "levers", replace(frame, data=data), spoken.lever(name, cells, looks))
    return Figure(name, [panel], [], truncated=low > 0, broken=False)


def _medians(cells: Cells, name: str, look: Look) -> list[float]:
    medians: list[float] = cells.summary.series(name, look.id)[:, MEDIAN].tolist()
    return medians
