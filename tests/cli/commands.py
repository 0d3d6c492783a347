"""Every command with arguments that cost little."""

from pathlib import Path
from typing import NamedTuple

from tests.engage.made import line, write_csv
from tests.test_cli import two_snapshots

#: Made in the folder in which the commands are run.
DATA, ANSWERS = "data", "answers.csv"


class Costly(NamedTuple):
    """Arguments of a command that takes more than half a second."""

    arguments: str


COMMANDS: tuple[str | Costly, ...] = (
    "--version",
    "--help",
    "levers",
    "law",
    "law state_grant_pct",
    "law --copy law --overwrite",
    "indicators loans",
    "municipalities",
    "municipalities ärp",
    "evidence",
    "evidence wage_gap_to_in_migration",
    "evidence --json",
    "assess template --out template-{n}.csv",
    f"assess score {ANSWERS} --draws 100",
    f"assess score {ANSWERS} --draws 100 --json",
    "evaluate Närpes --draws 20",
    "evaluate Närpes --draws 20 --json",
    Costly("explain 545 --indicator population --year 2027 --draws 2"),
    Costly("warn 545 --years 2 --draws 2 --posture lazy"),
    Costly("monitor 545 --draws 100 --posture lazy --posture engaging"),
    Costly("foresee 545 --years 2 --draws 2 --out f"),
    Costly("country --out c --years 1 --draws 1 --posture lazy"),
    Costly("choose 545 --budget 200 --worlds 10 --fresh 20 --years 8 --out ch"),
    Costly("plan 545 --strategy lazy --years 5 --draws 2 --out p"),
    Costly("report 545 --kind plan --strategy lazy --format xlsx --years 5 --draws 2 --out r.xlsx"),
    Costly(f"calibrate --data {DATA} --out ours.bundle"),
)


def arguments_of(command: str | Costly) -> str:
    """The arguments of a command as one text."""
    return command if isinstance(command, str) else command.arguments


def make_inputs(folder: Path) -> None:
    """Make the files that the commands read."""
    two_snapshots(folder / DATA)
    write_csv(folder / ANSWERS, [line(str(number), answer=2 + number % 2) for number in range(8)])
