"""The dated rules of law as tables for the terminal: every rule in a year, or one rule's history."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.law.known import Known
from framsyn.law.parameters import Law
from framsyn.law.path import Carried

WIDTH = 100  # columns
#: The longest word of columns that fold, so that they fold between words.
WIDEST = {"Unit": len("EUR/resident"), "Source": len("Municipalities")}
EUROS, MILLIONS = "EUR", "M€"
STATUSES = {
    "in_force": N_("in force"),
    "proposed": N_("proposed"),
    "indicative": N_("indicative"),
    "assumption": N_("assumption"),
}
#: The sentences whose keys `framsyn.law.path.Carried` gives.
CARRIED = {
    "carried_in_force": N_("{rule}: the value of {year} ({value} {unit}) stands in for later years."),
    "carried_proposed": N_(
        "{rule}: the value proposed for {year} ({value} {unit}) stands in for later years."
    ),
    "carried_indicative": N_(
        "{rule}: an indicative value of {year} ({value} {unit}) stands in for later years."
    ),
    "carried_assumption": N_("{rule}: an assumption for {year} ({value} {unit}) stands in for later years."),
}


def print_law(law: Law, year: int, words: Words, console: Console) -> None:
    """Print every rule as it stands in `year`, with unit, first year, status and source."""
    title = words.gettext("The rules of law in {year}").format(year=year)
    table = _table(
        title, (N_("Rule"), N_("Value"), N_("Unit"), N_("From"), N_("Status"), N_("Source")), words
    )
    carried = False
    for identity in law.ids():
        cells, from_before = _cells(law, identity, year, words)
        carried = carried or from_before
        table.add_row(*cells)
    _print(table, console)
    if carried:
        console.print(words.gettext("* set year by year, and carried from the year told."), soft_wrap=True)
    _print_notes(law, console)


def print_history(law: Law, identity: str, year: int, words: Words, console: Console) -> None:
    """Print all that is known of one rule, by its id or a name of it, and its value in `year`.

    Raises:
        FramsynError: no such rule, or none as early as `year`.
    """
    now = law.value(identity, year)
    table = _table(
        now.id, (N_("From"), N_("Value"), N_("Unit"), N_("Status"), N_("Source"), N_("Note")), words
    )
    for row in law.history(now.id):
        style = "bold" if row.from_year == now.from_year else ""
        table.add_row(*[Text(text, style=style) for text in _history_cells(row, words)])
    _print(table, console)
    sentence = words.gettext("In {year}: {value} {unit} ({status}).").format(
        year=year,
        value=value_text(now.value, now.unit, words),
        unit=unit_text(now.unit, words),
        status=_status(now.status, words),
    )
    if now.carried:
        sentence += " " + words.gettext("Carried from {year}.").format(year=now.from_year)
    console.print(Text(sentence), soft_wrap=True)
    _print_notes(law, console)


def carried_sentences(carried: Sequence[Carried], words: Words) -> tuple[str, ...]:
    """A sentence for each rule that is carried beyond its last known year."""
    return tuple(
        words.gettext(CARRIED[rule.sentence]).format(
            rule=rule.id,
            year=rule.last_year,
            value=value_text(rule.value, rule.unit, words),
            unit=unit_text(rule.unit, words),
        )
        for rule in carried
    )


def value_text(value: float, unit: str, words: Words) -> str:
    """Euros in millions with one decimal; another value without decimals where it is whole, else with two."""
    if unit == EUROS:
        return words.number(value / 1e6, 1)
    return words.number(value, 0 if float(value).is_integer() else 2)


def unit_text(unit: str, words: Words) -> str:
    """The unit beside `value_text`."""
    return MILLIONS if unit == EUROS else words.gettext(unit)


def _cells(law: Law, identity: str, year: int, words: Words) -> tuple[list[Text], bool]:
    """The cells of a rule in a year, and whether its value is carried there."""
    first = law.history(identity)[0]
    if year < first.from_year:
        unit = unit_text(first.unit, words)
        texts = [identity, NOT_KNOWN, unit, str(first.from_year), _status(first.status, words), first.source]
        return [Text(text, style="dim") for text in texts], False
    now = law.value(identity, year)
    value = value_text(now.value, now.unit, words) + (" *" if now.carried else "")
    unit = unit_text(now.unit, words)
    texts = [identity, value, unit, str(now.from_year), _status(now.status, words), now.source]
    return [Text(text) for text in texts], now.carried


def _history_cells(row: Known, words: Words) -> tuple[str, ...]:
    value, unit = value_text(row.value, row.unit, words), unit_text(row.unit, words)
    return str(row.from_year), value, unit, _status(row.status, words), row.source, row.note


def _status(status: str, words: Words) -> str:
    return words.gettext(STATUSES[status])


def _table(title: str, headings: Sequence[str], words: Words) -> Table:
    table = Table(
        title=Text(title, style="bold"), box=SIMPLE_HEAD, title_justify="left", padding=(0, 1, 0, 0)
    )
    for heading in headings:
        right, whole = heading in ("Value", "From"), heading in ("Rule", "Value", "From", "Status")
        table.add_column(
            words.gettext(heading),
            justify="right" if right else "left",
            no_wrap=whole,
            min_width=WIDEST.get(heading),
            max_width=WIDEST.get(heading) if heading == "Unit" else None,
            overflow="fold",
        )
    return table


def _print(table: Table, console: Console) -> None:
    console.print(table, width=min(console.width, WIDTH), crop=False)


def _print_notes(law: Law, console: Console) -> None:
    for note in law.notes:
        console.print(Text(f"– {note}"), soft_wrap=True)
