"""The four futures beside going on as today: what comes of each, and what makes them differ."""

from collections.abc import Sequence

import numpy as np

from framsyn.i18n.translator import N_, Words
from framsyn.report.command import own_postures
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
from framsyn.report.document.traced import capitalised, phrase
from framsyn.report.figures import fan_figure, lever_figures
from framsyn.report.kinds.ahead import FAN_NOTE, named
from framsyn.report.kinds.finding_sentences import clauses
from framsyn.report.kinds.material import Material
from framsyn.report.listing import Look, looks, shown, visions

#: What is compared at the end of the years.
COMPARED = (
    "population",
    "share_under_15",
    "share_65_plus",
    "jobs",
    "unemployment_rate",
    "quality_basic_education",
    "quality_library",
    "quality_art",
    "quality_sport_youth",
    "quality_environment",
    "participation",
    "trust",
    "exclusion",
    "basic_education_only",
    "offences",
    "homes",
    "income_tax_rate",
    "annual_margin_per_resident",
    "cash_flow_per_resident",
    "loans_per_resident",
    "repair_debt_per_resident",
)
MONEY = ("annual_margin_per_resident", "loans_per_resident")
DECIDED = N_("What the postures decide in {year}: medians")


def looks_of(n: Numbers) -> list[Look]:
    """How each posture is named and drawn."""
    return list(looks(n.summary.postures, own_postures(n.futures.attrs)).values())


def four(material: Material, n: Numbers, words: Words) -> list[Block]:
    """The futures of every posture."""
    drawn = looks_of(n)
    return [
        Heading(1, words.gettext("The four futures"), opens=True),
        Paragraph((words.gettext(LEAD),), "lead"),
        fans("population", material, n, words),
        _compared(n, words),
        Heading(2, words.gettext("What each future brings")),
        *(block for look in drawn for block in _vision(look, n, words)),
        *(fans(one, material, n, words) for one in MONEY if n.cells.has(one)),
        *_differ(drawn, n, words),
    ]


NOT_KNOWN_AHEAD = N_("{indicator}: not known in any year, and so not drawn. Not known is not zero.")
PRICES = N_("The past is in euros of each year, the futures in {year} prices.")
BROKEN = N_(
    "Before 2023 the municipality also ran health and social services: the two sides of the mark cannot be"
    " compared."
)
LEAD = N_(
    "The Ministry of Finance's brochure tells of four municipalities. Here each is a way of acting that is"
    " lived in the same worlds as going on as today, so that what differs is what is decided, not luck."
)


def fans(indicator: str, material: Material, n: Numbers, words: Words) -> Figure | Paragraph:
    """One indicator's fan under every posture, on the same scale; a sentence where nothing of it is known."""
    if not any(np.isfinite(n.summary.series(indicator, one)).any() for one in n.names):
        label = n.cells.label(indicator)
        return Paragraph((words.gettext(NOT_KNOWN_AHEAD).format(indicator=label),), "note")
    region = str(material.municipality.region("en"))
    figure = fan_figure(indicator, n.cells, looks_of(n), material.history, region)
    money = indicator in MONEY
    note = words.gettext(PRICES).format(year=n.base) if money else words.gettext(FAN_NOTE)
    if figure.broken:
        note += " " + words.gettext(BROKEN)
    unit = n.cells.unit(indicator)
    caption = n.cells.label(indicator) + (f", {unit}" if unit else "")
    return Figure(
        words.gettext("{indicator}, {first}–{last}").format(indicator=caption, first=n.base, last=n.last),
        tuple(Drawing(one, words.gettext(one.look.label)) for one in figure.panels if one.look),
        (note,),
        across=3,
    )


def _compared(n: Numbers, words: Words) -> Table:
    rows = tuple(
        Row((named(one, n), (n.now(one),), *((n.middle(one, posture, n.last),) for posture in n.names)))
        for one in COMPARED
        if n.cells.has(one)
    )
    caption = words.gettext("The futures in {year}: medians").format(year=n.last)
    note = words.gettext(
        "The intervals are in the figures and in the text; those of neighbours often overlap."
    )
    return Table(caption, _columns(n, words), rows, (note,))


def _columns(n: Numbers, words: Words) -> tuple[Column, ...]:
    return (
        Column(words.gettext("Indicator"), numeric=False, width=2.2),
        Column(words.gettext("Now ({year})").format(year=n.base)),
        *(Column(name, width=1.25) for name in n.names.values()),
    )


def _vision(look: Look, n: Numbers, words: Words) -> list[Block]:
    """What the brochure states, what is inferred, and what the lives have in common."""
    told = visions().get(look.id)
    said: list[Block] = []
    if told and look.id not in own_postures(n.futures.attrs):
        text = words.gettext("The brochure: {stated}. Our reading: {inferred}.").format(
            stated=words.gettext(told["stated"]), inferred=words.gettext(told["inferred"])
        )
        said.append(Paragraph((text,), "note"))
    found = tuple(phrase("{text}.", text=capitalised(one)) for one in clauses(n, look.id))
    return [Heading(3, words.gettext(look.label)), *said, Bullets(found)]


def _differ(drawn: Sequence[Look], n: Numbers, words: Words) -> list[Block]:
    """What the postures decide, in figures over the years and in a table."""
    middle = n.summary.years[len(n.summary.years) // 2]
    decided = [one for section in ("decisions", "ambitions") for one in shown(section) if n.cells.has(one)]
    rows = tuple(
        Row((named(one, n), (n.now(one),), *((n.middle(one, posture, middle),) for posture in n.names)))
        for one in decided
    )
    figures = lever_figures(n.cells, drawn)
    return [
        Heading(2, words.gettext("What makes them differ")),
        Paragraph(
            (
                words.gettext(
                    "All live in the same worlds: the same births, moves from outside, economy and law. They"
                    " differ only by what they decide, when they decide it, and by what follows."
                ),
            )
        ),
        Figure(
            words.gettext("What the postures decide, medians by year"),
            tuple(
                Drawing(panel, n.cells.label(one.indicator) + _unit(one.indicator, n))
                for one in figures
                for panel in one.panels
            ),
            across=3,
            legend=tuple(drawn),
        ),
        Table(words.gettext(DECIDED).format(year=middle), _columns(n, words), rows),
    ]


def _unit(indicator: str, n: Numbers) -> str:
    unit = n.cells.unit(indicator)
    return f", {unit}" if unit else ""
