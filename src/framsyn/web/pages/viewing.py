"""What the pages have in common: language and municipality in the address, and an answer made once."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Path, Request
from starlette.responses import Response

from framsyn.errors import FramsynError
from framsyn.places.municipality import LANGUAGES, Municipality
from framsyn.report.words import words
from framsyn.web.answers import HTML, answer
from framsyn.web.api.asking import Lang, Name, place
from framsyn.web.templating import render

Language = Annotated[Lang, Path()]
__all__ = ["Language", "Name", "names_of", "place", "view", "written_name"]


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
        slow: whether making it takes seconds.
    """
    return await answer(request, lambda: render(template, request, words(lang), **make()), HTML, slow=slow)


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
