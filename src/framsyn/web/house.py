"""What the requests of one server share: queues, kept answers and worlds, jobs."""

from framsyn.choose.evaluation import Worlds, worlds_of
from framsyn.foresee.setting import prepare
from framsyn.places.municipality import Municipality
from framsyn.web.jobs import Jobs
from framsyn.web.keeping import Kept, Once
from framsyn.web.lives import Lives, lives_of
from framsyn.web.settings import Settings
from framsyn.web.work import Lane

#: Threads of the quick queue: the lives release the interpreter's lock.
QUICK, SLOW = 2, 1


class House:
    """Shared by the requests of one server.

    Attributes:
        settings: its bounds.
        quick, slow: queues of work that takes milliseconds, and seconds.
        answers: made once by what is asked.
        worlds: of municipalities, ready to live in.
        lives: of municipalities, under every posture, as their pages tell them.
        jobs: work that takes long, in a process of its own.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.quick = Lane(QUICK, settings.waiting, settings.seconds)
        self.slow = Lane(SLOW, settings.slow_waiting, settings.slow_seconds)
        self.answers: Once[bytes] = Once(Kept(settings.answers_bytes, len))
        self.worlds: Kept[Worlds] = Kept(settings.worlds_bytes, _size)
        self.lives: Kept[Lives] = Kept(settings.lives_bytes, lambda one: one.nbytes)
        self.jobs = Jobs(settings)

    def worlds_of(self, m: Municipality, years: int, draws: int, seed: int) -> Worlds:
        """The worlds of a municipality with the lives as today in them, kept or drawn."""
        key = (m.code, years, draws, seed)
        return self.worlds.made(key, lambda: worlds_of(prepare(m, years, seed), range(draws)))

    def lives_of(self, m: Municipality, years: int, draws: int, seed: int) -> Lives:
        """The futures of a municipality under every posture, kept or lived."""
        key = (m.code, years, draws, seed)
        return self.lives.made(key, lambda: lives_of(m, years, draws, seed))

    def close(self) -> None:
        """Let go of the threads, and end what runs beside them."""
        self.quick.close()
        self.slow.close()
        self.jobs.close()


def _size(worlds: Worlds) -> int:
    return worlds.as_today.nbytes + sum(part.nbytes for part in worlds.drawn)
