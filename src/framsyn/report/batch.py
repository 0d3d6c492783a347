"""The reports of every municipality in a folder: resumable, beside each other, and none stops the rest."""

import csv
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from framsyn.errors import FramsynError
from framsyn.i18n.translator import Words
from framsyn.processors import processors
from framsyn.report.batch_made import Batch, Outcome, Task
from framsyn.report.batch_stamp import STAMP, stamp, stamp_of, stamped
from framsyn.report.batch_worker import spread
from framsyn.report.files import check_folder
from framsyn.report.making import format_id, kind_id
from framsyn.report.report_day import check_day, today
from framsyn.writing import beside, check_writable, clear_leftovers

#: The reports that could not be made.
FAILED = "failed.csv"
COLUMNS = ("code", "municipality", "language", "file", "why")
#: Told of reports tried so far, and how many there are to make.
Progress = Callable[[int, int], None]


@dataclass
class Result:
    """What a run has done.

    Attributes:
        written: reports made.
        kept: reports of an earlier run, which stay as they are.
        failed: those that could not be made.
    """

    batch: Batch
    written: int = 0
    kept: int = 0
    failed: list[Outcome] = field(default_factory=list)

    def rows(self, words: Words) -> list[tuple[str, ...]]:
        """Code, name, language, file and reason of each report that could not be made."""
        return [
            (
                self.batch.municipality(one.at).code,
                self.batch.municipality(one.at).name(words.lang),
                one.lang,
                self.batch.name(one.at, one.lang),
                one.said(words),
            )
            for one in sorted(self.failed)
        ]


def write_all(
    batch: Batch,
    folder: Path,
    words: Words,
    jobs: int | None = None,
    progress: Progress | None = None,
    only: Collection[str] | None = None,
) -> Result:
    """Write the reports of every municipality; those that are there already stay.

    A report is only ever there whole. `report.json` tells what the folder's reports were made from, and a run
    with other settings is refused. Reports that could not be made are told in `failed.csv`, and are tried
    again by the next run.

    Args:
        batch: which reports.
        folder: made where it does not exist.
        words: the language of `failed.csv`.
        jobs: processes beside each other, one for each processor by default; 0 = in this process.
        progress: called as reports are made.
        only: codes of municipalities; all by default.

    Raises:
        FramsynError: the folder cannot be written, or its reports were made with other settings.
    """
    tasks, kept, batch = _prepared(batch, folder, only)
    total, result = sum(len(one.langs) for one in tasks), Result(batch, kept=kept)
    tell = progress or _silently
    tell(0, total)
    try:
        with closing(spread(batch, folder, tasks, processors() if jobs is None else jobs)) as outcomes:
            for done, outcome in enumerate(outcomes, start=1):
                _take(result, outcome, folder, words)
                tell(done, total)
    finally:
        clear_leftovers(folder)
    if not result.failed:
        (folder / FAILED).unlink(missing_ok=True)
    return result


def _take(result: Result, outcome: Outcome, folder: Path, words: Words) -> None:
    """Count what became of a report; one that could not be made is told at once."""
    if outcome.ends:
        raise _not_writable(folder, outcome.ends)
    if not outcome.why:
        result.written += 1
        return
    result.failed.append(outcome)
    with (
        _writing(folder),
        beside(folder / FAILED) as part,
        part.open("w", encoding="utf-8-sig", newline="") as stream,
    ):
        csv.writer(stream).writerows([COLUMNS, *result.rows(words)])


def _prepared(batch: Batch, folder: Path, only: Collection[str] | None) -> tuple[list[Task], int, Batch]:
    """What is left to make, how many are there already, and the batch with its date settled."""
    batch = replace(batch, kind=kind_id(batch.kind), form=format_id(batch.form))
    check_folder(folder, (STAMP, FAILED))
    bundle = batch.asked.municipality.bundle
    chosen = [at for at in range(len(bundle)) if only is None or batch.municipality(at).code in only]
    names = {(at, lang): batch.name(at, lang) for at in chosen for lang in batch.langs}
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        check_writable(folder)
        of = partial(stamp_of, batch.asked)
        before = stamped(folder, names.values(), of, batch.day)
        day = before or batch.day or today()
        check_day(day)
        clear_leftovers(folder)
        if before is None:
            stamp(folder, stamp_of(batch.asked, day))
    there = {one for one, name in names.items() if _whole(folder / name)}
    tasks = [
        Task(at, langs)
        for at in chosen
        if (langs := tuple(lang for lang in batch.langs if (at, lang) not in there))
    ]
    return tasks, len(there), replace(batch, day=day)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Say what cannot be written as bad input is said."""
    try:
        yield
    except OSError as error:
        raise _not_writable(folder, error.strerror or str(error)) from error


def _not_writable(folder: Path, why: str) -> FramsynError:
    return FramsynError(
        "{folder} cannot be written ({why}): free some space or choose another folder with --out.",
        folder=folder,
        why=why,
    )


def _silently(_done: int, _total: int) -> None:
    """Where nobody wants to hear."""


def _whole(path: Path) -> bool:
    """Whether a report is there; a file without content is what a machine leaves that lost its power."""
    return path.is_file() and path.stat().st_size > 0
