"""Serve: the page, for people who never use a terminal."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from framsyn.cli.options import Language, _
from framsyn.errors import FramsynError
from framsyn.i18n.translator import language, words

commands = typer.Typer()

LOOPBACK = "127.0.0.1"


@commands.command(help=_("Open the page: the futures, the levers and the choices, in a browser."))
def serve(
    host: Annotated[
        str, typer.Option(help=_("Address to listen at. Default: this machine alone can ask."))
    ] = LOOPBACK,
    port: Annotated[int, typer.Option(help=_("Port, 1–65535."), min=1, max=65535)] = 8000,
    name: Annotated[
        list[str] | None,
        typer.Option(help=_("A name under which others reach the server; give several times.")),
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
    import uvicorn

    from framsyn.web.app import create_app
    from framsyn.web.job_store import default_folder
    from framsyn.web.listening import listening_at
    from framsyn.web.settings import LOOPBACK as OWN
    from framsyn.web.settings import Settings

    said = words(language(lang, os.environ))
    told = [one.lower() for one in name or ()]
    try:
        socket = listening_at(host, port)
    except OSError as error:
        raise FramsynError(
            "Nothing can listen at {host}, port {port} ({reason}). Choose another with --port.",
            host=host,
            port=port,
            reason=error.strerror or error,
        ) from error
    folder = jobs or default_folder()
    app = create_app(Settings(hosts=(*OWN, host.lower(), *told), jobs_folder=folder), warmed=True)
    shown = f"http://{'localhost' if host == LOOPBACK else host}:{port}/{said.lang}/"
    console = Console()
    console.print(said.gettext("Framsyn is open at {address}").format(address=shown), highlight=False)
    console.print(said.gettext("End it with Ctrl-C."))
    if host not in OWN:
        warning = said.gettext(
            "Others on the network can reach it at {host}: it has no passwords. Name it with --name."
        )
        Console(stderr=True).print(warning.format(host=host), style="yellow")
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=3)
    )
    server.run(sockets=[socket])
