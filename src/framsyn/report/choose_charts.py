"""The charts of choosing, declared once in Altair with named, empty data; `drawing` fills and draws them.

Both are read without colour: strategies stand in rows of their own or carry a dash and a name.
"""

from typing import Any

import altair as alt

from framsyn.report.charts import FONT_SIZE, GRID, INK, QUIET, Chart

#: The map of pathways: width, and height of a strategy's row, in pixels.
MAP_WIDTH, ROW = 560, 62
TRADE_OFFS = {"width": 720, "height": 250}
FOOT = {"left": 14, "right": 120, "top": 20, "bottom": 26}
SIDES = {"left": 100, "right": 280, "top": 142, "bottom": 30}
#: Lines of an objective's name, its unit among them.
NAME_LINES = 6


def _named(name: str) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=[], name=name))


def _dressed(chart: Chart, padding: dict[str, int]) -> Chart:
    sized: Chart = chart.properties(
        padding=padding, autosize=alt.AutoSizeParams(type="none"), background="transparent"
    )
    dressed: Chart = sized.configure(
        aria=False,
        axis=alt.AxisConfig(
            labelFontSize=FONT_SIZE,
            labelColor=QUIET,
            ticks=False,
            domain=False,
            grid=False,
            labelPadding=6,
            labelOverlap=False,
            labelBound=False,
            labelFlush=False,
            title=None,
        ),
        view=alt.ViewConfig(stroke=None, discreteHeight={"step": ROW}),
    )
    return dressed


def pathways() -> Chart:
    """A row for each strategy: a thick line while it works, a bar where lives tip, and switches between rows.

    Data: `terms` (year); `works`, `tipped` and `spread` (row, start, end); `mid` and `open` (row, year);
    `switches` (decided, year, row, target); `names` (row, name, held); of the legend, in pixels of the plot,
    `key_works`, `key_tipped`, `key_spread`, `key_switch` (x, x2, y) and `key` (x, y, text).
    """
    axis = alt.Axis(format="d", values=[0, 1], domain=True, domainColor=QUIET)
    scale = alt.Scale(domain=(0, 1), nice=False, zero=False)
    row = alt.Y("row:N", scale=alt.Scale(type="point", padding=0.5), sort=None, axis=None)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    colour = alt.Color("row:N", scale=alt.Scale(domain=[""], range=[INK]), legend=None)
    layers: list[Chart] = [
        _named("terms").mark_rule(color=GRID, strokeWidth=1.5).encode(x=x("year")),
        _named("spread")
        .mark_rule(strokeWidth=16, opacity=0.22)
        .encode(x("start"), row, x2="end:Q", color=colour),
        _named("tipped")
        .mark_rule(strokeWidth=1.6, strokeDash=[2, 4])
        .encode(x("start"), row, x2="end:Q", color=colour),
        _named("works").mark_rule(strokeWidth=5).encode(x("start"), row, x2="end:Q", color=colour),
        _named("mid").mark_tick(thickness=2.5, size=22, color=INK).encode(x("year"), row),
        _named("open")
        .mark_point(shape="triangle-right", filled=True, size=70, opacity=1)
        .encode(x("year"), row, color=colour),
        _named("switches")
        .mark_rule(strokeWidth=1.6, color=INK)
        .encode(x("decided"), row, x2="year:Q", y2="target:N"),
        _ring(_named("switches")).encode(x("decided"), row),
        _named("switches")
        .mark_point(size=60, filled=True, color=INK, opacity=1)
        .encode(x("year"), alt.Y("target:N", sort=None, axis=None)),
        *_row_names(row),
        *_key(),
    ]
    layered: Chart = alt.layer(*layers).properties(width=MAP_WIDTH)
    return _dressed(layered, FOOT)


def _ring(chart: alt.Chart) -> alt.Chart:
    mark: alt.Chart = chart.mark_point(
        size=60, filled=True, fill="white", stroke=INK, strokeWidth=1.8, opacity=1
    )
    return mark


