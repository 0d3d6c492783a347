"""The futures as a table and a sentence each, for the terminal."""

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from framsyn.i18n.translator import N_, Words
from framsyn.law.files import EDITABLE
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import LANGUAGES, Municipality
from framsyn.report.cells import HEADLINES, Cells
from framsyn.report.command import own_postures
from framsyn.report.findings import finding, sentence
from framsyn.report.listing import looks
from framsyn.report.summary import Summary, summarise

if TYPE_CHECKING:
    import xarray as xr

WIDTH = 100  # columns


def print_futures(
    futures: "xr.Dataset", words: Words, console: Console, summary: Summary | None = None
) -> None:
    """Print the table of the last year and one sentence per posture; `summary` if it is made already."""
    width = min(console.width, WIDTH)
    shown = table(futures, summary or summarise(futures), words)
    least = Measurement.get(console, console.options.update(width=WIDTH), shown).minimum
    # A narrow terminal may fold lines, but no figure is ever cut off.
    console.print(shown, width=max(width, least), crop=False)
    for line in sentences(futures, words, width):
        console.print(line, soft_wrap=True)
        console.print()


def print_municipalities(found: Sequence[Municipality], words: Words, console: Console) -> None:
    """Print code, names, region and population of each municipality."""
    listed = Table(box=SIMPLE_HEAD)
    for heading in (N_("Code"), N_("Name"), N_("Other names"), N_("Region")):
        listed.add_column(words.gettext(heading))
    listed.add_column(words.gettext("Population"), justify="right")
    for m in found:
        name = m.name(words.lang)
        others = dict.fromkeys(m.name(lang) for lang in LANGUAGES if m.name(lang) != name)
        texts = (m.code, name, ", ".join(others), m.region(words.lang))
        count = words.number(float(m.population.sum()))
        listed.add_row(*[Text(text) for text in texts], count)
    console.print(listed, width=min(console.width, WIDTH))


def print_bundle(made: Bundle, path: Path, words: Words, console: Console) -> None:
    """Print what a bundle holds and where it was written."""
    told = words.gettext(
        "{count} municipalities, {people} residents at the end of {year}. Written: {path} ({version})"
    ).format(
        count=words.number(len(made)),
        people=words.number(float(made["population"].sum())),
        year=made.base_year,
        path=path,
        version=made.version,
    )
    console.print(Text(told), soft_wrap=True)
    missing = ", ".join(made.manifest["lacking"])
    if missing:
        text = words.gettext("Not in the folder; each would improve the start: {tables}")
        console.print(Text(text.format(tables=missing)), soft_wrap=True)
    for note in made.manifest["notes"]:
        console.print(Text(f"– {note}"), soft_wrap=True)


def print_shipped_law(folder: Path, words: Words, console: Console) -> None:
    """Tell which files of law a user's folder lacks, so that the shipped ones stand in."""
    lacking = [name for name in EDITABLE if not (folder / name).is_file()]
    if lacking:
        text = words.gettext("Not in {folder}, so the shipped ones stand in: {files}")
        console.print(Text(text.format(folder=folder, files=", ".join(lacking))), soft_wrap=True)


def table(futures: "xr.Dataset", summary: Summary, words: Words) -> Table:
    """One row per posture at the last year, after a row of today: median over 80 % interval."""
    cells = Cells(summary, words)
    first, last = summary.years[0], summary.years[-1]
    shown = Table(
        title=_title(futures, words, last),
        caption=caption(futures, words),
        box=SIMPLE_HEAD,
        show_lines=False,
        leading=0,
        title_justify="left",
        caption_justify="left",
    )
    looked = looks(summary.postures, own_postures(futures.attrs))
    names = [words.gettext(look.label) for look in looked.values()]
    # No narrower than the longest word, so that a name breaks between words only.
    longest = max((len(word) for name in names for word in name.split()), default=0)
    shown.add_column(words.gettext("Posture"), overflow="fold", min_width=min(longest, 24), max_width=34)
    rows = {
        look: [_cell(cells, name, posture, last) for name in HEADLINES] for posture, look in looked.items()
    }
    for place, name in enumerate(HEADLINES):
        heading = _heading(cells, name)
        lines = [line for row in rows.values() for line in row[place].plain.splitlines()]
        widest = max(len(part) for part in (*lines, *heading.split(), cells.now(name)))
        # Folded here: Rich gives a long heading room that it takes from the other columns.
        folded = "\n".join(textwrap.fill(line, widest) for line in heading.splitlines())
        shown.add_column(Text(folded), justify="right", min_width=widest)
    shown.add_row(
        Text(words.gettext("Now ({year})").format(year=first), style="bold"),
        *[Text(cells.now(name), style="bold") for name in HEADLINES],
        end_section=True,
    )
    for look, row in rows.items():
        shown.add_row(Text(words.gettext(look.label)), *row)
    return shown


def sentences(futures: "xr.Dataset", words: Words, width: int = WIDTH) -> list[Text]:
    """One sentence per posture, its name first, in lines of at most `width` columns.

    Lines break at plain spaces only: a number keeps its no-break spaces.
    """
    found = looks([str(posture) for posture in futures["posture"].values], own_postures(futures.attrs))
    told = []
    for posture, look in found.items():
        name = words.gettext(look.label)
        text = f"{name}: {sentence(finding(futures, posture), words)}"
        text = textwrap.fill(text, width, break_on_hyphens=False)
        told.append(Text(text, no_wrap=True))
        told[-1].stylize("bold", 0, len(name))
    return told


def _title(futures: "xr.Dataset", words: Words, last: int) -> Text:
    title = words.gettext("The futures of {name} in {year}")
    return Text(title.format(name=words.name(futures.attrs), year=last), style="bold")


def caption(futures: "xr.Dataset", words: Words) -> str:
    """What the figures of a table are: of how many worlds, in which year's prices."""
    draws = futures.sizes["draw"]
    counted = words.ngettext(
        "{count} world drawn: a single life, no interval",
        "Median of {count} worlds, below it the interval that holds 80% of them",
        draws,
    ).format(count=words.number(draws))
    base = int(futures.attrs.get("base_year", futures["year"].values[0]))
    return counted + ". " + words.gettext("Money in {year} prices.").format(year=base)


def _heading(cells: Cells, name: str) -> str:
    unit = cells.unit(name)
    return cells.label(name) + (f"\n{unit}" if unit != "%" else "")


def _cell(cells: Cells, name: str, posture: str, year: int) -> Text:
    return Text.assemble(cells.mid(name, posture, year), "\n", (cells.interval(name, posture, year), "dim"))
