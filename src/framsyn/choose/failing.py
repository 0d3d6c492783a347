"""When a life fails: in which of its years a keep does not hold."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.measures import Keep
from framsyn.model.kernel import AT
from framsyn.model.layout import Floats


def fails_by_year(keeps: Sequence[Keep], records: Floats) -> NDArray[np.bool_]:
    """[draw, year] whether any keep does not hold in that year; the base year never fails.

    A keep of one year can fail in that year alone.
    """
    failing = np.zeros(records.shape[:2], dtype=np.bool_)
    for keep in keeps:
        values = records[:, :, [one.column for one in keep.measures]]
        broken = ~keep.holds(values)
        first = keep.measures[0]
        years = [first.last] if first.how == AT else range(first.first, first.last + 1)
        failing[:, years] |= broken[:, years]
    return failing
