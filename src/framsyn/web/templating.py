"""Pages from templates: the reader's words, and addresses that carry what a view was made with."""

from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from markupsafe import Markup

from framsyn.i18n.translator import LANGUAGES, Words
from framsyn.places.bundle import shipped_bundle
from framsyn.report.environment import environment
from framsyn.web.made import made_with
from framsyn.web.statics import address_of
from framsyn.web.typed_request import NOTED, TypedRequest

#: The parameter of an address that tells what a view was made with.
MADE = "made"
#: What each language calls itself.
OWN_NAMES = {"sv": "Svenska", "fi": "Suomi", "en": "English"}


def render(template: str, request: Request, said: Words, *, title: str, **context: Any) -> str:
    """A whole page.

    Args:
        template: its file.
        request: the view that is asked for.
        said: the reader's words.
        title: of the page, in the reader's language.
        context: what the template tells.
    """
    root = request.scope.get("root_path", "")
    return (
        environment("framsyn.web")
        .get_template(template)
        .render(
            _=said.gettext,
            ngettext=said.ngettext,
            words=said,
            lang=said.lang,
            title=title,
            languages=languages(request, context.get("names")),
            root=root,
            static=lambda name: root + address_of(name),
            to=lambda path, **state: root + address(said.lang, path, **state),
            made=made_with(),
            stale=stale(request),
            base_year=shipped_bundle().base_year,
            **context,
        )
    )


def address(lang: str, path: str, **state: Any) -> str:
    """The address of a view inside the server: `/sv/municipality/Närpes?made=…`.

    Lists repeat, blanks are left out. It has no prefix: see `base_path`.
    """
    told = [(name, value) for name, value in state.items() if value not in (None, "", [])]
    query = urlencode([*told, (MADE, made_with())], doseq=True, safe="*,:@<>")
    return f"/{lang}/{quote(path)}?{query}"


def languages(request: Request, names: dict[str, str] | None) -> list[tuple[str, str, str]]:
    """Code, name and address of the same view in every language.

    Args:
        request: the view.
        names: of the municipality in the address by language, where there is one.
    """
    noted: TypedRequest | None = request.scope.get(NOTED)
    root = request.scope.get("root_path", "")
    if noted is None:  # nothing was validated: the start page
        return [(code, OWN_NAMES[code], f"{root}/{code}/") for code in LANGUAGES]
    template = request.scope["route"].path
    query = urlencode([*noted.state, (MADE, stale(request) or made_with())], doseq=True, safe="*,:@<>~")
    return [
        (
            code,
            OWN_NAMES[code],
            f"{root}{template.format(lang=code, name=quote(names[code] if names else ''))}?{query}",
        )
        for code in LANGUAGES
    ]


def stale(request: Request) -> str:
    """What the linked view was made with, where that is not what this server makes it with; else blank."""
    told = request.query_params.get(MADE, "")
    return "" if told in ("", made_with()) else told[:100]


def data(value: str) -> Markup:
    """JSON that may stand in a script element of a page."""
    return Markup(value.replace("<", "\\u003c"))  # noqa: S704  (no tag can be closed inside)
