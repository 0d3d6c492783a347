"""A scored self-assessment in the terminal."""

import math
import textwrap
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from framsyn.engage.bootstrap import Estimate
from framsyn.engage.gaps import Gap
from framsyn.engage.groups import OTHERS
from framsyn.engage.placement import Placement
from framsyn.engage.scoring import Scores
from framsyn.engage.statements import HIGHEST, LOWEST, statements
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.i18n.translator import Words
from framsyn.report.assessment_words import WEIGHING_LABELS, heading, label, said
from framsyn.report.listing import looks
from framsyn.report.terminal import WIDTH

#: Statements told where groups differ most.
MOST_STATEMENTS = 5
#: Statements told as answered least favourably.
LOWEST_TOLD = 5
CLEAR = "●"


def print_scores(scores: Scores, words: Words, console: Console) -> None:
    """Print scores, gaps between groups, the vision the answers speak for, and what has to be known."""
    width = min(console.width, WIDTH)
    tables = [scores_table(scores, words)]
    if scores.dimension_gaps:
        tables.append(gaps_table(scores, words))
    if scores.statement_gaps:
        tables.append(statements_table(scores, words))
    if scores.placement:
        tables.append(placement_table(scores.placement, words))
    for table in tables:
        console.print(table, width=width)
        console.print()
    for line in lines(scores, words):
        folded = textwrap.fill(
            line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
        console.print(Text(folded, no_wrap=True), soft_wrap=True)


def scores_table(scores: Scores, words: Words) -> Table:
    """The municipality's score of each dimension, then each group's, then their reliability."""
    title = words.gettext("Self-assessment: {counted} of {read} respondents").format(
        counted=words.number(scores.counted), read=words.number(scores.read)
    )
    caption = words.gettext(
        "0–100, the 80% interval in brackets; for the municipality, {weighing}. Alpha and omega tell how"
        " well a dimension's statements agree: 0.7 is usually held to be enough."
    ).format(weighing=words.gettext(WEIGHING_LABELS[scores.weighing]))
    table = _table(title, caption)
    table.add_column("", overflow="fold")
    table.add_column(words.gettext("Answered"), justify="right")
    for name in DIMENSIONS:
        table.add_column(label(name, words), justify="right")
    told = [_in_brackets(scores.measures[name], words, 0) for name in DIMENSIONS]
    row = (words.gettext("The municipality"), words.number(scores.counted), *told)
    table.add_row(*(Text(cell, style="bold") for cell in row), end_section=not scores.without)
    if scores.without:
        told = [
            _in_brackets(scores.without[name], words, 0) if name in scores.without else "–"
            for name in DIMENSIONS
        ]
        counted = words.number(scores.counted - int(scores.careless.any.sum()))
        row = (words.gettext("The same without answers that may not have been read"), counted, *told)
        table.add_row(*map(Text, row), end_section=True)
    for number, group in enumerate(scores.groups, start=1):
        told = [_in_brackets(group.measures[name], words, 0) for name in DIMENSIONS]
        row = (heading(group.id, words), words.number(group.respondents), *told)
        table.add_row(*map(Text, row), end_section=number == len(scores.groups))
    found = [scores.reliability[name] for name in DIMENSIONS]
    table.add_row(words.gettext("Alpha"), "", *(words.number(one.alpha, 2) for one in found), style="dim")
    table.add_row(words.gettext("Omega"), "", *(words.number(one.omega, 2) for one in found), style="dim")
    return table


def lowest_statements(scores: Scores, words: Words, count: int = LOWEST_TOLD) -> list[tuple[str, float]]:
    """The statements answered least favourably and their means 1–5, where 5 is best whatever they say."""
    means = {
        one.id: LOWEST + HIGHEST - scores.measures[one.id].mean
        if one.reversed
        else scores.measures[one.id].mean
        for one in statements()
    }
    answered = sorted((mean, name) for name, mean in means.items() if math.isfinite(mean))
    return [(label(name, words), mean) for mean, name in answered[:count]]


def note_lines(scores: Scores, words: Words) -> list[str]:
    """What was read otherwise than it was written, and which answers may not have been read."""
    return [said(note, words) for note in scores.notes]


def gaps_table(scores: Scores, words: Words) -> Table:
    """The difference of every pair of groups in each dimension."""
    title = words.gettext("Gaps between groups")
    table = _table(title, _what_is_clear(words))
    table.add_column("", overflow="fold")
    for name in DIMENSIONS:
        table.add_column(label(name, words), justify="right")
    by_pair: dict[tuple[str, str], dict[str, Gap]] = {}
    for gap in scores.dimension_gaps:
        by_pair.setdefault((gap.first, gap.second), {})[gap.measure] = gap
    for (first, second), told in by_pair.items():
        cells = [_gap(told[name], words, 0) if name in told else "–" for name in DIMENSIONS]
        table.add_row(Text(f"{heading(first, words)} − {label(second, words)}"), *map(Text, cells))
    return table


def statements_table(scores: Scores, words: Words) -> Table:
    """The statements on which two groups differ most; of each statement the pair furthest apart."""
    title = words.gettext("Statements on which groups differ most")
    caption = words.gettext("Mean answer from 1 (disagree) to 5 (agree).") + " " + _what_is_clear(words)
    table = _table(title, caption)
    table.add_column(words.gettext("Statement"), overflow="fold", ratio=1)
    table.add_column(words.gettext("Agree more"), overflow="fold")
    table.add_column(words.gettext("Agree less"), overflow="fold")
    table.add_column(words.gettext("Gap"), justify="right", no_wrap=True)
    means = {group.id: group.measures for group in scores.groups}
    widest: dict[str, Gap] = {}
    for gap in scores.statement_gaps:
        widest.setdefault(gap.measure, gap)
    for gap in list(widest.values())[:MOST_STATEMENTS]:
        pair = sorted((gap.first, gap.second), key=lambda group: -means[group][gap.measure].mean)
        told = [
            f"{heading(group, words)}\n{words.number(means[group][gap.measure].mean, 1)}" for group in pair
        ]
        table.add_row(*map(Text, (label(gap.measure, words), *told, _gap(_upright(gap), words, 1))))
    return table


def placement_table(placement: Placement, words: Words) -> Table:
    """How far the answers lie from each vision, the nearest first."""
    title = words.gettext("Which vision the answers speak for")
    caption = words.gettext(
        "Distance in points of 100 from the answers expected in each vision, which are our reading of the"
        " brochure; share of the draws of respondents in which the vision is nearest."
    )
    table = _table(title, caption)
    table.add_column(words.gettext("Vision"), overflow="fold")
    table.add_column(words.gettext("Distance"), justify="right")
    table.add_column(words.gettext("Nearest"), justify="right")
    found = looks(sorted(placement.distances, key=lambda vision: placement.distances[vision]))
    for vision, look in found.items():
        told = (words.number(placement.distances[vision]), words.share(placement.shares[vision]))
        style = "bold" if vision == placement.nearest else ""
        table.add_row(Text(words.gettext(look.label)), *told, style=style)
    return table


def lines(scores: Scores, words: Words) -> Sequence[str]:
    """What goes into the simulation, whom the small groups hold, and the notes."""
    told = []
    starts = ", ".join(
        f"{label(name, words)} {words.number(mean)} ± {words.number(sd)}"
        for name, (mean, sd) in scores.starts.items()
    )
    if starts:
        text = words.gettext("Where the community starts in the simulation, mean ± deviation: {starts}.")
        told.append(text.format(starts=starts))
    for group in scores.groups:
        if group.id == OTHERS:
            members = ", ".join(label(one, words) for one in group.members)
            text = words.gettext("Shown only together, since each is too small alone: {groups}.")
            told.append("– " + text.format(groups=members))
    return [*told, *(f"– {line}" for line in note_lines(scores, words))]


def _table(title: str, caption: str) -> Table:
    return Table(
        title=Text(title, style="bold"),
        caption=caption,
        box=SIMPLE_HEAD,
        title_justify="left",
        caption_justify="left",
        padding=(0, 1, 0, 0),
    )


def _what_is_clear(words: Words) -> str:
    text = words.gettext(
        "80% interval in brackets. {mark} = clear: among all gaps compared, chance makes one as large in at"
        " most one case of twenty."
    )
    return text.format(mark=CLEAR)


def _in_brackets(told: Estimate, words: Words, decimals: int) -> str:
    value = words.number(told.mean, decimals)
    between = words.interval(told.low, told.high, decimals)
    return f"{value} ({between})" if told.mean == told.mean else value


def _gap(gap: Gap, words: Words, decimals: int) -> str:
    told = gap.difference
    between = words.interval(told.low, told.high, decimals)
    return f"{words.signed(told.mean, decimals)} ({between})" + (f" {CLEAR}" if gap.clear else "")


def _upright(gap: Gap) -> Gap:
    """The gap told so that it is above zero."""
    told = gap.difference
    if told.mean >= 0.0:
        return gap
    turned = told._replace(mean=-told.mean, low=-told.high, high=-told.low)
    return gap._replace(first=gap.second, second=gap.first, difference=turned)
