"""Who follows a job: those who started it, or asked the same, each with a secret; and when it was last seen.

A secret lets its holder leave. A job whose holders have all left, or that nobody has looked at for a while,
is ended. Only digests of the secrets are remembered, and none is ever logged.
"""

import hashlib
import secrets
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from framsyn.i18n.translator import N_
from framsyn.web.queue import BusyError
from framsyn.web.refused import ForbiddenError, TooManyError
from framsyn.web.settings import Settings

TOO_MANY = N_(
    "Work is already followed in {count} windows from your address. Close one of them and try again."
)
#: Seconds after which one who finds all streams taken may try again.
PAUSE = 15


@dataclass
class _Following:
    """The followers of one job.

    Attributes:
        clients: address of each holder who has not left, by the digest of the secret, in the order they came.
        left: digests of those who have, the last ones.
        seen: when somebody last looked at it.
    """

    seen: float
    clients: dict[str, str] = field(default_factory=dict)
    left: dict[str, None] = field(default_factory=dict)


class Followers:
    """Followers by job; used under the lock of `Jobs`.

    Args:
        settings: how many there may be, and for how long a job may go unseen.
        clock: seconds that only rise.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings, self._clock = settings, clock
        self._following: dict[str, _Following] = defaultdict(lambda: _Following(self._clock()))
        self._streams: Counter[str] = Counter()

    def join(self, identity: str, client: str) -> str:
        """Follow a job, and get the secret with which to leave it.

        Raises:
            TooManyError: this client follows it too often already, or too many follow it.
        """
        clients = self._following[identity].clients
        mine = sum(address == client for address in clients.values())
        if mine >= self._settings.job_followers_by_client or len(clients) >= self._settings.job_followers:
            raise TooManyError(TOO_MANY, count=len(clients))
        token = secrets.token_urlsafe(24)
        clients[_digest(token)] = client
        self.see(identity)
        return token

    def leave(self, identity: str, token: str) -> None:
        """Follow a job no longer; who has left already may say so again.

        Raises:
            ForbiddenError: the secret is not one of this job's.
        """
        digest, following = _digest(token), self._following.get(identity)
        if following is None or not (digest in following.clients or digest in following.left):
            raise ForbiddenError(
                "Only those who began the work can stop it, in the window where they began it."
            )
        following.clients.pop(digest, None)
        following.left[digest] = None
        if len(following.left) > self._settings.job_followers:
            del following.left[next(iter(following.left))]

    def clients(self, identity: str) -> list[str]:
        """Addresses of those who hold a secret and have not left, in the order they came."""
        following = self._following.get(identity)
        return list(following.clients.values()) if following else []

    def see(self, identity: str) -> None:
        """Somebody looks at a job."""
        if identity in self._following:
            self._following[identity].seen = self._clock()

    def lost(self, identity: str) -> bool:
        """Whether nobody follows a job any longer."""
        following = self._following.get(identity)
        if following is None or not following.clients:
            return True
        return self._clock() - following.seen > self._settings.job_unfollowed_seconds

    def check_stream(self, client: str) -> None:
        """Raise where there are as many streams of progress as may be.

        The second half of all is open only to clients that have none.

        Raises:
            TooManyError: this client has as many open as it may.
            BusyError: so have all together.
        """
        count, most = self._streams[client], self._settings.job_streams
        if count >= self._settings.job_followers_by_client or (count and self.streams >= most // 2):
            raise TooManyError(TOO_MANY, count=count)
        if self.streams >= most:
            raise BusyError(PAUSE)

    def open_stream(self, client: str) -> None:
        """Count a stream of progress.

        Raises:
            TooManyError: this client has as many open as it may.
            BusyError: so have all together.
        """
        self.check_stream(client)
        self._streams[client] += 1

    def close_stream(self, client: str) -> None:
        """Count a stream no longer."""
        self._streams[client] -= 1
        if not self._streams[client]:
            del self._streams[client]

    @property
    def streams(self) -> int:
        """Streams that are open."""
        return self._streams.total()

    def forget(self, identity: str) -> None:
        """Forget a job's followers."""
        self._following.pop(identity, None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
