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
    longest = max((len(short_id(indicator.id)) for indicator in listed), default=0)
    for heading in HEADINGS:
        # No id is folded: it is what a reader copies. The other columns share what is left, and are.
        is_id = heading == HEADINGS[0]
        width = longest if is_id else None
        table.add_column(translator.gettext(heading), overflow="fold", min_width=width, no_wrap=is_id)
    for indicator in listed:
        area = translator.gettext(areas().get(indicator.area, indicator.area))
        cells = (
            short_id(indicator.id),
            translator.gettext(indicator.label),
            area,
            translator.gettext(indicator.unit),
        )
        table.add_row(*map(Text, cells))
    console.print(table, width=min(console.width, WIDTH))
