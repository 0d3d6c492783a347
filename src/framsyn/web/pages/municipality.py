"""A municipality's page: its futures side by side, what is decided in them, its place, and early warnings."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.i18n.translator import words
from framsyn.model.indicator_names import indicator_named
from framsyn.web.answers import state_of
from framsyn.web.api.asking import AskedLives
from framsyn.web.api.warnings import PostureId, warning_cost
from framsyn.web.pages.municipality_view import told
from framsyn.web.pages.viewing import InPath, Language, PathLanguage, elsewhere, view
from framsyn.web.pages.warnings_view import told_warnings
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)


class AskedView(PathLanguage, AskedLives):
    """The worlds of a view; what else its address holds is its own."""

    model_config = AskedLives.model_config | {"extra": "ignore"}


class AskedWarningsView(AskedView):
    """The draws of the view of early warnings."""

    def cost(self, draws: int) -> int:
        """Microseconds that it takes with so many draws."""
        return warning_cost(draws, self.years, len(DEFAULT_POSTURES))


class AskedMunicipality(AskedView):
    """The state of the view.

    Attributes:
        indicator: the one drawn as fans.
        age_posture, age_year: whose ages are drawn, and when; 0 = in the last year.
        projection: the axes of the four-field.
    """

    indicator: str = Field(default="population", max_length=60)
    age_posture: PostureId = "as_is"
    age_year: int = Field(default=0, ge=0, le=9999)
    projection: Literal["H1", "H2"] = "H1"


@router.get("/{lang}/municipality/{name}")
async def municipality(
    request: Request, lang: Language, m: InPath, asked: Annotated[AskedMunicipality, Query()]
) -> Response:
    """Show a municipality."""
    state = state_of(request)
    indicator_named(asked.indicator)
    moved = elsewhere(request, lang, m)
    if moved is not None:
        return moved
    return await view(request, lang, "municipality.html.j2", lambda: told(state, m, asked, words(lang)))


@router.get("/{lang}/municipality/{name}/warnings")
async def warnings(
    request: Request, lang: Language, m: InPath, asked: Annotated[AskedWarningsView, Query()]
) -> Response:
    """Show the early warnings, which take a while to make."""
    moved = elsewhere(request, lang, m)
    if moved is not None:
        return moved
    return await view(request, lang, "warnings.html.j2", lambda: told_warnings(m, asked, words(lang)))
