"""Monitor: what newly published figures say, or which figures to watch."""

from pathlib import Path
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
from framsyn.cli.output import console
from framsyn.cli.reader import reader_words

#: Years over which a future that ends badly is looked for, where the ending names no later one.
YEARS = 20

commands = typer.Typer()


@commands.command(
    cls=Command, help=_("Compare newly published figures with the futures, or tell which figures to watch.")
)
def monitor(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    observed: Annotated[
        Path | None,
        typer.Option(help=_("CSV of published figures: indicator, year, value. Without: what to watch.")),
    ] = None,
    ending: Annotated[
        str | None,
        typer.Option(help=_('Tell what warns of this ending: "population < 8000 in 2040", or criterion.')),
    ] = None,
    posture: Annotated[
        list[str] | None, typer.Option(help=_("A posture to live; give several times. Default: all."))
    ] = None,
    posture_file: PostureFile = None,
    core_task: CoreTask = None,
    law: LawFolder = None,
    draws: Annotated[int, typer.Option(help=_("Worlds, 100–20000."))] = 1000,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=_("Write JSON instead of a table."))] = False,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Compare newly published figures with the futures, or tell which figures to watch."""
    from framsyn.places.municipality import municipality as find
    from framsyn.report.watching import Asked, watch, what_to_watch

    said = reader_words(lang)
    asked = Asked(
        m=find(municipality, bundle_at(bundle)),
        postures=tuple(posture or ()),
        known=postures_at(posture_file),
        core_task=core_task,
        law=law_at(law),
        draws=draws,
        seed=seed,
        as_json=as_json,
    )
    if observed is not None:
        watch(asked, observed, said, console())
    else:
        what_to_watch(asked, ending, YEARS, said, console())
