"""The tree of commands: each module of the room holds the commands of one verb."""

from typing import Annotated

import typer

from framsyn.cli import analyst, assess, choose, evaluate, foresee, known, monitor, plan, report, serve, warn
from framsyn.cli.line import SETTINGS, Group
from framsyn.cli.options import Language, _
from framsyn.cli.output import print_plain

app = typer.Typer(
    cls=Group,
    help=_("Foresee a municipality's future, evaluate its way of acting, make strategic choices."),
    context_settings=SETTINGS,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
)
for _verb in (foresee, evaluate, assess, warn, monitor, choose, plan, report, serve, known, analyst):
    app.add_typer(_verb.commands)


def _print_version(asked: bool) -> None:
    if asked:
        from framsyn import __version__

        print_plain(f"framsyn {__version__}")
        raise typer.Exit


@app.callback()
def framsyn(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help=_("Show the version and exit.")
        ),
    ] = False,
    lang: Language = None,
) -> None:
    """Take what may stand before the command; `--lang` is read from the whole line."""
