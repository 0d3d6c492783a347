"""Choose: the statutory plans of a chosen strategy."""

from pathlib import Path
from typing import Annotated

import typer

from framsyn.cli.line import Command
from framsyn.cli.options import (
    STRATEGY,
    BundleFile,
    Language,
    LawFolder,
    _,
    bundle_at,
    law_at,
    strategy_at,
    tell_written,
)
from framsyn.cli.output import console
from framsyn.cli.reader import reader_words

commands = typer.Typer()

#: Years from the base year to the year that a strategy looks to: three council terms and a little more.
USUAL_YEARS = 15


@commands.command(
    cls=Command,
    help=_(
        "Write the economic plan (§ 110) and a draft of the municipal strategy (§ 37) for a chosen strategy."
    ),
)
def plan(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    strategy: Annotated[str, typer.Option(help=STRATEGY)],
    posture: Annotated[
        str | None, typer.Option(help=_("Which posture of the file, if it holds several."))
    ] = None,
    budget_year: Annotated[
        int | None, typer.Option(help=_("First year of the plan. Default: the second after the base year."))
    ] = None,
    years: Annotated[
        int, typer.Option(help=_("Years after the base year to which the strategy looks, 1–50."))
    ] = USUAL_YEARS,
    own: Annotated[
        Path | None,
        typer.Option(help=_("A TOML file of the municipality's own figures: amended budget, shares.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help=_("Folder for plan.csv, strategy_draft.md and strategy_draft.json.")),
    ] = None,
    draws: Annotated[int, typer.Option(help=_("Worlds, 1–20000."))] = 500,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    law: LawFolder = None,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Write the economic plan and a draft of the municipal strategy for a chosen strategy."""
    from framsyn.choose.chosen import live_chosen
    from framsyn.choose.own_figures import OwnFigures, read_own
    from framsyn.choose.plan import USUAL_AHEAD, check_budget_year, plan_of
    from framsyn.choose.statute import draft_of
    from framsyn.foresee.futures import MOST_YEARS, check_request
    from framsyn.places.municipality import municipality as find
    from framsyn.report.files import check_folder, default_folder
    from framsyn.report.plan import print_plan
    from framsyn.report.plan_files import NAMES, write_plan
    from framsyn.report.plan_words import strategy_name

    said = reader_words(lang)
    m = find(municipality, bundle_at(bundle))
    known, chosen_id = strategy_at(strategy, posture)
    given = read_own(own) if own else OwnFigures()
    base = m.bundle.base_year
    first = base + USUAL_AHEAD if budget_year is None else budget_year
    check_request([chosen_id], years, draws, seed)
    check_budget_year(first, base, base + MOST_YEARS)
    folder = out or default_folder(m.name(said.lang))
    check_folder(folder, NAMES)
    lived = max(years, first + 2 - base)
    chosen = live_chosen(m, chosen_id, lived, draws, seed, known=known, law=law_at(law))
    made = plan_of(chosen, first, given)
    draft = draft_of(chosen, base + years, [year for year in made.years.values() if year >= first])
    name = strategy_name(chosen_id, tuple(known), said)
    written = write_plan(made, draft, name, folder, said)
    print_plan(made, name, said, console())
    tell_written(written, said)
