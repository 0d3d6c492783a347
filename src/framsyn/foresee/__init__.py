"""Worlds and futures: the draws of everything outside the council's power, and the lives lived in them.

Enters: a municipality from the bundle, postures, a seed. Leaves: an xarray dataset of futures.
The verb is also the room's name, so the room can be called: `framsyn.foresee(m)` is `futures.foresee(m)`.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr


class _Room(ModuleType):
    def __call__(self, *args: Any, **kwargs: Any) -> "xr.Dataset":
        from framsyn.foresee.futures import foresee

        return foresee(*args, **kwargs)


sys.modules[__name__].__class__ = _Room
