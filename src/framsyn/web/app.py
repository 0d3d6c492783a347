"""The server's application: the interface, the pages on it, and what guards both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from framsyn import __version__
from framsyn.web import api, error_handlers, pages, statics
from framsyn.web.compression import Compression
from framsyn.web.methods import Methods
from framsyn.web.proxies import Forwarded
from framsyn.web.readiness import Gate
from framsyn.web.representation import PACKED, WORTH_PACKING
from framsyn.web.security import Guard
from framsyn.web.settings import Settings
from framsyn.web.state import AppState
from framsyn.web.warming import Warming


def create_app(settings: Settings | None = None, *, warming: Warming | None = None) -> FastAPI:
    """The application of a server.

    Args:
        settings: its bounds; the usual ones by default.
        warming: its start, begun with it: until that is over every page says so. By default nothing is done
            beforehand, and the first questions take as long as that does.
    """
    bounds, start = settings or Settings(), warming or Warming()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if warming is not None:
            warming.start()
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
    error_handlers.install(app)
    app.include_router(statics.router)
    app.include_router(api.router)
    app.include_router(pages.router)
    # The last added is the first that a request meets.
    app.add_middleware(Compression, minimum_size=WORTH_PACKING, compresslevel=PACKED)
    app.add_middleware(Methods)
    app.add_middleware(Gate, warming=start, retry_seconds=bounds.retry_seconds)
    app.add_middleware(Guard, settings=bounds)
    app.add_middleware(Forwarded, proxies=bounds.proxies, root_path=bounds.root_path)
    return app
