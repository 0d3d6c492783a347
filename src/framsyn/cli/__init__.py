"""The command line: what a strategist asks for, what an analyst runs, and the registers behind it.

Bad input ends with one clear message and exit status 2. Heavy rooms are opened by the command that needs
them, so that help and completion stay quick. Each module holds the commands of one verb.
"""

import os
import sys

import typer
from rich.console import Console

from framsyn.cli import analyst, assess, choose, evaluate, foresee, known, monitor, plan, report, serve, warn
from framsyn.cli.options import _
from framsyn.errors import FramsynError
from framsyn.i18n.translator import Words, language, words

BAD_INPUT = 2

app = typer.Typer(
    help=_("Foresee a municipality's future, evaluate its way of acting, make strategic choices."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
for _verb in (foresee, evaluate, assess, warn, monitor, choose, plan, report, serve, known, analyst):
    app.add_typer(_verb.commands)


def main() -> None:
    """Run the command line; say bad input in the reader's language and exit with status 2."""
    try:
        app()
    except FramsynError as error:
        Console(stderr=True).print(_said(error), style="red", highlight=False, soft_wrap=True, markup=False)
        sys.exit(BAD_INPUT)


def _said(error: FramsynError) -> str:
    return _words_of(sys.argv).error(error)


def _words_of(arguments: list[str]) -> Words:
    """Words in the language that `--lang` asks for, the first of several, else in the system's."""
    asked = None
    for before, after in zip(arguments, [*arguments[1:], ""], strict=True):
        if before == "--lang":
            asked = after
        elif before.startswith("--lang="):
            asked = before.removeprefix("--lang=")
    try:
        return words(language(asked and asked.partition(",")[0], os.environ))
    except FramsynError:
        return words(language(None, os.environ))
