"""How long the commands take once their caches are warm, and how that compares with another checkout.

Usage: python bench/command.py [--against CHECKOUT] [--repeats 7]. Linux and macOS.

Each command runs as a whole process, the two checkouts in turn, after one run that is not counted. Processor
time counts what the processes that a command begins take too. Quote medians and ratios of one run, and of
processor time rather than of the clock where other work runs on the machine.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).resolve().parents[1]
EXPLAIN = ("-m", "framsyn", "explain", "Närpes", "--indicator", "annual_margin")
#: What is run, as arguments of the interpreter.
COMMANDS: Mapping[str, Sequence[str]] = {
    "import framsyn": ("-c", "import framsyn"),
    "framsyn foresee --help": ("-m", "framsyn", "foresee", "--help"),
    "framsyn foresee Närpes": ("-m", "framsyn", "foresee", "Närpes", "--out", "out"),
    "framsyn explain Närpes, going on as today, ten years": (*EXPLAIN, "--year", "2035"),
    "framsyn explain Närpes, given up, twenty years": (*EXPLAIN, "--year", "2045", "--posture", "given_up"),
    "framsyn warn Närpes": ("-m", "framsyn", "warn", "Närpes"),
}
#: Settings that would have Python compile its modules anew in every run.
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


class Taken(NamedTuple):
    """Seconds that one run took: of processors outside and inside the system, and by the clock."""

    user: float
    processor: float
    wall: float


def run(arguments: Sequence[str], checkout: Path, folder: Path) -> Taken:
    """Run a command with the source of a checkout, in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    command, errors = [sys.executable, *arguments], folder / "errors"
    source = {"PYTHONPATH": str(checkout / "src")}
    begun = time.perf_counter()
    with errors.open("w") as said:
        process = subprocess.Popen(  # noqa: S603  (our own command)
            command, cwd=folder, env=kept | source, stdout=subprocess.DEVNULL, stderr=said
        )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed in {checkout}: {errors.read_text()}")
    return Taken(used.ru_utime, used.ru_utime + used.ru_stime, time.perf_counter() - begun)


def measure(name: str, checkouts: Sequence[Path], repeats: int, folder: Path) -> None:
    """Print the medians of a command in each checkout, and the median ratio of the first to the second."""
    for checkout in checkouts:
        run(COMMANDS[name], checkout, folder)
    rounds = [[run(COMMANDS[name], one, folder) for one in checkouts] for _ in range(repeats)]
    print(name)
    for place, checkout in enumerate(checkouts):
        middle = Taken(*(median(values) for values in zip(*(row[place] for row in rounds), strict=True)))
        cells = ", ".join(f"{part} {seconds:.2f} s" for part, seconds in middle._asdict().items())
        print(f"    {cells}  ({checkout})")
    if len(checkouts) > 1:
        ratios = {
            part: median(getattr(row[0], part) / getattr(row[1], part) for row in rounds)
            for part in Taken._fields
        }
        print("    ratio: " + ", ".join(f"{part} {ratio:.2f}" for part, ratio in ratios.items()))


def main() -> None:
    """Measure every command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--against", type=Path, help="another checkout of the repository")
    parser.add_argument("--repeats", type=int, default=7)
    asked = parser.parse_args()
    checkouts = [HERE, *([asked.against.resolve()] if asked.against else [])]
    with tempfile.TemporaryDirectory() as folder:
        for name in COMMANDS:
            measure(name, checkouts, asked.repeats, Path(folder))


if __name__ == "__main__":
    main()
