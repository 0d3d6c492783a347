"""The draft of a strategy as JSON: every number with its indicator, strategy and year."""

import json
import math
from typing import Any

from framsyn.choose.lever_settings import LeverSet
from framsyn.choose.plan import Plan
from framsyn.choose.statute import Draft, Figure, Followed, Range, Section
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import Words
from framsyn.report.plan import plan_document
from framsyn.report.strategy_words import against_sentences, course_sentences


def strategy_json(draft: Draft, plan: Plan, name: str, words: Words) -> str:
    """The draft and the plan; keys are stable, labels in the reader's language; null = not known."""
    document = {
        "municipality": {"code": draft.code, "name": draft.names.get(words.lang) or draft.code},
        "strategy": {"id": draft.strategy, "name": name},
        "base_year": draft.base_year,
        "horizon": draft.horizon,
        "draws": draft.draws,
        "seed": draft.seed,
        "bundle_version": draft.bundle_version,
        "language": words.lang,
        "sections": [_section(one, draft, words) for one in draft.sections],
        "plan": plan_document(plan, words),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _section(section: Section, draft: Draft, words: Words) -> dict[str, Any]:
    item = section.item
    said: list[str] = []
    if item.id == "environment":
        said = course_sentences(section, draft, words)
    elif section.figures and item.kind != "frame":
        said = against_sentences(section, draft, words)
    return {
        "id": item.id,
        "kind": item.kind,
        "number": item.number or None,
        "heading": words.gettext(item.heading),
        "holds": words.gettext(item.holds),
        "law": item.law,
        "numbers": [number for one in section.figures for number in _numbers(one, draft)],
        "verdicts": {one.indicator.id: one.verdict for one in section.figures},
        "courses": {one.indicator.id: one.course for one in section.figures},
        "sentences": said,
        "levers": [_lever(one, words) for one in section.levers],
        "followed": _followed(section.followed, draft) if section.followed else None,
    }


def _numbers(one: Figure, draft: Draft) -> list[dict[str, Any]]:
    """The base year's, the strategy's, that of going on as today, and the difference of the two."""
    told = [
        _number(one, AS_IS, draft.base_year, one.now) | {"status": one.present or None},
        _number(one, draft.strategy, draft.horizon, one.strategy),
        _number(one, AS_IS, draft.horizon, one.as_today),
    ]
    difference = _number(one, draft.strategy, draft.horizon, one.difference) | {"less": AS_IS}
    return [*told, difference]


def _number(one: Figure | Followed, posture: str, year: int, told: Range) -> dict[str, Any]:
    return {
        "indicator": one.indicator.id,
        "unit": one.indicator.unit,
        "posture": posture,
        "year": year,
        **{name: _known(value) for name, value in told._asdict().items()},
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _followed(told: Followed, draft: Draft) -> list[dict[str, Any]]:
    return [_number(told, draft.strategy, year, one) for year, one in told.years.items()]


def _lever(told: LeverSet, words: Words) -> dict[str, Any]:
    return {
        "id": told.lever.id,
        "label": words.gettext(told.lever.label),
        "unit": told.lever.unit,
        "today": told.today,
        "phases": [{"from": year, "value": value} for year, value in told.phases],
        "law": told.lever.law,
    }
