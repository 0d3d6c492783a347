"""The date that a report bears."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from framsyn.errors import FramsynError

#: Seconds since 1970, by which whoever builds something again fixes its date.
EPOCH = "SOURCE_DATE_EPOCH"
#: Years that a packed file, such as DOCX and XLSX are, can bear.
FIRST_YEAR, LAST_YEAR = 1980, 2107


def day_asked(told: str | None, environ: Mapping[str, str]) -> date | None:
    """The date that a report is to bear: as told, else that of `SOURCE_DATE_EPOCH`, else None.

    Raises:
        FramsynError: what is told is no date, or one that no file can bear.
    """
    day = _written(told) if told is not None else _of_epoch(environ.get(EPOCH, ""))
    if day is not None:
        check_day(day)
    return day


def check_day(day: date) -> None:
    """Raise FramsynError where no file can bear the date."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FramsynError(
            "A report cannot bear the date {date}: give one from {first} to {last}.",
            date=day.isoformat(),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )


def _written(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise FramsynError("The date {date} cannot be read: write it as 2026-05-31.", date=told) from None


def _of_epoch(seconds: str) -> date | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date() if seconds else None
    except (ValueError, OverflowError, OSError):
        raise FramsynError(
            "{name} is {value}, which is no number of seconds since 1970: mend it, or give --date.",
            name=EPOCH,
            value=seconds,
        ) from None


def today() -> date:
    """Today where the reader is."""
    return datetime.now().astimezone().date()
