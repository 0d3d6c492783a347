"""A scored self-assessment as JSON; keys are stable, labels and notes in the reader's language."""

import json
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from framsyn.engage.bootstrap import Estimate
from framsyn.engage.gaps import Gap
from framsyn.engage.scoring import GroupScores, Scores
from framsyn.engage.statements import statements
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.i18n.translator import Words
from framsyn.report.assessment_words import label, said


def scores_json(scores: Scores, words: Words) -> str:
    """The scores as JSON; what is not known is null."""
    placement = scores.placement
    document = {
        "read": scores.read,
        "counted": scores.counted,
        "weighing": scores.weighing,
        "dimensions": {
            name: {
                "label": label(name, words),
                **_estimate(scores.measures[name]),
                **_known(scores.reliability[name]._asdict()),
            }
            for name in DIMENSIONS
        },
        "careless": {
            "same_throughout": int(scores.careless.straight.sum()),
            "agree_with_opposites": int(scores.careless.contradictory.sum()),
            "same_as_an_earlier_row": int(scores.careless.identical.sum()),
            "any": int(scores.careless.any.sum()),
        },
        "without": {name: _estimate(told) for name, told in scores.without.items()},
        "starts": {name: {"mean": mean, "sd": sd} for name, (mean, sd) in scores.starts.items()},
        "statements": {
            one.id: {
                "text": words.gettext(one.text),
                "dimension": one.dimension,
                "reversed": one.reversed,
                "covers": one.covers,
                "mark": one.mark,
                **_estimate(scores.measures[one.id]),
            }
            for one in statements()
        },
        "groups": [_group(group, words) for group in scores.groups],
        "left_out": list(scores.left_out),
        "dimension_gaps": _gaps(scores.dimension_gaps),
        "statement_gaps": _gaps(scores.statement_gaps),
        "placement": placement._asdict() if placement else None,
        "notes": [said(note, words) for note in scores.notes],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def _group(group: GroupScores, words: Words) -> dict[str, Any]:
    return {
        "id": group.id,
        "label": label(group.id, words),
        "members": list(group.members),
        "respondents": group.respondents,
        "measures": {name: _estimate(told) for name, told in group.measures.items()},
    }


def _gaps(found: Iterable[Gap]) -> list[dict[str, Any]]:
    return [
        {
            "measure": gap.measure,
            "first": gap.first,
            "second": gap.second,
            **_estimate(gap.difference),
            "clear": gap.clear,
        }
        for gap in found
    ]


def _estimate(told: Estimate) -> dict[str, Any]:
    return _known(told._asdict())


def _known(told: Mapping[str, float]) -> dict[str, Any]:
    return {name: value if isfinite(value) else None for name, value in told.items()}
