"""What is known: the municipalities, the indicators, the law, and the levers of a council."""

from pathlib import Path
from typing import Annotated

import typer

from framsyn.cli.line import Command
from framsyn.cli.options import (
    BundleFile,
    Language,
    LawFolder,
    _,
    bundle_at,
    law_at,
    tell_written,
)
from framsyn.cli.output import console
from framsyn.cli.reader import reader_words

commands = typer.Typer()


@commands.command(cls=Command, help=_("List municipalities, or find those whose code or a name holds TEXT."))
def municipalities(
    text: Annotated[str, typer.Argument(help=_("Part of a code or of any name."))] = "",
    lang: Language = None,
    bundle: BundleFile = None,
) -> None:
    """List municipalities, or find those whose code or a name holds TEXT."""
    from framsyn.places.municipality import municipalities as listed
    from framsyn.places.municipality import municipality
    from framsyn.report.terminal import print_municipalities

    said, places = reader_words(lang), bundle_at(bundle)
    found = listed(text, places) or [municipality(text, places)]  # which names the nearest
    print_municipalities(found, said, console())


@commands.command(cls=Command, help=_("List the indicators, or those whose id or name holds TEXT."))
def indicators(
    text: Annotated[str, typer.Argument(help=_("Part of an id or of a name in any language."))] = "",
    lang: Language = None,
) -> None:
    """List the indicators, or those whose id or name holds TEXT."""
    from framsyn.model.indicator_names import indicator_named, indicators_holding
    from framsyn.report.indicator_table import print_indicators

    translator = reader_words(lang)
    found = indicators_holding(text) or [indicator_named(text)]  # which names the nearest
    print_indicators(found, translator, console())


@commands.command(
    cls=Command, help=_("Show the dated rules of law, one rule's history, or make a copy of them to edit.")
)
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

    said = reader_words(lang)
    if copy is not None:
        tell_written(Law.copy_to(copy, overwrite), said)
        return
    rules = law_at(folder) or Law.standing()
    told = shipped_bundle().base_year + 1 if year is None else year
    if rule:
        print_history(rules, rule, told, said, console())
    else:
        print_law(rules, told, said, console())


@commands.command(cls=Command, help=_("Show the levers of a council: bounds, law, and when they act."))
def levers(lang: Language = None) -> None:
    """Show the levers of a council: bounds, law, and when they act."""
    from framsyn.report.levers import print_levers

    print_levers(reader_words(lang), console())
