"""Why this number: a figure with its causes, and what each of them rests on."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from framsyn.choose.strategy_text import strategy_in
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import words
from framsyn.model.indicator_names import indicator_named
from framsyn.web.answers import state_of
from framsyn.web.api.explanation import years_to
from framsyn.web.cost import cost_of
from framsyn.web.pages.municipality import AskedView
from framsyn.web.pages.viewing import InPath, Language, elsewhere, view
from framsyn.web.pages.why_view import told, told_causes
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)


class AskedWhy(AskedView):
    """Which figure is explained; without a year it is the last one."""

    indicator: str = Field(default="population", max_length=60)
    year: int = Field(default=0, ge=0, le=9999)
    posture: str = Field(default=AS_IS, max_length=40)
    strategy: str = Field(default="", max_length=1500)
    against: str = Field(default="", max_length=1500)

    @property
    def conduct(self) -> str:
        """The strategy that is asked for, or the posture."""
        return self.strategy or self.posture

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.draws, max(self.years, years_to(self.year)), 1

    def cost(self, draws: int) -> int:
        """Microseconds that the figure takes with so many draws; its causes keep within the bound."""
        return cost_of(draws, self.cost_dimensions[1], 1, 1)


@router.get("/{lang}/municipality/{name}/why")
async def why(request: Request, lang: Language, m: InPath, asked: Annotated[AskedWhy, Query()]) -> Response:
    """Show a figure at once, and make its explanation a part that follows."""
    state = state_of(request)
    indicator_named(asked.indicator)
    for policy in filter(None, (asked.conduct, asked.against)):
        strategy_in(policy)
    moved = elsewhere(request, lang, m)
    if moved is not None:
        return moved
    return await view(request, lang, "why.html.j2", lambda: told(state, m, asked, words(lang)))


@router.get("/{lang}/municipality/{name}/why/told")
async def causes(
    request: Request, lang: Language, m: InPath, asked: Annotated[AskedWhy, Query()]
) -> Response:
    """Show the causes of a figure, which take seconds to find."""
    most = state_of(request).settings.most_cost
    for policy in filter(None, (asked.conduct, asked.against)):
        strategy_in(policy)
    moved = elsewhere(request, lang, m)
    if moved is not None:
        return moved
    causes_told = partial(told_causes, m, asked, most, words(lang))
    return await view(request, lang, "why_told.html.j2", causes_told, slow=True)
