"""Files that pages ask for: styles, modules, charts and Vega itself, each known by its content.

Vega comes from the installed package that also draws the report's charts. With its interpreter it needs no
`eval`, so the content policy stays strict.
"""

import gzip
import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import vl_convert
from fastapi import APIRouter, Request
from starlette.responses import Response

from framsyn.caching import cache_folder
from framsyn.core.cached_text import load_text, store_text
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.report.drawing import NUMBER_LOCALES, charts_digest, compiled, declared
from framsyn.report.listing import looks
from framsyn.web.refused import no_such_file
from framsyn.web.representation import accepts_gzip

router = APIRouter(include_in_schema=False)

TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
FOREVER = "public, max-age=31536000, immutable"
VEGA, LOOKS, REPORT_STYLE = "vega.js", "looks.css", "report.css"
CHARTS, LOCALES = "charts/", "locales/"


@router.get("/static/{digest}/{name:path}")
def static(digest: str, name: str, request: Request) -> Response:
    """A file of the pages; one asked for by an older digest is answered as it is now, and not kept."""
    try:
        content = _content(name)
    except (KeyError, OSError, ValueError):
        raise no_such_file() from None
    kept = FOREVER if digest == _digest() else "no-cache"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    media = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    if accepts_gzip(request.headers):
        return Response(_packed(name), headers=headers | {"Content-Encoding": "gzip"}, media_type=media)
    return Response(content, headers=headers, media_type=media)


def address_of(name: str) -> str:
    """The address of a file, which changes with its content."""
    return f"/static/{_digest()}/{name}"


@cache
def _digest() -> str:
    """Of all files together: modules name each other, and the charts, without a digest."""
    parts = [_own(name) for name in _names()]
    parts += [_vega_key().encode(), charts_digest().encode(), _looks().encode(), _report_style().encode()]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]


@cache
def _content(name: str) -> bytes:
    made: dict[str, Callable[[], str]] = {VEGA: _vega, LOOKS: _looks, REPORT_STYLE: _report_style}
    if name in made:
        return made[name]().encode()
    if name.startswith(CHARTS):
        return _chart(name.removeprefix(CHARTS).removesuffix(".json"))
    if name.startswith(LOCALES):
        return _locale(name.removeprefix(LOCALES).removesuffix(".json"))
    return _own(name)


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(_content(name), 9, mtime=0)


def _own(name: str) -> bytes:
    """A file of the folder `static`."""
    if name not in _names():
        raise KeyError(name)
    return files("framsyn.web").joinpath("static", name).read_bytes()


@cache
def _names() -> tuple[str, ...]:
    folder = files("framsyn.web").joinpath("static")
    return tuple(sorted(one.name for one in folder.iterdir() if one.name.rpartition(".")[2] in TYPES))


def _chart(name: str) -> bytes:
    """A chart of the report's, compiled, with named and empty data."""
    if name not in declared():
        raise KeyError(name)
    return json.dumps(compiled(name), ensure_ascii=False).encode()


def _locale(lang: str) -> bytes:
    """How Vega writes numbers in a language."""
    locale: Any = NUMBER_LOCALES[lang]
    return json.dumps(vl_convert.get_format_locale(locale)).encode()


def _vega_key() -> str:
    return f"vl-convert-python {version('vl-convert-python')}"


def _vega() -> str:
    """Vega with its interpreter as a module, made from the installed package once and then kept."""
    digest = hashlib.sha256(_vega_key().encode()).hexdigest()[:12]
    folder = cache_folder("vega", digest, Path(__file__).parent)
    kept = folder / f"{VEGA}.stored" if folder else None
    stored = load_text(kept) if kept else None
    if stored is not None:
        return stored
    made: str = vl_convert.javascript_bundle("export const embed = vegaEmbed;")
    if kept is not None:
        store_text(kept, made)
    return made


def _looks() -> str:
    """Colours of the postures as classes, since the policy allows no style inside a page."""
    lines = [
        f".own-{one.id} {{ --own: {one.colour}; --dash: {one.dash or 'none'}; }}"
        for one in looks([*DEFAULT_POSTURES, "mine"]).values()
    ]
    return "\n".join(lines) + "\n"


def _report_style() -> str:
    return files("framsyn.report").joinpath("templates", "foresee.css").read_text("utf-8")


def warm() -> None:
    """Make and pack what takes long to make."""
    for name in (VEGA, *(f"{CHARTS}{one}.json" for one in declared())):
        _packed(name)
