"""`framsyn assess`: ask those who know the municipality, and score what they answer."""

from pathlib import Path
from typing import Annotated

import typer

from framsyn.cli.line import Command, Group
from framsyn.cli.options import Language, _
from framsyn.cli.output import console, print_json
from framsyn.cli.reader import reader_words

assess = typer.Typer(
    cls=Group,
    help=_("Ask those who know the municipality how it acts, and score their answers."),
)
commands = typer.Typer()
commands.add_typer(assess, name="assess")


@assess.command(cls=Command, help=_("Write a file of statements to be filled in with answers."))
def template(
    form: Annotated[
        str, typer.Option("--format", help=_("csv for a spreadsheet, json for a program."))
    ] = "csv",
    out: Annotated[
        Path | None, typer.Option(help=_("The file to write. Default: self-assessment.csv or .json."))
    ] = None,
    lang: Language = None,
) -> None:
    """Write a file of statements to be filled in with answers."""
    from framsyn.engage.template import write_template

    said = reader_words(lang)
    path = out or Path(f"self-assessment.{form}")
    written = write_template(path, form, said.lang, said.gettext)
    console().print(said.gettext("Written: {files}").format(files=written), soft_wrap=True)


@assess.command(
    cls=Command, help=_("Score a filled-in file: dimensions, groups, gaps, reliability, the nearest vision.")
)
def score(
    file: Annotated[Path, typer.Argument(help=_("A filled-in template, CSV or JSON."))],
    weighing: Annotated[
        str, typer.Option(help=_("What counts the same in the total: groups or respondents."))
    ] = "groups",
    draws: Annotated[int, typer.Option(help=_("Draws behind the intervals, 100–20000."))] = 2_000,
    seed: Annotated[int, typer.Option(help=_("Seed of the draws."))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=_("Write JSON instead of tables."))] = False,
    lang: Language = None,
) -> None:
    """Score a filled-in file: dimensions, groups, gaps, reliability, the nearest vision."""
    from framsyn.engage.reading import read_answers
    from framsyn.engage.scoring import score as scored
    from framsyn.report.assessment import print_scores
    from framsyn.report.assessment_json import scores_json

    said = reader_words(lang)
    scores = scored(read_answers(file), weighing, draws, seed)
    if as_json:
        print_json(scores_json(scores, said))
    else:
        print_scores(scores, said, console())
