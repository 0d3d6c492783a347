"""Types of the arrays that rooms hand to one another, apart from any library of tables."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
