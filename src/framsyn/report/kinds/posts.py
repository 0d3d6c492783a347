"""Signposts: which published figures of the next years tell which future is coming."""

import math

from framsyn.evaluate.observables import observables
from framsyn.evaluate.signposts import Guide, Signpost
from framsyn.i18n.translator import N_, Words
from framsyn.report.command import STANDARD
from framsyn.report.document.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table
from framsyn.report.document.numbers import Numbers
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.kinds.material import Material

#: Years ahead whose figures are told in the table, and figures told of each.
TOLD, MOST = (2, 4), 5


def posts(material: Material, n: Numbers, words: Words) -> list[Block]:
    """The figures to watch, their level in each future, and how rightly they tell."""
    blocks: list[Block] = [
        Heading(1, words.gettext("Signposts: what to watch")),
        Paragraph((words.gettext(LEAD),), "lead"),
    ]
    chosen = [one for one in material.guides if one.ahead in TOLD and one.posts]
    if not chosen:
        return [*blocks, Paragraph((words.gettext(NOTHING),))]
    year = material.base
    lines = tuple(_together(one, year + one.ahead, words) for one in material.guides)
    return [
        *blocks,
        _table(chosen, year, n, words),
        Bullets(lines),
        Paragraph((words.gettext(LEARNED),), "note"),
    ]


NOTHING = N_("No published figure of the next years tells the futures apart.")
LEAD = N_(
    "Which future is coming shows in figures that are published every year. If they take the levels of"
    " another future than the one chosen, it is time to look again."
)
LEARNED = N_(
    "Learned on half of the worlds, judged on the other half; futures count alike. What runs through the"
    " year is the mean of the years so far; money is in prices of the base year. Told apart: 50 per cent is"
    " chance."
)


def _table(chosen: list[Guide], base: int, n: Numbers, words: Words) -> Table:
    rows: list[Row] = []
    for guide in chosen:
        year = base + guide.ahead
        rows.append(Row(((str(year),), *((),) * (len(STANDARD) + 1)), "group"))
        rows += [_row(post, year, n, words) for post in guide.posts[:MOST]]
    columns = (
        Column(words.gettext("Figure"), numeric=False, width=2.3),
        *(Column(n.names[one], width=1.25) for one in STANDARD),
        Column(words.gettext("Told apart"), width=0.9),
    )
    caption = words.gettext("Figures to watch, and their median in each future")
    return Table(caption, columns, tuple(rows))


def _row(post: Signpost, year: int, n: Numbers, words: Words) -> Row:
    one = observables()[post.id]
    label, unit = words.gettext(one.label), words.gettext(one.unit)
    levels = []
    for posture, level in zip(STANDARD, post.levels, strict=True):
        trace = Trace("signposts", post.id, label, posture, n.names[posture], year, "value", unit, level)
        levels.append((Number(words.number(level, one.decimals), (level,), one.decimals, trace),))
    auc = 100.0 * post.auc
    trace = Trace("signposts", post.id, label, year=year, of="told_apart", unit="%", middle=auc)
    name = f"{label} ({unit})" if unit else label
    return Row(((name,), *levels, (Number(words.percent(auc, 0), (auc,), 0, trace),)))


def _together(guide: Guide, year: int, words: Words) -> Text:
    """The few figures taken together, and how often they tell rightly."""
    if math.isnan(guide.right):
        text: Text = (words.gettext("too few lives of one kind to learn from"),)
    elif not guide.together:
        text = (words.gettext("nothing tells yet"),)
    else:
        right = 100.0 * guide.right
        label = words.gettext(N_("Which future is coming"))
        trace = Trace("signposts", "together", label, year=year, of="right", unit="%", middle=right)
        text = phrase(
            words.gettext("together ({figures}): right in {share} of the lives"),
            figures=", ".join(words.gettext(observables()[one].label) for one in guide.together),
            share=Number(words.percent(right, 0), (right,), 0, trace),
        )
    return phrase("{year}: {text}.", year=str(year), text=text)
