"""The map of pathways: until when each strategy works, and to which one can still switch when."""

from collections.abc import Sequence

from markupsafe import Markup

from framsyn.choose.council_terms import term_years
from framsyn.choose.pathways import Node, PathwayMap, Switch
from framsyn.i18n.translator import Words
from framsyn.report.choose_charts import MAP_WIDTH
from framsyn.report.drawing import Filling, Rows, drawn
from framsyn.report.listing import Look

#: How many switches are drawn at most, and how far apart those of one year stand, in years.
MOST_SWITCHES, APART = 6, 0.25
KEY_LENGTH, KEY_ROW, KEY_TOP = 30, 20, -62


def pathways_figure(found: PathwayMap, looks: Sequence[Look], words: Words) -> Markup:
    """The map as an SVG with an alternative text.

    Args:
        found: the pathways.
        looks: how each strategy of the map is named and drawn, by id; `label` may be a message id.
        words: the language.
    """
    return drawn("pathways", filling(found, looks, words), spoken(found, looks, words), words.lang)


def filling(found: PathwayMap, looks: Sequence[Look], words: Words) -> Filling:
    """What is set in the chart."""
    first, last = found.years
    names = {look.id: words.gettext(look.label) for look in looks}
    nodes = sorted(found.nodes, key=lambda node: -node.held)
    rows = [node.strategy for node in nodes]
    colours = {look.id: look.colour for look in looks}
    terms = term_years(first, last)
    data: dict[str, Rows] = {
        "terms": [{"year": year} for year in terms],
        "works": [_span(node.strategy, first, _until(node, last)) for node in nodes],
        "tipped": [_span(node.strategy, _until(node, last), last) for node in nodes],
        "spread": [row for node in nodes for row in _spread(node, last)],
        "mid": _mids(nodes),
        "open": [
            {"row": node.strategy, "year": last} for node in nodes if node.tipping.quantiles[-1] is None
        ],
        "names": [
            {"row": node.strategy, "name": names[node.strategy], "held": _held(node.held, words)}
            for node in nodes
        ],
        "switches": _switches(shown_switches(found)),
        **_key(words),
    }
    return Filling(
        data=data,
        domains={"x": (first, last), "y": rows, "color": rows},
        ranges={"color": [colours[row] for row in rows]},
        years=[first, *(year for year in terms if first + 1 < year < last - 1), last],
        room=-KEY_TOP + 20,
    )


def shown_switches(found: PathwayMap) -> list[Switch]:
    """The last switch that works from each strategy that does not hold by itself to each other one.

    Of many, those that hold in most worlds.
    """
    weak = {node.strategy for node in found.nodes if node.held < found.demands.threshold}
    last: dict[tuple[str, str], Switch] = {}
    for one in (switch for switch in found.switches if switch.source in weak):
        pair = (one.source, one.target)
        if pair not in last or one.year > last[pair].year:
            last[pair] = one
    best = sorted(last.values(), key=lambda one: -one.held_after)[:MOST_SWITCHES]
    return sorted(best, key=lambda one: (one.year, one.source, one.target))


def _until(node: Node, last: int) -> int:
    return last if node.tipping.risk is None else node.tipping.risk


def _span(row: str, start: int, end: int) -> dict[str, object]:
    return {"row": row, "start": start, "end": end}


def _spread(node: Node, last: int) -> Rows:
    low, _, high = node.tipping.quantiles
    return [] if low is None else [_span(node.strategy, low, last if high is None else high)]


def _mids(nodes: Sequence[Node]) -> Rows:
    return [
        {"row": node.strategy, "year": node.tipping.quantiles[1]}
        for node in nodes
        if node.tipping.quantiles[1] is not None
    ]


def _held(share: float, words: Words) -> str:
    return words.gettext("holds in {share} of the worlds").format(share=words.share(100.0 * share))


def _switches(switches: Sequence[Switch]) -> Rows:
    """Connectors, a little apart where several begin or end in one place."""
    shown: Rows = []
    for one in switches:
        same = [other for other in switches if other.year == one.year]
        moved = APART * (same.index(one) - (len(same) - 1) / 2.0)
        shown.append(
            {
                "decided": one.decide_by + moved,
                "year": one.year + moved,
                "row": one.source,
                "target": one.target,
            }
        )
    return shown


def _key(words: Words) -> dict[str, Rows]:
    """The legend, two columns above the plot."""
    said = {
        "key_works": words.gettext("within the accepted risk"),
        "key_tipped": words.gettext("beyond the accepted risk"),
        "key_spread": words.gettext("80% of the worlds tip here; tick: half have"),
        "key_switch": words.gettext("last switch that works: decided, begun"),
    }
    places = [(0, 0), (0, 1), (MAP_WIDTH * 0.38, 0), (MAP_WIDTH * 0.38, 1)]
    data: dict[str, Rows] = {"key": []}
    for (name, text), (left, row) in zip(said.items(), places, strict=True):
        y = KEY_TOP + KEY_ROW * row
        data[name] = [{"x": left, "x2": left + KEY_LENGTH, "y": y}]
        data["key"].append({"x": left + KEY_LENGTH + 10, "y": y, "text": text})
    return data


def spoken(found: PathwayMap, looks: Sequence[Look], words: Words) -> str:
    """What the map shows, from the same numbers."""
    names = {look.id: words.gettext(look.label) for look in looks}
    first, last = found.years
    nodes = sorted(found.nodes, key=lambda node: -node.held)
    said = [
        words.gettext("Pathways {first}–{last}.").format(first=first, last=last),
        *(_spoken_node(node, names[node.strategy], words) for node in nodes),
    ]
    template = words.gettext(
        "The last switch that still works from {source} to {target}: {year}, decided by {decide_by}; it then"
        " holds in {share} of the worlds."
    )
    said.extend(
        template.format(
            source=names[one.source],
            target=names[one.target],
            year=one.year,
            decide_by=one.decide_by,
            share=words.share(100.0 * one.held_after),
        )
        for one in shown_switches(found)
    )
    if not shown_switches(found):
        said.append(words.gettext("No switch works."))
    return " ".join(said)


def _spoken_node(node: Node, name: str, words: Words) -> str:
    template = words.gettext(
        "{strategy} {held}; 10%, 50% and 90% of the worlds have tipped by: {low}, {mid}, {high}."
    )
    low, mid, high = (_year(year, words) for year in node.tipping.quantiles)
    return template.format(strategy=name, held=_held(node.held, words), low=low, mid=mid, high=high)


def _year(year: int | None, words: Words) -> str:
    return words.gettext("not within the years") if year is None else str(year)
