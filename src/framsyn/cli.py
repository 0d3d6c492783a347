"""The command line: `framsyn foresee`, `municipalities`, `calibrate`, `project`, `backtest`.

Bad input ends with one clear message and exit status 2. Heavy rooms are opened by the command that needs
them, so that help and completion stay quick.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from framsyn.errors import FramsynError
from framsyn.report.words import Words, language, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xarray as xr

    from framsyn.places.bundle import Bundle
    from framsyn.places.municipality import Municipality

BAD_INPUT = 2
#: Years of the forecast whose reasons the page tells.
EXPLAINED_YEARS = 10
#: Help is said in the system's language: it is made before any option is read.
_ = words(language(None, os.environ)).gettext

app = typer.Typer(
    help=_("Foresee a municipality's future, evaluate its way of acting, make strategic choices."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)

Language = Annotated[
    str | None, typer.Option("--lang", help=_("Language: sv, fi or en. Default: the system's, else sv."))
]
BundleFile = Annotated[
    Path | None,
    typer.Option("--bundle", help=_("A bundle made by 'framsyn calibrate' instead of the shipped.")),
]


@app.command(help=_("Show the four futures of a municipality, and write them as a page and as data."))
def foresee(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    years: Annotated[int, typer.Option(help=_("Years after the base year, 1–50."))] = 20,
    draws: Annotated[int, typer.Option(help=_("Worlds, 1–20000."))] = 500,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    posture: Annotated[
        list[str] | None, typer.Option(help=_("A posture to live; give several times. Default: all."))
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help=_("Folder for index.html, futures.nc and indicators.csv."))
    ] = None,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Show the four futures of a municipality, and write them as a page and as data."""
    from framsyn.foresee.forecast.explain import explain_forecast
    from framsyn.foresee.futures import DEFAULT_POSTURES, check_request
    from framsyn.places.municipality import municipality as find
    from framsyn.report.drawing import drawing_beside
    from framsyn.report.files import check_folder, default_folder, write_futures
    from framsyn.report.history import history_of
    from framsyn.report.summary import summarise
    from framsyn.report.terminal import print_futures

    said = words(language(lang, os.environ))
    m = find(municipality, _bundle(bundle))
    chosen = tuple(posture or DEFAULT_POSTURES)
    check_request(chosen, years, draws, seed)
    folder = out or default_folder(m.name(said.lang))
    check_folder(folder)
    with drawing_beside():
        futures = _lived(m, chosen, years, draws, seed, said)
        summary = summarise(futures)
        explained = explain_forecast(m, min(years, EXPLAINED_YEARS))
        written = write_futures(futures, history_of(m), folder, said, summary, explained)
    print_futures(futures, said, Console(), summary)
    _tell_written(written, said)


def _lived(
    m: "Municipality", postures: tuple[str, ...], years: int, draws: int, seed: int, said: Words
) -> "xr.Dataset":
    """Live the futures, with a bar of progress."""
    from framsyn.foresee.futures import foresee as live

    with _progress(said.gettext("Living the futures of {name}").format(name=m.name(said.lang))) as bar:
        task = bar.add_task("", total=draws * len({"as_is", *postures}))
        return live(m, postures, years, draws, seed, progress=lambda lives: bar.advance(task, lives))


