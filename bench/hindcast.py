"""How good the model's economy has been: makes the tables of docs/hindcast.md.

Usage: python bench/hindcast.py DATA [draws]

Lives from the accounts of 2015 and 2016 against those of 2019, and jobs and employed residents from
2006–2010 against those of 2016.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from framsyn.calibrate.economy_hindcast import economy_hindcast
from framsyn.foresee.forecast.forecast import fit_forecast
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.foresee.hindcast import hindcast, scores
from framsyn.model.layout import FIRST_WORKING_AGE, LAST_WORKING_AGE, Floats
from framsyn.places.tables import Tables

TARGET = 2019


def money(tables: Tables, base_year: int, draws: int) -> None:
    """Print the table of one base year: errors in euros per resident."""
    told = hindcast(tables, base_year, TARGET, draws)
    print(f"\n### From the accounts of {base_year} to {TARGET}, {len(told.codes)} municipalities\n")
    heads = ["", "level 2019", "lives", "carried forward", "straight line"]
    heads += ["lives, country taken out", "carried, country taken out", "in the 80 % interval"]
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
    for name, row in scores(told).items():
        line = f"{row['line']:.0f}" if "line" in row else "–"
        cells = [row["level"], row["lives"], row["carried"], line, row["shape_lives"], row["shape_carried"]]
        written = " | ".join(one if isinstance(one, str) else f"{one:.0f}" for one in cells)
        print(f"| {name.replace('_', ' ')} | {written} | {row['cover']:.0f} % |")


def residents_of_working_age(tables: Tables) -> Callable[[int, int], Floats]:
    """The real forecast of residents of working age, from what was known at the base year."""

    def forecast(base: int, target: int) -> Floats:
        made = fit_forecast(read_history(tables, base), region_codes(tables), target - base)
        ages = made.ages[:, -1, :, FIRST_WORKING_AGE : LAST_WORKING_AGE + 1]
        return np.asarray(ages.sum(axis=(1, 2)))

    return forecast


def main(folder: Path, draws: int) -> None:
    """Print every table."""
    tables = Tables.open(folder)
    for base_year in (2015, 2016):
        money(tables, base_year, draws)
    print("\n### Jobs and employed residents of 2016\n")
    print("| | from | MAPE | carried | wAPE | carried | in the 80 % interval | share in its interval |")
    print("|" + " --- |" * 8)
    for one in economy_hindcast(tables, population_forecast=residents_of_working_age(tables)):
        errors = (one.mape, one.mape_carried, one.wape, one.wape_carried)
        cells = [f"{error:.1f}" for error in errors] + [f"{one.coverage:.0f}", f"{one.coverage_of_share:.0f}"]
        print(f"| {one.quantity} | {one.base} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200)
