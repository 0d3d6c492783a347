"""A command that is ended while it writes leaves no half file, no child, and nothing after the next good run.

At random moments the same is tried by bench/kill.py.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from framsyn.writing import PREFIX
from tests.test_cli import run, two_snapshots
from tests.waiting import first_of, process_events, watched

#: Runs a command that says when its first file is whole beside its place, and then waits.
HOLDS = """
import sys
from pathlib import Path
import framsyn.cli

def hold(part, into):
    print(Path(into).name, flush=True)
    sys.stdin.read()
    raise AssertionError("nobody has ended the command")

if __name__ == "__main__":
    Path.replace = hold
    framsyn.cli.main()
"""
#: A command that writes one file, and one that writes several and draws in a process beside.
ONE = ("calibrate", "--data", "data", "--out", "ours.bundle")
SEVERAL = ("foresee", "545", "--years", "2", "--draws", "2", "--out", "ut")


@contextmanager
def held(folder: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A command that is about to rename the first of its files."""
    script = folder / "holds.py"
    script.write_text(HOLDS)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, str(script), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=environment,
    ) as process:
        assert process.stdout is not None
        try:
            with watched(process.pid) as running:
                assert first_of(process.stdout.fileno(), running) == process.stdout.fileno()
            yield process
        finally:
            process.kill()


def children(parent: int) -> list[int]:
    """The processes that a process has begun."""
    found = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text().split()]


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(f"{PREFIX}*")]


@process_events
@pytest.mark.parametrize("arguments", [ONE, SEVERAL], ids=["one file", "several files"])
def test_what_is_killed_leaves_no_half_file_and_nobody_behind(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    two_snapshots(tmp_path / "data")
    with held(tmp_path, *arguments) as process, ExitStack() as stack:
        others = [stack.enter_context(watched(child)) for child in children(process.pid)]
        assert bool(others) == (arguments is SEVERAL)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for other in others:
            assert first_of(other) == other
    out = tmp_path / arguments[-1]
    assert len(parts(tmp_path)) == 1
    assert not out.is_file()
    assert not out.is_dir() or [path.name for path in out.iterdir()] == parts(tmp_path)
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert parts(tmp_path) == []
    names = sorted(path.name for path in out.iterdir()) if out.is_dir() else [out.name]
    assert names == (
        ["futures.nc", "index.html", "indicators.csv"] if arguments is SEVERAL else ["ours.bundle"]
    )


@process_events
@pytest.mark.parametrize(
    ("number", "status", "said"),
    [
        (signal.SIGTERM, -signal.SIGTERM, ""),
        (signal.SIGHUP, -signal.SIGHUP, ""),
        (signal.SIGINT, 130, "Stopped.\n"),
    ],
)
def test_what_is_asked_to_end_tidies_up_first(
    tmp_path: Path, number: signal.Signals, status: int, said: str
) -> None:
    with held(tmp_path, "law", "--copy", "new") as process:
        process.send_signal(number)
        assert process.stderr is not None
        assert process.stderr.read() == said
        assert process.wait() == status
    assert parts(tmp_path) == []
    assert sorted(path.name for path in tmp_path.iterdir()) in (["holds.py"], ["holds.py", "new"])


@process_events
def test_a_command_that_is_to_outlive_its_terminal_goes_on(tmp_path: Path) -> None:
    """As `nohup` begins it: the signal is ignored, and stays so."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with held(tmp_path, "law", "--copy", "new") as process:
            process.send_signal(signal.SIGHUP)
            process.send_signal(signal.SIGTERM)
            assert process.wait() == -signal.SIGTERM
    finally:
        signal.signal(signal.SIGHUP, before)


#: Commands whose files are larger than the disk below has room for, and what each names as not written.
LARGE = {
    "law --copy new": "new",
    "calibrate --data data --out new/ours.bundle": "ours.bundle",
    "foresee 545 --years 2 --draws 2 --out new": "new",
    "report 545 --kind plan --strategy lazy --format xlsx --years 5 --draws 2 --out new/r.xlsx": "r.xlsx",
}


@process_events
@pytest.mark.parametrize("command", LARGE)
def test_a_disk_that_fills_in_the_middle_of_a_file_is_told_and_nothing_stays(
    tmp_path: Path, command: str
) -> None:
    two_snapshots(tmp_path / "data")
    code = (
        "import resource\nfrom framsyn.cli import main\nif __name__ == '__main__':\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n    main()\n"
    )
    (tmp_path / "full.py").write_text(code)
    done = subprocess.run(
        [sys.executable, "full.py", *command.split()],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert LARGE[command] in done.stderr
    assert "File too large" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "full.py"]
