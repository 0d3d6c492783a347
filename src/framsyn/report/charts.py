"""The charts, declared once in Altair with named, empty data; `drawing` fills and draws them.

What belongs to one municipality (data, spans, years marked on an axis) is set when a chart is drawn, so
that each is compiled once and for all. All panels of one figure share size and scale.
"""

import altair as alt

INK, QUIET, GRID = "#1c2530", "#55606e", "#dfe4e8"
CURRENT = "currentColor"
FONT_SIZE = 12
PLOT = {"width": 208, "height": 150}
PADDING = {"left": 54, "right": 20, "top": 10, "bottom": 26}
LEVER = {"width": 250, "height": 120}
PYRAMID = {"width": 216, "height": 220}
FOLLOW = {"width": 330, "height": 190}
Chart = alt.Chart | alt.LayerChart | alt.FacetChart


def named(name: str) -> alt.InlineData:
    """Data that a filling sets by its name."""
    return alt.InlineData(values=[], name=name)


def dressed(chart: Chart, size: dict[str, int], padding: dict[str, int]) -> Chart:
    """The chart in its size, with the looks that all share."""
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
    future = alt.Chart(named("fan"))
    layers: list[Chart] = [
        future.mark_area(color=CURRENT, opacity=opacity).encode(x=x, y=_values(f"{low}:Q"), y2=f"{high}:Q")
        for low, high, opacity in (("p10", "p90", 0.2), ("p25", "p75", 0.35))
    ]
    layers.append(alt.Chart(named("zero")).mark_rule(color=INK, strokeWidth=1).encode(y=_values("value:Q")))
    layers.append(future.mark_line(color=CURRENT, strokeWidth=2.5).encode(x=x, y=_values("p50:Q")))
    layers.append(
        alt.Chart(named("past")).mark_line(color=INK, strokeWidth=1.8).encode(x=x, y=_values("value:Q"))
    )
    layers.extend(_breaks())
    return dressed(alt.layer(*layers), PLOT, PADDING)


def _breaks() -> list[Chart]:
    """Dashed rules, their labels from the panel's left edge so that they always have room."""
    row = alt.Chart(named("breaks"))
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
            alt.Chart(named("then"))
            .mark_area(orient="horizontal", color=CURRENT, opacity=0.42)
            .encode(x=x, x2=alt.datum(0), y=y)
        )
        layers.append(
            alt.Chart(named("now")).mark_line(color=INK, strokeWidth=1.3).encode(x=x, y=y, order="age:Q")
        )
    layers += [_side("men", 0, "left"), _side("women", PYRAMID["width"], "right")]
    return dressed(alt.layer(*layers), PYRAMID, {"left": 30, "right": 14, "top": 22, "bottom": 24})


def _side(name: str, x: int, align: str) -> Chart:
    mark: Chart = (
        alt.Chart(named(name))
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
        alt.Chart(named("lines"))
        .mark_line(strokeWidth=2.2)
        .encode(
            x=_years(),
            y=value,
            color=alt.Color("posture:N", scale=colours, legend=None),
            strokeDash=alt.StrokeDash("posture:N", scale=dashes, legend=None),
        )
    )
    ends = alt.Chart(named("ends")).mark_point(opacity=0, size=0).encode(y=value)
    return dressed(alt.layer(lines, ends), LEVER, PADDING)


def follow() -> Chart:
    """One's own strategy as a fan, over the band of another and the medians of all: what a lever moves.

    The own fan is drawn in the page's current colour. Data: `past` (year, value), `breaks` (year, label),
    `zero` (value), `other` (year, p10, p90) the interval of the strategy compared with, `lines` (posture,
    year, value) the medians, `own` (year, p10, p25, p50, p75, p90).
    """
    x = _years()
    colours, dashes = alt.Scale(domain=[""], range=[INK]), alt.Scale(domain=[""], range=[[1, 0]])
    own = alt.Chart(named("own"))
    layers: list[Chart] = [
        alt.Chart(named("other"))
        .mark_area(color=QUIET, opacity=0.16)
        .encode(x=x, y=_values("p10:Q"), y2="p90:Q")
    ]
    layers += [
        own.mark_area(color=CURRENT, opacity=opacity).encode(x=x, y=_values(f"{low}:Q"), y2=f"{high}:Q")
        for low, high, opacity in (("p10", "p90", 0.18), ("p25", "p75", 0.28))
    ]
    layers.append(alt.Chart(named("zero")).mark_rule(color=INK, strokeWidth=1).encode(y=_values("value:Q")))
    layers.append(
        alt.Chart(named("lines"))
        .mark_line(strokeWidth=1.5)
        .encode(
            x=x,
            y=_values("value:Q"),
            color=alt.Color("posture:N", scale=colours, legend=None),
            strokeDash=alt.StrokeDash("posture:N", scale=dashes, legend=None),
        )
    )
    layers.append(
        alt.Chart(named("past")).mark_line(color=INK, strokeWidth=1.8).encode(x=x, y=_values("value:Q"))
    )
    layers.append(own.mark_line(color=CURRENT, strokeWidth=3).encode(x=x, y=_values("p50:Q")))
    layers.extend(_breaks())
    return dressed(alt.layer(*layers), FOLLOW, PADDING)


CHARTS = {"fan": fan, "pyramid": pyramid, "levers": levers, "follow": follow}
