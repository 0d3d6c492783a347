"""The indicators in the terminal: what each is called, where it belongs and its unit."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from framsyn.evaluate.dictionary import areas
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicator_names import short_id
from framsyn.model.indicators import Indicator
from framsyn.report.terminal import WIDTH

HEADINGS = (N_("Id"), N_("Indicator"), N_("Area"), N_("Unit"))


def print_indicators(listed: Sequence[Indicator], translator: Words, console: Console) -> None:
    """Print indicators as a table, in the order of the model.

    Args:
        listed: the indicators.
        translator: the reader's language.
        console: where it is printed.
    """
    table = Table(box=SIMPLE_HEAD)
    longest = max((len(short_id(one.id)) for one in listed), default=0)
    for heading in HEADINGS:
        # No id is folded: it is what a reader copies.
        width = longest if heading == HEADINGS[0] else None
        table.add_column(translator.gettext(heading), overflow="fold", min_width=width)
    for one in listed:
        area = translator.gettext(areas().get(one.area, one.area))
        cells = (short_id(one.id), translator.gettext(one.label), area, translator.gettext(one.unit))
        table.add_row(*map(Text, cells))
    console.print(table, width=min(console.width, WIDTH))
