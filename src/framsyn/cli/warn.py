"""Warn: how likely the criteria of the Municipal Act are, and what drives them."""

from typing import Annotated

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
)
from framsyn.cli.output import console, print_json
from framsyn.cli.reader import reader_words

commands = typer.Typer()


@commands.command(
    cls=Command,
    help=_("Tell how likely the criteria of the Municipal Act are, and until when turning works."),
)
def warn(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    posture: Annotated[
        list[str] | None, typer.Option(help=_("A posture to live; give several times. Default: all."))
    ] = None,
    posture_file: PostureFile = None,
    core_task: CoreTask = None,
    years: Annotated[int, typer.Option(help=_("Years after the base year, 1–50."))] = 20,
    draws: Annotated[int, typer.Option(help=_("Worlds, 1–20000."))] = 500,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    turn_to: Annotated[
        str, typer.Option(metavar="ID", help=_("The posture to which turning is tried."))
    ] = "engaging",
    law: LawFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Write JSON instead of tables."))] = False,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Tell how likely the criteria of the Municipal Act are, and until when turning works."""
    from framsyn.evaluate.warning import early_warning
    from framsyn.foresee.postures import core_task_id
    from framsyn.places.municipality import municipality as find
    from framsyn.report.command import usual
    from framsyn.report.warning import print_warning
    from framsyn.report.warning_json import warning_json

    said = reader_words(lang)
    known = postures_at(posture_file)
    core_task = core_task_id(core_task) if core_task else None
    told = early_warning(
        find(municipality, bundle_at(bundle)),
        tuple(posture or usual(known)),
        years,
        draws,
        seed,
        known=known,
        core_task=core_task,
        law=law_at(law),
        turn_to=turn_to,
    )
    if as_json:
        print_json(warning_json(told, tuple(known), said))
    else:
        print_warning(told, tuple(known), said, console())
