"""What a ministry reads off a country's futures: one row for each posture that everybody might choose."""

import textwrap
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from framsyn.i18n.translator import N_, Words
from framsyn.model.layout import Floats
from framsyn.report.listing import looks
from framsyn.report.terminal import WIDTH, caption

if TYPE_CHECKING:
    import xarray as xr

QUANTILES = (0.1, 0.5, 0.9)


class Column(NamedTuple):
    """A total as it is shown: a short heading, and what it is divided by."""

    total: str
    heading: str
    per: float
    decimals: int


COLUMNS = (
    Column("country_moves", N_("Moves, 1000 a year"), 1000.0, 1),
    Column("country_elsewhere", N_("Live elsewhere"), 1.0, 0),
    Column("country_growing", N_("Grow"), 1.0, 0),
    Column("country_net_operating_cost_per_resident", N_("Net cost per resident, EUR"), 1.0, 0),
    Column("country_loans_per_resident", N_("Loans per resident, EUR"), 1.0, 0),
    Column("country_assessed", N_("§ 118 %"), 1.0, 1),
)
NOTE = N_(
    "Live elsewhere: residents whose municipality is another than if all went on as today. Grow:"
    " municipalities with more residents than now. § 118: share of municipalities that meet a criterion of"
    " the assessment procedure."
)
WIDEST_NAME = 20  # columns


def print_country(futures: "xr.Dataset", words: Words, console: Console) -> None:
    """Print the table of the last year."""
    shown = country_summary(futures, words)
    least = Measurement.get(console, console.options.update(width=WIDTH), shown).minimum
    # A narrow terminal may fold lines, but no figure is ever cut off.
    console.print(shown, width=max(min(console.width, WIDTH), least), crop=False)


def country_summary(futures: "xr.Dataset", words: Words) -> Table:
    """One row per posture at the last year, after a row of today: median over 80 % interval."""
    first, last = int(futures["year"].values[0]), int(futures["year"].values[-1])
    title = words.gettext("If every municipality chose the same: the country in {year}").format(year=last)
    shown = Table(
        title=Text(title, style="bold"),
        caption=caption(futures, words) + " " + words.gettext(NOTE),
        box=SIMPLE_HEAD,
        leading=0,
        title_justify="left",
        caption_justify="left",
    )
    named = looks([str(one) for one in futures["posture"].values])
    names = {posture: words.gettext(look.label) for posture, look in named.items()}
    longest = max(len(word) for name in names.values() for word in name.split())
    # No narrower than the longest word, so that a name breaks between words only.
    shown.add_column(words.gettext("Posture"), min_width=min(longest, 24), max_width=WIDEST_NAME)
    now = _cells(futures.isel(posture=0, year=0), words)
    rows = [_cells(futures.sel(posture=posture).isel(year=-1), words) for posture in names]
    for number, column in enumerate(COLUMNS):
        heading = words.gettext(column.heading)
        lines = [line for row in (now, *rows) for line in row[number].plain.splitlines()]
        widest = max(len(part) for part in (*lines, *heading.split()))
        shown.add_column(textwrap.fill(heading, widest), justify="right", min_width=widest)
    known = Text(words.gettext("Now ({year})").format(year=first), style="bold")
    shown.add_row(known, *now, end_section=True)
    for name, row in zip(names.values(), rows, strict=True):
        shown.add_row(Text(name), *row)
    return shown


def _cells(at: "xr.Dataset", words: Words) -> list[Text]:
    """A cell for each column, from a dataset over draws alone."""
    return [_cell(at[column.total].to_numpy() / column.per, column.decimals, words) for column in COLUMNS]


def _cell(draws: Floats, decimals: int, words: Words) -> Text:
    low, mid, high = (float(value) for value in np.quantile(draws, QUANTILES))
    shown = words.number(mid, decimals)
    if low == high or not np.isfinite(mid):
        return Text(shown)
    return Text.assemble(shown, "\n", (words.interval(low, high, decimals), "dim"))
