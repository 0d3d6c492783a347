"""The server's application: the interface, the pages on it, and what guards both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from fastapi import FastAPI

from framsyn import __version__
from framsyn.web import api, pages, refusals, statics
from framsyn.web.compression import Compression
from framsyn.web.representation import PACKED, WORTH_PACKING
from framsyn.web.security import Guard
from framsyn.web.settings import Settings
from framsyn.web.state import AppState
from framsyn.web.warming import warm


def create_app(settings: Settings | None = None, *, warmed: bool = False) -> FastAPI:
    """The application of a server.

    Args:
        settings: its bounds; the usual ones by default.
        warmed: whether what takes long the first time is done beside, as soon as it starts.
    """
    bounds = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if warmed:
            Thread(target=warm, args=(app.state.shared,), daemon=True).start()
        yield
        app.state.shared.close()

    app = FastAPI(
        title="Framsyn",
        version=__version__,
        summary="Foresee a municipality's future, evaluate its way of acting, make strategic choices.",
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        redirect_slashes=False,
        docs_url=None,  # its page asks other servers for its files
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=lifespan,
    )
    app.state.shared = AppState(bounds)
    refusals.install(app)
    app.include_router(statics.router)
    app.include_router(api.router)
    app.include_router(pages.router)
    app.add_middleware(Compression, minimum_size=WORTH_PACKING, compresslevel=PACKED)
    app.add_middleware(Guard, settings=bounds)
    return app
