"""Serve: the page, for people who never use a terminal."""

from typing import Annotated

import typer

from framsyn.cli.line import Command
from framsyn.cli.options import Language, _
from framsyn.cli.output import console, error_console
from framsyn.cli.reader import reader_words
from framsyn.errors import FramsynError

commands = typer.Typer()

LOOPBACK = "127.0.0.1"


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
    lang: Language = None,
) -> None:
    """Open the page: the futures, the levers and the choices, in a browser."""
    import uvicorn

    from framsyn.web.app import create_app
    from framsyn.web.listening import listening_at
    from framsyn.web.settings import LOOPBACK as OWN
    from framsyn.web.settings import Settings

    said = reader_words(lang)
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
    app = create_app(Settings(hosts=(*OWN, host.lower(), *told)), warmed=True)
    shown = f"http://{'localhost' if host == LOOPBACK else host}:{port}/{said.lang}/"
    out = console()
    out.print(said.gettext("Framsyn is open at {address}").format(address=shown), highlight=False)
    out.print(said.gettext("End it with Ctrl-C."))
    if host not in OWN:
        warning = said.gettext(
            "Others on the network can reach it at {host}: it has no passwords. Name it with --name."
        )
        error_console().print(warning.format(host=host), style="yellow")
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=3)
    )
    server.run(sockets=[socket])
