"""The map: one figure of every municipality, and where its tile lies."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from framsyn.i18n.translator import words
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import Municipality
from framsyn.web.answers import answer
from framsyn.web.api.asking import Asked
from framsyn.web.api.futures import rounded
from framsyn.web.api.municipalities import Tile, tile_of
from framsyn.web.colouring import FORECAST, colouring
from framsyn.web.made import made_with
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["map"], route_class=TypedRoute)


class AskedMap(Asked):
    """What the map is coloured by."""

    indicator: str = Field(
        FORECAST,
        max_length=60,
        description="Id of an indicator of the evaluation, or the forecast change of residents.",
    )


class TileValue(BaseModel):
    """One municipality's value; null = not published or not comparable."""

    code: str
    name: str
    tile: Tile
    value: float | None
    status: str


class MapTold(BaseModel):
    """One figure of every municipality; `year` is the latest that it rests on, or the forecast's."""

    made: str
    base_year: int
    indicator: str
    label: str
    meaning: str
    unit: str
    decimals: int
    direction: str
    year: int
    source: str
    values: list[TileValue]


@router.get("/map", response_model=MapTold, summary="One figure of every municipality, for a map")
async def one_figure(request: Request, asked: Annotated[AskedMap, Query()]) -> Response:
    """Tell one figure of every municipality."""
    colouring(asked.indicator)
    return await answer(request, lambda: map_told(asked.indicator, asked.lang).model_dump_json())


def map_told(identity: str, lang: str) -> MapTold:
    """One figure of every municipality, told in a language."""
    said, one, bundle = words(lang), colouring(identity), shipped_bundle()
    told = []
    for at, value in enumerate(rounded(one.values)):
        m = Municipality(at, bundle)
        told.append(
            TileValue(code=m.code, name=m.name(lang), tile=tile_of(m), value=value, status=one.status[at])
        )
    return MapTold(
        made=made_with(),
        base_year=bundle.base_year,
        indicator=one.id,
        label=said.gettext(one.label).format(year=one.year),
        meaning=said.gettext(one.meaning),
        unit=said.gettext(one.unit),
        decimals=one.decimals,
        direction=one.direction,
        year=one.year,
        source=one.source,
        values=told,
    )
