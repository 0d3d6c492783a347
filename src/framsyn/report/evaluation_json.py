"""The evaluation of a municipality as JSON: stable keys, numbers as they are, null where nothing is known."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from framsyn.evaluate.cloud import Basis, Measured
from framsyn.evaluate.dictionary import areas
from framsyn.evaluate.figures import figure_years
from framsyn.evaluate.movers import Mover
from framsyn.evaluate.position import Near, Position
from framsyn.evaluate.standing import Evaluation, Reading
from framsyn.evaluate.visions import Projection, dimensions, vision_places
from framsyn.i18n.translator import Words
from framsyn.places.municipality import Municipality
from framsyn.report.listing import looks


def evaluation_json(
    read: Evaluation,
    told: Position,
    projection: Projection,
    words: Words,
    lowest: Sequence[tuple[str, float]] = (),
    answer_notes: Sequence[str] = (),
) -> str:
    """The indicators and the place among the visions; labels are in the reader's language, keys never."""
    return json.dumps(
        evaluation_document(read, told, projection, words, lowest, answer_notes),
        ensure_ascii=False,
        indent=2,
        allow_nan=False,
    )


def evaluation_document(
    read: Evaluation,
    told: Position,
    projection: Projection,
    words: Words,
    lowest: Sequence[tuple[str, float]] = (),
    answer_notes: Sequence[str] = (),
) -> dict[str, Any]:
    """The same as an object."""
    m = read.municipality
    return {
        "municipality": _named(m, words),
        "base_year": m.bundle.base_year,
        "bundle_version": m.bundle.version,
        "peers": {"chosen": read.own_peers, "municipalities": [_named(one, words) for one in read.peers]},
        "areas": [_area(area, label, read, words) for area, label in areas().items()],
        "missing": [one.indicator.id for one in read.readings if one.status == "missing"],
        "position": _position(told, projection, words),
        "lowest_statements": [{"statement": text, "mean": mean} for text, mean in lowest],
        "answer_notes": list(answer_notes),
    }


def _named(m: Municipality, words: Words) -> dict[str, str]:
    return {"code": m.code, "name": m.name(words.lang)}


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _area(area: str, label: str, read: Evaluation, words: Words) -> dict[str, Any]:
    return {
        "id": area,
        "label": words.gettext(label),
        "score": _known(read.areas[area]),
        "indicators": [_reading(one, read, words) for one in read.of_area(area)],
    }


def _reading(one: Reading, read: Evaluation, words: Words) -> dict[str, Any]:
    indicator = one.indicator
    return {
        "id": indicator.id,
        "label": words.gettext(indicator.label),
        "meaning": words.gettext(indicator.meaning),
        "unit": words.gettext(indicator.unit),
        "direction": indicator.direction,
        "dimension": indicator.dimension or None,
        "peer_group": indicator.peer_group,
        "value": _known(one.value),
        "status": one.status,
        "years": figure_years(read.municipality.bundle, indicator.formula),
        "source": indicator.source,
        "percentile": _known(one.percentile),
        "peer_percentile": _known(one.peer_percentile),
        "score": _known(one.score),
        "peer_score": _known(one.peer_score),
        "peer_median": _known(one.peer_median),
        "peer_best_quarter": _known(one.peer_best_quarter),
    }


def _position(told: Position, projection: Projection, words: Words) -> dict[str, Any]:
    return {
        "nearest": told.nearest,
        "draws": told.draws,
        "seed": told.seed,
        "dimensions": [_dimension(one, told, words) for one in told.basis.values()],
        "visions": [_vision(one, words) for one in told.visions],
        "movers": [_mover(one) for one in told.movers],
        "projection": {
            "id": projection.id,
            "hypothesis": projection.hypothesis,
            "horizontal": projection.horizontal,
            "vertical": projection.vertical,
            "our_reading": True,
            "for": words.gettext(projection.speaks_for),
            "against": words.gettext(projection.speaks_against),
        },
    }


def _dimension(basis: Basis, told: Position, words: Words) -> dict[str, Any]:
    known = dimensions()[basis.dimension]
    return {
        "id": basis.dimension,
        "label": words.gettext(known.label),
        "meaning": words.gettext(known.meaning),
        "mean": told.mean[basis.dimension],
        "sd": told.sd[basis.dimension],
        "basis": basis.kind,
        "indicators": basis.indicators,
        "weight_of_data": basis.weight_of_data,
        "data": _measured(basis.data),
        "assessment": _measured(basis.assessment),
    }


def _measured(one: Measured) -> Mapping[str, float] | None:
    return {"mean": one.mean, "sd": one.sd} if one.precision else None


def _vision(one: Near, words: Words) -> dict[str, Any]:
    return {
        "id": one.vision,
        "label": words.gettext(looks([one.vision])[one.vision].label),
        "probability": one.probability,
        "distance": one.distance,
        "distance_p10": one.low,
        "distance_p90": one.high,
        "gaps": one.gaps,
        "places": [
            {
                "dimension": place.dimension,
                "place": place.place,
                "mark": place.mark,
                "words": words.gettext(place.words),
                "reading": words.gettext(place.reading),
            }
            for place in vision_places()
            if place.vision == one.vision
        ],
    }


def _mover(one: Mover) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "dimension": one.dimension,
        "value": _known(one.value),
        "target": _known(one.target),
        "shift": one.shift,
        "change": one.change,
        "probabilities": one.probabilities,
    }
