"""What is spoiled, by which command it is read, and how it is known that what was read is right."""

import contextlib
import io
import json
import random
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from framsyn.cli import main
from framsyn.engage.statements import statements
from framsyn.law.files import EDITABLE
from framsyn.law.parameters import Law
from framsyn.places.bundle import make_bundle, read_bundle, write_bundle
from framsyn.places.bundle_variables import variables
from framsyn.places.tables import Tables
from tests.fuzz.mutations import BYTES, CELLS, TEXTS, Mutation, other_dialect
from tests.places.bundles import array_bytes, members_of, small_bundle, write_members


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit status and what it wrote."""

    status: int
    out: str
    err: str


def run(*arguments: str) -> Outcome:
    """A command of Framsyn in this process; anything but an exit is raised."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    with (
        mock.patch.object(sys, "argv", ["framsyn", *arguments]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("error")
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(bool(end.code))
    return Outcome(status, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class Subject:
    """A kind of file.

    Attributes:
        name: of the kind.
        make: writes a spoiled file into a folder, and gives the arguments of the command that reads it.
        right: whether what was read of a spoiled file with exit status 0 is right.
    """

    name: str
    make: Callable[[Path, random.Random], tuple[str, ...]]
    right: Callable[[Path, Outcome], bool] = lambda *_: True


def trial(subject: Subject, folder: Path, seed: int) -> str | None:
    """Spoil a file, read it, and say what is wrong with how that ended; None where nothing is."""
    rng = random.Random(f"{subject.name} {seed}")  # noqa: S311
    folder.mkdir()
    arguments = subject.make(folder, rng)
    try:
        outcome = run(*arguments)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:300]
    if outcome.status not in (0, 2):
        return f"exit status {outcome.status}"
    if "Traceback" in outcome.err or "codec" in outcome.err:
        return f"not our words: {outcome.err[:300]}"
    if outcome.status == 2 and not outcome.err.strip():
        return "refused without a word"
    if outcome.status == 0 and not subject.right(folder, outcome):
        return "read as something else than it is"
    return None


def spoiled(content: bytes, kinds: tuple[Mutation, ...], rng: random.Random) -> bytes:
    return rng.choice(kinds)(content, rng)


# Bundles


def _bundle(folder: Path, rng: random.Random) -> tuple[str, ...]:
    path = folder / "a.bundle"
    content = _bundle_bytes()
    if rng.random() < 0.4:
        path.write_bytes(spoiled(content, BYTES, rng))
    else:
        path.write_bytes(content)
        members = members_of(path)
        name = rng.choice(sorted(members))
        kind = rng.randrange(5)
        if kind == 0:
            members[name] = spoiled(members[name], BYTES, rng)
        elif kind == 1:
            del members[name]
        elif kind == 2:
            members["manifest.json"] = spoiled(members["manifest.json"], TEXTS, rng)
        elif kind == 3:
            members[name] = _other_array(rng)
        else:
            members[rng.choice(["..", "a.npy", "manifest.json/", "population"])] = b"x"
        write_members(path, members)
    return ("municipalities", "--bundle", str(path), "--lang", rng.choice(["sv", "fi", "en"]))


def _other_array(rng: random.Random) -> bytes:
    """An array of another type, shape or values than it has to be."""
    array: Any = small_bundle()[rng.choice(["population", "facts", "code", "history_years"])]
    choices: list[Callable[[], Any]] = [
        lambda: array.astype(str),
        lambda: array[..., :-1],
        lambda: np.zeros((3, 3)),
        lambda: array * 3 if array.dtype.kind != "U" else array[::-1],
        lambda: np.array(None, dtype=object),
        lambda: array.astype("f4") if array.dtype.kind != "U" else array,
    ]
    return array_bytes(rng.choice(choices)())


@cache
def _bundle_bytes() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        write_bundle(small_bundle(), Path(folder) / "a.bundle")
        return (Path(folder) / "a.bundle").read_bytes()


def _bundle_right(folder: Path, _: Outcome) -> bool:
    """What is read with exit status 0 is what was written before it was spoiled."""
    read = read_bundle(folder / "a.bundle")
    same = [
        np.array_equal(read[one.name], small_bundle()[one.name], equal_nan=one.type == "number")
        for one in variables()
    ]
    return all(same) and read.manifest == make_bundle(small_bundle().arrays, small_bundle().manifest).manifest


# Tables

TABLES = {
    "municipalities": "code,name_sv,region_code\n005,Söderö,01\n020,Väst,01\n035,Öster,02\n",
    "population_total": "code,year,population\n"
    + "".join(
        f"{code},{year},{90 + year % 10}.5\n" for code in ("005", "020", "035") for year in (2019, 2020)
    ),
}


def _tables(folder: Path, rng: random.Random) -> tuple[str, ...]:
    name = rng.choice(list(TABLES))
    for one, text in TABLES.items():
        content = text.encode()
        if one == name:
            content = spoiled(content, (*BYTES, *CELLS, other_dialect), rng)
        (folder / f"{one}.csv").write_bytes(content)
    return ("project", "--data", str(folder), "--base-year", "1900", "--out", str(folder / "out"))


def _dialect_of_tables(folder: Path, rng: random.Random) -> tuple[str, ...]:
    for one, text in TABLES.items():
        (folder / f"{one}.csv").write_bytes(other_dialect(text.encode(), rng))
    tables = Tables.open(folder)
    assert tables.need("municipalities")["name_sv"].to_list() == ["Söderö", "Väst", "Öster"]
    assert tables.need("population_total")["population"].to_list() == [99.5, 90.5] * 3
    return ("municipalities", "Kök")


# What a person writes

POSTURES = """[ours]
based_on = "engaging"
builds = true
tax_share = 0.4
look_ahead = 10
ambition = { basic_education = 1.05, elsewhere = 0.98 }

[[ours.then]]
from = 2030
tax_share = 0.2
"""
OWN = "[prior_year]\noperating_income = 5900\n\n[shares]\nservice_purchases = 0.31\ngross_investment = 1.08\n"
OBSERVED = (
    "indicator;year;value\npopulation;2026;9480\nbirths;2026;81\nannual_margin;2026;412,5\nloans;2026;3950\n"
)


def _postures(folder: Path, rng: random.Random) -> tuple[str, ...]:
    (folder / "p.toml").write_bytes(spoiled(POSTURES.encode(), (*BYTES, *TEXTS), rng))
    return ("foresee", "545", "--posture-file", str(folder / "p.toml"), "--draws", "2", "--years", "1")


def _own(folder: Path, rng: random.Random) -> tuple[str, ...]:
    (folder / "own.toml").write_bytes(spoiled(OWN.encode(), (*BYTES, *TEXTS), rng))
    return ("plan", "545", "--strategy", "as_is", "--own", str(folder / "own.toml"), "--draws", "20")


def _observed(folder: Path, rng: random.Random) -> tuple[str, ...]:
    kinds = (*BYTES, *CELLS, other_dialect)
    (folder / "f.csv").write_bytes(spoiled(OBSERVED.encode(), kinds, rng))
    return (
        "monitor",
        "545",
        "--observed",
        str(folder / "f.csv"),
        "--draws",
        "100",
        "--posture",
        "as_is",
        "--json",
    )


def _observed_right(_: Path, outcome: Outcome) -> bool:
    """Every figure can be, and one that was read is finite."""
    figures = json.loads(outcome.out)["figures"]
    return bool(figures) and all(abs(one["value"]) < 1e7 for one in figures)


@cache
def _answers_text() -> bytes:
    rng = random.Random(3)  # noqa: S311
    ids = [one.id for one in statements()]
    rows = [["svarande", "grupp", *ids]]
    rows += [[f"{row}", "invånare", *(str(rng.randint(1, 5)) for _ in ids)] for row in range(12)]
    return "\n".join(";".join(row) for row in rows).encode() + b"\n"


def _answers(folder: Path, rng: random.Random) -> tuple[str, ...]:
    (folder / "a.csv").write_bytes(spoiled(_answers_text(), (*BYTES, *CELLS, other_dialect), rng))
    return ("assess", "score", str(folder / "a.csv"), "--draws", "100", "--json")


def _answers_right(_: Path, outcome: Outcome) -> bool:
    told = json.loads(outcome.out)
    return all(one["mean"] is None or 0.0 <= one["mean"] <= 100.0 for one in told["dimensions"].values())


def _law(folder: Path, rng: random.Random) -> tuple[str, ...]:
    Law.copy_to(folder / "lag")
    path = folder / "lag" / rng.choice(EDITABLE)
    path.write_bytes(spoiled(path.read_bytes(), (*BYTES, *CELLS, other_dialect), rng))
    return ("law", "--law", str(folder / "lag"))


SUBJECTS = {
    one.name: one
    for one in (
        Subject("bundle", _bundle, _bundle_right),
        Subject("tables", _tables),
        Subject("dialects", _dialect_of_tables),
        Subject("postures", _postures),
        Subject("own figures", _own),
        Subject("observed", _observed, _observed_right),
        Subject("answers", _answers, _answers_right),
        Subject("law", _law),
    )
}
