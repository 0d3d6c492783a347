"""Signposts: which published figures to watch in the next years, for the terminal and as JSON."""

import json
import math
import textwrap
from collections.abc import Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from framsyn.evaluate.observables import observables
from framsyn.evaluate.signposts import Guide, Signpost
from framsyn.i18n.translator import N_, Words
from framsyn.places.municipality import Municipality
from framsyn.report.listing import looks
from framsyn.report.monitor import label, print_whole
from framsyn.report.terminal import WIDTH

SHOWN = 4
FIGURE = 18  # columns


def print_which_future(
    guides: Sequence[Guide], postures: Sequence[str], m: Municipality, words: Words, console: Console
) -> None:
    """Print which figures tell which of the postures' futures is coming, and the level in each."""
    names = [words.gettext(look.label) for look in looks(postures).values()]
    table = _table(words.gettext("{name}: what tells which future is coming"), m, words)
    table.add_column(words.gettext("Year"))
    table.add_column(words.gettext("Figure"), overflow="fold", min_width=FIGURE)
    for name in names:
        table.add_column(name, justify="right", overflow="fold")
    table.add_column(words.gettext("Told apart"), justify="right")
    for guide in guides:
        for post in guide.posts[:SHOWN]:
            one = observables()[post.id]
            levels = [words.number(level, one.decimals) for level in post.levels]
            row = (_year(guide, m), label(one, words), *levels, words.percent(100.0 * post.auc, 0))
            table.add_row(*row)
        table.add_section()
    _print(table, [f"{_year(guide, m)}: {_together(guide, words)}" for guide in guides], words, console)


def print_ending(
    guides: Sequence[Guide], ending: str, m: Municipality, words: Words, console: Console
) -> None:
    """Print which figures warn that the future ends badly, from which value on, and how often rightly."""
    table = _table(words.gettext("{name}: what warns of {ending}"), m, words, ending)
    table.add_column(words.gettext("Year"))
    table.add_column(words.gettext("Figure"), overflow="fold", min_width=FIGURE)
    for heading in (N_("Alarm"), N_("Hits"), N_("False alarms")):
        table.add_column(words.gettext(heading), justify="right", no_wrap=True)
    for guide in guides:
        for post in guide.posts[:SHOWN]:
            one = observables()[post.id]
            shares = (words.share(100.0 * post.hit_rate), words.share(100.0 * post.false_alarms))
            table.add_row(_year(guide, m), label(one, words), alarm(post, words), *shares)
        table.add_section()
    lines = [f"{_year(guide, m)}: {_together(guide, words)}{_rates(guide, words)}" for guide in guides]
    _print(table, lines, words, console)


def _table(title: str, m: Municipality, words: Words, ending: str = "") -> Table:
    told = title.format(name=m.name(words.lang), ending=ending)
    return Table(title=Text(told, style="bold"), box=SIMPLE_HEAD, title_justify="left")


def alarm(post: Signpost, words: Words) -> str:
    """The value beyond which a signpost warns."""
    value = words.number(post.trigger, observables()[post.id].decimals)
    message = N_("above {value}") if post.above else N_("below {value}")
    return words.gettext(message).format(value=value)


def _year(guide: Guide, m: Municipality) -> str:
    return str(m.bundle.base_year + guide.ahead)


def _print(table: Table, lines: Sequence[str], words: Words, console: Console) -> None:
    """Print the table where it has rows, a line for each year, and how it was learned."""
    width = min(console.width, WIDTH)
    if table.row_count:
        print_whole(table, console)
    for line in (*lines, "", _footnote(words)):
        console.print(Text(textwrap.fill(line, width, subsequent_indent="  "), no_wrap=True), soft_wrap=True)


def _rates(guide: Guide, words: Words) -> str:
    """How often the figures together warn rightly and wrongly."""
    if not guide.together:
        return ""
    message = N_("; they warn of {hits} of those that end so, and falsely of {false} of the others")
    return words.gettext(message).format(
        hits=words.share(100.0 * guide.hit_rate), false=words.share(100.0 * guide.false_alarms)
    )


def _together(guide: Guide, words: Words) -> str:
    """The few figures taken together, and how often they tell rightly."""
    if math.isnan(guide.right):
        return words.gettext("too few lives of one kind to learn from")
    if not guide.together:
        return words.gettext("nothing tells yet")
    names = ", ".join(words.gettext(observables()[one].label) for one in guide.together)
    return words.gettext("together ({figures}): right in {share} of the lives").format(
        figures=names, share=words.percent(100.0 * guide.right, 0)
    )


def _footnote(words: Words) -> str:
    return words.gettext(
        "Learned on half of the worlds, judged on the other half; futures count alike. What runs through the"
        " year is the mean of the years so far; money is in prices of the base year."
    )


def guides_json(guides: Sequence[Guide], classes: Sequence[str], m: Municipality, words: Words) -> str:
    """The signposts as JSON; `classes` name the futures that are told apart."""
    document = {
        "municipality": {"code": m.code, "name": m.name(words.lang)},
        "futures": list(classes),
        "years": [
            {
                "year": m.bundle.base_year + guide.ahead,
                "together": list(guide.together),
                "right": _plain(guide.right),
                "right_by_future": [_plain(one) for one in guide.by_class],
                "base_rate": list(guide.base),
                "signposts": [_post(post, words) for post in guide.posts],
            }
            for guide in guides
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _post(post: Signpost, words: Words) -> dict[str, Any]:
    one = observables()[post.id]
    return {
        "indicator": post.id,
        "label": words.gettext(one.label),
        "unit": one.unit,
        "source": words.gettext(one.source),
        "lag_months": one.lag_months,
        "auc": post.auc,
        "levels": list(post.levels),
        "above": post.above,
        "trigger": _plain(post.trigger),
        "hit_rate": _plain(post.hit_rate),
        "false_alarms": _plain(post.false_alarms),
    }


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value
