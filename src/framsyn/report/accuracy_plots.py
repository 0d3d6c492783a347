"""How right forecasts were, drawn: error and coverage by horizon, and the PIT histogram."""

import math
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import altair as alt
import polars as pl
import vl_convert as vlc

from framsyn.foresee import scoring
from framsyn.foresee.scoring import Comparison
from framsyn.report.accuracy import (
    EN,
    OURS,
    PARTS,
    PLOTS,
    Row,
    method_name,
    ordered,
    own_spread,
    parted,
)
from framsyn.report.charts import FONT_SIZE, GRID, INK, QUIET, Chart
from framsyn.report.horizons import year_runs

Panels = alt.VConcatChart | alt.HConcatChart


class Stroke(NamedTuple):
    """How a line is drawn: colour, dashes and width in pixels."""

    colour: str
    dash: tuple[int, ...]
    width: float


STRONG = Stroke(INK, (1, 0), 3.2)
#: Six colours that the colour-blind can tell, with four dashes: no two of twelve lines are alike.
COLOURS = ("#0072b2", "#b34700", "#00745a", "#a0447f", "#5b6b7b", "#7a5c00")
DASHES = ((1, 0), (7, 3), (2, 2), (8, 3, 2, 3))
STROKES = tuple(Stroke(COLOURS[i % 6], DASHES[i % 4], 1.7) for i in range(12))
MEANT = [5, 4]
#: Of the 50, 80 and 95 % intervals, dark to light.
LEVEL_COLOURS = ["#08306b", "#2171b5", "#6d8fb3"]
#: Sizes in pixels: a wide and a narrow panel, their height, and the least distance of names.
WIDE, NARROW, TALL, GAP = 430, 300, 260, 15.0
TICKS = [factor * 10.0**power for power in range(-2, 3) for factor in (1, 1.5, 2, 3, 5, 7)]


def accuracy_plots(
    totals: pl.DataFrame, spread: pl.DataFrame, folder: Path, *, ours: str = OURS
) -> list[Path]:
    """Draw error by horizon, coverage by horizon and the PIT histogram, each as an SVG file.

    Args:
        totals: as in `foresee.scoring`.
        spread: likewise; without rows of `ours` only the first is drawn.
        folder: made where it does not exist.
        ours: the method that is drawn strongest.

    Returns:
        The files written, named after `PLOTS`.

    Raises:
        ValueError: a column is missing, or no forecast of `ours` has an outcome.
    """
    compared = scoring.comparisons(scoring.known_totals(totals), ours)
    charts = {"accuracy-error": error_chart(compared, ours)}
    known = own_spread(spread, ours)
    if known.height:
        parts = parted(known)
        charts |= {"accuracy-coverage": coverage_chart(parts), "accuracy-pit": pit_chart(parts)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, chart in charts.items():
        (folder / f"{name}.svg").write_text(_svg(chart, PLOTS[name]), encoding="utf-8")
    return [folder / f"{name}.svg" for name in charts]


def _svg(chart: Panels, text: str) -> str:
    edition = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    svg = vlc.vegalite_to_svg(chart.to_dict(), vl_version=edition, format_locale="en-GB")
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(text)}" ', 1)


def error_chart(compared: Sequence[Comparison], ours: str) -> Panels:
    """MAPE by horizon, one panel per comparison; each line named at its end."""
    frames = {
        f"Forecasts made in {year_runs(comparison.origins)}": scoring.point_scores(
            comparison.rows, ("method", "horizon")
        ).filter(pl.col("mape") > 0)
        for comparison in compared
    }
    drawn = {title: frame for title, frame in frames.items() if frame.height}
    methods = ordered({method for frame in drawn.values() for method in frame["method"]}, ours)
    looks = {m: STRONG if m == ours else STROKES[i % len(STROKES)] for i, m in enumerate(methods)}
    panels = [_error_panel(frame, looks, title) for title, frame in drawn.items()]
    return _dressed(alt.vconcat(*panels, spacing=28))


