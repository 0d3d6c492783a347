"""The reports of every municipality: whole, resumed, never older ones among new, and none stops the rest."""

import csv
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from framsyn.errors import FramsynError
from framsyn.i18n.translator import words
from framsyn.places.municipality import municipality
from framsyn.report import batch_made
from framsyn.report.batch import FAILED, Result, write_all
from framsyn.report.batch_made import Batch, Task, made_of
from framsyn.report.batch_stamp import STAMP
from framsyn.report.kinds.material import Material
from framsyn.writing import PREFIX
from tests.report.made_reports import DAY, FEW, WAITS, batch_of, easy, refused
from tests.waiting import first_of, process_events, watched

FILES = [
    "091-Helsingfors-foresight-sv.pdf",
    "091-Helsinki-foresight-fi.pdf",
    "545-Närpes-foresight-sv.pdf",
    "545-Närpiö-foresight-fi.pdf",
    "736-Saltvik-foresight-fi.pdf",
    "736-Saltvik-foresight-sv.pdf",
]
ROOT = Path(__file__).resolve().parents[2]


def written(batch: Batch, folder: Path) -> Result:
    return write_all(batch, folder, words("en"), jobs=0, only=FEW)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def failures(folder: Path) -> list[dict[str, str]]:
    with (folder / FAILED).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_municipality_has_a_file_in_every_language(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    result = write_all(
        batch_of(easy), tmp_path / "new", words("en"), 0, lambda *done: told.append(done), only=FEW
    )
    assert names(tmp_path / "new") == [*FILES, STAMP]
    assert (tmp_path / "new" / FILES[3]).read_text() == "545 foresight pdf fi 2026-05-31"
    assert (result.written, result.kept, result.failed) == (6, 0, [])
    assert told == [(done, 6) for done in range(7)]


def test_a_municipality_is_lived_once_for_all_its_languages(tmp_path: Path) -> None:
    lived: list[Material] = []
    batch = replace(batch_of(easy), make=lambda material, *_: lived.append(material) or b"report")  # type: ignore[func-returns-value]
    at = [municipality(name).index for name in ("Närpes", "Saltvik")]
    for one in at:
        list(made_of(batch, tmp_path, Task(one, ("sv", "fi", "en"))))
    assert [one.municipality.index for one in lived] == [at[0]] * 3 + [at[1]] * 3
    assert len({id(one) for one in lived}) == 2


def test_what_is_there_stays_and_what_a_killed_run_left_half_written_goes(tmp_path: Path) -> None:
    written(batch_of(easy), tmp_path)
    (tmp_path / FILES[0]).unlink()
    (tmp_path / FILES[1]).write_bytes(b"")
    (tmp_path / FILES[2]).write_bytes(b"of the earlier run")
    (tmp_path / f"{PREFIX}killed").write_bytes(b"half")
    (tmp_path / "mine.part").write_bytes(b"not ours")
    result = written(batch_of(easy), tmp_path)
    assert (result.written, result.kept) == (2, 4)
    assert (tmp_path / FILES[2]).read_bytes() == b"of the earlier run"
    assert (tmp_path / FILES[1]).read_text() == "091 foresight pdf fi 2026-05-31"
    assert names(tmp_path) == sorted([*FILES, STAMP, "mine.part"])


def test_one_that_fails_leaves_the_rest_alone_and_is_told_and_tried_again(tmp_path: Path) -> None:
    result = written(batch_of(refused), tmp_path)
    assert result.written == 4
    rows = failures(tmp_path)
    assert [(row["code"], row["language"], row["file"]) for row in rows] == [
        ("545", "fi", FILES[3]),
        ("545", "sv", FILES[2]),
    ]
    assert rows[1]["why"] == "There is no language sv: choose sv, fi or en."
    assert "ValueError" in rows[0]["why"]
    assert "made_reports.py:" in rows[0]["why"]
    assert written(batch_of(easy), tmp_path).written == 2
    assert names(tmp_path) == [*FILES, STAMP]


def test_reports_of_other_settings_are_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    written(batch_of(easy), tmp_path)
    (tmp_path / FILES[0]).unlink()
    with pytest.raises(FramsynError, match=r"other settings \(draws: 5 → 9\).*--out"):
        written(batch_of(easy, draws=9), tmp_path)
    with pytest.raises(FramsynError, match=r"\(date: 2026-05-31 → 2026-06-01\)"):
        written(batch_of(easy, day=date(2026, 6, 1)), tmp_path)
    assert names(tmp_path) == [*FILES[1:], STAMP]


def test_without_a_date_a_run_goes_on_with_that_of_the_folder(tmp_path: Path) -> None:
    written(batch_of(easy), tmp_path)
    (tmp_path / FILES[0]).unlink()
    assert written(batch_of(easy, day=None), tmp_path).written == 1
    assert (tmp_path / FILES[0]).read_text().endswith(DAY.isoformat())


@pytest.mark.parametrize(("content", "said"), [(None, "but no report.json"), ("[", "cannot be read as")])
def test_reports_of_unknown_settings_are_refused(tmp_path: Path, content: str | None, said: str) -> None:
    written(batch_of(easy), tmp_path)
    (tmp_path / STAMP).unlink() if content is None else (tmp_path / STAMP).write_text(content)
    with pytest.raises(FramsynError, match=said):
        written(batch_of(easy), tmp_path)


def test_a_folder_that_cannot_be_written_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []

    def full(path: Path) -> Path:
        tried.append(path)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(batch_made, "beside", full)
    with pytest.raises(FramsynError, match="No space left on device"):
        written(batch_of(easy), tmp_path)
    assert len(tried) == 1
    (tmp_path / "file").write_text("")
    with pytest.raises(FramsynError, match="is a file, not a folder"):
        written(batch_of(easy), tmp_path / "file")


@process_events
def test_a_run_that_is_killed_leaves_nobody_behind_and_goes_on_where_it_was(tmp_path: Path) -> None:
    folder, waits = tmp_path / "reports", tmp_path / "waits"
    os.mkfifo(waits)
    waiting = os.open(waits, os.O_RDONLY | os.O_NONBLOCK)
    begin = "import sys; from tests.report.made_reports import run_deadly; run_deadly(sys.argv[1])"
    running = subprocess.Popen(
        [sys.executable, "-c", begin, str(folder)], cwd=ROOT, env={**os.environ, WAITS: str(waits)}
    )
    try:
        with watched(running.pid) as run:
            assert first_of(waiting, run) == waiting
        # The process has died of the first report; a fresh one has gone on, and waits at the fifth.
        assert names(folder) == [*FILES[1:4], FAILED, STAMP]
        assert "ended (9)" in failures(folder)[0]["why"]
        assert failures(folder)[0]["file"] == FILES[0]
        with watched(int(os.read(waiting, 100))) as worker:
            running.send_signal(signal.SIGKILL)
            running.wait()
            assert first_of(worker) == worker
    finally:
        running.kill()
        running.wait()
        os.close(waiting)
    result = written(batch_of(easy), folder)
    assert (result.written, result.kept) == (3, 3)
    assert names(folder) == [*FILES, STAMP]
