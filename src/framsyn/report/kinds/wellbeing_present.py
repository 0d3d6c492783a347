"""Wellbeing today: published indicators with the place among all and among the peers, and the first page."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from framsyn.evaluate.dictionary import areas
from framsyn.evaluate.standing import Reading
from framsyn.i18n.translator import N_, NOT_KNOWN
from framsyn.report.document.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
    Tile,
    Tiles,
)
from framsyn.report.document.traced import Text, joined, phrase
from framsyn.report.evaluation import peers_told
from framsyn.report.explanation import STATUS_LABELS
from framsyn.report.kinds.strategy_item import as_today
from framsyn.report.kinds.telling import Telling
from framsyn.report.kinds.wellbeing_groups import low_income, sexes
from framsyn.report.strategy_words import course_sentences

#: The big numbers, where they are published.
BIG = ("low_income", "child_low_income", "years_left_at_65", "youth_outside", "tertiary", "unemployment")
GOOD, WEAK = 75.0, 25.0
WHAT = N_(
    "A base for the wellbeing report: what is published of wellbeing here, how groups differ, what is ahead,"
    " and where the municipality writes itself. It is no wellbeing report until those places are filled."
)
BEST = N_("In the best quarter of all municipalities (place 0–100, 100 is the best): {names}.")
WORST = N_("In the weakest quarter of all municipalities (place 0–100, 100 is the best): {names}.")
BETWEEN = N_("No indicator of wellbeing lies in the best or in the weakest quarter of all municipalities.")
MISSING = N_("Not published for this municipality, and guessed nowhere: {names}.")
PLACES = N_(
    "Place among all and among the peers: the share of the others, 0–100, that stand worse; 100 is the best."
    " In brackets neither end is better, and the figure tells only how many have less. – is not compared."
)


def present_readings(t: Telling, wanted: Sequence[str], left_out: Sequence[str]) -> list[Reading]:
    """Today's indicators of some areas, in their order."""
    found = [one for area in wanted for one in t.material.evaluation.of_area(area)]
    return [one for one in found if one.indicator.id not in left_out]


def summary(t: Telling, today: Sequence[Reading]) -> Iterator[Block]:
    """The first page: what it is, the big numbers, strong and weak sides, groups, what is ahead."""
    yield Heading(1, t.words.gettext(N_("Summary")), opens=True)
    yield Paragraph((t.words.gettext(WHAT),), "lead")
    known = [one for one in map(t.reading_of, BIG) if one.status != "missing"]
    if known:
        yield Tiles(tuple(_tile(t, one) for one in known))
    yield Heading(2, t.words.gettext(N_("Where the municipality stands")))
    yield Bullets(tuple(_sides(t, today)))
    yield Heading(2, t.words.gettext(N_("Groups")))
    yield Bullets((sexes(t), low_income(t)))
    yield Heading(2, t.words.gettext(N_("What is ahead")))
    section = t.draft.section("wellbeing")
    yield Bullets(tuple((one,) for one in as_today(t, course_sentences(section, t.draft, t.words))))


def _tile(t: Telling, one: Reading) -> Tile:
    unit = t.words.gettext(one.indicator.unit)
    message = t.words.gettext(N_("peers' median {median}"))
    beside = phrase(message, median=t.present.peer_median(one))
    return Tile(
        t.words.gettext(one.indicator.label),
        (t.present.value(one),),
        beside if unit == "%" else joined((f"{unit}; ", beside)),
    )


def _sides(t: Telling, told: Sequence[Reading]) -> Iterator[Text]:
    scored = sorted((one for one in told if math.isfinite(one.score)), key=lambda one: -one.score)
    best = [one for one in scored if one.score >= GOOD]
    worst = [one for one in reversed(scored) if one.score <= WEAK]
    for message, found in ((BEST, best), (WORST, worst)):
        if found:
            yield phrase(t.words.gettext(message), names=_listed(t, found))
    if not best and not worst:
        yield (t.words.gettext(BETWEEN),)
    missing = [t.words.gettext(one.indicator.label) for one in told if one.status == "missing"]
    if missing:
        yield (t.say(MISSING, names="; ".join(missing)),)


def _listed(t: Telling, found: list[Reading]) -> Text:
    names = [
        phrase(
            "{name} ({place})",
            name=t.words.gettext(one.indicator.label),
            place=t.present.place(one, peers=False),
        )
        for one in found
    ]
    return joined(names, "; ")


def present(t: Telling, today: Sequence[Reading]) -> Iterator[Block]:
    """Every indicator area by area, and who the peers are."""
    evaluation = t.material.evaluation
    yield _table(t, today)
    yield Paragraph((peers_told(evaluation, t.words),), "note")


def _table(t: Telling, today: Sequence[Reading]) -> Table:
    columns = (
        Column(t.words.gettext("Indicator"), numeric=False, width=2.6),
        Column(t.words.gettext("Value")),
        Column(t.words.gettext("Peers' median")),
        Column(t.words.gettext("Among all"), width=0.9),
        Column(t.words.gettext("Among peers"), width=0.9),
        Column(t.words.gettext("Known how"), numeric=False, width=1.1),
    )
    made: list[Row] = []
    for area, found in groupby(today, key=lambda one: one.indicator.area):
        made.append(Row(((t.words.gettext(areas()[area]),), *[()] * (len(columns) - 1)), "group"))
        made += [_row(t, one) for one in found]
    return Table(
        t.words.gettext(N_("Wellbeing today, area by area")),
        columns,
        tuple(made),
        (t.words.gettext(PLACES),),
    )


def _row(t: Telling, one: Reading) -> Row:
    unit = t.words.gettext(one.indicator.unit)
    label = t.words.gettext(one.indicator.label)
    named: Text = (label if unit == "%" else f"{label}, {unit}",)
    median: Text = (t.present.peer_median(one),) if math.isfinite(one.peer_median) else (NOT_KNOWN,)
    if one.status == "missing":
        unknown: Text = (NOT_KNOWN,)
        return Row((named, unknown, median, unknown, unknown, (t.words.gettext("not published"),)))
    places = tuple(_place(t, one, peers=peers) for peers in (False, True))
    status = t.words.gettext(STATUS_LABELS[one.status])
    return Row((named, (t.present.value(one),), median, *places, (status,)))


def _place(t: Telling, one: Reading, *, peers: bool) -> Text:
    value = one.peer_percentile if peers else one.percentile
    return (t.present.place(one, peers=peers),) if math.isfinite(value) else (NOT_KNOWN,)
