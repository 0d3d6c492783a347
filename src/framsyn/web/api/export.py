"""Futures as files to keep: the table, the dataset and the page that the command line writes."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from framsyn.choose.own_lines import named
from framsyn.errors import FramsynError
from framsyn.foresee.futures import DEFAULT_POSTURES, check_request
from framsyn.foresee.postures import Posture, shipped
from framsyn.i18n.translator import words
from framsyn.places.municipality import Municipality
from framsyn.web.answers import HTML, JSON, answer, in_turn, state_of, unless_disconnected
from framsyn.web.api.asking import AskedLives, InPath
from framsyn.web.api.futures import AskedFutures, columns_of, futures_told
from framsyn.web.api.sending import CSV, NETCDF, disposition
from framsyn.web.api.strategies import FILE
from framsyn.web.state import AppState

if TYPE_CHECKING:
    import xarray as xr

from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["futures"], route_class=TypedRoute)

Format = Literal["csv", "json", "nc", "html"]
FILES = {"csv": "indicators.csv", "json": "futures.json", "nc": "futures.nc", "html": "futures.html"}
MEDIA = {"csv": CSV, "json": JSON, "nc": NETCDF, "html": HTML}
#: Years of lives in one file: about 120 MB of numbers.
MOST_LIVED = 130_000
#: Years of the forecast whose reasons the page tells.
EXPLAINED_YEARS = 10


class AskedExport(AskedLives):
    """Which futures are written to a file, with every indicator."""

    format: Format = Field("csv", description="Table, JSON, NetCDF dataset, or a page that opens offline.")
    strategy: list[Annotated[str, Field(max_length=1500)]] = Field(
        list(DEFAULT_POSTURES),
        min_length=1,
        max_length=8,
        description="A posture, or a posture and levers set on it.",
    )

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.draws, self.years, len(self.strategy)


@router.get(
    "/municipalities/{name}/export",
    responses={200: {"content": {"text/csv": {}, "application/x-netcdf": {}, "text/html": {}}}},
    response_class=Response,
    summary="The futures of a municipality as a file",
)
async def export(request: Request, m: InPath, asked: Annotated[AskedExport, Query()]) -> Response:
    """Write futures to a file."""
    state = state_of(request)
    known = named(asked.strategy)
    check_request(list(known), asked.years, asked.draws, asked.seed)
    _check_size(len(known), asked)
    if asked.format == "nc":
        return await _dataset(request, m, known, asked)
    make = {"csv": _table, "json": _json, "html": _page}[asked.format]
    return await answer(
        request,
        lambda: make(state, m, known, asked),
        MEDIA[asked.format],
        slow=asked.format == "html",
        headers=disposition(_name(m, asked)),
    )


def _check_size(strategies: int, asked: AskedExport) -> None:
    lived = strategies * asked.draws * (asked.years + 1)
    if lived > MOST_LIVED:
        raise FramsynError(
            "{strategies} strategies in {draws} worlds over {years} years are too much for one file: ask for"
            " {most} worlds at most.",
            strategies=strategies,
            draws=asked.draws,
            years=asked.years,
            most=MOST_LIVED // (strategies * (asked.years + 1)),
        )


def _lived(m: Municipality, known: dict[str, Posture], asked: AskedExport) -> "xr.Dataset":
    """The dataset as the command line makes it from a file of one's own strategies."""
    from framsyn.foresee.futures import foresee
    from framsyn.report.command import asked as told

    own = {identity: posture for identity, posture in known.items() if identity not in shipped()}
    futures = foresee(m, list(known), asked.years, asked.draws, asked.seed, known=own)
    futures.attrs |= told(None, Path(FILE) if own else None, None, None, own)
    return futures


def _table(state: AppState, m: Municipality, known: dict[str, Posture], asked: AskedExport) -> str:
    from framsyn.report.summary import indicators_csv, summarise

    return indicators_csv(summarise(_lived(m, known, asked)))


def _json(state: AppState, m: Municipality, known: dict[str, Posture], asked: AskedExport) -> str:
    question = AskedFutures(**asked.model_dump(exclude={"format"}), indicator=["all"])
    return futures_told(state, m, question, columns_of(["all"])).model_dump_json()


def _page(state: AppState, m: Municipality, known: dict[str, Posture], asked: AskedExport) -> str:
    from framsyn.foresee.forecast.explain import explain_forecast
    from framsyn.report.drawing import drawing_beside
    from framsyn.report.history import history_of
    from framsyn.report.page import render

    with drawing_beside():  # drawn here, Vega would keep every other request waiting
        futures = _lived(m, known, asked)
        explained = explain_forecast(m, min(asked.years, EXPLAINED_YEARS))
        return render(futures, history_of(m), words(asked.lang), explained=explained)


async def _dataset(
    request: Request, m: Municipality, known: dict[str, Posture], asked: AskedExport
) -> Response:
    """The dataset, too large to be kept: written beside, sent, and taken away."""
    from framsyn.report.files import described

    def write() -> Path:
        with tempfile.NamedTemporaryFile(prefix="framsyn-", suffix=".nc", delete=False) as file:
            path = Path(file.name)
        try:
            described(_lived(m, known, asked), words(asked.lang)).to_netcdf(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    path = await unless_disconnected(request, in_turn(request, write, slow=True))
    headers = disposition(_name(m, asked)) | {"Cache-Control": "no-store"}
    taken_away = BackgroundTask(path.unlink, missing_ok=True)
    return FileResponse(path, headers=headers, media_type=NETCDF, background=taken_away)


def _name(m: Municipality, asked: AskedExport) -> str:
    """Such as `framsyn-Närpes-indicators.csv`."""
    from framsyn.report.files import default_folder

    return f"{default_folder(m.name(asked.lang))}-{FILES[asked.format]}"
