"""About: what the brochure says and what is our reading, how it works, how right it is, and its limits."""

from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from framsyn import __version__
from framsyn.evaluate.visions import dimensions, projections, vision_places
from framsyn.evidence.register import loop_names
from framsyn.foresee.forecast.record import SIZES
from framsyn.i18n.translator import Words, words
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import STATUSES
from framsyn.report.evidence_table import MEANINGS
from framsyn.report.listing import looks, visions
from framsyn.report.loops_diagram import loop_figure, overview_figure
from framsyn.report.page import provenance
from framsyn.web.pages.operations import operations
from framsyn.web.pages.viewing import Language, view
from framsyn.web.typed_request import TypedRoute

router = APIRouter(route_class=TypedRoute)

#: Years ahead of which the record is told.
AHEAD = (1, 3, 5, 10)
MARKS = ("stated", "inferred")


@router.get("/{lang}/about")
async def about(request: Request, lang: Language) -> Response:
    """Show what this is, and what it is not."""
    return await view(request, lang, "about.html.j2", lambda: _about(words(lang)))


@router.get("/{lang}/api")
async def interface(request: Request, lang: Language) -> Response:
    """Show the operations of the interface."""
    said, described = words(lang), request.app.openapi()
    return await view(
        request,
        lang,
        "api.html.j2",
        lambda: {
            "title": said.gettext("The interface for programs"),
            "here": "about",
            "groups": operations(described),
        },
    )


def _about(said: Words) -> dict[str, Any]:
    bundle = shipped_bundle()
    facts = bundle.manifest["facts"]
    return {
        "title": said.gettext("About Framsyn"),
        "here": "about",
        "version": __version__,
        "bundle_version": bundle.version,
        "municipalities": len(bundle),
        "postures": list(looks(list(visions())).values()),
        "visions": visions(),
        "places": _places(said),
        "projections": list(projections().values()),
        "meanings": [(said.gettext(letter), said.gettext(text)) for letter, text in MEANINGS.items()],
        "overview": Markup(overview_figure(said)),  # noqa: S704  (drawn here, every text escaped)
        "loops": [Markup(loop_figure(loop, said)) for loop in loop_names()],  # noqa: S704
        "ahead": AHEAD,
        "record": _record(said),
        "provenance": provenance(said),
        "facts": [
            (status, [(name, one) for name, one in facts.items() if one["status"] == status])
            for status in STATUSES
        ],
        "tables": bundle.manifest["tables"],
    }


def _places(said: Words) -> list[dict[str, Any]]:
    """Where each vision stands in each dimension, with the words that this rests on."""
    return [
        {
            "vision": said.gettext(looks([one.vision])[one.vision].label),
            "look": one.vision,
            "dimension": said.gettext(dimensions()[one.dimension].label),
            "place": said.number(one.place),
            "stated": one.mark == MARKS[0],
            "words": said.gettext(one.words),
            "reading": said.gettext(one.reading),
        }
        for one in vision_places()
    ]


def _record(said: Words) -> list[tuple[str, list[str], str]]:
    """By size of municipality: within what 80 of 100 forecasts lay, and how many outcomes that rests on."""
    rows = shipped_bundle().manifest["forecast"]["past_errors"]
    found = []
    for least in SIZES:
        own = {row["horizon"]: row for row in rows if row["least_residents"] == least}
        if own:
            within = [
                f"±{said.percent(own[ahead]['within_80'])}" if ahead in own else said.number(float("nan"))
                for ahead in AHEAD
            ]
            most = max(row["outcomes"] for row in own.values())
            found.append((_size(own[min(own)], said), within, said.number(most)))
    return found


def _size(row: dict[str, Any], said: Words) -> str:
    least, most = row["least_residents"], row["most_residents"]
    if most is None:
        return said.gettext("{least} residents or more").format(least=said.number(least))
    if least == 0:
        return said.gettext("under {most} residents").format(most=said.number(most))
    return said.gettext("{least}–{most} residents").format(least=said.number(least), most=said.number(most))
