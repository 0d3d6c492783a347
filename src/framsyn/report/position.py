"""The place among the visions in the terminal: probabilities, dimensions, four-field, what would move it."""

import textwrap
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from framsyn.evaluate.cloud import SCALE, Basis
from framsyn.evaluate.dictionary import DIMENSIONS, dictionary
from framsyn.evaluate.movers import Mover
from framsyn.evaluate.position import Near, Position
from framsyn.evaluate.visions import Projection, dimensions
from framsyn.foresee.postures import VISIONS
from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.report.four_field import four_field
from framsyn.report.listing import looks
from framsyn.report.terminal import WIDTH

BAR, SCALE_COLUMNS = 10, 20  # columns of a probability's bar, of a dimension's scale
SHOWN_MOVERS = 5
#: Below this probability no vision is called the nearest.
CLEAR = 0.5


def print_position(
    told: Position,
    projection: Projection,
    words: Words,
    console: Console,
    lowest: Sequence[tuple[str, float]] = (),
) -> None:
    """Print where the municipality stands among the visions, on what that rests, and what would move it."""
    width = min(console.width, WIDTH)

    def said(text: str) -> None:
        console.print(Text(textwrap.fill(text, width, break_long_words=False)), soft_wrap=True)

    said(headline(told, words))
    if unknown(told):
        said(not_known(told, words))
    console.print()
    console.print(visions_table(told, words), width=width)
    console.print(dimensions_table(told, words), width=width)
    for line in four_field(told, projection, words):
        console.print(line, soft_wrap=True)
    console.print()
    said(our_reading(projection, words))
    console.print(movers_table(told, words), width=width)
    said(
        words.gettext(
            "Dimensions are moved ten points up, indicators to what their peers' best quarter"
            " reach. This moves the reading of the figures; it is no promise of what a measure achieves."
        )
    )
    if lowest:
        said(words.gettext("Answered lowest in the self-assessment (1–5):"))
        for statement, mean in lowest:
            said(f"  {words.number(mean, 1)}  {statement}")


def unknown(told: Position) -> list[str]:
    """The dimensions that rest on nothing."""
    return [one for one in DIMENSIONS if told.basis[one].kind == "nothing"]


def not_known(told: Position, words: Words) -> str:
    """That neither figures nor answers tell anything of some dimensions, and what would."""
    names = ", ".join(words.gettext(dimensions()[one].label) for one in unknown(told))
    text = words.gettext(
        "No figure and no answer tells anything of this: {dimensions}. There the cloud covers the whole"
        " scale; a self-assessment narrows it (framsyn assess template)."
    )
    return text.format(dimensions=names)


def headline_message(told: Position) -> str:
    """The message id that is true for how clear the nearest vision is."""
    if told.visions[0].probability >= CLEAR:
        return N_("{name} stands nearest to “{vision}”, in {share} of the draws.")
    return N_(
        "{name} stands near no single vision: “{vision}” is the nearest in {share} of the draws,"
        " “{other}” in {other_share}."
    )


def headline(told: Position, words: Words) -> str:
    """One sentence on the nearest vision, or on the two nearest where none is clear."""
    first, second = told.visions[0], told.visions[1]
    labels = {one.id: words.gettext(one.label) for one in looks(VISIONS).values()}
    return words.gettext(headline_message(told)).format(
        name=told.municipality.name(words.lang),
        vision=labels[first.vision],
        share=words.share(100.0 * first.probability),
        other=labels[second.vision],
        other_share=words.share(100.0 * second.probability),
    )