def _row_names(row: alt.Y) -> list[Chart]:
    """Names and shares above the lines, on a white edge that keeps them free of connectors."""
    names = _named("names")
    name: dict[str, Any] = {"align": "left", "fontWeight": "bold"}
    held: dict[str, Any] = {"align": "right"}
    usual: dict[str, Any] = {"baseline": "bottom", "dy": -12, "fontSize": FONT_SIZE}
    edge: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "color": "white"}
    texts = ((name, 0, "name:N", INK), (held, MAP_WIDTH, "held:N", QUIET))
    return [
        names.mark_text(**usual, **mark, **look).encode(x=alt.value(x), y=row, text=field)
        for mark, x, field, ink in texts
        for look in (edge, {"color": ink})
    ]


def _key() -> list[Chart]:
    x, y = alt.X("x:Q", scale=None), alt.Y("y:Q", scale=None)

    def line(name: str, **mark: Any) -> Chart:
        drawn: Chart = _named(name).mark_rule(color=QUIET, **mark).encode(x=x, y=y, x2="x2:Q")
        return drawn

    return [
        line("key_works", strokeWidth=5),
        line("key_tipped", strokeWidth=1.6, strokeDash=[2, 4]),
        line("key_spread", strokeWidth=14, opacity=0.3),
        line("key_switch", strokeWidth=1.6),
        _ring(_named("key_switch")).encode(x=x, y=y),
        _named("key_switch")
        .mark_point(filled=True, size=60, color=INK, opacity=1)
        .encode(x=alt.X("x2:Q", scale=None), y=y),
        _named("key")
        .mark_text(align="left", baseline="middle", color=INK, fontSize=FONT_SIZE)
        .encode(x=x, y=y, text="text:N"),
    ]


def trade_offs() -> Chart:
    """Strategies over objectives, the set's best at the top of each axis and its worst at the bottom.

    Data: `axes` (objective, name, best, worst); `others` and `named` (strategy, objective, value 0…1);
    `labels` (strategy, label, at 0…1 where its line ends, y moved from there so that names do not meet).
    """
    x = alt.X("objective:O", scale=alt.Scale(type="point", padding=0, domain=[""]), sort=None, axis=None)
    scale = alt.Scale(domain=(0, 1), nice=False)
    y = alt.Y("value:Q", scale=scale, axis=None)
    colour = alt.Color("strategy:N", scale=alt.Scale(domain=[""], range=[INK]), legend=None)
    dash = alt.StrokeDash("strategy:N", scale=alt.Scale(domain=[""], range=[[1, 0]]), legend=None)
    axes = _named("axes")
    top: dict[str, Any] = {"baseline": "bottom", "fontSize": FONT_SIZE, "lineBreak": "\n"}
    width = TRADE_OFFS["width"]
    labels = _named("labels")
    layers: list[Chart] = [
        axes.mark_rule(color=GRID, strokeWidth=1.5).encode(x=x),
        axes.mark_text(**top, color=INK, fontWeight="bold", dy=-27 - 14 * (NAME_LINES - 1)).encode(
            x=x, y=alt.value(0), text="name:N"
        ),
        axes.mark_text(**top, color=QUIET, dy=-7).encode(x=x, y=alt.value(0), text="best:N"),
        axes.mark_text(baseline="top", color=QUIET, fontSize=FONT_SIZE, dy=8).encode(
            x=x, y=alt.value(TRADE_OFFS["height"]), text="worst:N"
        ),
        _named("others")
        .mark_line(strokeWidth=1, color="#9aa4ad", opacity=0.7)
        .encode(x=x, y=y, detail="strategy:N"),
        _named("named").mark_line(strokeWidth=2.6).encode(x=x, y=y, color=colour, strokeDash=dash),
        _named("named").mark_point(size=34, filled=True, opacity=1).encode(x=x, y=y, color=colour),
        labels.mark_rule(strokeWidth=1).encode(
            x=alt.value(width + 3),
            x2=alt.value(width + 16),
            y=alt.Y("at:Q", scale=scale),
            y2="y:Q",
            color=colour,
        ),
        labels.mark_text(
            align="left", baseline="middle", dx=20, fontSize=FONT_SIZE, fontWeight="bold"
        ).encode(x=alt.value(width), y=alt.Y("y:Q", scale=scale), text="label:N", color=colour),
    ]
    layered: Chart = alt.layer(*layers).properties(**TRADE_OFFS)
    return _dressed(layered, SIDES)


CHARTS = {"pathways": pathways, "trade_offs": trade_offs}
