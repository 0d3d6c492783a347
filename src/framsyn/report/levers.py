"""The levers of a council in the terminal: what each sets, within which bounds and law, and when it acts."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from framsyn.choose.levers import Lever, levers
from framsyn.i18n.translator import Words
from framsyn.report.strategy_words import setting
from framsyn.report.terminal import WIDTH


def print_levers(words: Words, console: Console) -> None:
    """Print every lever; what the search leaves as today is marked."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_lines=True)
    table.add_column(words.gettext("Lever"), ratio=3)
    table.add_column(words.gettext("Bounds"), ratio=2)
    table.add_column(words.gettext("Law"), ratio=3)
    table.add_column(words.gettext("When it acts"), ratio=3)
    for lever in levers().values():
        name = words.gettext(lever.label) + ("" if lever.searched else " *")
        cells = (f"{name}\n{lever.id}", bounds(lever, words), words.gettext(lever.law), _acts(lever, words))
        table.add_row(*map(Text, cells))
    console.print(table, width=min(console.width, WIDTH))
    console.print(words.gettext("* The search leaves it as today; a strategy of one's own may set it."))


def bounds(lever: Lever, words: Words) -> str:
    """Lowest and highest value, step and unit; what a choice lies between."""
    if lever.kind == "choice":
        return "; ".join(setting(lever, one, words) for one in lever.choices)
    low, high, step = (setting(lever, one, words) for one in (lever.low, lever.high, lever.step))
    text = words.gettext("{low} to {high}, step {step}").format(low=low, high=high, step=step)
    return f"{text} ({words.gettext(lever.unit)})"


def _acts(lever: Lever, words: Words) -> str:
    parts = (words.gettext(lever.acts), words.gettext(lever.note) if lever.note else "")
    return ". ".join(part for part in parts if part)
