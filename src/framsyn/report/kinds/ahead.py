"""The operating environment's change: what comes when the municipality goes on as today, and why."""

from framsyn.choose.statute import items
from framsyn.i18n.translator import N_, Words
from framsyn.report.document.blocks import Block, Column, Drawing, Figure, Heading, Paragraph, Row, Table
from framsyn.report.document.numbers import AS_IS, Numbers
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.figures import fan_figure, pyramid_figure
from framsyn.report.kinds.material import Material
from framsyn.report.listing import looks
from framsyn.report.page import years_ahead
from framsyn.report.why import (
    EXPECTED,
    PULL,
    RECORD_NOT_KNOWN,
    moves_label,
    record_message,
    sign,
    size_told,
    telling_record,
    whole,
)

#: Years after the base year that the table shows, beside the last.
STEPS = (5, 10)
POPULATION = "population"


def ahead(material: Material, n: Numbers, words: Words) -> list[Block]:
    """What comes whatever is decided, with intervals, and what moves the number of residents."""
    return [
        Heading(1, words.gettext("How the operating environment changes")),
        Paragraph(
            (
                words.gettext(
                    "What comes when the municipality goes on as today: the anchor against which the four"
                    " futures are measured. The interval holds 80% of the futures."
                ),
            ),
            "lead",
        ),
        _figure(material, n, words),
        _table(n, words),
        *why_blocks(material, words),
    ]


def _figure(material: Material, n: Numbers, words: Words) -> Figure:
    today = [looks((AS_IS,))[AS_IS]]
    region = str(material.municipality.region("en"))
    fan = fan_figure(POPULATION, n.cells, today, material.history, region).panels[0]
    chosen = material.futures.sel(posture=[AS_IS])
    pyramid = pyramid_figure(chosen, n.cells, today).panels[0]
    return Figure(
        words.gettext("Residents, and residents by age, when going on as today"),
        (
            Drawing(fan, words.gettext("Residents {first}–{last}").format(first=n.base, last=n.last)),
            Drawing(
                pyramid,
                words.gettext("By age: line {base}, area {last}").format(base=n.base, last=n.last),
            ),
        ),
        (words.gettext(FAN_NOTE),),
        across=2,
    )


FAN_NOTE = N_(
    "Dark line: published. Thick line: the median; darker area: half of the futures; lighter area: 80% of"
    " them. The axis of residents does not start at zero where that would hide the change."
)


def _table(n: Numbers, words: Words) -> Table:
    years = [n.base, *years_ahead(n.summary.years, STEPS)]
    environment = next(one for one in items() if one.id == "environment")
    shown = [one for one in environment.indicators if n.cells.has(one)]
    columns = (
        Column(words.gettext("Indicator"), numeric=False, width=2.6),
        *(Column(str(year), width=1.0 if year == n.base else 1.7) for year in years),
    )
    rows = tuple(
        Row(
            (
                named(one, n),
                *((n.now(one),) if year == n.base else n.with_interval(one, AS_IS, year) for year in years),
            )
        )
        for one in shown
    )
    caption = words.gettext("The operating environment when going on as today: median (80% interval)")
    return Table(caption, columns, rows)


def named(indicator: str, n: Numbers) -> tuple[str]:
    """An indicator's name with its unit, but for per cent, which its numbers carry."""
    unit = n.cells.unit(indicator)
    plain = n.cells.indicator(indicator).unit
    return (n.cells.label(indicator) + (f" ({unit})" if unit and plain != "%" else ""),)


def why_blocks(material: Material, words: Words) -> list[Block]:
    """What moves the forecast under the futures, and how right such forecasts have been."""
    told = material.explained
    changes = whole(told)
    *_, pull = changes.values()
    change = sum(changes.values())

    def number(what: str, label: str, value: float, text: str) -> Number:
        trace = Trace("forecast", what, label, year=told.year, unit="", middle=value)
        return Number(text, (abs(value) if not text.startswith(("+", "−")) else value,), 0, trace)

    expected = Trace(
        "forecast",
        "expected",
        words.gettext("Residents expected"),
        year=told.year,
        middle=told.expected,
        low=told.low,
        high=told.high,
    )
    label = words.gettext("Change of the population")
    sentence = phrase(
        words.gettext(EXPECTED[sign(change)]),
        expected=Number(words.number(told.expected), (told.expected,), 0, expected),
        year=str(told.year),
        interval=Number(words.interval(told.low, told.high), (told.low, told.high), 0, expected),
        change=number("change", label, change, words.number(abs(change))),
        base=str(told.base_year),
    )
    pulled = words.gettext("Adjustment from all methods together")
    rows = []
    for part, value in changes.items():
        name = moves_label(part, words) if part in told.moves else words.gettext(part)
        rows.append(Row(((name,), (number(part, name, value, words.signed(value)),))))
    rows.append(Row(((label,), (number("change", label, change, words.signed(change)),)), "total"))
    caption = words.gettext("What changes the number of residents, {base}–{year}, persons")
    return [
        Heading(2, words.gettext("Why the number of residents is expected to change")),
        Paragraph(sentence),
        Table(
            caption.format(base=told.base_year, year=told.year),
            (Column(words.gettext("Part"), numeric=False, width=4.0), Column(words.gettext("Persons"))),
            tuple(rows),
            phrase(
                words.gettext(PULL[sign(pull)]), count=number("pull", pulled, pull, words.number(abs(pull)))
            ),
        ),
        Paragraph(_record(material, words)),
    ]


def _record(material: Material, words: Words) -> Text:
    """How right such forecasts have been; the size classes are the record's own bounds."""
    told = material.explained
    one = telling_record(told.past, told.year - told.base_year)
    if one is None:
        return (words.gettext(RECORD_NOT_KNOWN),)
    label = words.gettext("Forecast errors of municipalities of this size ({size})").format(
        size=size_told(one, words)
    )
    trace = Trace("forecast", f"within_80_after_{one.horizon}", label, unit="%", middle=one.within_80)
    return phrase(
        record_message(one, words),
        size=size_told(one, words),
        count=str(one.horizon),
        percent=Number(words.percent(one.within_80), (one.within_80,), 1, trace),
    )
