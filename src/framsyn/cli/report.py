"""The report: what a municipality takes to its council, and those of every municipality."""

import os
from pathlib import Path
from typing import Annotated

import typer

from framsyn.cli.line import Command
from framsyn.cli.options import STRATEGY, BundleFile, LawFolder, _
from framsyn.cli.reader import reader_language
from framsyn.cli.report_given import Given
from framsyn.errors import FramsynError

commands = typer.Typer()


@commands.command(
    cls=Command,
    help=_(
        "Write a municipality's report to its council: foresight, basis of the strategy, wellbeing or"
        " economic plan; or those of every municipality with --all."
    ),
)
def report(
    municipality: Annotated[
        str | None, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))
    ] = None,
    kind: Annotated[
        str, typer.Option(help=_("What is told: foresight, strategy, wellbeing or plan."))
    ] = "foresight",
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help=_(
                "pdf, html, docx or xlsx. Default: by the ending of --out, else the usual one of the kind."
            ),
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            help=_("Language: sv, fi or en; with --all also sv,fi,en. Default: the system's, else en.")
        ),
    ] = None,
    strategy: Annotated[str | None, typer.Option(help=STRATEGY)] = None,
    posture: Annotated[
        str | None, typer.Option(help=_("Which posture of the file, if it holds several."))
    ] = None,
    own: Annotated[
        Path | None,
        typer.Option(help=_("A TOML file of the municipality's own figures: amended budget, shares.")),
    ] = None,
    budget_year: Annotated[
        int | None, typer.Option(help=_("First year of the plan. Default: the second after the base year."))
    ] = None,
    years: Annotated[int, typer.Option(help=_("Years after the base year, 1–50."))] = 20,
    draws: Annotated[int, typer.Option(help=_("Worlds, 1–20000."))] = 500,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    law: LawFolder = None,
    bundle: BundleFile = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--date",
            help=_(
                "The date that the report bears, such as 2026-05-31. Default: SOURCE_DATE_EPOCH, else today."
            ),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help=_("The file, by default named after the municipality; with --all a folder.")),
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help=_("The reports of every municipality. Begun again, it goes on where it was stopped."),
        ),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(help=_("With --all: processes beside each other. Default: one for each processor.")),
    ] = None,
) -> None:
    """Write a municipality's report, or those of every municipality."""
    from framsyn.report.drawing import drawing_beside
    from framsyn.report.report_day import day_asked

    given = Given(years, draws, seed, strategy, posture, budget_year, own, law, bundle)
    bears = day_asked(day, os.environ)
    if every:
        _check_all(municipality, out, jobs)
        from framsyn.cli.report_every import languages, write_every

        write_every(given, (kind, form), languages(lang), bears, (out or Path(), jobs))
        return
    _check_one(municipality, jobs)
    with drawing_beside():  # Vega starts while the rooms are opened
        from framsyn.cli.report_one import write_one

        write_one(municipality or "", given, (kind, form), reader_language(lang), bears, out)


def _check_all(municipality: str | None, out: Path | None, jobs: int | None) -> None:
    if municipality is not None:
        raise FramsynError("Both {name} and --all are asked for: leave out one of them.", name=municipality)
    if out is None:
        raise FramsynError("Say with --out in which folder the reports of every municipality are written.")
    if jobs is not None and jobs < 1:
        raise FramsynError("Processes must be 1 or more; {jobs} was given with --jobs.", jobs=jobs)


def _check_one(municipality: str | None, jobs: int | None) -> None:
    if municipality is None:
        raise FramsynError(
            "Name a municipality, as in framsyn report Närpes, or ask for every one with --all."
        )
    if jobs is not None:
        raise FramsynError("--jobs belongs to --all: one report is made in one process.")
