"""Results of jobs on disk: found again after a restart and by other servers on the same folder.

One file per job: a line of JSON that says what it is, and the result. A file without a result marks a job
that a server has begun. What does not read as it was written is thrown away; what another edition wrote is
left alone.
"""

import hashlib
import json
import logging
import math
import os
import re
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from framsyn.errors import FramsynError
from framsyn.web.job import INTERRUPTED, Job, job_id
from framsyn.web.made import made_with
from framsyn.writing import beside

FORMAT = 1
SUFFIX, UNFINISHED = ".job", ".part"
IDENTITY = re.compile(r"[0-9a-f]{20}")
OWN_FILE = re.compile(rf"{IDENTITY.pattern}{re.escape(SUFFIX)}(?:{re.escape(UNFINISHED)})?")
#: The header's first bytes, and how long it may be.
LONGEST_HEADER = 1_000_000
#: Only who runs the server may read what was asked of it.
PRIVATE = 0o700

log = logging.getLogger(__name__)


def default_folder() -> Path | None:
    """Where results are kept if nobody says otherwise; None where nothing can be written there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    folder = cache / "framsyn" / "jobs"
    try:
        folder.mkdir(PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        log.warning("Results are not kept: nothing can be written in %s (%s).", folder, error.strerror)
        return None
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


class JobStore:
    """A folder of results, bounded in bytes and age: the oldest are let go first.

    Args:
        folder: made where it does not exist; other files in it are left alone.
        most_bytes: of all results.
        most_seconds: age of a result.
        clock: seconds since 1970.

    Raises:
        FramsynError: the folder cannot be made or written.
    """

    def __init__(
        self, folder: Path, most_bytes: int, most_seconds: float, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder, self._most_bytes, self._most_seconds = folder, most_bytes, most_seconds
        self._clock = clock
        self._failing = False
        try:
            folder.mkdir(PRIVATE, parents=True, exist_ok=True)
            for path in self._files():
                if path.suffix == UNFINISHED:  # a server died while it wrote it
                    path.unlink(missing_ok=True)
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(None, "Permission denied")
        except OSError as error:
            raise FramsynError(
                "Results cannot be kept in {folder} ({why}). Choose another folder with --jobs.",
                folder=folder,
                why=error.strerror or error,
            ) from error
        self.trim()

    def begin(self, job: Job) -> None:
        """Mark that this server has begun a job."""
        self._write(job, {"server": os.getpid()}, b"")

    def save(self, job: Job) -> None:
        """Keep the result of a job that is done; without room it is told in the log, and not kept."""
        digest = hashlib.sha256(job.result).hexdigest()
        seconds = round(job.seconds, 1)
        self._write(job, {"sha256": digest, "total": job.total, "seconds": seconds}, job.result)
        self.trim()

    def unmark(self, identity: str) -> None:
        """Forget that this server has begun a job; a result stays."""
        with suppress(OSError, ValueError, RecursionError):
            with self._path(identity).open("rb") as file:
                header = json.loads(file.readline(LONGEST_HEADER))
            if isinstance(header, dict) and header.get("server") == os.getpid():
                self._remove(identity)

    def _remove(self, identity: str) -> None:
        with suppress(OSError):
            self._path(identity).unlink(missing_ok=True)

    def find(self, identity: str) -> Job | None:
        """The job of an id: done, or failed where a server that is gone had begun it; else None."""
        if not IDENTITY.fullmatch(identity):
            return None
        path = self._path(identity)
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):  # a pipe or a device could be read for ever
                return None
            if self._clock() - status.st_mtime > self._most_seconds or status.st_size > self._most_bytes:
                return None  # let go when there is next something to store
            return _job(identity, path.read_bytes())
        except OSError:
            return None
        except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
            log.warning("The result %s cannot be read, so it is thrown away.", path)
            self._remove(identity)
            return None

    def trim(self) -> None:
        """Let go of results that are too old, and of the oldest where there are too many bytes."""
        sizes: list[tuple[float, int, Path]] = []
        for path in self._files():
            with suppress(OSError):
                status = path.stat()
                sizes.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in sizes)
        for written, size, path in sorted(sizes):
            if total > self._most_bytes or self._clock() - written > self._most_seconds:
                total -= size
                with suppress(OSError):
                    path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return [
            path for path in self._folder.iterdir() if OWN_FILE.fullmatch(path.name) and not path.is_dir()
        ]

    def _path(self, identity: str) -> Path:
        return self._folder / f"{identity}{SUFFIX}"

    def _write(self, job: Job, details: dict[str, Any], result: bytes) -> None:
        header = {
            "format": FORMAT,
            "edition": made_with(),
            "kind": job.kind,
            "function": job.function,
            "arguments": dict(job.arguments),
            **details,
        }
        try:
            with beside(self._path(job.id)) as part:
                part.write_bytes(json.dumps(header).encode("ascii") + b"\n" + result)
            self._failing = False
        except (OSError, FramsynError) as error:
            if not self._failing:
                reason = getattr(error, "strerror", None) or error
                log.warning("Results cannot be kept in %s: %s.", self._folder, reason)
            self._failing = True
            self._remove(job.id)


def _job(identity: str, content: bytes) -> Job | None:
    """The job of a file; None where it is another edition's or another server's.

    Raises:
        ValueError, KeyError, TypeError, RecursionError, OverflowError: it is not as it was written.
    """
    line, found, result = content[:LONGEST_HEADER].partition(b"\n")
    if not found:
        raise ValueError("no header")
    header, result = json.loads(line), content[len(line) + 1 :]
    if header["format"] != FORMAT or header["edition"] != made_with():
        return None
    kind, function, arguments = header["kind"], header["function"], header["arguments"]
    if job_id(kind, function, arguments) != identity:
        raise ValueError("another job's")
    if "server" in header:
        server = int(header["server"])
        if server != os.getpid() and _alive(server):
            return None
        return Job(identity, kind, function, arguments, "", "failed", error=INTERRUPTED)
    if hashlib.sha256(result).hexdigest() != header["sha256"]:
        raise ValueError("cut short or changed")
    total, seconds = int(header["total"]), float(header["seconds"])
    if total < 0 or not 0.0 <= seconds < math.inf:
        raise ValueError("no progress that a job has had")
    return Job(
        identity,
        kind,
        function,
        arguments,
        client="",
        state="done",
        done=total,
        total=total,
        result=result,
        began=1.0,  # worked on for so many seconds, whenever that was
        ended=1.0 + seconds,
    )


def _alive(process: int) -> bool:
    """Whether there is a process of this number; on Windows it cannot be asked without ending it."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
