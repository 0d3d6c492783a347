"""Early warnings: how likely the criteria of the Municipal Act are, what drives that, the turning year."""

import math
from collections.abc import Mapping
from dataclasses import replace

from framsyn.evaluate.criteria import ANY, CRITERIA, FOLLOWS
from framsyn.evaluate.drivers import Driver
from framsyn.evaluate.spiral import Spiral
from framsyn.evaluate.turning import LIKELY, Turning
from framsyn.evaluate.warning import EarlyWarning, PostureWarning
from framsyn.i18n.translator import N_, Words
from framsyn.report.document.blocks import (
    Block,
    Bullets,
    Column,
    Drawing,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
)
from framsyn.report.document.numbers import Numbers
from framsyn.report.document.traced import Number, Text, Trace, joined, phrase, plain
from framsyn.report.drawing import Rows
from framsyn.report.driving import MOST, driver_message, half_message, named, too_few_message, value_in_words
from framsyn.report.figures import Panel, frame_of_lines, span
from framsyn.report.kinds.four import looks_of
from framsyn.report.kinds.material import Material
from framsyn.report.kinds.shares import bare_share, ends, of_share, probability, shown
from framsyn.report.turning import spiral_message, turning_message, without_message
from framsyn.report.warning import NONE_MET, criterion_name, notes, years_shown

#: Spread in per cent above which a chance is drawn on the full scale's lower part.
LEAST_TOP = 10.0


def warnings(material: Material, n: Numbers, words: Words) -> list[Block]:
    """Probabilities by posture and year, and for each posture spiral, turning year and drivers."""
    told = material.warning
    blocks: list[Block] = [
        Heading(1, words.gettext("Early warnings and the turning year")),
        Paragraph((words.gettext(LEAD),), "lead"),
        _any_table(told, n, words),
        _figure(told, n, words),
        _criteria_table(told, n, words),
        Heading(2, words.gettext("Spiral, turning year and drivers")),
    ]
    for posture, one in told.postures.items():
        blocks += [
            Heading(3, n.names[posture]),
            Bullets(tuple(sentences(one, told, posture, n.names, words))),
        ]
    return [*blocks, *(Paragraph((note,), "note") for note in notes(told, words))]


LEAD = N_(
    "A municipality that meets a criterion of § 118 of the Municipal Act may come into the state's"
    " assessment procedure. How likely that is, by year, and until when another way of acting still helps."
)


def _any_table(told: EarlyWarning, n: Numbers, words: Words) -> Table:
    places = years_shown(told)
    rows = []
    for posture, name in n.names.items():
        traces = [probability(told, posture, name, words, year=told.years[place]) for place in places]
        traces.append(probability(told, posture, name, words))
        cells = (phrase("{share} ({ends})", share=shown(one, words), ends=ends(one, words)) for one in traces)
        rows.append(Row(((name,), *cells)))
    columns = (
        Column(words.gettext("Posture"), numeric=False, width=2.0),
        *(Column(str(told.years[place]), width=1.3) for place in places),
        Column(words.gettext("Ever"), width=1.3),
    )
    caption = words.gettext("Any criterion of § 118 met: share of the worlds (80% interval)")
    return Table(caption, columns, tuple(rows))


def _criteria_table(told: EarlyWarning, n: Numbers, words: Words) -> Table:
    rows = []
    for criterion in (*CRITERIA, *FOLLOWS):
        traces = [probability(told, one, name, words, criterion) for one, name in n.names.items()]
        rows.append(Row(((criterion_name(criterion, words),), *((shown(one, words),) for one in traces))))
    columns = (
        Column(words.gettext("Criterion, share of the worlds"), numeric=False, width=2.6),
        *(Column(name, width=1.3) for name in n.names.values()),
    )
    caption = words.gettext(
        "Each criterion, and what may follow it, in some year until {year}: share of the worlds"
    )
    return Table(caption.format(year=told.years[-1]), columns, tuple(rows))


def _figure(told: EarlyWarning, n: Numbers, words: Words) -> Figure:
    drawn = looks_of(n)
    lines: Rows = [
        {"posture": look.id, "year": year, "value": 100.0 * share.value}
        for look in drawn
        for year, share in zip(told.years, told.postures[look.id].by_year[ANY], strict=True)
    ]
    _, high = span([float(one["value"]) for one in lines], zero=True)
    frame = frame_of_lines(drawn, told.years)
    data: dict[str, Rows] = {"lines": lines, "ends": [{"value": 0.0}, {"value": max(high, LEAST_TOP)}]}
    filling = replace(frame, data=data)
    caption = words.gettext("Share of the worlds in which a criterion of § 118 is met, per cent, by year")
    said = "; ".join(
        f"{look_name}: {plain((shown(probability(told, one, look_name, words), words),))}"
        for one, look_name in n.names.items()
    )
    text = words.gettext("{caption}. Ever: {shares}.").format(caption=caption, shares=said)
    return Figure(caption, (Drawing(Panel(None, "levers", filling, text)),), legend=tuple(drawn))


