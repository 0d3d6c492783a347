"""What takes long the first time is done when the server starts, before anybody waits for it."""

from contextlib import suppress

from framsyn.errors import FramsynError
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import Municipality
from framsyn.web import statics
from framsyn.web.api.futures import AskedFutures, columns_of, futures_told
from framsyn.web.colouring import colourings
from framsyn.web.state import AppState


def warm(state: AppState) -> None:
    """Read the bundle, open the compiled equations, and make Vega and the charts ready."""
    with suppress(FramsynError):  # whoever asks is told
        asked = AskedFutures(years=1, draws=1)
        futures_told(state, Municipality(0, shipped_bundle()), asked, columns_of(asked.indicator))
    colourings()
    statics.warm()
