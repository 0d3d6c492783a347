"""Years ahead, and years that forecasts were made from, as tables and sentences tell them."""

from collections.abc import Sequence

#: Years ahead that a narrow table shows.
SHOWN = (1, 3, 5, 7, 10)


def year_runs(years: Sequence[int]) -> str:
    """Years with runs of three and more as `1995–2018`."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)
