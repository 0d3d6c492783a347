"""The municipalities: found by any name, told with what is known of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import LANGUAGES, Municipality, municipalities
from framsyn.web.answers import answer
from framsyn.web.api.asking import LONGEST_NAME, Asked, InPath
from framsyn.web.made import made_with
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["municipalities"], route_class=TypedRoute)


class AskedSearch(Asked):
    """What is searched for."""

    q: str = Field(
        default="", max_length=LONGEST_NAME, description="Part of a code or of any name; blank for all."
    )


class Tile(BaseModel):
    """Where a municipality lies in the map of equal tiles: row 0 in the north, column 0 in the west."""

    row: int
    column: int


class Place(BaseModel):
    """One municipality; its names and region's names by language, residents at the end of the base year."""

    code: str
    name: dict[str, str]
    region: dict[str, str]
    population: float
    tile: Tile


class Places(BaseModel):
    """The municipalities found."""

    made: str
    base_year: int
    municipalities: list[Place]


class FactTold(BaseModel):
    """A figure that lives start from; status is observed, estimated or assumed."""

    id: str
    value: float | None
    unit: str
    status: str
    year: str
    source: str
    method: str


class PlaceTold(Place):
    """A municipality with every fact that its lives start from."""

    made: str
    base_year: int
    facts: list[FactTold]


@router.get("/municipalities", response_model=Places, summary="Find municipalities by code or any name")
async def found(request: Request, asked: Annotated[AskedSearch, Query()]) -> Response:
    """Find municipalities."""
    return await answer(request, lambda: places_told(asked.q).model_dump_json())


@router.get("/municipalities/{name}", response_model=PlaceTold, summary="One municipality and its facts")
async def one(request: Request, m: InPath, asked: Annotated[Asked, Query()]) -> Response:
    """Tell one municipality."""
    return await answer(request, lambda: place_told(m).model_dump_json())


def places_told(text: str = "") -> Places:
    """The municipalities whose code or a name holds the text."""
    told = [Place(**_place(m)) for m in municipalities(text)]
    return Places(made=made_with(), base_year=shipped_bundle().base_year, municipalities=told)


def place_told(m: Municipality) -> PlaceTold:
    """A municipality and its facts."""
    facts = [m.fact(str(one)) for one in m.bundle["fact_id"]]
    told = [
        FactTold(
            id=one.id,
            value=one.value,
            unit=one.unit,
            status=one.status,
            year=one.year,
            source=one.source,
            method=one.method,
        )
        for one in facts
    ]
    return PlaceTold(**_place(m), made=made_with(), base_year=m.bundle.base_year, facts=told)


def _place(m: Municipality) -> dict[str, Any]:
    return {
        "code": m.code,
        "name": {lang: m.name(lang) for lang in LANGUAGES},
        "region": {lang: m.region(lang) for lang in LANGUAGES},
        "population": float(m.population.sum()),
        "tile": tile_of(m),
    }


def tile_of(m: Municipality) -> Tile:
    """The municipality's tile."""
    return Tile(row=int(m.bundle["tile_row"][m.index]), column=int(m.bundle["tile_column"][m.index]))