@app.command(help=_("List municipalities, or find those whose code or a name holds TEXT."))
def municipalities(
    text: Annotated[str, typer.Argument(help=_("Part of a code or of any name."))] = "",
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """List municipalities, or find those whose code or a name holds TEXT."""
    from framsyn.places.municipality import municipalities as listed
    from framsyn.report.terminal import print_municipalities

    said = words(language(lang, os.environ))
    found = listed(text, _bundle(bundle))
    if not found:
        raise FramsynError("No municipality has {text} in its code or name.", text=text)
    print_municipalities(found, said, Console())


@app.command(help=_("Turn a folder of tables into a bundle: the calibrated start of every municipality."))
def calibrate(
    data: Annotated[
        Path, typer.Option(envvar="FRAMSYN_DATA", help=_("Folder of tables in Framsyn's schema."))
    ],
    out: Annotated[Path, typer.Option(help=_("The bundle to write."))] = Path("framsyn.bundle"),
    lang: Language = None,
) -> None:
    """Turn a folder of tables into a bundle: the calibrated start of every municipality."""
    from framsyn.calibrate.build import build_bundle
    from framsyn.foresee.forecast.anchor import forecast_part
    from framsyn.places.bundle import write_bundle
    from framsyn.places.tables import Tables
    from framsyn.report.terminal import print_bundle

    said = words(language(lang, os.environ))
    with _progress(said.gettext("Calibrating")) as bar:
        task = bar.add_task("", total=None)
        made = build_bundle(Tables.open(data), forecast_part, progress=lambda: bar.advance(task))
    write_bundle(made, out)
    print_bundle(made, out, said, Console())


@app.command(
    help=_("Forecast every municipality of a folder of tables, with what is known at the base year.")
)
def project(
    data: Annotated[
        Path, typer.Option(envvar="FRAMSYN_DATA", help=_("Folder of tables in Framsyn's schema."))
    ],
    base_year: Annotated[int, typer.Option(help=_("Year to forecast from; nothing later is read."))],
    out: Annotated[Path, typer.Option(help=_("Folder for totals.csv and ages.csv.gz."))],
    years: Annotated[int, typer.Option(help=_("Years after the base year, 1–50."))] = 20,
    draws: Annotated[int, typer.Option(help=_("Draws behind the intervals of ages, 20–20000."))] = 1000,
    seed: Annotated[int, typer.Option(help=_("Seed of the draws."))] = 1,
    lang: Language = None,
) -> None:
    """Forecast every municipality of a folder of tables, with what is known at the base year."""
    from framsyn.foresee.forecast.forecast import fit_forecast
    from framsyn.foresee.forecast.project import (
        age_intervals,
        check_out,
        check_projection,
        write_projection,
    )
    from framsyn.foresee.forecast.reading import read_history, region_codes
    from framsyn.places.tables import Tables
    from framsyn.report.forecasts import print_projection

    said = words(language(lang, os.environ))
    check_projection(years, draws, seed)
    tables = Tables.open(data)
    history = read_history(tables, base_year)
    check_out(out)
    with _progress(said.gettext("Learning from earlier origins")) as bar:
        task = bar.add_task("", total=None)
        forecast = fit_forecast(history, region_codes(tables), years, progress=lambda: bar.advance(task))
    with _progress(said.gettext("Drawing ages")) as bar:
        task = bar.add_task("", total=len(history.codes))
        ages = age_intervals(forecast, draws, seed, progress=lambda: bar.advance(task))
    written = write_projection(forecast, ages, out)
    print_projection(forecast, tables.notes, written, said, Console())


@app.command(help=_("Try every forecast method on the past of a folder of tables, and score it."))
def backtest(
    data: Annotated[
        Path, typer.Option(envvar="FRAMSYN_DATA", help=_("Folder of tables in Framsyn's schema."))
    ],
    origins: Annotated[
        str | None,
        typer.Option(help=_("Years to forecast from: 1995..2018 or 2000,2010. Default: 1995..2018.")),
    ] = None,
    horizons: Annotated[str, typer.Option(help=_("Years ahead: 1..10, at most 20."))] = "1..10",
    out: Annotated[
        Path | None, typer.Option(help=_("Folder for accuracy.md, its pictures, and every forecast as CSV."))
    ] = None,
    lang: Language = None,
) -> None:
    """Try every forecast method on the past of a folder of tables, and score it."""
    from framsyn.foresee.forecast.backtest import backtest as test
    from framsyn.foresee.forecast.project import check_out
    from framsyn.foresee.forecast.reading import projections_of, read_history, region_codes
    from framsyn.places.tables import Tables
    from framsyn.report.accuracy import print_accuracy
    from framsyn.report.forecasts import parse_horizon, parse_years, write_backtest

    said = words(language(lang, os.environ))
    chosen = parse_years(origins) if origins else None
    horizon = parse_horizon(horizons)
    tables = Tables.open(data)
    history = read_history(tables)
    if out is not None:
        check_out(out)
    with _progress(said.gettext("Forecasting the past")) as bar:
        task = bar.add_task("", total=None)
        tested = test(
            history,
            region_codes(tables),
            projections_of(tables, history.codes),
            chosen,
            horizon,
            progress=lambda: bar.advance(task),
        )
    written = write_backtest(tested, out) if out is not None else []
    print_accuracy(tested.totals, said, Console())
    _tell_written(written, said)


def _tell_written(written: "Sequence[Path]", said: Words) -> None:
    if written:
        files = ", ".join(str(path) for path in written)
        Console().print(said.gettext("Written: {files}").format(files=files), soft_wrap=True)


def _bundle(path: Path | None) -> "Bundle | None":
    from framsyn.places.bundle import read_bundle

    return read_bundle(path) if path else None


def _progress(title: str) -> Progress:
    return Progress(
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def main() -> None:
    """Run the command line; say bad input in the reader's language and exit with status 2."""
    try:
        app()
    except FramsynError as error:
        Console(stderr=True).print(_said(error), style="red", highlight=False, soft_wrap=True, markup=False)
        sys.exit(BAD_INPUT)


def _said(error: FramsynError) -> str:
    return _words_of(sys.argv).error(error)


def _words_of(arguments: list[str]) -> Words:
    """Words in the language that `--lang` asks for, else in the system's."""
    asked = None
    for before, after in zip(arguments, [*arguments[1:], ""], strict=True):
        if before == "--lang":
            asked = after
        elif before.startswith("--lang="):
            asked = before.removeprefix("--lang=")
    try:
        return words(language(asked, os.environ))
    except FramsynError:
        return words(language(None, os.environ))
