"""The command line: what a strategist asks for, what an analyst runs, and the registers behind it.

Bad input ends with one clear message and exit status 2. Heavy rooms are opened by the command that needs
them, so that help and completion stay quick.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from framsyn.errors import FramsynError
from framsyn.report.listing import core_tasks
from framsyn.report.words import Words, language, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xarray as xr

    from framsyn.foresee.postures import Posture
    from framsyn.law.parameters import Law
    from framsyn.places.bundle import Bundle
    from framsyn.places.municipality import Municipality

BAD_INPUT = 2
#: Years of the forecast whose reasons the page tells.
EXPLAINED_YEARS = 10
CORE_TASKS = ", ".join(core_tasks())
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
LawFolder = Annotated[
    Path | None,
    typer.Option("--law", help=_("Folder of an edited copy of the law, made by 'framsyn law --copy'.")),
]


CoreTask = Annotated[
    str | None,
    typer.Option(help=_("Core task of the postures that have one: {ids}.").format(ids=CORE_TASKS)),
]
PostureFile = Annotated[Path | None, typer.Option(help=_("A TOML file of postures of your own."))]


class _Asked(NamedTuple):
    """What `foresee` has been asked to live."""

    postures: tuple[str, ...]
    years: int
    draws: int
    seed: int
    known: "dict[str, Posture]"
    core_task: str | None
    law: "Law | None"


@app.command(help=_("Show the four futures of a municipality, and write them as a page and as data."))
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
    from framsyn.foresee.forecast.explain import explain_forecast
    from framsyn.foresee.futures import check_request, strategies_of
    from framsyn.foresee.postures import task_areas
    from framsyn.places.municipality import municipality as find
    from framsyn.report.command import asked, usual
    from framsyn.report.drawing import drawing_beside
    from framsyn.report.files import check_folder, default_folder, write_futures
    from framsyn.report.history import history_of
    from framsyn.report.summary import summarise
    from framsyn.report.terminal import print_futures, print_shipped_law

    said = words(language(lang, os.environ))
    m = find(municipality, _bundle(bundle))
    known = _postures(posture_file)
    chosen = tuple(posture or usual(known))
    wanted = _Asked(chosen, years, draws, seed, known, core_task, _law(law))
    check_request(chosen, years, draws, seed)
    task_areas(core_task or "")
    strategies_of(chosen, known, core_task)
    folder = out or default_folder(m.name(said.lang))
    check_folder(folder)
    with drawing_beside():
        futures = _lived(m, wanted, said)
        futures.attrs |= asked(core_task, posture_file, law, bundle, known)
        summary = summarise(futures)
        explained = explain_forecast(m, min(years, EXPLAINED_YEARS))
        written = write_futures(futures, history_of(m), folder, said, summary, explained)
    print_futures(futures, said, Console(), summary)
    if law:
        print_shipped_law(law, said, Console())
    _tell_written(written, said)


def _lived(m: "Municipality", wanted: _Asked, said: Words) -> "xr.Dataset":
    """Live the futures, with a bar of progress."""
    from framsyn.foresee.futures import foresee as live

    with _progress(said.gettext("Living the futures of {name}").format(name=m.name(said.lang))) as bar:
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


@app.command(help=_("Live all municipalities together, everybody under the same posture."))
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
    from framsyn.foresee.futures import check_request, strategies_of
    from framsyn.foresee.postures import VISIONS
    from framsyn.report.country_file import check_country_folder, write_country
    from framsyn.report.country_table import print_country

    said = words(language(lang, os.environ))
    known = _postures(posture_file)
    chosen = tuple(posture or known or VISIONS)
    check_request(chosen, years, draws, seed)
    strategies_of(chosen, known, core_task)  # none unknown
    edited = _law(law)
    start = _bundle(bundle)
    check_country_folder(out)
    with _progress(said.gettext("Living the futures of the country")) as bar:
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
    print_country(futures, said, Console())
    _tell_written([written], said)


@app.command(help=_("Tell why a number is what it is: its change since the base year, cause by cause."))
def explain(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    indicator: Annotated[str, typer.Option(help=_("An indicator, such as annual_margin."))],
    year: Annotated[int, typer.Option(help=_("A year after the base year, at most 50 years after."))],
    posture: Annotated[str, typer.Option(help=_("The posture to live under."))] = "as_is",
    draws: Annotated[int, typer.Option(help=_("Worlds, 1–20000."))] = 100,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    core_task: CoreTask = None,
    posture_file: PostureFile = None,
    law: LawFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Write JSON instead of a table."))] = False,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Tell why a number is what it is: its change since the base year, cause by cause."""
    from framsyn.evaluate.explanation import explain_change
    from framsyn.places.municipality import municipality as find
    from framsyn.report.explanation import explanation_json, print_explanation

    said = words(language(lang, os.environ))
    told = explain_change(
        find(municipality, _bundle(bundle)),
        indicator,
        year,
        posture,
        draws=draws,
        seed=seed,
        known=_postures(posture_file),
        core_task=core_task,
        law=_law(law),
    )
    if as_json:
        typer.echo(explanation_json(told, said))
    else:
        print_explanation(told, said, Console())


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


