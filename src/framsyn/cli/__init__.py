"""The command line: what a strategist asks for, what an analyst runs, and the registers behind it.

Bad input ends with one clear message and exit status 2. Heavy rooms are opened by the command that needs
them, so that help and completion stay quick; the commands themselves (`program`) are opened by `main`, since
a process that draws beside imports the main module again.
"""

import sys


def main() -> None:
    """Run the command line, and exit with its status."""
    import typer.main

    from framsyn.cli.line import speak_of_completion
    from framsyn.cli.program import app
    from framsyn.cli.running import run

    command = typer.main.get_command(app)
    speak_of_completion(command)
    sys.exit(run(command, sys.argv[1:]))
