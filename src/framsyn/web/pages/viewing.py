"""What the pages have in common: language and municipality in the address, and an answer made once."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from framsyn.errors import FramsynError
from framsyn.i18n.translator import words
from framsyn.places.municipality import LANGUAGES, Municipality
from framsyn.web.answers import HTML, answer
from framsyn.web.api.asking import InPath, Lang, place
from framsyn.web.base_path import route_path
from framsyn.web.templating import render, stale

Language = Annotated[Lang, Path()]
__all__ = ["InPath", "Language", "PathLanguage", "elsewhere", "names_of", "place", "view", "written_name"]

#: To be asked with the same method, and not for ever: names change.
MOVED = 307


class PathLanguage(BaseModel):
    """A view's language stands in its path; what a query says of it changes nothing."""

    lang: Lang = Field(default="sv", exclude=True)


async def view(
    request: Request,
    lang: str,
    template: str,
    make: Callable[[], dict[str, Any]],
    *,
    slow: bool = False,
) -> Response:
    """A page, made once for its address.

    Args:
        request: the view that is asked for.
        lang: its language.
        template: its file.
        make: what the template tells: `title`, and `names` by language where the address holds one.
        slow: whether making it takes seconds though little is simulated.
    """
    return await answer(
        request,
        lambda: render(template, request, words(lang), **make()),
        HTML,
        slow=slow,
        depends_on={"stale": stale(request), "under": request.scope.get("root_path", "")},
    )


def elsewhere(request: Request, lang: str, m: Municipality) -> Response | None:
    """To the same view under the municipality's name in the page's language, where the address has another.

    Args:
        request: the view.
        lang: its language.
        m: the municipality of its address.
    """
    written = written_name(m, lang)
    if request.path_params["name"] == written:
        return None
    rest = route_path(request.scope).strip("/").split("/")[3:]
    path = "/".join((lang, "municipality", quote(written), *rest))
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{path}{query}", MOVED)


def names_of(m: Municipality) -> dict[str, str]:
    """How a municipality is written in an address, by language."""
    return {lang: written_name(m, lang) for lang in LANGUAGES}


def written_name(m: Municipality, lang: str) -> str:
    """Its name where that means it alone, else its code."""
    try:
        found = place(m.name(lang))
    except FramsynError:
        return m.code
    return m.name(lang) if found.code == m.code and "/" not in m.name(lang) else m.code
