"""The summary on one page: the few big numbers, and a sentence or two on each future."""

import math

import numpy as np

from framsyn.evaluate.criteria import ANY
from framsyn.evaluate.dictionary import dictionary
from framsyn.evaluate.figures import compute
from framsyn.i18n.translator import N_, Words
from framsyn.report.balance_words import EXEMPT
from framsyn.report.document.blocks import Block, Bullets, Heading, Paragraph, Tile, Tiles
from framsyn.report.document.numbers import AS_IS, Numbers
from framsyn.report.document.traced import Number, Text, Trace, joined, phrase
from framsyn.report.kinds.ahead import named
from framsyn.report.kinds.finding_sentences import clauses
from framsyn.report.kinds.holding import GAIN, PRICE
from framsyn.report.kinds.material import Material
from framsyn.report.kinds.present import headline
from framsyn.report.kinds.shares import ends, probability, shown
from framsyn.report.kinds.warnings import turning_year as year_told

LOANS = "loans"  # as published
#: Clauses told of each future.
CLAUSES = 3


def opening(material: Material, n: Numbers, words: Words) -> list[Block]:
    """The whole summary."""
    told = [
        phrase("{name}: {text}.", name=name, text=joined(clauses(n, posture)[:CLAUSES], "; "))
        for posture, name in n.names.items()
    ]
    return [
        Heading(1, words.gettext("Summary"), opens=True),
        Tiles(tuple(_tiles(material, n, words))),
        *cautions(material, n, words),
        Paragraph(headline(material.position, words)),
        Heading(2, words.gettext("The futures until {year}").format(year=n.last)),
        Bullets(tuple(told)),
        Heading(2, words.gettext("What to do with it")),
        Bullets(tuple(_advice(material, n, words))),
    ]


BEYOND = N_(
    "Loans like these no municipality has today: the largest are {largest} €/resident. The model knows no"
    " creditor: it shows what would have to be covered in another way, not what would be lent."
)


def cautions(material: Material, n: Numbers, words: Words) -> list[Block]:
    """What a reader must know before the numbers: another law on Åland, loans beyond all that there are."""
    told: list[Block] = [Paragraph((words.gettext(EXEMPT),))] if material.exempt else []
    largest = float(np.nanmax(compute(material.municipality.bundle, dictionary()[LOANS].formula).values))
    if any(n.summary.at("loans_per_resident", one, n.last).p50 > largest for one in n.names):
        label = words.gettext(N_("The largest loans of all municipalities"))
        trace = Trace("present", LOANS, label, year=n.base, of="largest_of_all", middle=largest)
        told.append(
            Paragraph(
                phrase(words.gettext(BEYOND), largest=Number(words.number(largest), (largest,), 0, trace))
            )
        )
    return told


def _tiles(material: Material, n: Numbers, words: Words) -> list[Tile]:
    today = words.gettext("when going on as today")

    def ahead(indicator: str) -> Tile:
        label = words.gettext("{indicator} {year}, {how}").format(
            indicator="".join(map(str, named(indicator, n))), year=n.last, how=today
        )
        middle = n.middle(indicator, AS_IS, n.last)
        if not math.isfinite(middle.trace.middle):
            return Tile(label, (middle,), (words.gettext("not known"),))
        beside = phrase(
            words.gettext("80% interval {interval}; now {now}"),
            interval=n.interval(indicator, AS_IS, n.last),
            now=n.now(indicator),
        )
        return Tile(label, (middle,), beside)

    return [
        ahead("population"),
        ahead("share_65_plus"),
        ahead("annual_margin_per_resident"),
        ahead("loans_per_resident"),
        _risk(material, n, words),
        _turn(material, n, words),
    ]


def _risk(material: Material, n: Numbers, words: Words) -> Tile:
    trace = probability(material.warning, AS_IS, n.names[AS_IS], words)
    label = words.gettext("Risk of a § 118 criterion until {year}, when going on as today").format(
        year=n.last
    )
    beside = phrase(words.gettext("80% interval {interval}"), interval=ends(trace, words))
    return Tile(label, (shown(trace, words),), beside)


LAST_YEAR = N_("the last year in which turning to “{other}” still works")
NO_YEAR = {
    "always": (N_("open"), N_("turning works in every year looked at, {first}–{last}")),
    "never": (N_("passed"), N_("turning does not work more often than not, not even at once")),
}


def _turn(material: Material, n: Numbers, words: Words) -> Tile:
    """The last year in which turning helps the municipality that has given up, or that none is found."""
    told, posture = material.warning, "given_up"
    turning = told.postures[posture].turning
    label = words.gettext("Turning year, {posture}").format(posture=n.names[posture])
    if turning is None:
        return Tile(label, (words.gettext("not told"),), (words.gettext("the years are too few"),))
    if turning.year is not None:
        like = probability(told, posture, n.names[posture], words)
        other = n.names[told.turn_to]
        year = year_told(turning.year, like, words)
        return Tile(label, (year,), (words.gettext(LAST_YEAR).format(other=other),))
    value, beside = NO_YEAR[turning.outcome]
    between = words.gettext(beside).format(first=turning.years[0], last=turning.years[-1])
    return Tile(label, (words.gettext(value),), (between,))


FREE = N_("Better than today in nine of ten worlds and without a price in what is looked at: {names}.")
PRICED = N_(
    "Every future has its price: none is better than going on as today in all that is looked at. The prices"
    " are told under “What holds up in most worlds”."
)
RISKY = N_(
    "The greatest risk of the state's assessment procedure comes with “{name}”: {share} of the futures."
)
WATCH = N_(
    "The figures that tell which future is coming are under “Signposts”: look at them every year when the"
    " accounts are told to the council."
)


def _advice(material: Material, n: Numbers, words: Words) -> list[Text]:
    """What holds up, where the greatest risk lies, and what to watch."""
    free = [
        one
        for one in material.postures_compared
        if any(other.better >= GAIN for other in one.against)
        and not any(other.worse >= PRICE for other in one.against)
    ]
    names = ", ".join(n.names[one.id] for one in free)
    texts: list[Text] = [(words.gettext(FREE if free else PRICED).format(names=names),)]
    risky = max(n.names, key=lambda one: material.warning.postures[one].ever[ANY].value)
    trace = probability(material.warning, risky, n.names[risky], words)
    if trace.middle > 0.0:
        told = phrase(words.gettext(RISKY), name=n.names[risky], share=shown(trace, words))
        texts.append(told)
    return [*texts, (words.gettext(WATCH),)]
