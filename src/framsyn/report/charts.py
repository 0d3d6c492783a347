"""The charts, declared once in Altair with named, empty data; `drawing` fills and draws them.

What belongs to one municipality (data, spans, years marked on an axis) is set when a chart is drawn, so
that each is compiled once and for all. All panels of one figure share size and scale.
"""

from typing import Any, Literal

import altair as alt

INK, QUIET, GRID = "#1c2530", "#55606e", "#dfe4e8"
CURRENT = "currentColor"
FONT_SIZE = 12
PLOT = {"width": 208, "height": 150}
PADDING = {"left": 54, "right": 20, "top": 10, "bottom": 26}
LEVER = {"width": 250, "height": 120}
PYRAMID = {"width": 216, "height": 220}
FIELD = {"width": 300, "height": 270}
FIELD_PADDING = {"left": 14, "right": 14, "top": 30, "bottom": 76}
SHAPES = ("circle", "square", "triangle-up", "triangle-down")
Chart = alt.Chart | alt.LayerChart | alt.FacetChart


def _named(name: str) -> alt.InlineData:
    return alt.InlineData(values=[], name=name)


def _dressed(chart: Chart, size: dict[str, int], padding: dict[str, int]) -> Chart:
    sized: Chart = chart.properties(
        **size, padding=padding, autosize=alt.AutoSizeParams(type="none"), background="transparent"
    )
    configured: Chart = sized.configure(
        aria=False,
        axis=alt.AxisConfig(
            labelFontSize=FONT_SIZE,
            labelColor=QUIET,
            gridColor=GRID,
            ticks=False,
            domain=False,
            labelPadding=6,
            labelOverlap=False,
            labelBound=False,
            labelFlush=False,
            title=None,
        ),
        view=alt.ViewConfig(stroke=None),
    )
    return configured


def _years() -> alt.X:
    axis = alt.Axis(format="d", values=[0, 1], grid=False, domain=True, domainColor=QUIET)
    return alt.X("year:Q", scale=alt.Scale(domain=(0, 1), nice=False, zero=False), axis=axis)


def _values(field: str) -> alt.Y:
    axis = alt.Axis(tickCount=4, format=",~f")
    return alt.Y(field, scale=alt.Scale(domain=(0.0, 1.0), nice=4, zero=False), axis=axis)


def fan() -> Chart:
    """Past as a dark line, then median, the middle half and the middle 80 % of the lives.

    Drawn in the page's current colour, so that one chart serves every posture.
    Data: `fan` (year, p10, p25, p50, p75, p90), `past` (year, value; null = not published), `breaks`
    (year, label) where the past changed meaning, and `zero` (value) where a line is drawn at zero.
    """
    x = _years()
    future = alt.Chart(_named("fan"))
    layers: list[Chart] = [
        future.mark_area(color=CURRENT, opacity=opacity).encode(x=x, y=_values(f"{low}:Q"), y2=f"{high}:Q")
        for low, high, opacity in (("p10", "p90", 0.2), ("p25", "p75", 0.35))
    ]
    layers.append(alt.Chart(_named("zero")).mark_rule(color=INK, strokeWidth=1).encode(y=_values("value:Q")))
    layers.append(future.mark_line(color=CURRENT, strokeWidth=2.5).encode(x=x, y=_values("p50:Q")))
    layers.append(
        alt.Chart(_named("past")).mark_line(color=INK, strokeWidth=1.8).encode(x=x, y=_values("value:Q"))
    )
    layers.extend(_breaks())
    return _dressed(alt.layer(*layers), PLOT, PADDING)


def _breaks() -> list[Chart]:
    """Dashed rules, their labels from the panel's left edge so that they always have room."""
    row = alt.Chart(_named("breaks"))
    rule = row.mark_rule(color=QUIET, strokeDash=[3, 3]).encode(x=alt.X("year:Q"))
    text = row.mark_text(align="left", baseline="bottom", color=INK, fontSize=FONT_SIZE - 1).encode(
        x=alt.value(-PADDING["left"] + 4), y=alt.value(-12), text="label:N"
    )
    return [rule, text]


def pyramid() -> Chart:
    """Residents by single year of age, men to the left: now as an outline, then as an area.

    Data: `then` and `now` (age, male ≤ 0, female ≥ 0), `men` and `women` (text).
    """
    x_axis = alt.Axis(tickCount=4, labelExpr="format(abs(datum.value), ',~f')", grid=True)
    scale = alt.Scale(domain=(-1, 1), nice=False)
    y_axis = alt.Axis(values=[0, 20, 40, 60, 80, 100], format="d")
    y = alt.Y("age:Q", scale=alt.Scale(domain=(0, 100)), axis=y_axis)
    layers: list[Chart] = []
    for side in ("male", "female"):
        x = alt.X(f"{side}:Q", scale=scale, axis=x_axis)
        layers.append(
            alt.Chart(_named("then"))
            .mark_area(orient="horizontal", color=CURRENT, opacity=0.42)
            .encode(x=x, x2=alt.datum(0), y=y)
        )
        layers.append(
            alt.Chart(_named("now")).mark_line(color=INK, strokeWidth=1.3).encode(x=x, y=y, order="age:Q")
        )
    layers += [_side("men", 0, "left"), _side("women", PYRAMID["width"], "right")]
    return _dressed(alt.layer(*layers), PYRAMID, {"left": 30, "right": 14, "top": 22, "bottom": 24})


