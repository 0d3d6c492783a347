"""The start page: find a municipality."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from framsyn.report.words import words
from framsyn.web.pages.viewing import Language, view
from framsyn.web.refusals import language_of
from framsyn.web.templating import address

router = APIRouter()


@router.get("/")
def root(request: Request) -> Response:
    """To the start page in the reader's language."""
    return RedirectResponse(address(language_of(request.scope), ""), 307, {"Vary": "Accept-Language"})


@router.get("/{lang}")
def bare(lang: Language) -> Response:
    """To the start page of a language."""
    return RedirectResponse(address(lang, ""), 307)


@router.get("/{lang}/")
async def start(request: Request, lang: Language) -> Response:
    """Show the start page."""
    said = words(lang)
    return await view(request, lang, "start.html.j2", lambda: {"title": said.gettext("Find a municipality")})
