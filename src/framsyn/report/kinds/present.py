"""The present state: every published indicator among others, and the place among the visions."""

from framsyn.evaluate.dictionary import DIMENSIONS, areas
from framsyn.evaluate.position import Near, Position
from framsyn.evaluate.visions import dimensions, projections
from framsyn.foresee.postures import VISIONS
from framsyn.i18n.translator import N_, NOT_KNOWN, Words
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
from framsyn.report.document.present_numbers import PresentNumbers
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.evaluation import READING, gaps, peers_told
from framsyn.report.four_field_chart import four_field_panel
from framsyn.report.kinds.material import Material
from framsyn.report.listing import looks
from framsyn.report.position import headline_message, interval, not_known, our_reading, rests_on, unknown

AREAS_TOLD = N_("Published indicators, and the place among all municipalities and among the peers")


def present(material: Material, words: Words) -> list[Block]:
    """Indicators by area, then the place among the visions."""
    read = material.evaluation
    return [
        Heading(1, words.gettext("Present state"), opens=True),
        Paragraph(
            (
                words.gettext(
                    "What is published of the municipality today, beside all municipalities and beside its"
                    " peers. What is not published is left blank (–) and counted nowhere."
                ),
            ),
            "lead",
        ),
        _readings(material, words),
        Bullets(tuple((text,) for text in (peers_told(read, words), *gaps(read, words)))),
        *_place(material.position, words),
    ]


def _readings(material: Material, words: Words) -> Table:
    numbers, evaluation = PresentNumbers(words, material.base), material.evaluation
    rows: list[Row] = []
    for area, label in areas().items():
        told = evaluation.of_area(area)
        if told:
            rows.append(Row(((words.gettext(label),), *((),) * 4), "group"))
        for one in told:
            name = words.gettext(one.indicator.label)
            unit = words.gettext(one.indicator.unit)
            estimated = "~" if one.status == "estimated" else ""
            rows.append(
                Row(
                    (
                        (f"{estimated}{name}" + (f" ({unit})" if unit and unit != "%" else ""),),
                        (numbers.value(one),),
                        (numbers.peer_median(one),),
                        (numbers.place(one, peers=False),),
                        (numbers.place(one, peers=True),),
                    )
                )
            )
    columns = (
        Column(words.gettext("Indicator"), numeric=False, width=4.2),
        Column(words.gettext("Value"), width=1.3),
        Column(words.gettext("Peers' median"), width=1.3),
        Column(words.gettext("Among all"), width=1.1),
        Column(words.gettext("Among peers"), width=1.1),
    )
    return Table(words.gettext(AREAS_TOLD), columns, tuple(rows), (words.gettext(READING),))


def _place(told: Position, words: Words) -> list[Block]:
    blocks: list[Block] = [
        Heading(2, words.gettext("Place among the four visions")),
        Paragraph(headline(told, words)),
    ]
    if unknown(told):
        blocks.append(Paragraph((not_known(told, words),)))
    projection = next(iter(projections().values()))
    panel = four_field_panel(told, projection, words)
    return [
        *blocks,
        _visions(told, words),
        Figure(
            words.gettext("Where the municipality may stand between the four visions"),
            (Drawing(panel),),
            (our_reading(projection, words),),
        ),
        _dimensions(told, words),
    ]


def headline(told: Position, words: Words) -> Text:
    """The nearest vision, or the two nearest where none is clear."""
    first, second = told.visions[:2]
    labels = {one.id: words.gettext(one.label) for one in looks(VISIONS).values()}
    return phrase(
        words.gettext(headline_message(told)),
        name=told.municipality.name(words.lang),
        vision=labels[first.vision],
        share=nearness(first, words),
        other=labels[second.vision],
        other_share=nearness(second, words),
    )


def nearness(one: Near, words: Words) -> Number:
    """The share of the draws that are nearest to a vision."""
    label = words.gettext(looks([one.vision])[one.vision].label)
    share = 100.0 * one.probability
    trace = Trace("position", one.vision, label, of="nearest_share", unit="%", middle=share)
    return Number(words.share(share), (share,), 0, trace)


def _visions(told: Position, words: Words) -> Table:
    rows = []
    for one in told.visions:
        label = words.gettext(looks([one.vision])[one.vision].label)
        trace = Trace(
            "position", one.vision, label, of="distance", middle=one.distance, low=one.low, high=one.high
        )
        middle = Number(words.number(one.distance), (one.distance,), 0, trace)
        ends = Number(words.interval(one.low, one.high), (one.low, one.high), 0, trace)
        rows.append(
            Row(
                (
                    (label,),
                    (nearness(one, words),),
                    phrase("{middle} ({ends})", middle=middle, ends=ends),
                    _farthest(one, words),
                )
            )
        )
    columns = (
        Column(words.gettext("Vision"), numeric=False, width=2.6),
        Column(words.gettext("Nearest in"), width=1.0),
        Column(words.gettext("Distance, 80%"), width=1.3),
        Column(words.gettext("Farthest in (+ higher)"), numeric=False, width=2.2),
    )
    return Table(words.gettext("Nearness to the visions"), columns, tuple(rows))


def _farthest(one: Near, words: Words) -> Text:
    dimension = max(one.gaps, key=lambda name: abs(one.gaps[name]))
    gap, label = one.gaps[dimension], words.gettext(dimensions()[dimension].label)
    conduct = words.gettext(looks([one.vision])[one.vision].label)
    trace = Trace("position", dimension, label, one.vision, conduct, of="gap", middle=gap)
    return phrase("{label} {gap}", label=label, gap=Number(words.signed(gap), (gap,), 0, trace))


def _dimensions(told: Position, words: Words) -> Table:
    rows = []
    for place, one in enumerate(DIMENSIONS):
        low, high = interval(told, place)
        label = words.gettext(dimensions()[one].label)
        trace = Trace("position", one, label, of="value", middle=told.mean[one], low=low, high=high)
        known = one not in unknown(told)
        mean: Text = (
            (Number(words.number(told.mean[one]), (told.mean[one],), 0, trace),) if known else (NOT_KNOWN,)
        )
        ends = Number(words.interval(low, high), (low, high), 0, trace)
        rows.append(Row(((label,), mean, (ends,), (rests_on(told.basis[one], words),))))
    columns = (
        Column(words.gettext("Dimension"), numeric=False, width=2.0),
        Column(words.gettext("Mean"), width=0.8),
        Column(words.gettext("80%"), width=1.0),
        Column(words.gettext("Rests on"), numeric=False, width=3.0),
    )
    return Table(words.gettext("The three dimensions, 0–100"), columns, tuple(rows))
