"""From a chart declared in Altair to an inline SVG, by Vega in this process; no script in the page."""

import copy
import re
from html import escape
from typing import Any

import altair as alt
import vl_convert as vlc
from markupsafe import Markup

NUMBER_LOCALES: dict[str, Any] = {"sv": "sv-SE", "fi": "fi-FI", "en": "en-GB"}
VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
EMPTY = {"$schema": "https://vega.github.io/schema/vega/v6.json", "marks": []}

Rows = list[dict[str, Any]]
Vega = dict[str, Any]


def warm() -> None:
    """Start Vega, which takes half a second; may be called ahead from another thread."""
    vlc.vega_to_svg(EMPTY)


def compiled(chart: alt.Chart | alt.LayerChart | alt.FacetChart) -> Vega:
    """The chart as a Vega specification, to be drawn many times with different data."""
    compiled_chart: Vega = vlc.vegalite_to_vega(chart.to_dict(), vl_version=VEGA_LITE)
    return compiled_chart


def drawn(vega: Vega, data: dict[str, Rows], text: str, lang: str) -> Markup:
    """The chart with its named data, as an SVG that is one image with an alternative text.

    Args:
        vega: from `compiled`.
        data: rows for each name of an inline dataset in the chart.
        text: the alternative text.
        lang: `sv`, `fi` or `en`: how numbers on the axes are written.
    """
    filled = copy.deepcopy(vega)
    for source in filled["data"]:
        if source["name"] in data:
            source["values"] = data[source["name"]]
    svg = vlc.vega_to_svg(filled, format_locale=NUMBER_LOCALES[lang])
    return Markup(_as_image(svg, text))  # noqa: S704  (Vega escapes its text, the rest is ours)


def _as_image(svg: str, text: str) -> str:
    size = re.search(r'viewBox="[^"]*"', svg)
    opening = f'<svg role="img" aria-label="{escape(text)}" {size.group() if size else ""}>'
    inner = re.sub(r"<svg [^>]*>", "", svg, count=1)
    lean = re.sub(r' (?:font-family|role|aria-[a-z]+|pointer-events|class)="[^"]*"', "", inner)
    return opening + lean
