"""How good the model's economy has been: makes the tables of docs/hindcast.md.

Usage: python bench/hindcast.py DATA [draws]

Lives from the accounts of 2015 and 2016 against those of 2019 and 2021, and jobs and employed residents from
2006–2010 against those of 2016.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from framsyn.calibrate.economy_hindcast import economy_hindcast
from framsyn.foresee.forecast.forecast import fit_forecast
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.model.layout import FIRST_WORKING_AGE, LAST_WORKING_AGE, Floats
from framsyn.places.tables import Tables
from framsyn.validate.money import money_section


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
    print("\n".join(money_section(tables, draws)))
    print("\n### Jobs and employed residents of 2016\n")
    print("| | from | MAPE | carried | wAPE | carried | in the 80 % interval | share in its interval |")
    print("|" + " --- |" * 8)
    for one in economy_hindcast(tables, population_forecast=residents_of_working_age(tables)):
        errors = (one.mape, one.mape_carried, one.wape, one.wape_carried)
        cells = [f"{error:.1f}" for error in errors] + [f"{one.coverage:.0f}", f"{one.coverage_of_share:.0f}"]
        print(f"| {one.quantity} | {one.base} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200)