def sentences(
    one: PostureWarning, told: EarlyWarning, posture: str, names: Mapping[str, str], words: Words
) -> list[Text]:
    """Where no criterion is met, the spiral, the turning year, and what drives the risk."""
    any_met = probability(told, posture, names[posture], words)
    lines: list[Text] = []
    if one.ever[ANY].value == 0.0:
        lines.append(_none_met(any_met, told, words))
    if one.spiral is not None:
        lines.append(_spiral(one.spiral, posture, names[posture], words))
    if one.turning is not None:
        lines.append(_turning(one.turning, any_met, told, names[told.turn_to], words))
    return [*lines, *_drivers(one, any_met, told, words)]


def _none_met(any_met: Trace, told: EarlyWarning, words: Words) -> Text:
    high = math.ceil(10.0 * any_met.high) / 10.0
    return phrase(
        words.gettext(NONE_MET),
        draws=words.number(told.draws),
        year=str(told.years[-1]),
        high=Number(words.percent(high, 1), (high,), 1, any_met),
    )


DECLINES, FEEDS_ITSELF = N_("The economy declines"), N_("The decline feeds itself")


def _spiral(spiral: Spiral, posture: str, name: str, words: Words) -> Text:
    declines = of_share(spiral.declines, "declines", words.gettext(DECLINES), posture, name, None)
    fed = of_share(spiral.feeds_itself, "feeds_itself", words.gettext(FEEDS_ITSELF), posture, name, None)
    message = words.gettext(spiral_message(spiral))
    return phrase(message, declines=shown(declines, words), fed=shown(fed, words))


TURNED, STAYED = N_("In balance after turning at once"), N_("In balance without turning")
LAST_YEAR = N_("Last year in which turning works")


def _turning(turning: Turning, like: Trace, told: EarlyWarning, other: str, words: Words) -> Text:
    now = replace(
        bare_share(turning.turned[0], like, "probability"),
        indicator="turned_at_once",
        label=words.gettext(TURNED),
    )
    stayed = replace(
        bare_share(turning.stayed, like, "probability"), indicator="stayed", label=words.gettext(STAYED)
    )
    turned = phrase(
        words.gettext(turning_message(turning)),
        other=other,
        year=turning_year(turning.year, like, words) if turning.year is not None else "",
        first=str(turning.years[0]),
        last=str(turning.years[-1]),
        now=shown(now, words),
    )
    message = words.gettext(without_message(turning))
    without = phrase(message, year=str(told.years[-1]), stayed=shown(stayed, words))
    return joined((without, turned) if turning.stayed >= LIKELY else (turned, without), " ")


def turning_year(year: int, like: Trace, words: Words) -> Number:
    """The last year in which turning still works, of the posture of another trace."""
    trace = replace(
        like,
        indicator="turning_year",
        label=words.gettext(LAST_YEAR),
        of="year",
        unit="",
        middle=float(year),
        low=math.nan,
        high=math.nan,
    )
    return Number(str(year), (float(year),), 0, trace)


def _drivers(one: PostureWarning, like: Trace, told: EarlyWarning, words: Words) -> list[Text]:
    """The strongest drivers, or why none is told; nothing where there is no risk."""
    met = round(one.ever[ANY].value * told.draws)
    if not met:
        return []
    if not one.told_apart:
        message, count = too_few_message(met, told.draws, words)
        trace = replace(like, of="count", unit="", middle=float(count), low=math.nan, high=math.nan)
        return [phrase(message, count=Number(words.number(count), (float(count),), 0, trace))]
    if not one.drivers:
        return [(words.gettext("What drives the risk: nothing tells, beyond what chance does."),)]
    return [_driver(driver, like, words) for driver in one.drivers[:MOST]]


def _driver(driver: Driver, like: Trace, words: Words) -> Text:
    label = named(driver.variable, words).label
    of = replace(like, indicator=driver.variable.id, label=label)
    half: Text = (words.gettext(half_message(driver)),)
    if math.isfinite(driver.half_at):
        text = value_in_words(driver.variable, driver.half_at, words)
        trace = replace(of, of="half_at", unit="", middle=driver.half_at, low=math.nan, high=math.nan)
        half = phrase(words.gettext(half_message(driver)), value=Number(text, (driver.half_at,), -1, trace))
    return phrase(
        words.gettext(driver_message(driver)),
        label=label,
        lowest=shown(bare_share(driver.low, of, "risk_where_lowest"), words),
        highest=shown(bare_share(driver.high, of, "risk_where_highest"), words),
        half=half,
    )
