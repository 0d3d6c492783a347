"""What takes long the first time is done when the server starts, before it says that it is open."""

import threading
from collections.abc import Callable, Iterator
from enum import Enum

from framsyn.foresee.futures import DEFAULT_POSTURES, foresee
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import Municipality
from framsyn.web import statics
from framsyn.web.colouring import colourings
from framsyn.web.made import made_with


class Stage(Enum):
    """What a server does while it starts, in order, and how that ends."""

    READING = "reading"
    COMPILING = "compiling"
    CHARTS = "charts"
    READY = "ready"
    FAILED = "failed"


class Warming:
    """The start of a server, in a thread beside it.

    Attributes:
        simulated: whether a trajectory has been simulated in this process.
        error: what the start failed by.
    """

    def __init__(self, announce: Callable[[Stage], None] | None = None) -> None:
        """Prepare a start.

        Args:
            announce: called with every stage as it begins, in the thread.
        """
        self.simulated = False
        self.error: Exception | None = None
        self._announce = announce or (lambda _: None)
        self._thread: threading.Thread | None = None
        self._over = threading.Event()

    @property
    def under_way(self) -> bool:
        """Whether it has been begun and the server is not ready."""
        return self._thread is not None and not (self._over.is_set() and self.error is None)

    @property
    def ready(self) -> bool:
        """Whether a trajectory has been simulated, and nothing that was begun is left to do."""
        return self.simulated and not self.under_way

    @property
    def running(self) -> bool:
        """Whether it goes on just now."""
        return self._thread is not None and not self._over.is_set()

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, daemon=True, name="warming")
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, so long at most; whether it is."""
        return self._over.wait(seconds)

    def _run(self) -> None:
        try:
            for stage in self._stages():
                self._announce(stage)
        except Exception as error:
            self.error = error
        finally:
            self._over.set()
            self._announce(Stage.READY if self.error is None else Stage.FAILED)

    def _stages(self) -> Iterator[Stage]:
        yield Stage.READING
        bundle = shipped_bundle()
        made_with()
        yield Stage.COMPILING
        foresee(Municipality(0, bundle), DEFAULT_POSTURES, years=1, draws=1)
        self.simulated = True
        yield Stage.CHARTS
        colourings()
        statics.warm()
