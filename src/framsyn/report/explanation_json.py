"""Why a figure is what it is, as JSON: stable keys, numbers as they are."""

import json
from dataclasses import asdict
from typing import Any

from framsyn.evaluate.behind import Ruled
from framsyn.evaluate.explanation import CauseShare, Explanation
from framsyn.i18n.translator import Words
from framsyn.report.explanation import GROUP_LABELS


def explanation_json(told: Explanation, words: Words) -> str:
    """The explanation as JSON; keys are stable, labels in the reader's language."""
    return json.dumps(explanation_document(told, words), ensure_ascii=False, indent=2)


def explanation_document(told: Explanation, words: Words) -> dict[str, Any]:
    """The same as an object."""
    m = told.municipality
    return {
        "municipality": {"code": m.code, "name": m.name(words.lang)},
        "indicator": told.indicator.id,
        "label": words.gettext(told.indicator.label),
        "unit": told.indicator.unit,
        "posture": told.posture,
        "against": told.against,
        "core_task": told.core_task,
        "base_year": told.base_year,
        "year": told.year,
        "draws": told.draws,
        "seed": told.seed,
        "bundle_version": m.bundle.version,
        "base": told.base,
        "value": told.value,
        "p10": told.p10,
        "p90": told.p90,
        "change": told.change,
        "groups": {group: told.of_group(group) for group in GROUP_LABELS},
        "causes": [_cause(cause, words) for cause in told.causes],
    }


def _cause(cause: CauseShare, words: Words) -> dict[str, Any]:
    return {
        "id": cause.id,
        "group": cause.group,
        "label": words.gettext(cause.label),
        "off": words.gettext(cause.off),
        "amount": cause.amount,
        "p10": cause.p10,
        "p90": cause.p90,
        "evidence": [
            {
                "id": one.id,
                "strength": one.strength,
                "median": one.median,
                "low": one.low,
                "high": one.high,
                "unit": one.unit,
                "source": one.source,
            }
            for one in cause.evidence
        ],
        "law": [_ruled(one) for one in cause.law],
        "parameters": [one._asdict() for one in cause.parameters],
        "facts": [asdict(one) for one in cause.facts],
    }


def _ruled(rule: Ruled) -> dict[str, Any]:
    now = rule.now
    return {
        "id": now.id,
        "base_value": rule.then.value if rule.then else None,
        "value": now.value,
        "unit": now.unit,
        "from_year": now.from_year,
        "carried": now.carried,
        "status": now.status,
        "source": now.source,
    }