@app.command(help=_("Show the dated rules of law, one rule's history, or make a copy of them to edit."))
def law(
    rule: Annotated[
        str | None, typer.Argument(help=_("A rule: its whole history. Default: every rule."))
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(help=_("Year for which the rules are told. Default: the next after the base.")),
    ] = None,
    copy: Annotated[Path | None, typer.Option(help=_("Write a copy to edit into this folder."))] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=_("Replace files of an earlier copy."))
    ] = False,
    folder: LawFolder = None,
    lang: Language = None,
) -> None:
    """Show the dated rules of law, one rule's history, or make a copy of them to edit."""
    from framsyn.law.parameters import Law
    from framsyn.places.bundle import shipped_bundle
    from framsyn.report.law_table import print_history, print_law

    said = words(language(lang, os.environ))
    if copy is not None:
        _tell_written(Law.copy_to(copy, overwrite), said)
        return
    rules = _law(folder) or Law.standing()
    told = shipped_bundle().base_year + 1 if year is None else year
    if rule:
        print_history(rules, rule, told, said, Console())
    else:
        print_law(rules, told, said, Console())


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


@app.command(help=_("Show the evidence: every effect with its size, lag and strength, and where it is used."))
def evidence(
    identity: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help=_("An effect, told in full. Default: a table of all.")),
    ] = None,
    machine: Annotated[
        bool, typer.Option("--json", help=_("Write JSON, in the register's English."))
    ] = False,
    lang: Language = None,
) -> None:
    """Show the evidence: every effect with its size, lag and strength, and where it is used."""
    from framsyn.evidence.register import effect, effects
    from framsyn.report.evidence_table import as_json, print_effect, print_evidence

    said = words(language(lang, os.environ))
    one = effect(identity) if identity else None
    if machine:
        typer.echo(as_json(one or effects()))
    elif one:
        print_effect(one, said, Console())
    else:
        print_evidence(effects(), said, Console())


def _tell_written(written: "Sequence[Path]", said: Words) -> None:
    if written:
        files = ", ".join(str(path) for path in written)
        Console().print(said.gettext("Written: {files}").format(files=files), soft_wrap=True)


def _bundle(path: Path | None) -> "Bundle | None":
    from framsyn.places.bundle import read_bundle

    return read_bundle(path) if path else None


def _postures(path: Path | None) -> "dict[str, Posture]":
    from framsyn.foresee.postures import read_postures

    return read_postures(path) if path else {}


def _law(folder: Path | None) -> "Law | None":
    from framsyn.law.parameters import Law

    return Law.open(folder) if folder else None


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
