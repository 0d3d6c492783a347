"""No command ends in a traceback, whatever takes its output: narrow encodings, closed pipes, full devices."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO
from unittest import mock

import pytest
import typer

from framsyn.cli import main
from framsyn.cli.line import Group
from framsyn.cli.program import app
from tests.cli.commands import COMMANDS, Costly, arguments_of, make_inputs

FULL = Path("/dev/full")
READER_GONE, NOT_WRITTEN = 141, 2
#: Question marks that stand in the text itself.
QUESTIONS = {"evidence --json": 1}
NARROW = ("ascii", "latin-1", "cp1252")
posix = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")


class Ended(NamedTuple):
    status: int
    printed: bytes
    errors: bytes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("commands")
    make_inputs(made)
    return made


def streams(kind: str) -> tuple[TextIO, io.BytesIO]:
    """Standard output of a kind, and what an encoding has written."""
    printed = io.BytesIO()
    if kind == "full":
        return FULL.open("w", encoding="utf-8"), printed
    if kind == "closed":
        reading, writing = os.pipe()
        os.close(reading)
        return os.fdopen(writing, "w", encoding="utf-8"), printed
    return io.TextIOWrapper(printed, encoding=kind, newline="\n"), printed


@contextlib.contextmanager
def in_folder(folder: Path, arguments: list[str]) -> Iterator[None]:
    with (
        mock.patch.dict(os.environ, {"LC_ALL": "sv_FI.UTF-8", "COLUMNS": "100"}),
        mock.patch.object(sys, "argv", ["framsyn", *arguments]),
        contextlib.chdir(folder),
        warnings.catch_warnings(action="ignore"),
    ):
        yield


def run(command: str, kind: str, folder: Path) -> Ended:
    """Run a command in this process with standard output of a kind and an ASCII standard error."""
    number = len(list(folder.iterdir()))
    out, printed = streams(kind)
    errors = io.BytesIO()
    err = io.TextIOWrapper(errors, encoding="ascii", newline="\n")
    with (
        in_folder(folder, command.format(n=number).split()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    status = ended.value.code if isinstance(ended.value.code, int) else 0
    err.flush()
    if kind in NARROW:
        out.flush()
    told = Ended(status, printed.getvalue(), errors.getvalue())
    with contextlib.suppress(OSError):
        out.close()
    return told


def leaves(command: object, name: str = "") -> Iterator[str]:
    if not isinstance(command, Group):
        yield name.strip()
        return
    for one, below in command.commands.items():
        yield from leaves(below, f"{name} {one}")


def test_the_walk_below_takes_in_every_command() -> None:
    walked = [arguments_of(one) for one in COMMANDS]
    missing = [
        one for one in leaves(typer.main.get_command(app)) if not any(each.startswith(one) for each in walked)
    ]
    # Forecasts of tables take seconds and are tried in test_cli_forecast; a server never ends by itself.
    assert sorted(missing) == ["backtest", "project", "serve"]


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("command", [one for one in COMMANDS if isinstance(one, str)])
def test_what_an_encoding_lacks_is_replaced(folder: Path, command: str, encoding: str) -> None:
    done = run(command, encoding, folder)
    assert (done.status, done.errors) == (0, b"")
    text = done.printed.decode(encoding)
    assert text.strip()
    assert text.count("?") == QUESTIONS.get(command, 0)
    if "--json" in command:
        json.loads(text)


@pytest.mark.parametrize("command", [arguments_of(one) for one in COMMANDS if isinstance(one, Costly)])
def test_costly_commands_print_in_ascii_and_write_utf_8(folder: Path, command: str) -> None:
    done = run(command, "ascii", folder)
    assert done.status == 0, done.errors
    assert b"Traceback" not in done.errors
    assert b"?" not in done.printed
    out = re.search(r"--out (\S+)", command)
    if out:
        written = [
            path for ending in ("html", "csv", "md") for path in (folder / out[1]).rglob(f"*.{ending}")
        ]
        assert all("\ufffd" not in path.read_text("utf-8") for path in written)


@posix
@pytest.mark.parametrize("command", [one for one in COMMANDS if isinstance(one, str)])
def test_a_full_device_is_told_once(folder: Path, command: str) -> None:
    done = run(command, "full", folder)
    assert done.status == NOT_WRITTEN
    assert done.errors.count(b"\n") == 1
    assert b"No space left on device" in done.errors


@pytest.mark.parametrize("command", [one for one in COMMANDS if isinstance(one, str)])
def test_a_reader_that_has_gone_ends_the_command_without_a_word(folder: Path, command: str) -> None:
    assert run(command, "closed", folder) == (READER_GONE, b"", b"")


def test_files_are_written_before_the_output_is_lost(folder: Path) -> None:
    done = run("plan 545 --strategy lazy --years 5 --draws 2 --out lost", "closed", folder)
    assert done.status == READER_GONE
    assert sorted(path.name for path in (folder / "lost").iterdir()) == [
        "plan.csv",
        "strategy_draft.json",
        "strategy_draft.md",
    ]


def test_columns_stay_below_each_other_where_a_replacement_is_longer(folder: Path) -> None:
    lines = run("law", "ascii", folder).printed.decode("ascii").splitlines()
    rows = [line for line in lines if line.startswith("|") and "par." not in line]
    assert len(rows) > 10
    assert {len(line) for line in rows} == {100}
    assert any("EUR" in line for line in rows)


def begin(
    command: str, redirected: str, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command line of a shell in a process of its own."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{sys.executable} -m framsyn {command} {redirected}"],
        capture_output=True,
        text=True,
        encoding="latin-1",
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        check=False,
    )


@posix
@pytest.mark.parametrize(
    ("command", "redirected", "environment", "status"),
    [
        ("law", "", {"PYTHONIOENCODING": "ascii"}, 0),
        ("law", "", {"PYTHONIOENCODING": "cp1252", "COLUMNS": "20", "TERM": "dumb"}, 0),
        ("law --lang fi", "", {"LC_ALL": "C", "NO_COLOR": "1"}, 0),
        ("law", ">&-", {}, 0),
        ("law", ">/dev/full", {}, NOT_WRITTEN),
        ("levres", "2>&-", {}, 2),
        ("levres", "2>/dev/full", {}, 2),
        ("law", "<&- >&- 2>&-", {}, 0),
        # Its reader has gone before it writes.
        ("law", "| true", {"PYTHONIOENCODING": "latin-1"}, READER_GONE),
    ],
    ids=lambda value: str(value),
)
def test_a_process_ends_as_its_shell_expects(
    folder: Path, command: str, redirected: str, environment: dict[str, str], status: int
) -> None:
    done = begin(command, redirected, folder, **environment)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert len(done.stderr.splitlines()) == (1 if redirected == ">/dev/full" else 0)


@posix
def test_no_file_of_ours_is_opened_where_standard_output_was_closed(folder: Path) -> None:
    done = begin("evaluate 545 --draws 20 --json", ">&- ", folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