def _error_panel(frame: pl.DataFrame, looks: dict[str, Stroke], title: str) -> Chart:
    """One panel on a logarithmic scale, on which equal distances are equal proportions."""
    errors = frame["mape"].to_list()
    span = (min(errors) / 1.1, max(errors) * 1.1)
    names = list(looks)
    colours, dashes, widths = zip(*looks.values(), strict=True)
    colour = alt.Color("method:N", legend=None, scale=alt.Scale(domain=names, range=colours))
    dash = alt.StrokeDash("method:N", legend=None, scale=alt.Scale(domain=names, range=dashes))
    width = alt.StrokeWidth(
        "method:N", legend=None, scale=alt.Scale(type="ordinal", domain=names, range=widths)
    )
    ticks = [tick for tick in TICKS if span[0] <= tick <= span[1]]
    axis = alt.Axis(values=ticks, format="~g", title="Mean absolute error, % (log scale)")
    y = alt.Y("mape:Q", scale=alt.Scale(type="log", domain=span, nice=False), axis=axis)
    data = _data(frame.select("method", "horizon", "mape").to_dicts())
    x = _ahead_axis(frame)
    lines = data.mark_line().encode(x=x, y=y, color=colour, strokeDash=dash, strokeWidth=width)
    points = data.mark_point(filled=True, size=22, opacity=1).encode(x=x, y=y, color=colour)
    ends = _data(_ends(frame, span))
    left, right = alt.value(WIDE + 4), alt.value(WIDE + 18)
    leaders = ends.mark_rule(strokeWidth=1).encode(x=left, x2=right, y=y, y2="place:Q", color=colour)
    labels = _labels(ends, WIDE + 22, "place:Q")
    return _panel((lines, points, leaders, labels), WIDE, title)


def _ends(frame: pl.DataFrame, span: tuple[float, float]) -> list[Row]:
    """The last point of each line with the place of its name, moved so that names do not meet."""
    last = frame.sort("horizon").group_by("method").last().sort("mape", "method")
    low, high = math.log(span[0]), math.log(span[1])
    places = apart([TALL * (math.log(value) - low) / (high - low) for value in last["mape"]], GAP)
    return [
        {**row, "name": method_name(row["method"], EN), "place": math.exp(low + place / TALL * (high - low))}
        for row, place in zip(last.iter_rows(named=True), places, strict=True)
    ]


def apart(places: Sequence[float], gap: float) -> list[float]:
    """Places in rising order moved as little as possible (least squares) to lie at least `gap` apart.

    With i · gap taken from each, that is a rising regression: neighbours that would fall are pooled.
    """
    pools: list[tuple[float, int]] = []
    for rank, place in enumerate(places):
        mean, count = place - rank * gap, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    levels = [mean for mean, count in pools for _ in range(count)]
    return [level + rank * gap for rank, level in enumerate(levels)]


def coverage_chart(spread: pl.DataFrame) -> Panels:
    """Percent of outcomes inside the 50, 80 and 95 % intervals by horizon; dashed = as many as meant."""
    scores = scoring.interval_scores(spread, ("part", "horizon"))
    parts = ((part, scores.filter(pl.col("part") == part)) for part in PARTS)
    panels = [_coverage_panel(frame, part) for part, frame in parts if frame.height]
    return _dressed(alt.hconcat(*panels, spacing=24))


