"""The levers of one municipality: what each posture sets them to, and what is spent today."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from framsyn.choose.lever_settings import PROGRAMMES
from framsyn.choose.levers import levers
from framsyn.choose.strategy_text import AS_TODAY, settings_in
from framsyn.datafile import rows
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.foresee.postures import shipped
from framsyn.i18n.translator import Words, words
from framsyn.model.layout import PARTICIPATION
from framsyn.places.municipality import Municipality
from framsyn.web.answers import answer
from framsyn.web.api.asking import Asked, InPath
from framsyn.web.api.facts import LeverTold, levers_told
from framsyn.web.made import made_with
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["futures"], route_class=TypedRoute)

#: Levers that stand above the groups.
FOREMOST = ("core_task", "core_ambition")


class LeverHere(LeverTold):
    """A lever and its setting under each posture; `today` is what is spent today, null where nothing is."""

    settings: dict[str, float | str]
    today: float | None


class Group(BaseModel):
    """Levers that belong together; `open` tells whether they are shown at once."""

    id: str
    label: str
    open: bool
    levers: list[LeverHere]


class LeversHere(BaseModel):
    """The levers of a municipality, the foremost first, then group by group."""

    made: str
    code: str
    base_year: int
    foremost: list[LeverHere]
    groups: list[Group]


@router.get("/municipalities/{name}/levers", response_model=LeversHere, summary="Levers here")
async def levers_here(request: Request, m: InPath, asked: Annotated[Asked, Query()]) -> Response:
    """Tell the levers of a municipality, and what each posture sets them to."""
    return await answer(request, lambda: levers_here_told(m, asked.lang).model_dump_json())


def levers_here_told(m: Municipality, lang: str) -> LeversHere:
    """The levers of a municipality in a language."""
    spent = spent_today(m)
    settings = {one: settings_in(shipped()[one]) for one in DEFAULT_POSTURES}
    told = {
        one.id: LeverHere(
            **one.model_dump(),
            settings={posture: _spent(spent.get(one.id), told[one.id]) for posture, told in settings.items()},
            today=spent.get(one.id),
        )
        for one in levers_told(lang).levers
    }
    said = words(lang)
    groups = [_group(row, told, said) for row in grouped()]
    return LeversHere(
        made=made_with(),
        code=m.code,
        base_year=m.bundle.base_year,
        foremost=[told[one] for one in FOREMOST],
        groups=groups,
    )


def _group(row: Mapping[str, str], told: Mapping[str, LeverHere], said: Words) -> Group:
    label = row["label"]
    return Group(
        id=row["group"],
        label=said.gettext(label),
        open=row["open"] == "1",
        levers=[told[one] for one in row["levers"].split()],
    )


@cache
def grouped() -> list[dict[str, str]]:
    """The groups as they are written; every lever stands once in them or above them."""
    told = rows("framsyn.web", "lever_groups.csv")
    placed = [*FOREMOST, *(one for row in told for one in row["levers"].split())]
    if sorted(placed) != sorted(levers()):
        raise ValueError(f"lever_groups.csv does not place every lever once: {set(placed) ^ set(levers())}")
    return told


def spent_today(m: Municipality) -> dict[str, float]:
    """Euros per resident a year that go to each programme today."""
    from framsyn.foresee.setting import prepare

    here = prepare(m, 1).place
    spent = {"digital": here.digital, "engagement": float(here.costs[PARTICIPATION] / here.population.sum())}
    return {one: round(spent[one], 2) for one in PROGRAMMES}


def _spent(today: float | None, setting: float | str) -> float | str:
    """The setting, in euros where a programme goes on as today."""
    return today if today is not None and setting == AS_TODAY else setting
