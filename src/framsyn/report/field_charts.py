"""The four-field, declared once in Altair with named, empty data; `drawing` fills and draws it."""

from typing import Any, Literal

import altair as alt

from framsyn.report.charts import CURRENT, FONT_SIZE, INK, QUIET, Chart, dressed, named

FIELD = {"width": 300, "height": 270}
PADDING = {"left": 14, "right": 14, "top": 30, "bottom": 76}
SHAPES = ("circle", "square", "triangle-up", "triangle-down")


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
        alt.Chart(named(f"cloud_{share}"))
        .mark_area(orient="horizontal", color=CURRENT, opacity=opacity)
        .encode(x=low, x2="high:Q", y=y)
        for share, opacity in ((95, 0.13), (80, 0.17), (50, 0.24))
    ]
    halves = alt.Chart(named("halves"))
    layers += [
        halves.mark_rule(color=QUIET, strokeDash=[2, 4], strokeWidth=1).encode(x=x),
        halves.mark_rule(color=QUIET, strokeDash=[2, 4], strokeWidth=1).encode(y=y),
        alt.Chart(named("visions"))
        .mark_point(filled=True, size=130, opacity=1, stroke="white", strokeWidth=1.5)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("id:N", scale=alt.Scale(domain=[""], range=list(SHAPES)), legend=None),
            color=alt.Color("id:N", scale=alt.Scale(domain=[""], range=[INK]), legend=None),
        ),
        alt.Chart(named("own"))
        .mark_point(shape="cross", filled=True, size=150, opacity=1, color=INK, stroke="white")
        .encode(x=x, y=y),
        *_beside("right", "left", 10, x, y),
        *_beside("left", "right", -10, x, y),
        _end("from_left", "left"),
        _end("from_middle", "center"),
        _end("from_right", "right"),
    ]
    framed = dressed(alt.layer(*layers), FIELD, PADDING)
    framed.config.view = alt.ViewConfig(stroke=QUIET)
    return framed


def _end(name: str, align: Literal["left", "center", "right"]) -> Chart:
    mark: Chart = (
        alt.Chart(named(name))
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
        alt.Chart(named(name)).mark_text(**usual, **look).encode(x=x, y=y, text="name:N")
        for look in (edge, {"color": INK})
    ]


CHARTS = {"four_field": four_field}
