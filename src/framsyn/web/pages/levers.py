"""The levers: what a council can set, and the futures that follow while it is moved."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from framsyn.choose.strategy_text import strategy_in
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import words
from framsyn.web.answers import state_of
from framsyn.web.api.asking import AskedLives
from framsyn.web.api.futures import columns_of
from framsyn.web.api.levers_here import LeverHere, levers_here_told
from framsyn.web.cost import cost_of
from framsyn.web.pages.levers_view import CHOOSABLE, USUAL, told
from framsyn.web.pages.viewing import InPath, Language, PathLanguage, view, written_name
from framsyn.web.templating import address
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)


class AskedLevers(PathLanguage, AskedLives):
    """The state of the view: one's own strategy, the one it is compared with, and the figures drawn."""

    model_config = AskedLives.model_config | {"extra": "ignore"}

    strategy: str = Field(default=AS_IS, max_length=1500)
    against: str = Field(default=AS_IS, max_length=1500)
    indicator: list[str] = Field(default=list(USUAL), min_length=1, max_length=len(CHOOSABLE))

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.draws, self.years, len({*DEFAULT_POSTURES, self.against, self.strategy})

    def cost(self, draws: int) -> int:
        """Microseconds that it takes with so many draws."""
        return cost_of(draws, self.years, self.cost_dimensions[2], len(self.indicator))


@router.get("/{lang}/municipality/{name}/levers")
async def levers(
    request: Request, lang: Language, m: InPath, asked: Annotated[AskedLevers, Query()]
) -> Response:
    """Show the levers and the futures under them."""
    state = state_of(request)
    strategy_in(asked.strategy)
    strategy_in(asked.against)
    columns_of(asked.indicator)
    return await view(request, lang, "levers.html.j2", lambda: told(state, m, asked, words(lang)))


@router.get("/{lang}/municipality/{name}/levers/set")
async def set_levers(request: Request, lang: Language, m: InPath) -> Response:
    """To the view with the levers of a form set, where there is no script."""
    given = request.query_params
    base = given.get("base", AS_IS)
    here = levers_here_told(m, lang)
    every = [*here.foremost, *(one for group in here.groups for one in group.levers)]
    parts = [f"{one.id}.{given[one.id]}" for one in every if _moved(one, base, given.get(one.id))]
    line = "*".join([base, *parts])
    strategy_in(line)
    state = {"strategy": line, "against": given.get("against"), "indicator": given.getlist("indicator")}
    return RedirectResponse(address(lang, f"municipality/{written_name(m, lang)}/levers", **state), 303)


def _moved(lever: LeverHere, base: str, given: str | None) -> bool:
    """Whether a form's value differs from where the base's slider stands."""
    before = lever.settings.get(base)
    if given is None or before is None:
        return False
    if isinstance(before, str):
        return given != before
    try:
        return abs(float(given) - on_grid(lever, before)) > lever.step / 100
    except ValueError:
        return True


def on_grid(lever: LeverHere, value: float) -> float:
    """Where a slider stands for a value."""
    steps = round((min(max(value, lever.low), lever.high) - lever.low) / lever.step)
    return lever.low + steps * lever.step
