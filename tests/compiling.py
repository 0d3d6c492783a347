"""The model compiled once, before the tests begin: every process of tests would else compile it for itself.

`python -m tests.compiling lives` and `python -m tests.compiling country` run side by side. What one has
compiled the other finds on disk, so they begin with different functions.
"""

import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np

from framsyn.choose.evaluation import Worlds, live_strategy
from framsyn.choose.measures import Measure
from framsyn.foresee.country import live_country_futures
from framsyn.foresee.futures import foresee
from framsyn.foresee.postures import AS_IS, shipped, strategy_of
from framsyn.foresee.setting import Drawn, prepare
from framsyn.foresee.starts import draw_starts
from framsyn.foresee.worlds import draw_effects
from framsyn.model.compiled import kernel_folder
from framsyn.model.kernel import AT
from framsyn.model.layout import INDICATORS, POPULATION, WORLD_COLUMNS
from framsyn.places.municipality import municipality

ROOT = Path(__file__).resolve().parents[1]


def compile_lives() -> None:
    """First what needs no drawn worlds: the year of a life is the largest part of all."""
    m = municipality("545")
    drawn = Drawn(np.ones((1, 2, WORLD_COLUMNS)), draw_effects(range(1), 1), draw_starts(m, range(1), 1))
    worlds = Worlds(prepare(m, years=1), range(1), drawn, np.zeros((1, 2, INDICATORS)))
    live_strategy(worlds, strategy_of(shipped()[AS_IS]), [Measure(POPULATION, AT, 1, 1)])
    foresee(m, years=1, draws=1)


def compile_country() -> None:
    """First the draws of worlds, then the country."""
    live_country_futures(years=1, draws=1)


PARTS = {"lives": compile_lives, "country": compile_country}


def compiled_mark() -> Path | None:
    """The file that says that all was compiled; None where compiled code cannot be kept."""
    folder = kernel_folder()
    return folder / f"tests-{sys.implementation.cache_tag}-{numba.__version__}" if folder else None


def compile_once() -> None:
    """Compile in processes beside this one, unless it was done before."""
    mark = compiled_mark()
    if mark is None or mark.exists():
        return
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    running = [
        subprocess.Popen([sys.executable, "-m", __name__, part], env=os.environ | {"PYTHONPATH": paths})
        for part in PARTS
    ]
    statuses = [one.wait() for one in running]
    if not any(statuses):
        mark.touch()


if __name__ == "__main__":
    PARTS[sys.argv[1]]()
