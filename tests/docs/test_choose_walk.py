"""The walk of docs/choose.md runs as it stands: every command in its order, with the page's own files."""

import contextlib
import io
import os
import re
import shlex
import sys
import warnings
from pathlib import Path
from unittest import mock

import pytest
import typer
from typer.core import TyperGroup

from framsyn.choose.measures import read_keeps
from framsyn.cli import main
from framsyn.cli.program import app
from framsyn.report.choice_files import NAMES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "choose.md").read_text("utf-8")
#: A block of commands, or one whose text goes into the file that is named above it.
BLOCK = re.compile(r"(?:^<!-- file: (\S+) -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`(framsyn [^`\n]+)`")
KEPT = re.compile(r'--keep "([^"]+)"')


def commands(block: str) -> list[list[str]]:
    """The arguments of each command of a block, without `framsyn`."""
    lines = [shlex.split(line, comments=True) for line in block.splitlines() if line]
    assert all(line[0] == "framsyn" for line in lines)
    return [line[1:] for line in lines]


def ran(arguments: list[str]) -> str:
    """Run a command in this process; what it said. Fails unless its exit status is 0."""
    told, said = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, {"LC_ALL": "en.UTF-8", "COLUMNS": "100"}),
        mock.patch.object(sys, "argv", ["framsyn", *arguments]),
        contextlib.redirect_stdout(told),
        contextlib.redirect_stderr(said),
        warnings.catch_warnings(action="ignore"),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    assert not ended.value.code, f"framsyn {shlex.join(arguments)}: {said.getvalue()}"
    return told.getvalue()


def test_every_command_of_the_walk_runs_with_the_files_of_the_page(tmp_path: Path) -> None:
    ran_so_far: list[str] = []
    with contextlib.chdir(tmp_path):
        for file, kind, text in BLOCK.findall(PAGE):
            if file:
                Path(file).write_text(text, "utf-8")
            for arguments in commands(text) if kind == "sh" else ():
                assert ran(arguments).strip()
                ran_so_far.append(arguments[0])
    assert list(dict.fromkeys(ran_so_far)) == [
        *("evaluate", "assess", "warn", "levers", "choose", "foresee", "plan", "monitor")
    ]
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    chosen = {f"chosen/{name}" for name in NAMES}
    assert chosen | {"plan/plan.csv", "plan/strategy_draft.md", "lived/index.html"} <= written
    assert "ours" in (tmp_path / "compared" / "strategies.csv").read_text("utf-8")


def test_commands_in_the_text_name_options_that_exist() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    named = [shlex.split(text)[1:] for text in NAMED.findall(PAGE)]
    assert ["levers"] in named
    for verb, *rest in named:
        group.commands[verb].make_context(verb, rest, parent=typer.Context(group))


def test_what_the_page_asks_to_keep_can_be_asked() -> None:
    asked = KEPT.findall(PAGE)
    assert len(read_keeps([one for one in asked if "[" not in one], 2025, 20)) > 2
