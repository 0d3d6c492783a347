"""A job: the question that it answers, how far it is, and its outcome."""

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

UNEXPECTED = FramsynError("The work ended in an error that is ours. Begin it again; if it stays, tell us.")
INTERRUPTED = FramsynError("The server was restarted before the work was finished. Begin it again.")
UNFOLLOWED = FramsynError("The work was stopped because nobody followed it any longer. Begin it again.")


@dataclass(frozen=True)
class Job:
    """One job as it stands; a changed job takes its place.

    Attributes:
        id: digest of the question and of the edition that answers it; public.
        kind: such as `choice`.
        function, arguments: the work, see `job_process.Work`.
        client: whose turn it takes in the queue.
        state: where it is.
        ahead: jobs that come before it while it waits.
        done, total: how far it is; a total of 0 = not known yet.
        stage: what is being done, an id of `job_stages.STAGES`; blank = not known yet.
        details: numbers of the stage.
        result: the answer.
        error: why it failed or was ended.
        began, ended: on the machine's clock that only rises, seconds; 0 = not yet.
        paced: when it first reported progress, and how far it was: from there on it has a pace.
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
    stage: str = ""
    details: Mapping[str, int] = field(default_factory=dict)
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
    def share(self) -> float | None:
        """How much of it is done, 0–1; None = not known."""
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def seconds_left(self) -> float | None:
        """How long it has to go, at the pace since its first progress; None = not known."""
        since, first = self.paced
        if self.state != "running" or not since or self.done <= first:
            return None
        return (time.monotonic() - since) * (self.total - self.done) / (self.done - first)

    @property
    def over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in ENDED


def job_id(kind: str, function: str, arguments: Mapping[str, Any]) -> str:
    """The id of the job that a question starts: equal for equal questions to the same edition, and only then.

    Args:
        kind, function: of the job.
        arguments: validated, as JSON can hold them.
    """
    question = json.dumps([made_with(), kind, function, dict(arguments)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(question.encode("utf-8", "surrogatepass")).hexdigest()[:20]
