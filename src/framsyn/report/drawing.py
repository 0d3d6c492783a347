"""From a chart declared in Altair to an inline SVG, by Vega in this process; no script in the page."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
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
from framsyn.report.vega import SMALLEST, Vega, begin, svg_of

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


@dataclass(frozen=True, eq=False)
class Filling:
    """What is set in a chart when it is drawn; two of them are never the same drawing.

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


class DrawingProcess:
    """A process that only draws; drawings that are begun early are done when they are needed."""

    def __init__(self, worker: ProcessPoolExecutor) -> None:
        self._worker = worker
        self._begun: dict[tuple[Filling, str], Future[str]] = {}

    def begin(self, name: str, filling: Filling, locale: str) -> None:
        """Begin to draw a chart."""
        drawing = self._worker.submit(svg_of, filled(compiled(name), filling), locale)
        self._begun[filling, locale] = drawing

    def svg(self, name: str, filling: Filling, locale: str) -> str:
        """A chart, begun or not; BrokenExecutor where the process has ended."""
        if (filling, locale) not in self._begun:
            self.begin(name, filling, locale)
        return self._begun.pop((filling, locale)).result()


BESIDE: ContextVar[DrawingProcess | None] = ContextVar("drawing beside", default=None)


@contextmanager
def drawing_beside() -> Iterator[None]:
    """Draw in a process of its own, which starts at once while this one goes on with other work.

    Vega takes half a second to start and holds the interpreter lock while it draws. For programs that
    guard their entry point only: the process imports the main module again.
    """
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=begin) as worker:
        worker.submit(svg_of, SMALLEST, None)
        token = BESIDE.set(DrawingProcess(worker))
        try:
            yield
        finally:
            BESIDE.reset(token)


def begin_drawing(charts: Iterable[tuple[str, Filling]], lang: str) -> None:
    """Begin to draw charts in the process beside, where there is one, before `drawn` is asked for them.

    Args:
        charts: the name and the filling of each, the very one that `drawn` gets.
        lang: `sv`, `fi` or `en`.
    """
    beside = BESIDE.get()
    if beside is None:
        return
    with suppress(BrokenExecutor):  # `drawn` then draws here
        for name, filling in charts:
            beside.begin(name, filling, NUMBER_LOCALES[lang])


def _draw(name: str, filling: Filling, lang: str) -> str:
    """Draw in the process beside where there is one, else here."""
    beside, locale = BESIDE.get(), NUMBER_LOCALES[lang]
    if beside is not None:
        try:
            return beside.svg(name, filling, locale)
        except BrokenExecutor:
            BESIDE.set(None)
    return svg_of(filled(compiled(name), filling), locale)


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
    svg = _draw(name, filling, lang)
    return Markup(_as_image(svg, text))  # noqa: S704  (Vega escapes its text, the rest is ours)


def standing(name: str, filling: Filling, lang: str, colour: str) -> str:
    """The chart filled, as an SVG that stands by itself: for print, with its current colour as told.

    Its texts are a size larger, since a figure in print is seen smaller than on a screen.
    """
    svg = _draw(name, filling, lang).replace("currentColor", colour)
    larger = re.sub(r'font-size="(\d+)px"', lambda found: f'font-size="{int(found[1]) + LARGER}px"', svg)
    return re.sub(r' (?:font-family|role|aria-[a-z]+|pointer-events|class)="[^"]*"', "", larger)


def picture(svg: str, pixels: int) -> bytes:
    """An SVG that stands by itself as a PNG so many pixels wide, with the font that Vega's program holds."""
    width = float(re.search(r'<svg [^>]*?width="([\d.]+)', svg)[1])  # type: ignore[index]  # always told
    named = svg.replace("<svg ", f'<svg font-family="{PICTURE_FONT}" ', 1)
    return vlc.svg_to_png(named, scale=pixels / width)


def filled(chart: Vega, filling: Filling) -> Vega:
    """The chart with the filling set; what it does not touch is shared with the chart."""
    vega = {
        **chart,
        "data": [_with_rows(source, filling.data) for source in chart["data"]],
        "scales": [_with_span(scale, filling) for scale in chart["scales"]],
        "padding": {**chart["padding"], "top": chart["padding"]["top"] + filling.room},
    }
    if filling.years is not None and "axes" in chart:
        vega["axes"] = [_with_years(axis, filling.years) for axis in chart["axes"]]
    return vega


def _with_rows(source: Vega, data: Mapping[str, Rows]) -> Vega:
    return {**source, "values": data[source["name"]]} if source["name"] in data else source


def _with_span(scale: Vega, filling: Filling) -> Vega:
    spans = {"domain": filling.domains, "range": filling.ranges}
    name = scale["name"]
    return scale | {part: list(found[name]) for part, found in spans.items() if name in found}


def _with_years(axis: Vega, years: Sequence[int]) -> Vega:
    return {**axis, "values": list(years)} if axis["scale"] == "x" and "values" in axis else axis


def _as_image(svg: str, text: str) -> str:
    size = re.search(r'viewBox="[^"]*"', svg)
    opening = f'<svg role="img" aria-label="{escape(text)}" {size.group() if size else ""}>'
    inner = re.sub(r"<svg [^>]*>", "", svg, count=1)
    lean = re.sub(r' (?:font-family|role|aria-[a-z]+|pointer-events|class)="[^"]*"', "", inner)
    return opening + lean
