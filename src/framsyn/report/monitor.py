"""Published figures against the futures: tables and sentences for the terminal, and JSON."""

import json
import textwrap
from collections.abc import Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from framsyn.core.note import Note
from framsyn.evaluate.monitor import STRANGE, Compared, Course, Monitored
from framsyn.evaluate.observables import Observable
from framsyn.evaluate.shift import Shift
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import N_, Words
from framsyn.report.listing import looks
from framsyn.report.terminal import WIDTH

NAME = 18  # columns
#: Weight of the best future from which it is said to stand out.
CLEAR = 0.5


def print_monitored(
    told: Monitored,
    blank: int,
    own: Sequence[str],
    words: Words,
    console: Console,
    read: Sequence[Note] = (),
) -> None:
    """Print the figures against the lives, the futures' weights, and what that says.

    Args:
        told: what the figures say.
        blank: rows of the file without a value.
        own: postures that the user has written or changed.
        words: the reader's language.
        console: where to.
        read: what was taken for what while the file was read.
    """
    width = min(console.width, WIDTH)
    print_whole(figures_table(told, words), console)
    print_whole(futures_table(told, own, words), console)
    for line in (*sentences(told, own, words), *notes(told, blank, words), *_texts(read, words)):
        console.print(Text(textwrap.fill(line, width), no_wrap=True), soft_wrap=True)


def print_whole(table: Table, console: Console) -> None:
    """Print a table as wide as the terminal, or wider: lines may fold, but no figure is cut off."""
    least = Measurement.get(console, console.options.update(width=WIDTH), table).minimum
    console.print(table, width=max(min(console.width, WIDTH), least), crop=False)


