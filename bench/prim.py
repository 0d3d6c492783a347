"""Seconds of the first PRIM box on 10,000 cases × 20 columns, beside EMA Workbench on the same table.

Usage: python bench/prim.py [repeats]

EMA Workbench's time depends on its edition and on how long it pastes, so its peeling alone is timed as well.
"""

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

from framsyn.choose.conditions import STRICT, by_dimensions, conditions
from framsyn.choose.prim import table, trajectory

CASES, COLUMNS = 10_000, 20


def best_of(repeats: int, run: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    """Print seconds and ratios."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    rng = np.random.default_rng(1)
    x = rng.random((CASES, COLUMNS))
    within = (x[:, 0] < 0.5) & (x[:, 1] > 0.4) & (x[:, 2] < 0.6)
    failing = np.asarray(within ^ (rng.random(CASES) < 0.05))
    cases = table(x, failing)
    ours = best_of(repeats, lambda: trajectory(table(x, failing)))
    print(f"first box, {CASES:,} × {COLUMNS}: {ours:.3f} s")
    boxes = trajectory(cases)
    few = best_of(1, lambda: by_dimensions(cases, boxes))
    print(f"… and the best boxes of up to four dimensions: {few:.3f} s")
    tested = best_of(1, lambda: conditions(cases))
    print(f"… and {STRICT.resamples} searches on parts, up to {STRICT.most_boxes} boxes: {tested:.1f} s")
    warnings.simplefilter("ignore")
    import pandas as pd
    from ema_workbench.analysis import prim

    frame = pd.DataFrame(x, columns=[f"c{place}" for place in range(COLUMNS)])
    theirs = prim.Prim(frame, failing.astype(int), threshold=0.5)
    first = prim.PrimBox(theirs, theirs.box_init, theirs.yi)
    peel = best_of(1, lambda: theirs._peel(first))
    whole = best_of(1, theirs.find_box)
    print(f"EMA Workbench, peeling alone: {peel:.2f} s, {peel / ours:.0f} times as long")
    print(f"EMA Workbench, peeling and pasting: {whole:.2f} s, {whole / ours:.0f} times as long")
    told = theirs._boxes[-1].peeling_trajectory
    for count, box in sorted(by_dimensions(cases, boxes).items()):
        same = told[told.res_dim == count]
        best = float((same.coverage * same.density).max()) if len(same) else float("nan")
        print(f"{count} dimensions: coverage × density {box.product:.3f}, EMA Workbench {best:.3f}")


if __name__ == "__main__":
    main()