def _coverage_panel(scores: pl.DataFrame, title: str) -> Chart:
    levels = [level for level, _, _ in scoring.INTERVALS]
    rows = [
        {"horizon": row["horizon"], "level": level, "inside": row[f"coverage_{level}"]}
        for row in scores.iter_rows(named=True)
        for level in levels
    ]
    axis = alt.Axis(values=[0, 25, *levels], title="Outcomes inside, %")
    low = min(25.0, *(row["inside"] for row in rows))
    scale = alt.Scale(domain=[low, 100], zero=False, nice=False)
    y = alt.Y("inside:Q", scale=scale, axis=axis)
    colour = alt.Color("level:N", legend=None, scale=alt.Scale(domain=levels, range=LEVEL_COLOURS))
    line = _data(rows).mark_line(strokeWidth=2.2, point=alt.OverlayMarkDef(size=30))
    meant = _data([{"level": level, "name": f"{level} % interval"} for level in levels])
    rules = meant.mark_rule(strokeDash=MEANT, color=QUIET).encode(y=alt.Y("level:Q", scale=scale))
    lines = line.encode(x=_ahead_axis(scores), y=y, color=colour)
    return _panel(
        (rules, lines, _labels(meant, NARROW + 10, "level:Q")), NARROW, f"{title} (dashed: as meant)"
    )


def pit_chart(spread: pl.DataFrame) -> Panels:
    """Percent of outcomes in each tenth of their forecast distribution; dashed = one tenth."""
    shares = scoring.pit_histogram(spread, ("part",))
    most = 1.1 * max([100.0 / scoring.BINS, *shares["share"]])
    parts = ((part, shares.filter(pl.col("part") == part)) for part in PARTS)
    panels = [_pit_panel(frame, part, most) for part, frame in parts if frame.height]
    return _dressed(alt.hconcat(*panels, spacing=24))


def _pit_panel(shares: pl.DataFrame, title: str, most: float) -> Chart:
    step = 100 // scoring.BINS
    low = (step * pl.col("bin")).alias("low")
    rows = shares.select("share", low, (low + step).alias("high")).to_dicts()
    axis = alt.Axis(
        values=[0, 20, 40, 60, 80, 100], title="Place in the forecast distribution, %", grid=False
    )
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, 100]), axis=axis)
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, most]), axis=alt.Axis(title="Outcomes, %", tickCount=5))
    bars = (
        _data(rows)
        .mark_bar(color=LEVEL_COLOURS[1], stroke="white")
        .encode(x=x, x2="high:Q", y=y, y2=alt.datum(0))
    )
    even = _data([{"share": 100.0 / scoring.BINS}])
    rule = even.mark_rule(strokeDash=MEANT, color=INK, strokeWidth=1.5).encode(y=alt.Y("share:Q"))
    return _panel((bars, rule), NARROW, f"{title} (dashed: as meant)")


def _data(rows: list[Row]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _ahead_axis(frame: pl.DataFrame) -> alt.X:
    horizons = frame["horizon"].unique().sort().to_list()
    axis = alt.Axis(values=horizons, format="d", title="Years ahead", grid=False)
    room = 0.5 if len(horizons) == 1 else 0.0
    span = [horizons[0] - room, horizons[-1] + room]
    return alt.X("horizon:Q", scale=alt.Scale(domain=span, zero=False, nice=False), axis=axis)


def _labels(data: alt.Chart, x: int, y: str) -> alt.Chart:
    text = data.mark_text(align="left", baseline="middle", color=INK, fontSize=FONT_SIZE)
    labels: alt.Chart = text.encode(x=alt.value(x), y=alt.Y(y), text="name:N")
    return labels


def _panel(layers: Sequence[Chart], width: int, title: str) -> Chart:
    panel: Chart = alt.layer(*layers).properties(width=width, height=TALL, title=title)
    return panel


def _dressed(chart: Panels) -> Panels:
    axis = alt.AxisConfig(
        labelFontSize=FONT_SIZE,
        titleFontSize=FONT_SIZE,
        titleFontWeight="normal",
        labelColor=QUIET,
        titleColor=INK,
        gridColor=GRID,
        ticks=False,
        domain=False,
        labelPadding=6,
        labelFlush=False,
    )
    title = alt.TitleConfig(anchor="start", fontSize=FONT_SIZE + 1, color=INK)
    dressed: Panels = chart.properties(background="white", padding=12).configure(
        axis=axis, title=title, view=alt.ViewConfig(stroke=None)
    )
    return dressed
