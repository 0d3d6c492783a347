"""Framsyn: foresee a municipality's future, evaluate its way of acting, make strategic choices.

>>> import framsyn
>>> närpes = framsyn.municipality("Närpes")
>>> futures = framsyn.foresee(närpes, years=10, draws=100)
"""

from typing import TYPE_CHECKING, Any

from framsyn.errors import FramsynError

if TYPE_CHECKING:
    from framsyn.foresee.futures import foresee
    from framsyn.places.municipality import Municipality, municipalities, municipality

__all__ = ["FramsynError", "Municipality", "foresee", "municipalities", "municipality"]

#: Where the public names live; loaded when first used, so that `import framsyn` stays fast.
_HOMES = {
    "Municipality": "framsyn.places.municipality",
    "foresee": "framsyn.foresee.futures",
    "municipalities": "framsyn.places.municipality",
    "municipality": "framsyn.places.municipality",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'framsyn' has no attribute {name!r}")
    from importlib import import_module

    home = import_module(_HOMES[name])
    return getattr(home, name)
