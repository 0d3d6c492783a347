"""What an analyst runs on a folder of tables: calibration, forecasts, and forecasts of the past."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framsyn.cli.line import Command
from framsyn.cli.options import (
    Language,
    _,
    tell_written,
)
from framsyn.cli.output import console, progress_of
from framsyn.cli.reader import reader_words

if TYPE_CHECKING:
    pass


commands = typer.Typer()


@commands.command(
    cls=Command, help=_("Turn a folder of tables into a bundle: the calibrated start of every municipality.")
)
def calibrate(
    data: Annotated[
        Path, typer.Option(envvar="FRAMSYN_DATA", help=_("Folder of tables in Framsyn's schema."))
    ],
    out: Annotated[Path, typer.Option(help=_("The bundle to write."))] = Path("framsyn.bundle"),
    lang: Language = None,
) -> None:
    """Turn a folder of tables into a bundle: the calibrated start of every municipality."""
    from framsyn.calibrate.build import build_bundle
    from framsyn.foresee.forecast.anchor_build import forecast_part
    from framsyn.places.bundle import write_bundle
    from framsyn.places.tables import Tables
    from framsyn.report.terminal import print_bundle

    said = reader_words(lang)
    with progress_of(said.gettext("Calibrating")) as bar:
        task = bar.add_task("", total=None)
        made = build_bundle(Tables.open(data), forecast_part, progress=lambda: bar.advance(task))
    write_bundle(made, out)
    print_bundle(made, out, said, console())


@commands.command(
    cls=Command,
    help=_("Forecast every municipality of a folder of tables, with what is known at the base year."),
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
        check_projection,
        write_projection,
    )
    from framsyn.foresee.forecast.reading import read_history, region_codes
    from framsyn.places.tables import Tables
    from framsyn.report.forecasts import print_projection
    from framsyn.writing import check_writable

    said = reader_words(lang)
    check_projection(years, draws, seed)
    tables = Tables.open(data)
    history = read_history(tables, base_year)
    check_writable(out)
    with progress_of(said.gettext("Learning from earlier origins")) as bar:
        task = bar.add_task("", total=None)
        forecast = fit_forecast(history, region_codes(tables), years, progress=lambda: bar.advance(task))
    with progress_of(said.gettext("Drawing ages")) as bar:
        task = bar.add_task("", total=len(history.codes))
        ages = age_intervals(forecast, draws, seed, progress=lambda: bar.advance(task))
    written = write_projection(forecast, ages, out)
    print_projection(forecast, tables.notes, written, said, console())


@commands.command(
    cls=Command, help=_("Try every forecast method on the past of a folder of tables, and score it.")
)
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
    from framsyn.foresee.forecast.reading import projections_of, read_history, region_codes
    from framsyn.places.tables import Tables
    from framsyn.report.accuracy import print_accuracy
    from framsyn.report.forecasts import parse_horizon, parse_years, write_backtest
    from framsyn.writing import check_writable

    said = reader_words(lang)
    chosen = parse_years(origins) if origins else None
    horizon = parse_horizon(horizons)
    tables = Tables.open(data)
    history = read_history(tables)
    if out is not None:
        check_writable(out)
    with progress_of(said.gettext("Forecasting the past")) as bar:
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
    print_accuracy(tested.totals, said, console())
    tell_written(written, said)
