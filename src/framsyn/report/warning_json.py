"""Early warning as JSON: every figure, under stable keys."""

import json
import math
from collections.abc import Sequence
from typing import Any

from framsyn.evaluate.criteria import ANY, CRITERIA, FOLLOWS
from framsyn.evaluate.drivers import Driver
from framsyn.evaluate.spiral import Fed, Share, Spiral
from framsyn.evaluate.turning import Turning
from framsyn.evaluate.warning import EarlyWarning, PostureWarning
from framsyn.i18n.translator import Words
from framsyn.report.driving import named
from framsyn.report.warning import criterion_name, posture_names


def warning_json(told: EarlyWarning, own: Sequence[str], words: Words) -> str:
    """The warning as JSON; keys are stable, labels in the reader's language, what is not known null."""
    return json.dumps(warning_document(told, own, words), ensure_ascii=False, indent=2, allow_nan=False)


def warning_document(told: EarlyWarning, own: Sequence[str], words: Words) -> dict[str, Any]:
    """The same as an object."""
    m = told.municipality
    names = posture_names(told, own, words)
    return {
        "municipality": {"code": m.code, "name": m.name(words.lang)},
        "base_year": m.bundle.base_year,
        "bundle_version": m.bundle.version,
        "years": list(told.years),
        "draws": told.draws,
        "spiral_and_turning_draws": told.turn_draws,
        "seed": told.seed,
        "turn_to": told.turn_to,
        "criteria": {one: criterion_name(one, words) for one in (*CRITERIA, ANY, *FOLLOWS)},
        "postures": {
            identity: {"label": names[identity], **_posture(one, words)}
            for identity, one in told.postures.items()
        },
    }


def _posture(one: PostureWarning, words: Words) -> dict[str, Any]:
    return {
        "by_year": {
            criterion: [_share(year) for year in shares] for criterion, shares in one.by_year.items()
        },
        "ever": {criterion: _share(share) for criterion, share in one.ever.items()},
        "told_apart": one.told_apart,
        "drivers": [_driver(driver, words) for driver in one.drivers],
        "spiral": one.spiral and _spiral(one.spiral),
        "turning": one.turning and _turning(one.turning),
    }


def _share(one: Share) -> dict[str, float]:
    return {"value": one.value, "low": one.low, "high": one.high}


def _driver(one: Driver, words: Words) -> dict[str, Any]:
    told = named(one.variable, words)
    return {
        "id": one.variable.id,
        "kind": one.variable.kind,
        "label": told.label,
        "unit": told.unit,
        "auc": one.auc,
        "rises": one.rises,
        "risk_lowest_fifth": one.low,
        "risk_highest_fifth": one.high,
        "half_at": _known(one.half_at),
    }


def _spiral(one: Spiral) -> dict[str, Any]:
    return {
        "declines": _share(one.declines),
        "feeds_itself": _share(one.feeds_itself),
        "measures": {name: _fed(measure) for name, measure in one.measures.items()},
    }


def _fed(one: Fed) -> dict[str, Any]:
    return {
        "departure": _range(one.departure),
        "feedback": _range(one.feedback),
        "of_moves": _known(one.of_moves),
        "of_debt": _known(one.of_debt),
        "share": _range(one.share),
    }


def _range(told: tuple[float, float, float]) -> dict[str, float | None]:
    return dict(zip(("mean", "p10", "p90"), (_known(value) for value in told), strict=True))


def _turning(one: Turning) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "year": one.year,
        "years": list(one.years),
        "turned": list(one.turned),
        "stayed": one.stayed,
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