def visions_table(told: Position, words: Words) -> Table:
    """Each vision with its probability, its distance, and the dimension in which it is farthest away."""
    table = _table(words.gettext("Nearness to the visions"))
    table.add_column(words.gettext("Vision"), overflow="fold", ratio=1)
    table.add_column(words.gettext("Nearest in"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True, min_width=BAR)
    table.add_column(words.gettext("Distance, 80%"), justify="right", no_wrap=True)
    table.add_column(words.gettext("Farthest in (+ higher)"), overflow="fold", ratio=1)
    for one in told.visions:
        share = 100.0 * one.probability
        table.add_row(
            words.gettext(looks([one.vision])[one.vision].label),
            words.share(share),
            "█" * round(BAR * one.probability),
            f"{words.number(one.distance)} ({words.interval(one.low, one.high)})",
            farthest(one, words),
        )
    return table


def farthest(one: Near, words: Words) -> str:
    """The dimension in which the vision is farthest away, and how far above (+) or below (−)."""
    dimension = max(one.gaps, key=lambda name: abs(one.gaps[name]))
    return f"{words.gettext(dimensions()[dimension].label)} {words.signed(one.gaps[dimension])}"


def dimensions_table(told: Position, words: Words) -> Table:
    """Each dimension's mean and 80 % interval on a scale, and what it rests on."""
    table = _table(words.gettext("The three dimensions, 0–100"))
    table.add_column(words.gettext("Dimension"), overflow="fold", ratio=2)
    table.add_column(words.gettext("Mean"), justify="right", no_wrap=True)
    table.add_column(f"0{' ' * (SCALE_COLUMNS - 4)}100", no_wrap=True, min_width=SCALE_COLUMNS)
    table.add_column(words.gettext("80%"), justify="right", no_wrap=True)
    table.add_column(words.gettext("Rests on"), overflow="fold", ratio=3)
    for place, one in enumerate(DIMENSIONS):
        low, high = interval(told, place)
        table.add_row(
            words.gettext(dimensions()[one].label),
            NOT_KNOWN if one in unknown(told) else words.number(told.mean[one]),
            scale(None if one in unknown(told) else told.mean[one], low, high),
            words.interval(low, high),
            rests_on(told.basis[one], words),
        )
    return table


def interval(told: Position, place: int) -> tuple[float, float]:
    """What holds 80 % of the cloud in one dimension."""
    column = sorted(told.cloud[:, place])
    return float(column[int(0.1 * (len(column) - 1))]), float(column[round(0.9 * (len(column) - 1))])


def scale(mean: float | None, low: float, high: float) -> str:
    """A line from 0 to 100 with the interval drawn thick and the mean marked, where there is one."""
    first, last = _column(low), _column(high)
    cells = ["━" if first <= place <= last else "·" for place in range(SCALE_COLUMNS)]
    if mean is not None:
        cells[_column(mean)] = "◆"
    return "".join(cells)


def _column(value: float) -> int:
    return min(int(value / SCALE * SCALE_COLUMNS), SCALE_COLUMNS - 1)


def rests_on(basis: Basis, words: Words) -> str:
    """What a dimension rests on, in words."""
    counted = words.ngettext("{count} indicator", "{count} indicators", basis.indicators)
    counted = counted.format(count=words.number(basis.indicators))
    if basis.kind == "nothing":
        return words.gettext("nothing: not published, not assessed")
    if basis.kind == "data":
        return counted
    if basis.kind == "assessment":
        return words.gettext("self-assessment")
    return words.gettext("{indicators} ({share}) and self-assessment").format(
        indicators=counted, share=words.share(100.0 * basis.weight_of_data)
    )


def our_reading(projection: Projection, words: Words) -> str:
    """That axes and places are ours, and what speaks for and against this projection."""
    text = words.gettext(
        "The axes ({hypothesis}) and the visions' places on them are our reading, not the ministry's: the"
        " brochure names no axes. For this one: {pro}. Against: {con}. Distances are in all three dimensions."
    )
    return text.format(
        hypothesis=projection.hypothesis,
        pro=words.gettext(projection.speaks_for),
        con=words.gettext(projection.speaks_against),
    )


def movers_table(told: Position, words: Words) -> Table:
    """Each dimension ten points up, and under it the indicators that would move it most."""
    nearest = words.gettext(looks([told.nearest])[told.nearest].label)
    table = _table(words.gettext("What would move it"))
    table.add_column(words.gettext("Moved"), overflow="fold", ratio=1)
    for heading in (N_("From"), N_("To"), N_("Points")):
        table.add_column(words.gettext(heading), justify="right", no_wrap=True)
    table.add_column(nearest, justify="right", overflow="fold", min_width=max(map(len, nearest.split())))
    indicators = [one for one in told.movers if one.kind == "indicator"][:SHOWN_MOVERS]
    for one in (mover for mover in told.movers if mover.kind == "dimension"):
        table.add_row(*_dimension_moved(one, told, words))
        for inside in indicators:
            if inside.dimension == one.id:
                table.add_row(*_indicator_moved(inside, told, words))
    return table


def _dimension_moved(one: Mover, told: Position, words: Words) -> tuple[str, ...]:
    known = one.id not in unknown(told)
    mean = told.mean[one.id]
    ends = (words.number(mean), words.number(mean + one.shift)) if known else (NOT_KNOWN, NOT_KNOWN)
    label = words.gettext(dimensions()[one.id].label)
    return (label, *ends, words.signed(one.shift, 1), _change(one, told, words))


def _indicator_moved(one: Mover, told: Position, words: Words) -> tuple[RenderableType, ...]:
    indicator = dictionary()[one.id]
    ends = [words.number(value, indicator.decimals) for value in (one.value, one.target)]
    label = Padding(Text(words.gettext(indicator.label)), (0, 0, 0, 2))
    return (label, *ends, words.signed(one.shift, 1), _change(one, told, words))


def _change(one: Mover, told: Position, words: Words) -> str:
    before = told.visions[0].probability
    return f"{words.share(100.0 * before)} → {words.share(100.0 * (before + one.change))}"


def _table(title: str) -> Table:
    return Table(title=Text(title, style="bold"), box=SIMPLE_HEAD, title_justify="left", padding=(0, 1, 0, 0))