def _side(name: str, x: int, align: str) -> Chart:
    mark: Chart = (
        alt.Chart(_named(name))
        .mark_text(
            align="left" if align == "left" else "right", baseline="bottom", color=INK, fontSize=FONT_SIZE
        )
        .encode(x=alt.value(x), y=alt.value(-6), text="text:N")
    )
    return mark


def levers() -> Chart:
    """One lever's median through the years, a line per posture told apart by colour and dash.

    Data: `lines` (posture, year, value) and `ends` (value): what the axis must at least span.
    """
    value = alt.Y("value:Q", scale=alt.Scale(zero=False, nice=4), axis=alt.Axis(tickCount=4, format=",~f"))
    colours = alt.Scale(domain=[""], range=[INK])
    dashes = alt.Scale(domain=[""], range=[[1, 0]])
    lines = (
        alt.Chart(_named("lines"))
        .mark_line(strokeWidth=2.2)
        .encode(
            x=_years(),
            y=value,
            color=alt.Color("posture:N", scale=colours, legend=None),
            strokeDash=alt.StrokeDash("posture:N", scale=dashes, legend=None),
        )
    )
    ends = alt.Chart(_named("ends")).mark_point(opacity=0, size=0).encode(y=value)
    return _dressed(alt.layer(lines, ends), LEVER, PADDING)


def four_field() -> Chart:
    """Where a municipality may stand between the visions, in two dimensions from 0 to 100.

    Data: `cloud_95`, `cloud_80` and `cloud_50` (y, low, high): the parts that hold so much of the cloud, the
    densest first; `halves` (x, y): the middle of the scales; `visions` (id, x, y); `right` and `left` (x, y,
    name): names on that side of their mark; `own` (x, y): the mean, where it is known; `from_left`,
    `from_middle` and `from_right` (x, y in pixels, text): the ends of the dimensions.
    """
    scale = alt.Scale(domain=(0, 100), nice=False)
    x, y = alt.X("x:Q", scale=scale, axis=None), alt.Y("y:Q", scale=scale, axis=None)
    low = alt.X("low:Q", scale=scale, axis=None)
    layers: list[Chart] = [
        alt.Chart(_named(f"cloud_{share}"))
        .mark_area(orient="horizontal", color=CURRENT, opacity=opacity)
        .encode(x=low, x2="high:Q", y=y)
        for share, opacity in ((95, 0.13), (80, 0.17), (50, 0.24))
    ]
    halves = alt.Chart(_named("halves"))
    layers += [
        halves.mark_rule(color=QUIET, strokeDash=[2, 4], strokeWidth=1).encode(x=x),
        halves.mark_rule(color=QUIET, strokeDash=[2, 4], strokeWidth=1).encode(y=y),
        alt.Chart(_named("visions"))
        .mark_point(filled=True, size=130, opacity=1, stroke="white", strokeWidth=1.5)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("id:N", scale=alt.Scale(domain=[""], range=list(SHAPES)), legend=None),
            color=alt.Color("id:N", scale=alt.Scale(domain=[""], range=[INK]), legend=None),
        ),
        alt.Chart(_named("own"))
        .mark_point(shape="cross", filled=True, size=150, opacity=1, color=INK, stroke="white")
        .encode(x=x, y=y),
        *_beside("right", "left", 10, x, y),
        *_beside("left", "right", -10, x, y),
        _end("from_left", "left"),
        _end("from_middle", "center"),
        _end("from_right", "right"),
    ]
    framed = _dressed(alt.layer(*layers), FIELD, FIELD_PADDING)
    framed.config.view = alt.ViewConfig(stroke=QUIET)
    return framed


def _end(name: str, align: Literal["left", "center", "right"]) -> Chart:
    mark: Chart = (
        alt.Chart(_named(name))
        .mark_text(align=align, baseline="middle", color=INK, fontSize=FONT_SIZE)
        .encode(x=alt.X("x:Q", scale=None), y=alt.Y("y:Q", scale=None), text="text:N")
    )
    return mark


def _beside(name: str, align: Literal["left", "right"], dx: int, x: alt.X, y: alt.Y) -> list[Chart]:
    """Names beside their mark, on a white edge that keeps them free of the cloud."""
    usual: dict[str, Any] = {
        "align": align,
        "baseline": "middle",
        "dx": dx,
        "fontSize": FONT_SIZE,
        "lineBreak": "\n",
    }
    edge = {"stroke": "white", "strokeWidth": 3.5, "strokeJoin": "round", "color": "white"}
    return [
        alt.Chart(_named(name)).mark_text(**usual, **look).encode(x=x, y=y, text="name:N")
        for look in (edge, {"color": INK})
    ]


CHARTS = {"fan": fan, "pyramid": pyramid, "levers": levers, "four_field": four_field}
