"""What a question costs that simulates, and whether it may: one measure and one bound for every route.

The cost is the time that one thread of an ordinary processor takes, in microseconds, fitted to measurements
(`bench/starve.py` prints them beside each other).
"""

from typing import Protocol, runtime_checkable

from framsyn.errors import FramsynError

#: Microseconds for drawing one year of one draw with its baseline, for simulating one year of one draw under
#: a strategy, for summarising one indicator of such a year, and for writing one indicator of one year.
DRAWING, SIMULATING, SUMMARISING, WRITING = 6.0, 1.1, 0.03, 5.0
MICROSECONDS = 1_000_000


def cost_of(draws: int, years: int, strategies: int, indicators: int = 0) -> int:
    """Microseconds of one thread that simulating takes.

    Args:
        draws: simulated futures of each strategy.
        years: years after the base year.
        strategies: strategies or postures simulated in the same draws.
        indicators: indicators summarised for each strategy.
    """
    simulated = draws * years * (DRAWING + strategies * (SIMULATING + indicators * SUMMARISING))
    return round(simulated + years * strategies * indicators * WRITING)


@runtime_checkable
class Costed(Protocol):
    """A request whose answer is simulated."""

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies, as the asker names them."""

    def cost(self, draws: int) -> int:
        """Microseconds that it takes with so many draws, which rise with the draws."""


def cost(request: Costed) -> int:
    """Microseconds that a request takes."""
    return request.cost(request.cost_dimensions[0])


def check_cost(request: Costed, most: int) -> None:
    """Refuse a request that costs more than it may, and say what would be allowed.

    Args:
        request: the question.
        most: what it may cost, microseconds.

    Raises:
        FramsynError: it costs more.
    """
    needed = cost(request)
    if needed <= most:
        return
    _, years, strategies = request.cost_dimensions
    allowed = draws_within(request, most)
    parts = {
        "needed": _seconds(needed),
        "most": _seconds(most),
        "years": years,
        "strategies": strategies,
        "draws": allowed,
    }
    if allowed:
        raise FramsynError(
            "This takes about {needed} s of computing, and one question may take {most} s. Years: {years};"
            " strategies: {strategies}. Ask for at most {draws} simulated futures.",
            **parts,
        )
    raise FramsynError(
        "This takes about {needed} s of computing, and one question may take {most} s. Years: {years};"
        " strategies: {strategies}. That is too much even for one simulated future: ask for fewer of them.",
        **parts,
    )


def draws_within(request: Costed, most: int) -> int:
    """The most draws with which a request costs no more than it may, at most those asked for; 0 = none."""
    low, high = 0, request.cost_dimensions[0]
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if request.cost(middle) <= most else (low, middle - 1)
    return low


def _seconds(microseconds: int) -> int:
    """Whole seconds, rounded up so that what is too much never looks as if it were not."""
    return -(-microseconds // MICROSECONDS)
