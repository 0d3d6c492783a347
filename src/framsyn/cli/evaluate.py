"""Evaluate: why a number is what it is, and the evidence behind it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    strategy_at,
)
from framsyn.cli.output import console, print_json
from framsyn.cli.reader import reader_words

if TYPE_CHECKING:
    pass


commands = typer.Typer()


@commands.command(
    cls=Command,
    help=_("Tell where a municipality stands: indicators by area, and its place among the visions."),
)
def evaluate(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    answers: Annotated[
        Path | None,
        typer.Option(help=_("Answers of a self-assessment: a filled-in 'framsyn assess template'.")),
    ] = None,
    peers: Annotated[
        list[str] | None,
        typer.Option(help=_("A municipality to compare with; give three or more. Default: the most alike.")),
    ] = None,
    projection: Annotated[
        str, typer.Option(help=_("What the four-field shows upwards: resources (H1) or engagement (H2)."))
    ] = "resources",
    draws: Annotated[int, typer.Option(help=_("Points of the cloud, 1–100000."))] = 2000,
    seed: Annotated[int, typer.Option(help=_("Seed of the cloud."))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=_("Write JSON instead of tables."))] = False,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Tell where a municipality stands: indicators by area, and its place among the visions."""
    from framsyn.engage.reading import read_answers
    from framsyn.engage.scoring import score
    from framsyn.evaluate.position import position
    from framsyn.evaluate.standing import evaluate as read_all
    from framsyn.evaluate.standing import evaluate_all
    from framsyn.evaluate.visions import projection as projected
    from framsyn.places.municipality import municipality as find
    from framsyn.report.assessment import lowest_statements, note_lines
    from framsyn.report.evaluation import print_evaluation
    from framsyn.report.evaluation_json import evaluation_json

    axes = projected(projection)
    said, start = reader_words(lang), bundle_at(bundle)
    m = find(municipality, start)
    chosen = [find(one, start) for one in peers or ()] or None
    scores = score(read_answers(answers), seed=seed) if answers else None
    assessed = scores.dimensions if scores else None
    standing = evaluate_all(m.bundle)
    read = read_all(m, chosen, standing)
    told = position(m, assessed, draws, seed, standing=standing, evaluation=read)
    lowest = lowest_statements(scores, said) if scores else ()
    notes = note_lines(scores, said) if scores else ()
    if as_json:
        print_json(evaluation_json(read, told, axes, said, lowest, notes))
    else:
        print_evaluation(read, told, axes, said, console(), lowest, notes)


@commands.command(
    cls=Command,
    help=_(
        "Show why a figure is what it is: its change since the base year, or its difference from that of"
        " another policy, cause by cause."
    ),
)
def explain(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    indicator: Annotated[str, typer.Option(help=_("An indicator, such as annual_margin, or total_burden."))],
    year: Annotated[int, typer.Option(help=_("A year after the base year, at most 50 years after."))],
    posture: Annotated[str, typer.Option(help=_("The posture to live under."))] = "as_is",
    against: Annotated[
        str | None,
        typer.Option(
            metavar="POSTURE|FILE",
            help=_(
                "Explain the difference from this policy instead: an id, a TOML file or a strategy in one"
                " line."
            ),
        ),
    ] = None,
    draws: Annotated[int, typer.Option(help=_("Worlds, 1–20000."))] = 100,
    seed: Annotated[int, typer.Option(help=_("Seed of the worlds."))] = 1,
    core_task: CoreTask = None,
    posture_file: PostureFile = None,
    law: LawFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Write JSON instead of a table."))] = False,
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """Show why a figure is what it is: its change, or its difference from another policy's, by cause."""
    from framsyn.evaluate.explanation import explain_change
    from framsyn.places.municipality import municipality as find
    from framsyn.report.explanation import print_explanation
    from framsyn.report.explanation_json import explanation_json

    said = reader_words(lang)
    known, explained = postures_at(posture_file), explain_change
    if against is not None:
        from functools import partial

        from framsyn.evaluate.comparison import explain_difference

        if against not in known:
            more, against = strategy_at(against, None)
            known = {**known, **more}
        explained = partial(explain_difference, against=against)
    told = explained(
        find(municipality, bundle_at(bundle)),
        indicator,
        year,
        posture,
        draws=draws,
        seed=seed,
        known=known,
        core_task=core_task,
        law=law_at(law),
    )
    if as_json:
        print_json(explanation_json(told, said))
    else:
        print_explanation(told, said, console())


@commands.command(
    cls=Command,
    help=_("Show the evidence: every effect with its size, lag and strength, and where it is used."),
)
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

    said = reader_words(lang)
    one = effect(identity) if identity else None
    if machine:
        print_json(as_json(one or effects()))
    elif one:
        print_effect(one, said, console())
    else:
        print_evidence(effects(), said, console())
