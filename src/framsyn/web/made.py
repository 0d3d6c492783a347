"""With what a view was made: the version of Framsyn, of its equations, and of the bundle."""

from functools import cache

from framsyn.report.edition import numbers_made_with


@cache
def made_with() -> str:
    """Version, equations and bundle in one word, such as `0.1.0.5f3a9c21.2025-1a2b3c4d`."""
    return numbers_made_with()
