"""The start page: find a municipality by name, or on the map of equal tiles."""

import math
from typing import Annotated, Any, NamedTuple

import numpy as np
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from framsyn.core.folding import fold
from framsyn.i18n.translator import Words, words
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import LANGUAGES, Municipality, municipalities
from framsyn.places.names import municipal_index
from framsyn.web.api.asking import LONGEST_NAME, place
from framsyn.web.api.futures import DIGITS
from framsyn.web.colouring import ESTIMATED, FORECAST, MISSING, OBSERVED, Colouring, by_area, colouring
from framsyn.web.pages.tilemap import order_by_name, tile_map
from framsyn.web.pages.viewing import Language, view, written_name
from framsyn.web.refusals import language_of
from framsyn.web.refused import NotFoundError
from framsyn.web.shades import legend, shades, written
from framsyn.web.templating import address
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)

SEE_OTHER = 303
#: What stands after a value that is estimated.
MARK = "*"


class AskedStart(BaseModel):
    """The state of the view: what is searched for, and what the map is coloured by."""

    model_config = ConfigDict(extra="ignore")

    q: str = Field("", max_length=LONGEST_NAME)
    colour: str = Field(FORECAST, max_length=60)


class Told(NamedTuple):
    """A municipality's value as the map tells it: class, text, mark of an estimate, and what to sort by."""

    shade: str
    text: str
    mark: str
    key: float | None


class Hit(NamedTuple):
    """A municipality that was found: its name, its other names with region and code, and its address."""

    name: str
    others: str
    written: str


@router.get("/")
def root(request: Request) -> Response:
    """To the start page in the reader's language."""
    return RedirectResponse(address(language_of(request.scope), ""), 307, {"Vary": "Accept-Language"})


@router.get("/{lang}/")
async def start(request: Request, lang: Language, asked: Annotated[AskedStart, Query()]) -> Response:
    """Show the start page; a search that finds one municipality goes to it."""
    colouring(asked.colour)
    found = found_by(asked.q)
    if len(found) == 1:
        name = written_name(found[0], lang)
        return RedirectResponse(address(lang, f"municipality/{name}"), SEE_OTHER)
    return await view(request, lang, "start.html.j2", lambda: _context(asked, found, words(lang)))


def found_by(q: str) -> list[Municipality]:
    """The one municipality that is called so, else all whose code or a name holds the text."""
    if not fold(q):  # no letter or digit: a blank is a part of every name
        return []
    try:
        return [place(q)]
    except NotFoundError:
        return list(municipalities(q))


def _context(asked: AskedStart, found: list[Municipality], said: Words) -> dict[str, Any]:
    one, bundle = colouring(asked.colour), shipped_bundle()
    near = municipal_index(bundle).nearest(asked.q) if asked.q.strip() and not found else []
    return {
        "title": said.gettext("See the futures of a municipality"),
        "here": "",
        "q": asked.q.strip(),
        "found": _hits(found, said.lang),
        "near": _hits([Municipality(at, bundle) for at in near], said.lang),
        "colour": one.id,
        "groups": _groups(said),
        "map": tile_map(said.lang),
        "order": order_by_name(said.lang),
        "opened": False,
        "texts": _texts(said),
        **_coloured(one, said),
    }


def _hits(found: list[Municipality], lang: str) -> list[Hit]:
    told = []
    for m in found:
        others = dict.fromkeys(m.name(other) for other in LANGUAGES if m.name(other) != m.name(lang))
        told.append(Hit(m.name(lang), ", ".join((*others, m.region(lang), m.code)), written_name(m, lang)))
    return told


def _groups(said: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (said.gettext(label), [(one.id, label_of(one, said)) for one in those]) for label, those in by_area()
    ]


def label_of(one: Colouring, said: Words) -> str:
    """What it is called."""
    return said.gettext(one.label).format(year=one.year)


def _coloured(one: Colouring, said: Words) -> dict[str, Any]:
    chosen = shades(one.values, one.decimals)
    told = [
        Told(
            chosen.of(float(value)),
            written(float(value), one.decimals, one.unit, said),
            f" {MARK}" if status == ESTIMATED else "",
            float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None,
        )
        for value, status in zip(one.values, one.status, strict=True)
    ]
    return {
        "label": label_of(one, said),
        "unit": said.gettext(one.unit),
        "meaning": said.gettext(one.meaning),
        "based": "" if one.id == FORECAST else said.gettext("Latest year: {year}.").format(year=one.year),
        "kinds": _kinds(one, said),
        "ends": _ends(one, told, said),
        "told": told,
        "swatches": legend(chosen, one.values, one.unit, said),
    }


def _ends(one: Colouring, told: list[Told], said: Words) -> str:
    """The highest, the middle and the lowest of the known values."""
    known = [int(at) for at in np.argsort(one.values) if math.isfinite(one.values[at])]
    lowest, highest, names = known[0], known[-1], tile_map(said.lang).tiles
    middle = written(float(np.nanmedian(one.values)), one.decimals, one.unit, said)
    return said.gettext("Highest: {high} in {highest}. Median: {middle}. Lowest: {low} in {lowest}.").format(
        high=told[highest].text,
        highest=names[highest].name,
        middle=middle,
        low=told[lowest].text,
        lowest=names[lowest].name,
    )


def _kinds(one: Colouring, said: Words) -> str:
    """How many values are observed, estimated, and not known."""
    if one.id == FORECAST:
        return said.gettext("A forecast has an interval: see the municipality's own page.")
    template = said.gettext("Observed: {observed}, estimated: {estimated} ({mark}), not known: {missing}.")
    return template.format(
        observed=one.status.count(OBSERVED),
        estimated=one.status.count(ESTIMATED),
        missing=one.status.count(MISSING),
        mark=MARK,
    )


def _texts(said: Words) -> dict[str, str]:
    """What the page's script says."""
    return {
        "suggested": said.gettext("{count} suggestions: choose with the arrow keys."),
        "none": said.gettext("No municipality of that name: press Enter for the nearest."),
        "sort": said.gettext("Sort by {column}"),
    }
