"""Framsyn: foresee a municipality's future, evaluate its way of acting, make strategic choices.

>>> import framsyn
>>> närpes = framsyn.municipality("Närpes")
>>> futures = framsyn.foresee(närpes, years=10, draws=100)
"""

from typing import TYPE_CHECKING, Any

from framsyn.errors import FramsynError

if TYPE_CHECKING:
    from framsyn.foresee.country import live_country_futures
    from framsyn.foresee.forecast.explain import explain_forecast
    from framsyn.foresee.futures import foresee
    from framsyn.places.municipality import Municipality, municipalities, municipality

__version__ = "0.1.0"

__all__ = [
    "FramsynError",
    "Municipality",
    "explain_forecast",
    "foresee",
    "live_country_futures",
    "municipalities",
    "municipality",
]

#: Where the public names live; loaded when first used, so that `import framsyn` stays fast.
_HOMES = {
    "explain_forecast": "framsyn.foresee.forecast.explain",
    "live_country_futures": "framsyn.foresee.country",
    "Municipality": "framsyn.places.municipality",
    "municipalities": "framsyn.places.municipality",
    "municipality": "framsyn.places.municipality",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "foresee":
        return import_module("framsyn.foresee")
    if name not in _HOMES:
        raise AttributeError(f"module 'framsyn' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
