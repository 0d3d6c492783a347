"""What is told of a municipality's place among the visions, and of where it stands by indicator."""

from typing import Any

from framsyn.evaluate.dictionary import DIMENSIONS, areas
from framsyn.evaluate.position import Position
from framsyn.evaluate.standing import Evaluation, Reading
from framsyn.evaluate.visions import Projection, dimensions
from framsyn.i18n.translator import NOT_KNOWN, Words
from framsyn.report.evaluation import gaps, notes, value_of
from framsyn.report.four_field_chart import four_field_panel
from framsyn.report.listing import looks
from framsyn.report.position import farthest, headline, interval, not_known, our_reading, rests_on, unknown
from framsyn.web.pages.telling import filling_json
from framsyn.web.templating import data


def told_position(told: Position, projection: Projection, said: Words) -> dict[str, Any]:
    """The place among the visions in words and numbers, and the four-field in one projection."""
    panel = four_field_panel(told, projection, said)
    return {
        "headline": headline(told, said),
        "not_known": not_known(told, said) if unknown(told) else "",
        "our_reading": our_reading(projection, said),
        "projection": projection,
        "filling": data(filling_json(panel.filling)),
        "text": panel.text,
        "visions": [
            {
                "look": looks([one.vision])[one.vision],
                "share": said.share(100.0 * one.probability),
                "percent": round(100.0 * one.probability),
                "distance": said.number(one.distance),
                "interval": said.interval(one.low, one.high),
                "farthest": farthest(one, said),
            }
            for one in told.visions
        ],
        "dimensions": [_dimension(at, one, told, said) for at, one in enumerate(DIMENSIONS)],
    }


def _dimension(at: int, one: str, told: Position, said: Words) -> dict[str, str]:
    known = one not in unknown(told)
    return {
        "label": said.gettext(dimensions()[one].label),
        "meaning": said.gettext(dimensions()[one].meaning),
        "mean": said.number(told.mean[one]) if known else NOT_KNOWN,
        "interval": said.interval(*interval(told, at)),
        "rests_on": rests_on(told.basis[one], said),
    }


def told_standing(read: Evaluation, said: Words) -> dict[str, Any]:
    """Every indicator area by area, among all and among peers, and how that is read."""
    how, estimated, *_ = notes(read, said)
    names = ", ".join(one.name(said.lang) for one in read.peers)
    peers = said.gettext("Peers, those most alike in residents, ages, villages and trend: {names}.")
    return {
        "areas": [
            {
                "label": said.gettext(label),
                "score": said.number(read.areas[area]),
                "rows": [_standing(one, said) for one in read.of_area(area)],
            }
            for area, label in areas().items()
        ],
        "notes": [how, estimated, peers.format(names=names), *gaps(read, said)],
    }


def _standing(one: Reading, said: Words) -> dict[str, str]:
    missing = one.status == "missing"
    return {
        "label": said.gettext(one.indicator.label),
        "unit": said.gettext(one.indicator.unit),
        "direction": one.indicator.direction,
        "meaning": said.gettext(one.indicator.meaning),
        "value": said.gettext("not published") if missing else value_of(one, one.value, said),
        "estimated": "~" if one.status == "estimated" else "",
        "median": value_of(one, one.peer_median, said),
        "all": _score(one.score, one.percentile, said),
        "peers": _score(one.peer_score, one.peer_percentile, said),
    }


def _score(score: float, percentile: float, said: Words) -> str:
    """The score; in brackets the place on the scale where neither end is better."""
    told = said.number(score)
    if told != NOT_KNOWN:
        return told
    inside = said.number(percentile)
    return inside if inside == NOT_KNOWN else f"({inside})"
