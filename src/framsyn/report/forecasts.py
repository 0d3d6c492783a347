"""Forecasts and backtests for people: words of the terminal, files of a backtest, years as asked for."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.text import Text

from framsyn.errors import FramsynError
from framsyn.foresee.forecast.backtest import Backtest
from framsyn.foresee.forecast.forecast import Forecast
from framsyn.foresee.forecast.project import compressed
from framsyn.i18n.translator import Words
from framsyn.report.accuracy_page import accuracy_markdown
from framsyn.report.accuracy_plots import accuracy_plots
from framsyn.writing import together

YEARS = re.compile(r"(\d{4})(?:\.\.(\d{4}))?", re.ASCII)
HORIZON = re.compile(r"(?:1\.\.)?(\d{1,4})", re.ASCII)
MOST_HORIZON = 20
#: What a backtest is written as: a page with pictures, and tables.
PAGE, IMAGES, TABLES = "accuracy.md", "images", ("totals", "spread", "ages")
#: How the tables of a backtest are packed.
_compressed = partial(compressed, decimals=4)


def parse_years(text: str) -> list[int]:
    """Years of `1995..2018`, `2000,2005` or both.

    Raises:
        FramsynError: the text is neither.
    """
    spans = [YEARS.fullmatch(part) for part in text.replace(" ", "").split(",")]
    told = [range(int(span[1]), int(span[2] or span[1]) + 1) for span in spans if span]
    years = {year for span in told for year in span}
    if not all(spans) or not all(told):
        raise FramsynError(
            "{text} tells no years: write a range such as 1995..2018, or years with commas.", text=text
        )
    return sorted(years)


def parse_horizon(text: str) -> int:
    """The most years ahead of `1..10` or `10`.

    Raises:
        FramsynError: no range from 1, or too far.
    """
    span = HORIZON.fullmatch(text.strip())
    last = int(span[1]) if span else 0
    if not 1 <= last <= MOST_HORIZON:
        raise FramsynError(
            "Years ahead must be a range from 1, such as 1..10, and at most {most}; {text} was given.",
            most=MOST_HORIZON,
            text=text,
        )
    return last


def print_projection(
    forecast: Forecast, left_out: Sequence[str], written: Sequence[Path], said: Words, console: Console
) -> None:
    """Print the country's path, what was lacking, and the files."""
    base = forecast.history.base_year
    last = base + forecast.past.horizon
    told = said.gettext(
        "{count} municipalities: {people} residents at the end of {base}, {later} expected at the end of"
        " {last}."
    ).format(
        count=said.number(float(len(forecast.history.codes))),
        people=said.number(float(forecast.history.base.sum())),
        base=base,
        later=said.number(float(forecast.expected.country[-1])),
        last=last,
    )
    console.print(Text(told), soft_wrap=True)
    for note in (*left_out, *forecast.notes):
        console.print(Text(f"– {note}"), soft_wrap=True)
    files = ", ".join(str(path) for path in written)
    console.print(Text(said.gettext("Written: {files}").format(files=files)), soft_wrap=True)


def write_backtest(tested: Backtest, folder: Path, text: dict[str, str] | None = None) -> list[Path]:
    """Write `accuracy.md` with its pictures in `images`, and the three tables as `.csv.gz`.

    Everything is made in a folder beside and then moved, so that nothing half made is left.

    Raises:
        FramsynError: the folder cannot be written.
    """
    with together(folder) as part:
        for name in TABLES:
            (part / f"{name}.csv.gz").write_bytes(_compressed(getattr(tested, name)))
        page = accuracy_markdown(tested.totals, tested.spread, tested.ages, text)
        (part / PAGE).write_text(page, "utf-8")
        plots = accuracy_plots(tested.totals, tested.spread, part / IMAGES)
    names = (PAGE, *(f"{name}.csv.gz" for name in TABLES), *(f"{IMAGES}/{plot.name}" for plot in plots))
    return [folder / name for name in names]
