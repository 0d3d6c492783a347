"""What holds up in most worlds: whole postures, and single decisions, against going on as today."""

from dataclasses import replace

from framsyn.choose.alone import SURE, Against, Move
from framsyn.choose.levers import Lever
from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.report.document.blocks import Block, Column, Heading, Paragraph, Row, Table
from framsyn.report.document.numbers import Numbers
from framsyn.report.document.traced import Number, Text, Trace, joined, phrase
from framsyn.report.kinds.material import Material
from framsyn.report.objective_words import read_name
from framsyn.report.strategy_words import setting

#: Share of the worlds from which on a gain is told, and from which on a price is.
GAIN, PRICE = SURE, 0.5
#: Decisions told at most.
TOLD = 16


def holding(material: Material, n: Numbers, words: Words) -> list[Block]:
    """Postures, then decisions moved alone, with what they win and what they cost."""
    return [
        Heading(1, words.gettext("What holds up in most worlds")),
        Paragraph((words.gettext(LEAD),), "lead"),
        _postures(material, n, words),
        Heading(2, words.gettext("What single decisions do")),
        Paragraph((words.gettext(MOVED),)),
        *_moves(material, words),
        Paragraph((words.gettext(SEARCH).format(code=material.municipality.code),)),
    ]


LEAD = N_(
    "A choice holds up when it makes something better in nearly all worlds, whatever births, moves and the"
    " economy become, and when its price is known. Gains are told where they come in at least nine of ten"
    " worlds, prices already where they come more often than not."
)
MOVED = N_(
    "Each decision is moved alone from today to an end of its bounds, and lived in the same worlds as going"
    " on as today. A decision at the end of its bounds is a test of direction, no proposal."
)
SEARCH = N_(
    "Whole strategies are searched with framsyn choose {code}: that weighs decisions together, and tells"
    " in which worlds each strategy fails."
)


def _postures(material: Material, n: Numbers, words: Words) -> Table:
    rows = [_row(n.names[one.id], one, words) for one in material.postures_compared]
    caption = words.gettext("Postures against going on as today")
    return Table(caption, _columns(words.gettext("Posture"), words), tuple(rows), (words.gettext(NOTE),))


NOTE = N_(
    "Lawful: share of the worlds in which no criterion of §§ 110 and 118 is ever met. The number is the"
    " median difference in the indicator's unit."
)


def _moves(material: Material, words: Words) -> list[Block]:
    gaining = [one for one in material.moves if _told(one, "better", GAIN)]
    if not gaining:
        text = N_(
            "No single decision makes anything that is looked at better in at least nine of ten worlds."
        )
        return [Paragraph((words.gettext(text),))]
    ranked = sorted(
        gaining, key=lambda one: (len(_told(one, "worse", PRICE)), -len(_told(one, "better", GAIN)))
    )
    rows = tuple(_row(_decision(one.lever, one, words), one, words) for one in ranked[:TOLD] if one.lever)
    caption = words.gettext(
        "Decisions with a gain in at least nine of ten worlds, those with the least price first"
    )
    return [Table(caption, _columns(words.gettext("Decision"), words), rows, (words.gettext(NOTE),))]


def _columns(first: str, words: Words) -> tuple[Column, ...]:
    return (
        Column(first, numeric=False, width=2.2),
        Column(words.gettext("Better in at least nine of ten"), numeric=False, width=3.0),
        Column(words.gettext("Worse more often than not"), numeric=False, width=3.0),
        Column(words.gettext("Lawful"), width=0.8),
    )


def _decision(lever: Lever, one: Move, words: Words) -> str:
    unit = words.gettext(lever.unit) if lever.unit else ""
    value = setting(lever, one.value, words)
    return f"{words.gettext(lever.label)}: {value}" + (f" {unit}" if unit else "")


def _told(one: Move, side: str, least: float) -> list[Against]:
    return [other for other in one.against if getattr(other, side) >= least]


def _row(name: str, one: Move, words: Words) -> Row:
    like = Trace("levers", "lawful", words.gettext(N_("No criterion met in any year")), one.id, name)
    lawful = 100.0 * one.lawful
    trace = replace(like, of="share_of_futures", unit="%", middle=lawful)
    return Row(
        (
            (name,),
            _differences(_told(one, "better", GAIN), like, words),
            _differences(_told(one, "worse", PRICE), like, words),
            (Number(words.share(lawful), (lawful,), 0, trace),),
        )
    )


def _differences(told: list[Against], like: Trace, words: Words) -> Text:
    """Each objective with its median difference; a dash where there is none."""
    return joined([_difference(one, like, words) for one in told], "; ") if told else (NOT_KNOWN,)


def _difference(one: Against, like: Trace, words: Words) -> Text:
    indicator = one.objective.indicator
    trace = replace(
        like,
        indicator=indicator.id,
        label=words.gettext(indicator.label),
        of="difference",
        unit=words.gettext(indicator.unit),
        middle=one.middle,
        low=one.low,
        high=one.high,
    )
    number = Number(words.signed(one.middle, indicator.decimals), (one.middle,), indicator.decimals, trace)
    return phrase("{name} {number}", name=read_name(one.objective, words), number=number)
