"""Kill commands at random moments, and see what they leave: python bench/kill.py [--times 20] [COMMAND …].

Each command is run in peace. Then it is killed (SIGKILL, to it alone) at random moments of so long a
run, half of them in its last fifth, where it writes. After each kill every file that has a name of the
command's must be whole, and the processes that the command had begun must end. Then it runs once more in
peace into the same folder: it must go well, leave no file but its own and write the same bytes.
"""

import argparse
import hashlib
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import xarray as xr

from framsyn.writing import PREFIX

OUT = "{out}"
#: Commands that are short and write something, by what they are called here.
COMMANDS = {
    "foresee": f"foresee 545 --draws 60 --years 5 --out {OUT}/f",
    "country": f"country --draws 1 --years 2 --posture lazy --out {OUT}/c",
    "choose": f"choose 545 --budget 200 --worlds 10 --fresh 20 --years 8 --out {OUT}/ch",
    "plan": f"plan 545 --strategy lazy --years 5 --draws 20 --out {OUT}/p",
    "report": "report 545 --kind plan --strategy lazy --format xlsx --draws 20 --date 2026-05-31"
    f" --out {OUT}/r.xlsx",
    "report-all": "report --all --kind plan --strategy lazy --format html --years 5 --draws 2"
    f" --date 2026-05-31 --jobs 2 --bundle {{bundle}} --out {OUT}/all",
    "calibrate": f"calibrate --data {{data}} --out {OUT}/x.bundle",
    "project": f"project --data {{data}} --base-year 2016 --years 3 --draws 40 --out {OUT}/pr",
    "backtest": f"backtest --data {{data}} --origins 2013,2014 --horizons 1..2 --out {OUT}/b",
    "law": f"law --copy {OUT}/law --overwrite",
}
HANG = 600.0  # seconds


class Seen(NamedTuple):
    """What has been seen of a command.

    Attributes:
        killed: times that it was killed before it had ended.
        seconds: of the last run in peace.
        parts: kills that left a part, which the next run had to take away.
        orphans: kills after which a process of the command had to end by itself.
        wrong: what must not be.
    """

    killed: int
    seconds: float
    parts: int
    orphans: int
    wrong: list[str]


def begin(arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Begin a command in a group of its own, so that its children can be found."""
    return subprocess.Popen(  # noqa: S603  (our own command)
        [sys.executable, "-m", "framsyn", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def in_peace(arguments: Sequence[str]) -> str:
    """Run a command to its end; what was wrong, else nothing."""
    process = begin(arguments)
    _out, errors = process.communicate()
    return "" if process.returncode == 0 else f"status {process.returncode}: {errors.decode()[-300:]}"


def timed(arguments: Sequence[str]) -> tuple[str, float]:
    """As `in_peace`, and how many seconds it took."""
    begun = time.monotonic()
    return in_peace(arguments), time.monotonic() - begun


def group(leader: int) -> list[int]:
    """The processes of a session that are still there, without the dead."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def wait_for(processes: Sequence[int]) -> list[int]:
    """Wait for the end of processes; those that have not ended."""
    left = []
    for process in processes:
        try:
            descriptor = os.pidfd_open(process)
        except ProcessLookupError:
            continue
        if not select.select([descriptor], [], [], HANG)[0]:
            left.append(process)
        os.close(descriptor)
    return left


def digests(folder: Path) -> dict[str, str]:
    """The files below a folder, without those being written, with a digest of what each holds."""
    found = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder)
        if not any(part.startswith(PREFIX) for part in name.parts):
            found[str(name)] = hashlib.sha256(content_of(path)).hexdigest()
    return found


def content_of(path: Path) -> bytes:
    """What a file holds; of a dataset its values, since it bears its hour, and nothing if it is broken."""
    if path.suffix != ".nc":
        return path.read_bytes()
    try:
        with xr.open_dataset(path) as data:
            return b"".join(data[name].values.tobytes() for name in sorted(map(str, data.data_vars)))
    except OSError:
        return b""


def parts(folder: Path) -> list[Path]:
    """What writers have left below a folder."""
    return [*folder.rglob(f"{PREFIX}*"), *folder.rglob("*.part")]


def half(folder: Path, whole: dict[str, str]) -> list[str]:
    """Files with a name of the command's that are not what a run in peace writes."""
    return [name for name, digest in digests(folder).items() if whole.get(name) != digest]


def tried(name: str, times: int, seed: int, where: Path, inputs: dict[str, str]) -> Seen:
    """Kill one command so many times, and tell what was seen."""
    chance, out = random.Random(f"{seed} {name}"), where / name  # noqa: S311  (no secret)
    arguments = COMMANDS[name].format(out=out, **inputs).split()
    out.mkdir()
    in_peace(arguments)  # what is compiled once is compiled now
    failed, seconds = timed(arguments)
    whole = digests(out)
    if failed:
        return Seen(0, seconds, 0, 0, [failed])
    killed, left, orphans, wrong = 0, 0, 0, []
    for number in range(times):
        shutil.rmtree(out)
        out.mkdir()
        process = begin(arguments)
        try:
            process.wait(chance.uniform(0.8 * seconds if number % 2 else 0.0, seconds))
        except subprocess.TimeoutExpired:
            killed += 1
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()  # type: ignore[union-attr]
        children = group(process.pid)
        orphans += bool(children)
        wrong += [f"orphan {child}" for child in wait_for(children)]
        left += bool(parts(out))
        wrong += [f"half a file: {one}" for one in half(out, whole)]
        problem, seconds = timed(arguments)
        wrong += [problem] if problem else []
        wrong += [f"left: {one.name}" for one in parts(out)]
        if digests(out) != whole:
            wrong.append(f"the next run wrote {sorted(set(digests(out).items()) ^ set(whole.items()))[:3]}")
    return Seen(killed, seconds, left, orphans, wrong)


def made_inputs(folder: Path) -> dict[str, str]:
    """A country of a few municipalities: its tables, and the bundle of them."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for the tests' small tables
    from tests.foresee.forecast.made import country, written

    sizes, regions = [150, 400, 900, 1_500, 3_000, 500], [0, 0, 0, 1, 1, 1]
    data = folder / "data"
    data.mkdir()
    land = country(sizes, regions, range(2005, 2017))
    written(data, land, population_age_sex=land.ages())
    bundle = folder / "few.bundle"
    problem = in_peace(["calibrate", "--data", str(data), "--out", str(bundle)])
    if problem:
        raise SystemExit(problem)
    return {"data": str(data), "bundle": str(bundle)}


def main() -> None:
    """Kill each command, and print one line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="*", choices=[*COMMANDS, []], default=[])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="framsyn-kill-") as made:
        inputs = made_inputs(Path(made))
        for name in given.commands or COMMANDS:
            seen = tried(name, given.times, given.seed, Path(made), inputs)
            wrong += len(seen.wrong)
            print(
                f"{name:<12} {seen.seconds:6.1f} s  killed {seen.killed:2}/{given.times}  parts left"
                f" {seen.parts:2}  children left to end {seen.orphans:2}  wrong {len(seen.wrong)}",
                flush=True,
            )
            for one in seen.wrong:
                print(f"    {one}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
