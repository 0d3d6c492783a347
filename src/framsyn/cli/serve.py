"""Serve: the page, for people who never use a terminal."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framsyn.cli.line import Command
from framsyn.cli.options import Language, _
from framsyn.cli.output import console, error_console
from framsyn.cli.reader import reader_words
from framsyn.errors import FramsynError
from framsyn.i18n.translator import Words

if TYPE_CHECKING:
    import socket

    from framsyn.web.warming import Stage, Warming

commands = typer.Typer()

LOOPBACK = "127.0.0.1"
#: The exit status of a command that was ended by Ctrl-C before it had begun to answer.
INTERRUPTED = 130


@commands.command(
    cls=Command, help=_("Open the page: the futures, the levers and the choices, in a browser.")
)
def serve(
    host: Annotated[
        str, typer.Option(help=_("Address to listen at. Default: this machine alone can ask."))
    ] = LOOPBACK,
    port: Annotated[int, typer.Option(help=_("Port, 1–65535."), min=1, max=65535)] = 8000,
    name: Annotated[
        list[str] | None,
        typer.Option(help=_("A name under which others reach the server; give several times.")),
    ] = None,
    root_path: Annotated[
        str, typer.Option(help=_("The path under which others reach the server, such as /framsyn."))
    ] = "",
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            help=_(
                "Address or network of a proxy in front of the server, which is believed about the visitor's"
                " address, protocol, host and path; give several times. Default: nobody is."
            )
        ),
    ] = None,
    jobs: Annotated[
        Path | None,
        typer.Option(
            help=_("Folder where the results of searches are kept. Default: the user's cache folder."),
            file_okay=False,
        ),
    ] = None,
    lang: Language = None,
) -> None:
    """Open the page: the futures, the levers and the choices, in a browser."""
    from framsyn.web.app import create_app
    from framsyn.web.base_path import base_path_of
    from framsyn.web.job_store import default_folder
    from framsyn.web.server import Server, ServerConfig, bound_log
    from framsyn.web.settings import LOOPBACK as OWN
    from framsyn.web.settings import Settings
    from framsyn.web.warming import Warming

    translator = reader_words(lang)
    names = [each.lower() for each in name or ()]
    prefix = base_path_of(root_path)
    settings = Settings(
        hosts=(*OWN, host.lower(), *names),
        proxies=tuple(proxy or ()),
        root_path=prefix,
        jobs_folder=jobs or default_folder(),
    )
    shown = f"http://{'localhost' if host == LOOPBACK else host}:{port}{prefix}/{translator.lang}/"
    warming = Warming(_announcer(translator, shown, lambda: server.stop()))
    server = Server(ServerConfig(create_app(settings, warming=warming), settings))
    listening = _listening(host, port)
    if host not in OWN:
        warning = translator.gettext(
            "Others on the network can reach it at {host}: it has no passwords. Name it with --name."
        )
        error_console().print(warning.format(host=host), style="yellow")
    bound_log(settings)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        _end_at_once(warming)
    if warming.error is not None:
        raise _refusal_to_start(warming.error)


def _listening(host: str, port: int) -> "socket.socket":
    from framsyn.web.listening import listening_at

    try:
        return listening_at(host, port)
    except (OSError, UnicodeError) as error:  # the second: a name that no host can have
        raise FramsynError(
            "Nothing can listen at {host}, port {port} ({reason}). Choose another with --port.",
            host=host,
            port=port,
            reason=getattr(error, "strerror", None) or error,
        ) from error


def _announcer(translator: Words, address: str, stop: Callable[[], None]) -> "Callable[[Stage], None]":
    """Prints how far the start is; the address only when the server is ready."""
    from framsyn.web.warming import Stage

    out = console()
    texts = {
        Stage.READING: translator.gettext("Reading the starting data …"),
        Stage.COMPILING: translator.gettext(
            "Compiling the model: about a minute the first time, a few seconds after that …"
        ),
        Stage.CHARTS: translator.gettext("Preparing the charts …"),
    }

    def announce(stage: Stage) -> None:
        if stage is Stage.FAILED:
            stop()
        elif stage is Stage.READY:
            text = translator.gettext("Framsyn is open at {address}")
            out.print(text.format(address=address), highlight=False, soft_wrap=True)
            out.print(translator.gettext("End it with Ctrl-C."))
        else:
            out.print(texts[stage], highlight=False, soft_wrap=True)

    return announce


def _end_at_once(warming: "Warming") -> None:
    """End the process where the model is being compiled, which nothing else can interrupt."""
    if warming.running:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(INTERRUPTED)


def _refusal_to_start(error: Exception) -> FramsynError:
    if isinstance(error, FramsynError):
        return error
    return FramsynError(
        "The server cannot start, since the model cannot be run on this machine ({reason}). Install Framsyn"
        " again; if that does not help, report it as a fault.",
        reason=f"{type(error).__name__}: {error}",
    )
