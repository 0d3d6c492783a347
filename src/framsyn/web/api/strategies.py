"""Strategies as files of the command line, and back."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from framsyn.choose.own_lines import named, toml_of_all
from framsyn.choose.strategy_line import line_of
from framsyn.foresee.postures import postures_in
from framsyn.i18n.translator import words
from framsyn.web.answers import JSON, answer, in_turn, unless_disconnected
from framsyn.web.api.asking import Asked
from framsyn.web.api.sending import TOML, disposition
from framsyn.web.made import made_with
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["strategies"], route_class=TypedRoute)

FILE, MOST_LETTERS, MOST_STRATEGIES = "strategies.toml", 20_000, 40


class AskedFile(Asked):
    """Which strategies are written to a file."""

    strategy: list[Annotated[str, Field(max_length=1500)]] = Field(
        min_length=1, max_length=8, description="A posture, or a posture and levers set on it."
    )
    id: list[Annotated[str, Field(max_length=60)]] = Field(
        [], max_length=8, description="What each is called in the file; strategy_1 and so on by default."
    )


class FileSent(BaseModel):
    """A file of strategies."""

    model_config = ConfigDict(extra="forbid")

    toml: str = Field(max_length=MOST_LETTERS, description="The text of the file.")


class StrategyRead(BaseModel):
    """A strategy of a file; `lost` is what no lever reaches and so the line does not hold."""

    id: str
    strategy: str
    lost: list[str]
    note: str


class StrategiesRead(BaseModel):
    """The strategies of a file, each in one line."""

    made: str
    strategies: list[StrategyRead]


@router.get(
    "/strategies.toml",
    responses={200: {"content": {"application/toml": {}}}},
    response_class=Response,
    summary="Strategies as a file that every command reads",
)
async def as_file(request: Request, asked: Annotated[AskedFile, Query()]) -> Response:
    """Write strategies to a file."""
    told = named(asked.strategy, asked.id, shipped_too=True)
    name = f"{next(iter(told))}.toml" if len(told) == 1 else FILE
    return await answer(request, lambda: toml_of_all(told), TOML, headers=disposition(name))


@router.post("/strategies", response_model=StrategiesRead, summary="The strategies of a file, in lines")
async def of_file(
    request: Request, asked: Annotated[Asked, Query()], sent: Annotated[FileSent, Body()]
) -> Response:
    """Read the strategies of a file."""
    work = in_turn(request, lambda: strategies_read(sent.toml, asked.lang).model_dump_json())
    content = await unless_disconnected(request, work)
    return Response(content, headers={"Cache-Control": "no-store"}, media_type=JSON)


def strategies_read(toml: str, lang: str) -> StrategiesRead:
    """The strategies of a file in lines, and what is lost of each.

    Raises:
        FramsynError: what is wrong with the file, or too many strategies in it.
    """
    said, told = words(lang), []
    for identity, posture in list(postures_in(toml, FILE).items())[:MOST_STRATEGIES]:
        line = line_of(posture)
        note = said.gettext("No lever reaches this, so it is as in the posture it starts from: {names}.")
        told.append(
            StrategyRead(
                id=identity,
                strategy=line.text,
                lost=list(line.lost),
                note=note.format(names=", ".join(line.lost)) if line.lost else "",
            )
        )
    return StrategiesRead(made=made_with(), strategies=told)