def figures_table(told: Monitored, words: Words) -> Table:
    """One row a figure: as published, where the lives as today are, and whether it has shifted."""
    table = Table(
        title=Text(
            words.gettext("{name}: published figures against going on as today").format(
                name=told.municipality.name(words.lang)
            ),
            style="bold",
        ),
        box=SIMPLE_HEAD,
        title_justify="left",
    )
    table.add_column(words.gettext("Figure"), overflow="fold", min_width=NAME)
    table.add_column(words.gettext("Year"))
    for heading in (N_("Published"), N_("90% interval"), N_("Lives below")):
        table.add_column(words.gettext(heading), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for one in told.compared:
        decimals = one.figure.observable.decimals
        table.add_row(
            label(one.figure.observable, words),
            str(one.figure.year),
            words.number(one.figure.value, decimals),
            words.interval(one.low, one.high, decimals),
            words.share(below(one)),
            Text(verdict(one, words), style="red" if one.shift.shifted else ""),
        )
    return table


def below(one: Compared) -> float:
    """Per cent of the lives below the figure: as today where these were asked for, else of the first."""
    return one.percentiles.get(AS_IS, next(iter(one.percentiles.values())))


def verdict(one: Compared, words: Words) -> str:
    """Whether the figure has shifted, lies outside by chance, or is as expected."""
    if one.shift.shifted:
        return words.gettext("shifted")
    return words.gettext("outside") if one.outside else ""


def futures_table(told: Monitored, own: Sequence[str], words: Words) -> Table:
    """One row a future: its weight, and whether the figures are strange to it."""
    table = Table(
        title=Text(words.gettext("Which future the figures fit"), style="bold"),
        box=SIMPLE_HEAD,
        title_justify="left",
    )
    table.add_column(words.gettext("Future"), overflow="fold")
    table.add_column(words.gettext("Probability, all alike beforehand"), justify="right")
    table.add_column(words.gettext("Its lives that are as far off or farther"), justify="right")
    names = looks(list(told.fits), own)
    for posture, fit in told.fits.items():
        table.add_row(
            words.gettext(names[posture].label),
            words.share(100.0 * fit.weight),
            words.share(100.0 * fit.at_least_as_far),
        )
    return table


def label(one: Observable, words: Words) -> str:
    """The figure's name, with its unit where that is not persons alone."""
    return f"{words.gettext(one.label)}, {words.gettext(one.unit)}"


def sentences(told: Monitored, own: Sequence[str], words: Words) -> list[str]:
    """What has shifted, and which future fits best."""
    moved = [course_sentence(one, words) for one in told.courses if one.shift.shifted]
    moved += [figure_sentence(one, words) for one in told.compared if one.shift.shifted]
    return [
        *(moved or [words.gettext("Nothing has shifted beyond what chance does.")]),
        _best(told, own, words),
    ]


def figure_sentence(one: Compared, words: Words) -> str:
    """One figure that has shifted."""
    message = (
        N_("{figure} {year} is higher than going on as today leads to: {value} against {middle}.")
        if one.shift.score > 0
        else N_("{figure} {year} is lower than going on as today leads to: {value} against {middle}.")
    )
    decimals = one.figure.observable.decimals
    return words.gettext(message).format(
        figure=words.gettext(one.figure.observable.label),
        year=one.figure.year,
        value=words.number(one.figure.value, decimals),
        middle=words.number(one.middle, decimals),
    )


def course_sentence(one: Course, words: Words) -> str:
    """The years of a figure that together have shifted."""
    message = (
        N_("{figure} has run higher over {first}–{last} together than going on as today leads to.")
        if one.shift.score > 0
        else N_("{figure} has run lower over {first}–{last} together than going on as today leads to.")
    )
    return words.gettext(message).format(
        figure=words.gettext(one.observable.label), first=one.years[0], last=one.years[-1]
    )


def _best(told: Monitored, own: Sequence[str], words: Words) -> str:
    best = told.best
    if best is None:
        message = N_(
            "The figures are strange to every future: in each, fewer than {share} of the lives are as far"
            " off."
        )
        return words.gettext(message).format(share=words.percent(100.0 * STRANGE, 0))
    message = (
        N_("They fit best with: {future} ({share}).")
        if told.fits[best].weight >= CLEAR
        else N_("They do not yet tell which future is coming; nearest is: {future} ({share}).")
    )
    name = words.gettext(looks(list(told.fits), own)[best].label)
    return words.gettext(message).format(future=name, share=words.share(100.0 * told.fits[best].weight))


def notes(told: Monitored, blank: int, words: Words) -> list[str]:
    """How money was compared, what was left out, and how sure a shift is."""
    found = [
        words.gettext(
            "“Shifted”: so far from the lives as today that in at most one life of ten any of these figures,"
            " or the years of one together, is as far by chance. “Outside”: beyond the interval, as one"
            " figure of ten is by chance. {draws} worlds."
        ).format(draws=words.number(told.draws))
    ]
    if told.nominal:
        found.append(
            words.gettext(
                "Money was compared in euros of its own year, with the prices of each world. Where yours is"
                " in prices of {base}, say so in a column prices."
            ).format(base=told.municipality.bundle.base_year)
        )
    if blank:
        message = words.ngettext(
            "{count} row without a value was left out: not published is not zero.",
            "{count} rows without a value were left out: not published is not zero.",
            blank,
        )
        found.append(message.format(count=blank))
    return found


def _texts(read: Sequence[Note], words: Words) -> list[str]:
    return [words.gettext(note.template).format(**note.parts) for note in read]


def monitored_json(told: Monitored, blank: int, words: Words, read: Sequence[Note] = ()) -> str:
    """What the figures say as JSON; keys are stable, labels in the reader's language."""
    m = told.municipality
    document = {
        "municipality": {"code": m.code, "name": m.name(words.lang)},
        "base_year": m.bundle.base_year,
        "bundle_version": m.bundle.version,
        "draws": told.draws,
        "seed": told.seed,
        "money": "euros of the year" if told.nominal else "euros of the base year",
        "rows_without_value": blank,
        "notes": _texts(read, words),
        "figures": [_figure(one, words) for one in told.compared],
        "courses": [
            {"indicator": one.observable.id, "years": list(one.years), **_shift(one.shift)}
            for one in told.courses
        ],
        "futures": {
            posture: {"weight": fit.weight, "at_least_as_far": fit.at_least_as_far}
            for posture, fit in told.fits.items()
        },
        "best": told.best,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _figure(one: Compared, words: Words) -> dict[str, Any]:
    return {
        "indicator": one.figure.observable.id,
        "label": words.gettext(one.figure.observable.label),
        "unit": one.figure.observable.unit,
        "year": one.figure.year,
        "value": one.figure.value,
        "prices": one.figure.prices if one.figure.observable.money else None,
        "p5": one.low,
        "p50": one.middle,
        "p95": one.high,
        "percentiles": dict(one.percentiles),
        "outside": one.outside,
        **_shift(one.shift),
    }


def _shift(one: Shift) -> dict[str, Any]:
    return {"score": one.score, "chance": one.chance, "shifted": one.shifted}
