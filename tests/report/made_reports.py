"""Reports that cost nothing, and some that go wrong: makers for batches of reports."""

import os
import time
from datetime import date
from pathlib import Path

from framsyn.errors import FramsynError
from framsyn.i18n.translator import Words, words
from framsyn.places.municipality import municipality
from framsyn.report.batch import write_all
from framsyn.report.batch_made import Batch, Make
from framsyn.report.kinds.material import Asked, Material

FEW = {"091", "545", "736"}
DAY = date(2026, 5, 31)
WAITS = "FRAMSYN_TEST_WAITS"


def batch_of(make: Make, *, draws: int = 5, day: date | None = DAY, kind: str = "foresight") -> Batch:
    """Reports in two languages."""
    asked = Asked(municipality("Närpes"), years=3, draws=draws)
    return Batch(asked, kind, "pdf", ("sv", "fi"), day, make)


def easy(material: Material, kind: str, form: str, said: Words, day: date) -> bytes:
    """Always goes well."""
    return f"{material.municipality.code} {kind} {form} {said.lang} {day}".encode()


def refused(material: Material, kind: str, form: str, said: Words, day: date) -> bytes:
    """Goes wrong for Närpes: as bad input does in Swedish, as nobody foresaw in Finnish."""
    if material.municipality.code == "545":
        if said.lang == "sv":
            raise FramsynError("There is no language {lang}: choose sv, fi or en.", lang="sv")
        return bytes(int("x"))
    return easy(material, kind, form, said, day)


def deadly(material: Material, kind: str, form: str, said: Words, day: date) -> bytes:
    """Ends the process at Helsinki's first report, and waits for ever at Saltvik's."""
    code = material.municipality.code
    if (code, said.lang) == ("091", "sv"):
        os._exit(9)
    if code == "736":
        Path(os.environ[WAITS]).write_text(str(os.getpid()))
        time.sleep(600)
    return easy(material, kind, form, said, day)


def run_deadly(folder: str) -> None:
    """Make reports in a process of their own until somebody ends this one."""
    write_all(batch_of(deadly), Path(folder), words("en"), jobs=1, only=FEW)
