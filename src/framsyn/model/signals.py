"""Running sums of the signals that a later year answers to, so that a mean over lags costs two readings."""

from framsyn.model.compiled import compiled
from framsyn.model.layout import Floats


@compiled
def lagged(signals: Floats, year: int, column: int, lags: tuple[int, int]) -> float:
    """Mean of a signal over the years from `lags[1]` to `lags[0]` before `year`; 0 until the base year."""
    until, before = max(0, year - lags[0]), max(0, year - lags[1] - 1)
    return float(signals[until, column] - signals[before, column]) / (lags[1] - lags[0] + 1)


@compiled
def add_signal(signals: Floats, year: int, column: int, value: float) -> None:
    """Add a year's signal to its running sum."""
    signals[year, column] = signals[year - 1, column] + value


@compiled
def signal_of(signals: Floats, year: int, column: int) -> float:
    """The signal of one year; that of the base year is 0."""
    return float(signals[year, column] - signals[max(0, year - 1), column])
