"""Files are there whole or not at all, and what a killed process left goes with the next that writes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from framsyn.errors import FramsynError
from framsyn.writing import OLD, PREFIX, beside, check_writable, clear_leftovers, together, write_together

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locks of this kind")

#: Begins to write, says so, and waits until it is killed.
BEGINS = """
import sys
from pathlib import Path
from framsyn.writing import beside, together
way = {"beside": beside, "together": together}[sys.argv[1]]
with way(Path(sys.argv[2])) as part:
    (part / "page" if part.is_dir() else part).write_text("half")
    print(part.name, flush=True)
    sys.stdin.read()
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_its_place_when_all_went_well(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("older")
    with beside(tmp_path / "a.csv") as part:
        part.write_text("newer")
        assert (tmp_path / "a.csv").read_text() == "older"
    assert names(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "newer"


@pytest.mark.parametrize("problem", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_midway_leaves_the_older_file_and_nothing_else(
    tmp_path: Path, problem: BaseException
) -> None:
    def fails() -> None:
        with beside(tmp_path / "a.csv") as part:
            part.write_text("half")
            raise problem

    (tmp_path / "a.csv").write_text("older")
    with pytest.raises(type(problem)):
        fails()
    assert names(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "older"


def test_a_folder_made_for_files_that_cannot_be_written_goes_again(tmp_path: Path) -> None:
    def fails() -> None:
        with together(tmp_path / "new" / "below") as part:
            (part / "a.csv").write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(FramsynError, match="No space left on device"):
        fails()
    assert names(tmp_path) == []


def test_a_folder_made_for_a_file_that_cannot_be_written_goes_again(tmp_path: Path) -> None:
    def fails() -> None:
        with beside(tmp_path / "new" / "below" / "a.csv") as part:
            part.write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        fails()
    assert names(tmp_path) == []
    with beside(tmp_path / "new" / "below" / "a.csv") as part:
        part.write_text("whole")
    assert (tmp_path / "new" / "below" / "a.csv").read_text() == "whole"


def test_a_folder_that_may_only_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(FramsynError, match="Nothing can be written in"):
        check_writable(tmp_path / "new")


def test_no_file_is_moved_where_one_of_them_meets_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(FramsynError, match="Is a directory"):
        write_together(tmp_path, {"a.csv": "1", "b.csv": "2"})
    assert names(tmp_path) == ["b.csv"]


def test_files_below_each_other_are_written_with_the_rights_of_any_file(tmp_path: Path) -> None:
    paths = write_together(tmp_path, {"a.csv": "å", "below/b.bin": b"\x00"})
    (tmp_path / "usual").touch()
    with beside(tmp_path / "c") as part:
        part.touch()
    assert [path.read_bytes() for path in paths] == ["å".encode(), b"\x00"]
    modes = {path.stat().st_mode for path in (*paths, tmp_path / "usual", tmp_path / "c")}
    assert len(modes) == 1


@posix
@pytest.mark.parametrize("way", ["beside", "together"])
def test_a_living_writer_keeps_its_part_and_a_killed_one_s_goes_with_the_next(
    tmp_path: Path, way: str
) -> None:
    place = tmp_path / "a.csv" if way == "beside" else tmp_path
    with subprocess.Popen(
        [sys.executable, "-c", BEGINS, way, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        part = writer.stdout.readline().strip()
        assert part.startswith(PREFIX)
        write_together(tmp_path, {"b.csv": "2"})
        assert names(tmp_path) == sorted([part, "b.csv"])
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert names(tmp_path) == sorted([part, "b.csv"])
    write_together(tmp_path, {"b.csv": "3"})
    assert names(tmp_path) == ["b.csv"]


@posix
def test_a_part_that_nobody_can_lock_goes_once_it_is_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    young, old = tmp_path / f"{PREFIX}young", tmp_path / f"{PREFIX}old"
    for part in (young, old):
        part.mkdir()
    before = time.time() - OLD - 60
    os.utime(old, (before, before))
    clear_leftovers(tmp_path)
    assert names(tmp_path) == [young.name]
    assert write_together(tmp_path, {"a.csv": "1"})[0].read_text() == "1"


@posix
def test_a_name_that_is_no_text_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    strange = tmp_path / "\udcff\udcfe"
    for write in (lambda: check_writable(strange), lambda: write_together(strange, {"a": "b"})):
        with pytest.raises(FramsynError, match="not a name in UTF-8"):
            write()
    with pytest.raises(FramsynError, match="not a name in UTF-8"), beside(strange):
        pass
    assert list(tmp_path.iterdir()) == []


def test_nothing_takes_the_place_of_a_device_or_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FramsynError, match="device or a pipe"), beside(tmp_path / "pipe"):
        pass
    with pytest.raises(FramsynError, match="device or a pipe"), beside(Path(os.devnull)):
        pass
    assert (tmp_path / "pipe").is_fifo()


def test_a_folder_below_a_file_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FramsynError, match="file is a file, not a folder"):
        check_writable(tmp_path / "file" / "below")
    check_writable(tmp_path / "new" / "below")
    assert names(tmp_path) == ["file"]
