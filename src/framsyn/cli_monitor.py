"""`framsyn monitor`: what newly published figures say, or which figures to watch."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from framsyn.report.listing import core_tasks
from framsyn.report.words import Words, language, words

CORE_TASKS = ", ".join(core_tasks())
#: Years over which a future that ends badly is looked for, where the ending names no later one.
YEARS = 20
_ = words(language(None, os.environ)).gettext
HELP = _("Compare newly published figures with the futures, or tell which figures to watch.")


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
    posture_file: Annotated[Path | None, typer.Option(help=_("A TOML file of postures of your own."))] = None,
    core_task: Annotated[
        str | None,
        typer.Option(help=_("Core task of the postures that have one: {ids}.").format(ids=CORE_TASKS)),
    ] = None,
    law: Annotated[
        Path | None,
        typer.Option("--law", help=_("Folder of an edited copy of the law, made by 'framsyn law --copy'.")),
    ] = None,
    draws: Annotated[int, typer.Option(help=_("Worlds, 100–20000."))] = 1000,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=_("Write JSON instead of a table."))] = False,
    lang: Annotated[
        str | None, typer.Option("--lang", help=_("Language: sv, fi or en. Default: the system's, else sv."))
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", help=_("A bundle made by 'framsyn calibrate' instead of the shipped.")),
    ] = None,
) -> None:
    """Compare newly published figures with the futures, or tell which figures to watch."""
    from framsyn.foresee.postures import read_postures
    from framsyn.law.parameters import Law
    from framsyn.places.bundle import read_bundle
    from framsyn.places.municipality import municipality as find
    from framsyn.report.watching import Asked, watch, what_to_watch

    said: Words = words(language(lang, os.environ))
    asked = Asked(
        m=find(municipality, read_bundle(bundle) if bundle else None),
        postures=tuple(posture or ()),
        known=read_postures(posture_file) if posture_file else {},
        core_task=core_task,
        law=Law.open(law) if law else None,
        draws=draws,
        seed=seed,
        as_json=as_json,
    )
    if observed is not None:
        watch(asked, observed, said, Console())
    else:
        what_to_watch(asked, ending, YEARS, said, Console())
