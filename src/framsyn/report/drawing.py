"""From a chart declared in Altair to an inline SVG, by Vega in this process; no script in the page."""

import copy
import hashlib
import json
import re
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import vl_convert as vlc
from markupsafe import Markup

from framsyn.caching import cache_folder
from framsyn.core.cached_text import load_text, store_text
from framsyn.core.child_process import die_with_parent

if TYPE_CHECKING:
    from framsyn.report.charts import Chart

NUMBER_LOCALES: dict[str, str] = {"sv": "sv-SE", "fi": "fi-FI", "en": "en-GB"}
ROOM = Path(__file__).parent
#: The modules that declare charts.
DECLARED = ("charts", "choose_charts", "field_charts")

#: Pixels by which texts of a chart are larger in print.
LARGER = 2
#: Held by vl-convert itself, so that every machine draws the same picture.
PICTURE_FONT = "Liberation Sans"

Rows = list[dict[str, Any]]
Vega = dict[str, Any]

#: A text, so that Vega starts and fonts are found.
SMALLEST: Vega = {
    "$schema": "https://vega.github.io/schema/vega/v6.json",
    "marks": [{"type": "text", "encode": {"enter": {"text": {"value": "Å"}}}}],
}
WORKER: ContextVar[ProcessPoolExecutor | None] = ContextVar("worker", default=None)


@dataclass(frozen=True)
class Filling:
    """What is set in a chart when it is drawn.

    Attributes:
        data: rows for each named dataset.
        domains: the span or the categories of scales, by name.
        ranges: colours and the like of scales, by name.
        years: years marked on the horizontal axis; None = as declared.
        room: pixels added above the plot.
    """

    data: Mapping[str, Rows]
    domains: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    ranges: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    years: Sequence[int] | None = None
    room: int = 0


@contextmanager
def drawing_beside() -> Iterator[None]:
    """Draw in a process of its own, which starts at once while this one goes on with other work.

    Vega takes half a second to start and holds the interpreter lock while it draws. For programs that
    guard their entry point only: the process imports the main module again.
    """
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_begin) as worker:
        worker.submit(_svg, SMALLEST, None)
        token = WORKER.set(worker)
        try:
            yield
        finally:
            WORKER.reset(token)


def _begin() -> None:
    """End with the process that is drawn for, and leave Ctrl-C to it."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _svg(vega: Vega, locale: Any) -> str:
    return vlc.vega_to_svg(vega, format_locale=locale)


def _draw(vega: Vega, locale: str) -> str:
    """Draw in the process beside where there is one, else here."""
    worker = WORKER.get()
    if worker is not None:
        try:
            return worker.submit(_svg, vega, locale).result()
        except BrokenExecutor:
            WORKER.set(None)
    return _svg(vega, locale)


@cache
def compiled(name: str) -> Vega:
    """The chart called `name` as a Vega specification, from the cache of charts where it lies there."""
    folder = cache_folder("charts", charts_digest(), ROOM)
    kept = folder / f"{name}.stored" if folder else None
    stored = load_text(kept) if kept else None
    if stored is not None:
        known: Vega = json.loads(stored)
        return known
    made = compile_chart(name)
    if kept is not None:
        store_text(kept, json.dumps(made))
    return made


def compile_chart(name: str) -> Vega:
    """Compile a chart of `DECLARED` from Altair to Vega."""
    import altair as alt

    edition = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    made: Vega = vlc.vegalite_to_vega(declared()[name]().to_dict(), vl_version=edition)
    return made


def declared() -> "dict[str, Callable[[], Chart]]":
    """Every chart that is declared, by its name."""
    from framsyn.report import charts, choose_charts, field_charts

    return {**charts.CHARTS, **choose_charts.CHARTS, **field_charts.CHARTS}


def charts_digest() -> str:
    """What the compiled charts hang on: their declaration and the versions of what compiles them."""
    parts = [
        *((ROOM / f"{name}.py").read_bytes() for name in DECLARED),
        version("altair").encode(),
        version("vl-convert-python").encode(),
    ]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]


def drawn(name: str, filling: Filling, text: str, lang: str) -> Markup:
    """The chart filled, as an SVG that is one image with an alternative text.

    Args:
        name: of the chart.
        filling: data, spans and marked years.
        text: the alternative text.
        lang: `sv`, `fi` or `en`: how numbers on the axes are written.
    """
    svg = _draw(filled(compiled(name), filling), NUMBER_LOCALES[lang])
    return Markup(_as_image(svg, text))  # noqa: S704  (Vega escapes its text, the rest is ours)


def standing(name: str, filling: Filling, lang: str, colour: str) -> str:
    """The chart filled, as an SVG that stands by itself: for print, with its current colour as told.

    Its texts are a size larger, since a figure in print is seen smaller than on a screen.
    """
    svg = _draw(filled(compiled(name), filling), NUMBER_LOCALES[lang]).replace("currentColor", colour)
    larger = re.sub(r'font-size="(\d+)px"', lambda found: f'font-size="{int(found[1]) + LARGER}px"', svg)
    return re.sub(r' (?:font-family|role|aria-[a-z]+|pointer-events|class)="[^"]*"', "", larger)


def picture(svg: str, pixels: int) -> bytes:
    """An SVG that stands by itself as a PNG so many pixels wide, with the font that Vega's program holds."""
    width = float(re.search(r'<svg [^>]*?width="([\d.]+)', svg)[1])  # type: ignore[index]  # always told
    named = svg.replace("<svg ", f'<svg font-family="{PICTURE_FONT}" ', 1)
    return vlc.svg_to_png(named, scale=pixels / width)


def filled(chart: Vega, filling: Filling) -> Vega:
    """A copy of the chart with the filling set."""
    vega = copy.deepcopy(chart)
    for source in vega["data"]:
        if source["name"] in filling.data:
            source["values"] = filling.data[source["name"]]
    for scale in vega["scales"]:
        if scale["name"] in filling.domains:
            scale["domain"] = list(filling.domains[scale["name"]])
        if scale["name"] in filling.ranges:
            scale["range"] = list(filling.ranges[scale["name"]])
    for axis in vega.get("axes", ()):
        if axis["scale"] == "x" and "values" in axis and filling.years is not None:
            axis["values"] = list(filling.years)
    vega["padding"]["top"] += filling.room
    return vega


def _as_image(svg: str, text: str) -> str:
    size = re.search(r'viewBox="[^"]*"', svg)
    opening = f'<svg role="img" aria-label="{escape(text)}" {size.group() if size else ""}>'
    inner = re.sub(r"<svg [^>]*>", "", svg, count=1)
    lean = re.sub(r' (?:font-family|role|aria-[a-z]+|pointer-events|class)="[^"]*"', "", inner)
    return opening + lean
