"""Controlled rounding: persons on a fine grid whose sums are exact in floating point.

A multiple of 1/1024 is exact in binary, so any sum of such numbers is too, in any order.
"""

import numpy as np

from framsyn.calibrate.fitting import Margins
from framsyn.calibrate.known import Floats, Ints

UNIT = 1 / 1024


def round_exactly(count: Floats, margins: Margins) -> Floats:
    """Round persons [P, 2, 101] to the grid so that local and regional margins hold exactly.

    Margins must be multiples of the grid unit and agree with one another. Never below zero;
    a band of ages moves by a few units at most.
    """
    rounded = np.empty_like(count)
    regions = 1 if margins.regional is None else len(margins.regional)
    for region in range(regions):
        rows = np.flatnonzero(margins.region_of == region)
        if margins.regional is None:
            rows = np.arange(len(count))
        columns = None if margins.regional is None else margins.regional[region]
        rounded[rows] = _round_region(count[rows], margins.local[rows], columns)
    return rounded


def _round_region(count: Floats, local: Floats, columns: Floats | None) -> Floats:
    if local.ndim == 1:
        flat = count.reshape(len(count), -1)
        wanted = None if columns is None else columns.reshape(-1)
        return _round_block(flat, local, wanted).reshape(count.shape)
    sexes = [
        _round_block(count[:, sex], local[:, sex], None if columns is None else columns[sex])
        for sex in range(count.shape[1])
    ]
    return np.stack(sexes, axis=1)


def _round_block(block: Floats, rows: Floats, columns: Floats | None) -> Floats:
    units = _round_rows(block / UNIT, np.rint(rows / UNIT).astype(np.int64))
    if columns is not None:
        _mend_columns(units, np.rint(columns / UNIT).astype(np.int64))
    return np.asarray(units * UNIT, dtype=np.float64)


def _round_rows(block: Floats, rows: Ints) -> Ints:
    # Rounding the running sums keeps each sum over neighbouring ages within one unit.
    running = np.rint(np.cumsum(block, axis=1)).astype(np.int64)
    running = np.minimum(running, rows[:, None])
    running[:, -1] = rows
    return np.diff(running, axis=1, prepend=0)


def _mend_columns(units: Ints, columns: Ints) -> None:
    # Swaps inside a row leave its sum; the largest cell of a column can best give.
    surplus = units.sum(axis=0) - columns
    while surplus.any():
        giver, taker = int(surplus.argmax()), int(surplus.argmin())
        row = int(units[:, giver].argmax())
        moved = min(surplus[giver], -surplus[taker], units[row, giver])
        if moved <= 0:
            return
        units[row, giver] -= moved
        units[row, taker] += moved
        surplus[giver] -= moved
        surplus[taker] += moved
