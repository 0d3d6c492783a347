"""Numba, begun without SciPy.

When Numba begins it looks for SciPy's linear algebra, only to know whether it could compile a covariance.
Importing it takes as long as all the rest of Numba's beginning, and no equation of ours needs it.
"""

import sys
from typing import Any

#: What Numba looks for. A function that multiplies matrices still finds it when it is compiled.
LINEAR_ALGEBRA = "scipy.linalg.cython_blas"


def begin_numba() -> None:
    """Load the part of Numba that looks for SciPy, hidden meanwhile; for modules whose functions run soon."""
    modules: dict[str, Any] = sys.modules
    if LINEAR_ALGEBRA in modules:
        return
    modules[LINEAR_ALGEBRA] = None  # an import of it then fails, and of nothing else
    try:
        import numba.np.arraymath  # noqa: F401
    finally:
        del modules[LINEAR_ALGEBRA]
