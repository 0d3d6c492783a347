"""How quickly reports are made, and in how much memory: one, and those of every municipality.

Run: python bench/reports.py [municipalities] [kind]

One: `framsyn report Närpes`, a fresh process from begin to end, five times after one that warms the caches.
Many: reports of some municipalities, evenly from the register, in three languages, by as many processes as
there are processors; the time of all is reckoned from the pace between the first tenth and the last, and the
memory of each process is told through the run.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from statistics import median

from process_use import resident_mb

from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipalities, municipality
from framsyn.report.batch import write_all
from framsyn.report.batch_made import Batch
from framsyn.report.kinds.material import Asked
from framsyn.report.making import KINDS

REPEATS, SAMPLE, BETWEEN = 5, 12, 0.5
DAY = date(2026, 1, 1)


def main() -> None:
    """Print the time of one report, the pace of many, and the memory."""
    sample = int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    kind = sys.argv[2] if len(sys.argv) > 2 else "foresight"
    print(f"{os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        _one(kind, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        _many(kind, sample, Path(folder))


def _one(kind: str, folder: Path) -> None:
    command = [sys.executable, "-m", "framsyn", "report", "Närpes", "--kind", kind, "--date", str(DAY)]
    times, sizes = [], []
    for number in range(REPEATS + 1):
        path = folder / f"report.{KINDS[kind].usual}"
        begun = time.perf_counter()
        subprocess.run([*command, "--out", str(path)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        times += [time.perf_counter() - begun] if number else []
        sizes.append(path.read_bytes())
    same = "the same bytes each time" if len(set(sizes)) == 1 else "NOT the same bytes each time"
    told = ", ".join(f"{one:.2f}" for one in times)
    print(f"framsyn report Närpes --kind {kind}: median {median(times):.2f} s ({told}); {same}")


def _many(kind: str, sample: int, folder: Path) -> None:
    codes = [m.code for m in municipalities()]
    step = len(codes) / sample
    only = {codes[int(step * number)] for number in range(sample)}
    batch = Batch(Asked(municipality("Närpes")), kind, KINDS[kind].usual, LANGUAGES, DAY)
    memory, told = _Memory(), list[tuple[float, int]]()
    begun = time.perf_counter()
    with memory:
        result = write_all(
            batch,
            folder,
            words("en"),
            progress=lambda done, _: told.append((time.perf_counter() - begun, done)),
            only=only,
        )
    took = time.perf_counter() - begun
    first, last = told[max(1, len(told) // 10)], told[-1]
    pace = (last[0] - first[0]) / (last[1] - first[1])
    every = len(codes) * len(LANGUAGES)
    size = sum(one.stat().st_size for one in folder.glob(f"*.{batch.form}")) / max(1, result.written)
    print(
        f"{result.written} reports of {len(only)} municipalities in {len(LANGUAGES)} languages: {took:.1f} s,"
        f" {len(result.failed)} failed, {size / 1000:.0f} kB each; {pace:.2f} s a report,"
        f" so that {every} take {first[0] + pace * every:.0f} s"
    )
    print(memory)


class _Memory:
    """What the processes that this one has begun hold, looked at again and again."""

    def __init__(self) -> None:
        self._held: dict[int, list[float]] = {}
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ends.wait(BETWEEN):
            for pid in _children(os.getpid()):
                self._held.setdefault(pid, []).append(resident_mb(pid))

    def __str__(self) -> str:
        lines = []
        for held in self._held.values():
            if max(held) > 100.0:
                tenths = [held[min(len(held) - 1, len(held) * at // 10)] for at in range(1, 11)]
                through = ", ".join(f"{one:.0f}" for one in tenths)
                lines.append(f"a process: {max(held):.0f} MB at most; through the run {through}")
        return "\n".join(lines)


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for path in told for one in path.read_text().split()]


if __name__ == "__main__":
    main()
