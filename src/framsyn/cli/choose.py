"""Choose: search strategies, and write those that hold up."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framsyn.cli.line import Command
from framsyn.cli.options import (
    BundleFile,
    Language,
    LawFolder,
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
    from framsyn.choose.choosing import Asked, Choice
    from framsyn.foresee.postures import Posture
    from framsyn.foresee.setting import Setting

commands = typer.Typer()


@commands.command(cls=Command, help=_("Find the strategies that none beats, and tell how they hold up."))
def choose(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    objectives: Annotated[
        list[str] | None,
        typer.Option(help=_("What is wanted: indicators, such as participation,loans:min,cash_flow@least.")),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(help=_('What must hold beside the law, such as "loans < 6000 in 2035 in 80 %".')),
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(help=_("How much an objective counts, such as participation=3; for all or for none.")),
    ] = None,
    strategy: Annotated[
        Path | None, typer.Option(help=_("A TOML file of your own strategies, compared with the others."))
    ] = None,
    budget: Annotated[int, typer.Option(help=_("Strategies to live in the search."))] = 20_000,
    worlds: Annotated[int, typer.Option(help=_("Worlds of the search."))] = 100,
    fresh: Annotated[
        int, typer.Option(help=_("Fresh worlds in which the strategies found are told."))
    ] = 1_000,
    years: Annotated[int, typer.Option(help=_("Years after the base year, 1–50."))] = 20,
    turn: Annotated[
        int | None,
        typer.Option(
            help=_("Year from which a strategy may change. Default: the next council's first budget.")
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds and of the search."))] = 1,
    law: LawFolder = None,
    out: Annotated[
        Path | None, typer.Option(help=_("Folder for the page, the table and the strategies."))
    ] = None,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Find the strategies that none beats, and tell how they hold up."""
    from framsyn.choose.choosing import Asked
    from framsyn.choose.council_terms import next_turn
    from framsyn.choose.insight import insight_of
    from framsyn.choose.measures import OBJECTIVES, read_keeps, read_objectives, read_weights
    from framsyn.foresee.futures import check_request
    from framsyn.foresee.setting import prepare
    from framsyn.places.municipality import municipality as find
    from framsyn.report.choice_files import NAMES, write_choice
    from framsyn.report.choices import print_choice
    from framsyn.report.command import choose_command
    from framsyn.report.files import check_folder, default_folder

    said = reader_words(lang)
    m = find(municipality, bundle_at(bundle))
    check_request(("as_is",), years, 1, seed)
    base = m.bundle.base_year
    wanted = read_objectives(objectives or OBJECTIVES, years)
    asked = Asked(
        objectives=wanted,
        keeps=read_keeps(keep or (), base, years),
        turn=next_turn(base) if turn is None else turn,
        budget=budget,
        worlds=worlds,
        fresh=fresh,
        seed=seed,
        weights=read_weights(weight or (), wanted),
    )
    own = postures_at(strategy)
    folder = out or default_folder(f"{m.name(said.lang)} choose")  # beside that of foresee
    check_folder(folder, NAMES)
    setting = prepare(m, years, seed, law_at(law))
    choice = _searched(setting, asked, own, said)
    insight = insight_of(choice)
    named = {"--strategy": strategy, "--law": law, "--bundle": bundle}
    again = choose_command(m.code, asked, (keep or (), weight or ()), named, (years, said.lang))
    written = write_choice(choice, insight, again, folder, said)
    print_choice(choice, insight, said, console())
    tell_written(written[: len(NAMES)], said)


def _searched(setting: "Setting", asked: "Asked", own: "dict[str, Posture]", said: Words) -> "Choice":
    """Search, with a bar of progress."""
    from framsyn.choose.choosing import choose as search

    title = said.gettext("Living strategies of {name}").format(name=setting.municipality.name(said.lang))
    with progress_of(title) as bar:
        task = bar.add_task("", total=asked.budget)
        return search(setting, asked, own, lambda told: bar.update(task, completed=told.evaluated))
