"""The charts, declared once in Altair with named, empty data; `drawing` fills and draws them.

All panels of one chart share size and scale, so that futures side by side can be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from framsyn.report.listing import Look

INK, QUIET, GRID = "#1c2530", "#55606e", "#dfe4e8"
CURRENT = "currentColor"
FONT_SIZE = 12
PLOT = {"width": 208, "height": 150}
PADDING = {"left": 54, "right": 20, "top": 10, "bottom": 26}
LABEL_ROOM = 20  # pixels above the plot for the label of a break
LEVER = {"width": 250, "height": 120}
PYRAMID = {"width": 216, "height": 220}
Chart = alt.Chart | alt.LayerChart | alt.FacetChart


@dataclass(frozen=True)
class Scale:
    """What the panels of a fan chart share.

    Attributes:
        years: first and last year drawn.
        values: lowest and highest value drawn.
        base_year: where the past ends.
        breaks: years where the past changed meaning, with labels.
    """

    years: tuple[int, int]
    values: tuple[float, float]
    base_year: int
    breaks: tuple[tuple[int, str], ...] = ()


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


def _years(scale: Scale, marked: Sequence[int]) -> alt.X:
    axis = alt.Axis(format="d", values=list(marked), grid=False, domain=True, domainColor=QUIET)
    return alt.X("year:Q", scale=alt.Scale(domain=scale.years, nice=False), axis=axis)


def _values(field: str, scale: Scale) -> alt.Y:
    axis = alt.Axis(tickCount=4, format=",~f")
    return alt.Y(field, scale=alt.Scale(domain=scale.values, nice=4, zero=False), axis=axis)


def fan(scale: Scale) -> Chart:
    """Past as a dark line, then median, the middle half and the middle 80 % of the lives.

    Drawn in the page's current colour, so that one chart serves every posture.
    Data: `fan` (year, p10, p25, p50, p75, p90) and `past` (year, value; null = not published).
    """
    marked = sorted({*_round_years(scale), scale.base_year, scale.years[1]})
    x = _years(scale, marked)
    future = alt.Chart(_named("fan"))
    layers: list[Chart] = [
        future.mark_area(color=CURRENT, opacity=opacity).encode(
            x=x, y=_values(f"{low}:Q", scale), y2=f"{high}:Q"
        )
        for low, high, opacity in (("p10", "p90", 0.2), ("p25", "p75", 0.35))
    ]
    layers.append(future.mark_line(color=CURRENT, strokeWidth=2.5).encode(x=x, y=_values("p50:Q", scale)))
    layers.append(
        alt.Chart(_named("past"))
        .mark_line(color=INK, strokeWidth=1.8)
        .encode(x=x, y=_values("value:Q", scale))
    )
    layers.extend(layer for year, label in scale.breaks for layer in _break(year, label, scale))
    top = PADDING["top"] + (LABEL_ROOM if scale.breaks else 0)
    return _dressed(alt.layer(*layers), PLOT, PADDING | {"top": top})


def _round_years(scale: Scale) -> list[int]:
    """The start of the past, where it is far enough from the base year to be read."""
    first, last = scale.years
    far = scale.base_year - first > (last - first) / 5
    return [first] if far else []


def _break(year: int, label: str, scale: Scale) -> list[Chart]:
    """A dashed rule at the year, its label from the panel's left edge so that it always has room."""
    row = alt.Chart(alt.InlineData(values=[{"year": year, "label": label}]))
    where = alt.X("year:Q", scale=alt.Scale(domain=scale.years, nice=False))
    rule = row.mark_rule(color=QUIET, strokeDash=[3, 3]).encode(x=where)
    text = row.mark_text(align="left", baseline="bottom", color=INK, fontSize=FONT_SIZE - 1).encode(
        x=alt.value(-PADDING["left"] + 4), y=alt.value(-12), text="label:N"
    )
    return [rule, text]


def pyramid(most: float, sides: tuple[str, str]) -> Chart:
    """Residents by single year of age, men to the left: now as an outline, then as an area.

    Data: `then` and `now` (age, male ≤ 0, female ≥ 0).

    Args:
        most: the largest number of persons of one age and sex in any panel.
        sides: the words for men and women.
    """
    x_axis = alt.Axis(tickCount=4, labelExpr="format(abs(datum.value), ',~f')", grid=True)
    scale = alt.Scale(domain=(-most, most), nice=False)
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
    layers.extend(_side(text, x, align) for text, x, align in _places(sides))
    return _dressed(alt.layer(*layers), PYRAMID, {"left": 30, "right": 14, "top": 22, "bottom": 24})


def _places(sides: tuple[str, str]) -> tuple[tuple[str, int, str], ...]:
    width = PYRAMID["width"]
    return ((sides[0], 0, "left"), (sides[1], width, "right"))


def _side(text: str, x: int, align: str) -> Chart:
    row = alt.Chart(alt.InlineData(values=[{"text": text}]))
    mark: Chart = row.mark_text(
        align="left" if align == "left" else "right",
        baseline="bottom",
        color=INK,
        fontSize=FONT_SIZE,
    ).encode(x=alt.value(x), y=alt.value(-6), text="text:N")
    return mark


def levers(years: tuple[int, int], looked: Sequence[Look]) -> Chart:
    """One lever's median through the years, a line per posture told apart by colour and dash.

    Data: `lines` (posture, year, value) and `ends` (value): what the axis must at least span.
    """
    domain = [look.id for look in looked]
    dashes = [[int(part) for part in look.dash.split()] or [1, 0] for look in looked]
    colours = alt.Scale(domain=domain, range=[look.colour for look in looked])
    value = alt.Y("value:Q", scale=alt.Scale(zero=False, nice=4), axis=alt.Axis(tickCount=4, format=",~f"))
    lines = (
        alt.Chart(_named("lines"))
        .mark_line(strokeWidth=2.2)
        .encode(
            x=_years(Scale(years, (0.0, 1.0), years[0]), years),
            y=value,
            color=alt.Color("posture:N", scale=colours, legend=None),
            strokeDash=alt.StrokeDash("posture:N", scale=alt.Scale(domain=domain, range=dashes), legend=None),
        )
    )
    ends = alt.Chart(_named("ends")).mark_point(opacity=0, size=0).encode(y=value)
    return _dressed(alt.layer(lines, ends), LEVER, PADDING)
