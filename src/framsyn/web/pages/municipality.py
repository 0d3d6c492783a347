"""A municipality's page: its futures side by side, what is decided in them, its place, and early warnings."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from framsyn.i18n.translator import words
from framsyn.model.indicator_names import indicator_named
from framsyn.web.answers import house_of
from framsyn.web.api.asking import AskedLives
from framsyn.web.api.warnings import PostureId
from framsyn.web.pages.municipality_view import told
from framsyn.web.pages.viewing import Language, Name, elsewhere, place, view
from framsyn.web.pages.warnings_view import told_warnings

router = APIRouter()


class AskedView(AskedLives):
    """The worlds of a view; what else its address holds is its own."""

    model_config = AskedLives.model_config | {"extra": "ignore"}


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
    request: Request, lang: Language, name: Name, asked: Annotated[AskedMunicipality, Query()]
) -> Response:
    """Show a municipality."""
    m, house = place(name), house_of(request)
    indicator_named(asked.indicator)
    moved = elsewhere(request, lang, name, m)
    if moved is not None:
        return moved
    return await view(request, lang, "municipality.html.j2", lambda: told(house, m, asked, words(lang)))


@router.get("/{lang}/municipality/{name}/warnings")
async def warnings(
    request: Request, lang: Language, name: Name, asked: Annotated[AskedView, Query()]
) -> Response:
    """Show the early warnings, which take a while to make."""
    m = place(name)
    moved = elsewhere(request, lang, name, m)
    if moved is not None:
        return moved
    return await view(
        request, lang, "warnings.html.j2", lambda: told_warnings(m, asked, words(lang)), slow=True
    )
