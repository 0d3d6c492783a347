"""Why this number: a figure with its causes, and what each of them rests on."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from framsyn.choose.strategy_text import strategy_in
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import words
from framsyn.model.indicator_names import indicator_named
from framsyn.web.answers import house_of
from framsyn.web.pages.municipality import AskedView
from framsyn.web.pages.viewing import Language, Name, elsewhere, place, view
from framsyn.web.pages.why_view import told, told_causes

router = APIRouter()


class AskedWhy(AskedView):
    """Which figure is explained; without a year it is the last one."""

    indicator: str = Field(default="population", max_length=60)
    year: int = Field(default=0, ge=0, le=9999)
    posture: str = Field(default=AS_IS, max_length=40)
    strategy: str = Field(default="", max_length=1500)

    @property
    def conduct(self) -> str:
        """The strategy that is asked for, or the posture."""
        return self.strategy or self.posture


@router.get("/{lang}/municipality/{name}/why")
async def why(request: Request, lang: Language, name: Name, asked: Annotated[AskedWhy, Query()]) -> Response:
    """Show a figure at once, and make its explanation a part that follows."""
    m, house = place(name), house_of(request)
    indicator_named(asked.indicator)
    strategy_in(asked.conduct)
    moved = elsewhere(request, lang, name, m)
    if moved is not None:
        return moved
    return await view(request, lang, "why.html.j2", lambda: told(house, m, asked, words(lang)))


@router.get("/{lang}/municipality/{name}/why/told")
async def causes(
    request: Request, lang: Language, name: Name, asked: Annotated[AskedWhy, Query()]
) -> Response:
    """Show the causes of a figure, which take seconds to find."""
    m = place(name)
    strategy_in(asked.conduct)
    moved = elsewhere(request, lang, name, m)
    if moved is not None:
        return moved
    return await view(
        request, lang, "why_told.html.j2", lambda: told_causes(m, asked, words(lang)), slow=True
    )
