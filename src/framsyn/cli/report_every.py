"""The reports of every municipality written: opened by `framsyn report --all` alone."""

from datetime import date
from pathlib import Path

import typer

from framsyn.cli.line import INTERRUPTED
from framsyn.cli.options import bundle_at
from framsyn.cli.output import console, error_console, progress_of
from framsyn.cli.reader import REQUESTED, reader_language
from framsyn.cli.report_given import Given
from framsyn.cli.report_one import asked_of
from framsyn.i18n.translator import Words, words
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import Municipality
from framsyn.report.batch import FAILED, Result, write_all
from framsyn.report.batch_made import Batch
from framsyn.report.making import kind_id
from framsyn.report.report_file import format_asked

#: Exit status where some of many reports could not be made.
SOME_FAILED = 1


def languages(asked: str | None) -> tuple[str, ...]:
    """The languages of `--lang sv,fi,en`, each once."""
    asked = asked or REQUESTED.get()
    told = [one.strip() for one in asked.split(",")] if asked else [None]
    return tuple(dict.fromkeys(reader_language(one or ("-" if asked else None)) for one in told))


def write_every(
    given: Given,
    made_as: tuple[str, str | None],
    langs: tuple[str, ...],
    day: date | None,
    where: tuple[Path, int | None],
) -> None:
    """Write the reports of every municipality, and say how it went.

    Args:
        given: what they are of.
        made_as: their kind, and their format where one is asked for.
        langs: their languages; what is said meanwhile is said in the first.
        day: the date that they bear; that of the folder's reports, or today, by default.
        where: the folder, and how many processes where that is asked for.

    Raises:
        FramsynError: none can be made as asked, or the folder cannot be written.
        typer.Exit: some could not be made, or it was stopped.
    """
    said, (kind, form), (folder, jobs) = words(langs[0]), made_as, where
    kind = kind_id(kind)
    any_one = Municipality(0, bundle_at(given.bundle) or shipped_bundle())
    batch = Batch(asked_of(any_one, given), kind, format_asked(kind, form, None), langs, day)
    try:
        with progress_of(said.gettext("Reports of every municipality")) as bar:
            task = bar.add_task("", total=None)
            result = write_all(
                batch, folder, said, jobs, lambda done, total: bar.update(task, completed=done, total=total)
            )
    except KeyboardInterrupt:
        error_console().print(said.gettext("Stopped. The same command goes on from here."))
        raise typer.Exit(INTERRUPTED) from None
    _tell(result, folder, said)
    if result.failed:
        raise typer.Exit(SOME_FAILED)


def _tell(result: Result, folder: Path, said: Words) -> None:
    """Say how many reports have been written, are kept and could not be made, and which."""
    out, err = console(), error_console()
    out.print(
        said.ngettext(
            "{count} report written in {folder}.", "{count} reports written in {folder}.", result.written
        ).format(count=said.number(result.written), folder=folder),
        soft_wrap=True,
    )
    if result.kept:
        out.print(
            said.ngettext("{count} was there already.", "{count} were there already.", result.kept).format(
                count=said.number(result.kept)
            )
        )
    if not result.failed:
        return
    err.print(
        said.ngettext(
            "{count} report could not be made; {file} tells why:",
            "{count} reports could not be made; {file} tells why:",
            len(result.failed),
        ).format(count=said.number(len(result.failed)), file=folder / FAILED),
        style="red",
        soft_wrap=True,
    )
    for code, name, lang, _file, why in result.rows(said):
        err.print(f"{code} {name} ({lang}): {why}", soft_wrap=True, markup=False, highlight=False)
