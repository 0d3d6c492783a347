"""Foresee: the futures of one municipality, and of all of them together."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from framsyn.cli.line import Command
from framsyn.cli.options import (
    BundleFile,
    CoreTask,
    Language,
    LawFolder,
    PostureFile,
    _,
    bundle_at,
    law_at,
    postures_at,
    tell_written,
)
from framsyn.cli.output import console, progress_of
from framsyn.cli.reader import reader_words
from framsyn.i18n.translator import Words

if TYPE_CHECKING:
    import xarray as xr

    from framsyn.foresee.postures import Posture
    from framsyn.law.parameters import Law
    from framsyn.places.municipality import Municipality

commands = typer.Typer()

#: Years of the forecast whose reasons the page tells.
EXPLAINED_YEARS = 10


class _Asked(NamedTuple):
    """What `foresee` has been asked to live."""

    postures: tuple[str, ...]
    years: int
    draws: int
    seed: int
    known: "dict[str, Posture]"
    core_task: str | None
    law: "Law | None"
    attributes: dict[str, str]


@commands.command(
    cls=Command, help=_("Show the four futures of a municipality, and write them as a page and as data.")
)
def foresee(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    years: Annotated[int, typer.Option(help=_("Years after the base year, 1–50."))] = 20,
    draws: Annotated[int, typer.Option(help=_("Worlds, 1–20000."))] = 500,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    posture: Annotated[
        list[str] | None, typer.Option(help=_("A posture to live; give several times. Default: all."))
    ] = None,
    posture_file: PostureFile = None,
    core_task: CoreTask = None,
    law: LawFolder = None,
    out: Annotated[
        Path | None, typer.Option(help=_("Folder for index.html, futures.nc and indicators.csv."))
    ] = None,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Show the four futures of a municipality, and write them as a page and as data."""
    from framsyn.places.municipality import municipality as find
    from framsyn.report.drawing import drawing_beside

    said = reader_words(lang)
    m = find(municipality, bundle_at(bundle))
    with drawing_beside():  # Vega starts while the rooms are opened
        files = {"posture_file": posture_file, "law": law, "bundle": bundle}
        wanted = _asked(posture, (years, draws, seed), core_task, files)
        written = _write(m, wanted, said, out)
    if law:
        from framsyn.report.terminal import print_shipped_law

        print_shipped_law(law, said, console())
    tell_written(written, said)


def _asked(
    posture: list[str] | None,
    size: tuple[int, int, int],
    core_task: str | None,
    files: dict[str, Path | None],
) -> _Asked:
    """What is asked for, once it is known that it can be lived."""
    from framsyn.foresee.futures import check_request
    from framsyn.foresee.postures import core_task_id, posture_ids
    from framsyn.report.command import asked, usual

    known = postures_at(files["posture_file"])
    core_task = core_task_id(core_task) if core_task else None
    chosen = posture_ids(posture or usual(known), known)
    law = law_at(files["law"])
    check_request(chosen, *size)
    return _Asked(chosen, *size, known, core_task, law, asked(core_task, own=known, **files))


def _write(m: "Municipality", wanted: _Asked, said: Words, out: Path | None) -> list[Path]:
    """Live the futures, write their files and print them."""
    from framsyn.foresee.forecast.explain import explain_forecast
    from framsyn.report.files import check_folder, default_folder, write_futures
    from framsyn.report.history import history_of
    from framsyn.report.summary import summarise
    from framsyn.report.terminal import print_futures

    folder = out or default_folder(m.name(said.lang))
    check_folder(folder)
    futures = _lived(m, wanted, said)
    futures.attrs |= wanted.attributes
    summary = summarise(futures)
    explained = explain_forecast(m, min(wanted.years, EXPLAINED_YEARS))
    written = write_futures(futures, history_of(m), folder, said, summary, explained)
    print_futures(futures, said, console(), summary)
    return written


def _lived(m: "Municipality", wanted: _Asked, said: Words) -> "xr.Dataset":
    """Live the futures, with a bar of progress."""
    from framsyn.foresee.futures import foresee as live

    with progress_of(said.gettext("Living the futures of {name}").format(name=m.name(said.lang))) as bar:
        task = bar.add_task("", total=wanted.draws * len({"as_is", *wanted.postures}))
        return live(
            m,
            wanted.postures,
            wanted.years,
            wanted.draws,
            wanted.seed,
            known=wanted.known,
            core_task=wanted.core_task,
            law=wanted.law,
            progress=lambda lives: bar.advance(task, lives),
        )


@commands.command(cls=Command, help=_("Live all municipalities together, everybody under the same posture."))
def country(
    out: Annotated[Path, typer.Option(help=_("Folder for country.csv."))],
    posture: Annotated[
        list[str] | None,
        typer.Option(help=_("A posture for everybody; give several times. Default: the four visions.")),
    ] = None,
    posture_file: PostureFile = None,
    years: Annotated[int, typer.Option(help=_("Years after the base year, 1–50."))] = 20,
    draws: Annotated[int, typer.Option(help=_("Worlds, up to about 1000."))] = 100,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    core_task: CoreTask = None,
    law: LawFolder = None,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Live all municipalities together, everybody under the same posture."""
    from framsyn.foresee.country import live_country_futures
    from framsyn.foresee.futures import check_request
    from framsyn.foresee.postures import VISIONS, core_task_id, posture_ids
    from framsyn.report.country_file import check_country_folder, write_country
    from framsyn.report.country_table import print_country

    said = reader_words(lang)
    known = postures_at(posture_file)
    core_task = core_task_id(core_task) if core_task else None
    chosen = posture_ids(posture or tuple(known or VISIONS), known)
    check_request(chosen, years, draws, seed)
    edited = law_at(law)
    start = bundle_at(bundle)
    check_country_folder(out)
    with progress_of(said.gettext("Living the futures of the country")) as bar:
        task = bar.add_task("", total=draws)
        futures = live_country_futures(
            start,
            chosen,
            years,
            draws,
            seed,
            known=known,
            core_task=core_task,
            law=edited,
            progress=lambda worlds: bar.advance(task, worlds),
        )
    written = write_country(futures, out)
    print_country(futures, said, console())
    tell_written([written], said)
