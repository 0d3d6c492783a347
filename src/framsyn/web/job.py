"""A job: what is asked, where it is, and what became of it."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from framsyn.errors import FramsynError
from framsyn.web.made import made_with

State = Literal["waiting", "running", "done", "failed", "cancelled"]
#: States in which nothing more happens.
ENDED: tuple[State, ...] = ("done", "failed", "cancelled")


@dataclass(frozen=True)
class Job:
    """One job as it stands; a changed one takes its place.

    Attributes:
        id: of what is asked, and of what it is made with.
        kind: what it is, such as `choice`.
        function, arguments: what is done.
        client: the address of who asked.
        state: where it is.
        ahead: jobs that come before it while it waits.
        done, total: how far it is; a total of 0 = not known yet.
        told: what else it tells of its progress.
        result: what it made.
        error: why it failed.
        began, ended: when, of the machine's clock that only rises, seconds; 0 = not yet.
        paced: when it first told how far it was, and how far: from there on it has a pace.
    """

    id: str
    kind: str
    function: str
    arguments: Mapping[str, Any] = field(repr=False)
    client: str
    state: State = "waiting"
    ahead: int = 0
    done: int = 0
    total: int = 0
    told: Mapping[str, Any] = field(default_factory=dict)
    result: bytes = field(default=b"", repr=False)
    error: FramsynError | None = None
    began: float = 0.0
    ended: float = 0.0
    paced: tuple[float, int] = (0.0, 0)

    @property
    def seconds(self) -> float:
        """How long it has been worked on."""
        return (self.ended or time.monotonic()) - self.began if self.began else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long it has to go, at the pace since it first told how far it was; None = not known."""
        since, from_there = self.paced
        if self.state != "running" or self.done <= from_there:
            return None
        return (time.monotonic() - since) * (self.total - self.done) / (self.done - from_there)

    @property
    def over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in ENDED


def id_of(kind: str, function: str, arguments: Mapping[str, Any]) -> str:
    """The id of the job that a question begins."""
    told = json.dumps([made_with(), kind, function, dict(arguments)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:20]
