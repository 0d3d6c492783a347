"""What a folder of reports was made from, so that another run never leaves older reports among new ones."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from framsyn.core.file_limits import SETTINGS_BYTES
from framsyn.core.text_file import read_text_file
from framsyn.errors import FramsynError
from framsyn.report.edition import edition
from framsyn.report.kinds.material import Asked
from framsyn.writing import beside

STAMP = "report.json"
Stamp = dict[str, Any]


def stamp_of(asked: Asked, day: date) -> Stamp:
    """What every report of a folder has in common; kind, format and language are told by their names."""
    return {
        "edition": edition(asked.municipality.bundle),
        "years": asked.years,
        "draws": asked.draws,
        "seed": asked.seed,
        "strategy": asked.strategy,
        "budget_year": asked.budget_year,
        "files": dict(asked.files),
        "contents": _contents(asked),
        "date": day.isoformat(),
    }


def _contents(asked: Asked) -> str:
    """The first eight digits of the SHA-256 of what the user's own files say."""
    law = asked.law
    told = (
        {identity: posture.model_dump() for identity, posture in asked.known.items()},
        sorted(map(str, asked.own.cells.items())),
        sorted(map(str, asked.own.shares.items())),
        [str(one) for one in law.known.items()] if law else None,
        str(law.age_classes) if law else None,
    )
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()[:8]


def stamped(folder: Path, names: Iterable[str], of: Callable[[date], Stamp], day: date | None) -> date | None:
    """The date of the folder's reports, once it is known that they are made from the same; None = none yet.

    Args:
        folder: of the reports.
        names: of the files that are going to be written.
        of: the stamp of reports that bear a date.
        day: that they are to bear; None = that of those that are there.

    Raises:
        FramsynError: the folder's reports were made from something else, or nothing tells from what.
    """
    path = folder / STAMP
    if not path.exists():
        _check_none(folder, names)
        return None
    before = _read(path)
    found = day or _day(before, path)
    now = of(found)
    if before != now:
        raise FramsynError(
            "The reports in {folder} were made with other settings ({changes}): choose another folder with"
            " --out, or remove this one.",
            folder=folder,
            changes="; ".join(_changes(before, now)),
        )
    return found


def stamp(folder: Path, told: Stamp) -> None:
    """Write what the folder's reports are made from."""
    with beside(folder / STAMP) as part:
        part.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def _check_none(folder: Path, names: Iterable[str]) -> None:
    found = next((name for name in names if (folder / name).exists()), None)
    if found is not None:
        raise FramsynError(
            "{folder} holds reports, such as {name}, but no {stamp} that tells what they were made from:"
            " choose another folder with --out, or remove them.",
            folder=folder,
            name=found,
            stamp=STAMP,
        )


def _read(path: Path) -> Stamp:
    try:
        read = json.loads(read_text_file(path, SETTINGS_BYTES).text)
    except (FramsynError, ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise _unreadable(path)
    return read


def _day(told: Mapping[str, Any], path: Path) -> date:
    try:
        return date.fromisoformat(told["date"])
    except (KeyError, TypeError, ValueError):
        raise _unreadable(path) from None


def _unreadable(path: Path) -> FramsynError:
    return FramsynError(
        "{path} cannot be read as what the reports beside it were made from: choose another folder with"
        " --out, or remove file and reports.",
        path=path,
    )


def _changes(before: Stamp, now: Stamp) -> list[str]:
    """Such as `draws: 500 → 200`."""
    told = [one for one in {**now, **before} if before.get(one) != now.get(one)]
    return [f"{one}: {_short(before.get(one))} → {_short(now.get(one))}" for one in told]


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
