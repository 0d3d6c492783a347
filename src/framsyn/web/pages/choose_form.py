"""The form of a search: what is wanted, what must hold, one's own strategies, and how much is searched."""

import math
from collections.abc import Hashable
from typing import Any, NamedTuple

import numpy as np

from framsyn.choose.candidates import Candidate
from framsyn.choose.evaluation import Worlds
from framsyn.choose.measures import (
    CRITERIA,
    OBJECTIVES,
    Keep,
    Objective,
    lawful,
    read_keeps,
    read_objectives,
    read_weights,
)
from framsyn.choose.own_lines import own_in
from framsyn.datafile import rows
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicators import Indicator, indicators
from framsyn.model.kernel import AT
from framsyn.places.municipality import Municipality
from framsyn.report.choices import keep_name
from framsyn.report.objective_words import objective_name
from framsyn.report.settings import told_settings
from framsyn.web.api.asking import DRAWS
from framsyn.web.api.choice_question import ChoiceRequest, question_of
from framsyn.web.state import AppState

#: How much may be searched, what it is called, and about how long it takes on two processors.
EFFORTS = (
    (2_000, N_("Quick"), N_("about half a minute")),
    (8_000, N_("Usual"), N_("about a minute")),
    (20_000, N_("Thorough"), N_("about two minutes")),
)
#: What the page's script says.
SCRIPT_TEXTS = {
    "cancelled": N_("The search was cancelled."),
    "left": N_("You no longer follow the computation. It goes on for others who asked for the same."),
    "gone": N_("The search is remembered no longer. Begin it again."),
    "unreachable": N_("The server does not answer. Is it still running?"),
    "too_few": N_("Choose at least two things that are wanted: with one there is nothing to weigh."),
    "no_limit": N_("Give a number for everything that must hold, or take the row away."),
    "shown": N_("{count} of {all} strategies shown."),
    "now": N_("now {value}"),
    "remove": N_("Remove"),
    "interval_words": N_("{low} to {high}"),
}


class Box(NamedTuple):
    """One thing that may be wanted."""

    value: str
    label: str
    unit: str
    usual: bool
    checked: bool
    weight: str


def form_of(state: AppState, m: Municipality, request: ChoiceRequest, translator: Words) -> dict[str, Any]:
    """Everything that the form shows."""
    base, question = m.bundle.base_year, question_of(m, request)
    worlds = state.draws_of(m, request.years, DRAWS, request.seed)
    usual, others = _boxes(request, translator)
    last = base + request.years
    return {
        "usual": usual,
        "others": others,
        "law": keep_name(lawful(request.years), translator),
        "keeps": [_row(keep) for keep in read_keeps(request.keep, base, request.years)[1:]],
        "limits": _limits(worlds, translator),
        "years_ahead": range(base + 1, last + 1),
        "own": _own(request, worlds, translator),
        "efforts": [
            {
                "budget": budget,
                "name": translator.gettext(name),
                "strategies": translator.number(budget),
                "time": translator.gettext(time),
                "checked": budget == request.budget,
            }
            for budget, name, time in _efforts(request.budget)
        ],
        "asked": request,
        "turn": question.asked.turn,
        "first": base + 1,
        "last": last,
        "weighted": bool(request.weight),
    }


def _efforts(budget: int) -> list[tuple[int, str, str]]:
    """The efforts, and that of the address where it is another."""
    efforts = list(EFFORTS)
    if budget not in [effort[0] for effort in efforts]:
        efforts.append((budget, N_("As in the address"), ""))
    return efforts


def _boxes(request: ChoiceRequest, translator: Words) -> tuple[list[Box], list[tuple[str, list[Box]]]]:
    """What may be an objective: the usual ones and those requested, then the others by area."""
    objectives = read_objectives(request.objective, request.years)
    weights = read_weights(request.weight, objectives)
    usual = {_kind(objective): objective for objective in read_objectives(OBJECTIVES, request.years)}
    plain = {
        _kind(objective): objective
        for objective in read_objectives([indicator.id for indicator in _good_or_bad()], request.years)
    }
    chosen = {_kind(objective): objective for objective in objectives}

    def box(kind: Hashable, objective: Objective) -> Box:
        of = chosen.get(kind)
        weight = f"{weights[of.id]:g}" if of is not None and weights else ""
        unit = translator.gettext(objective.indicator.unit)
        return Box(
            objective.written,
            objective_name(objective, translator),
            unit,
            kind in usual,
            of is not None,
            weight,
        )

    first = usual | {kind: objective for kind, objective in chosen.items() if kind not in usual | plain}
    rest = [(kind, objective) for kind, objective in plain.items() if kind not in usual]
    areas = {row["id"]: row["label"] for row in rows("framsyn.evaluate", "areas.csv")}
    grouped = [
        (
            translator.gettext(label),
            [box(kind, objective) for kind, objective in rest if objective.indicator.area == area],
        )
        for area, label in areas.items()
    ]
    return [box(kind, objective) for kind, objective in first.items()], [
        group for group in grouped if group[1]
    ]


def _kind(objective: Objective) -> Hashable:
    """What makes two objectives the same."""
    return objective.indicator.id, objective.direction, objective.measure


def _good_or_bad() -> list[Indicator]:
    return [
        indicator
        for indicator in indicators().values()
        if indicator.direction != "neither" and indicator.id not in CRITERIA
    ]


def _limits(worlds: Worlds, translator: Words) -> list[tuple[str, list[dict[str, str]]]]:
    """Indicators that a limit may be set on, by area, with their unit and where they stand now."""
    now = np.median(worlds.as_today[:, 0, :], axis=0)
    areas = {row["id"]: row["label"] for row in rows("framsyn.evaluate", "areas.csv")}
    by_area: dict[str, list[dict[str, str]]] = {area: [] for area in areas}
    for column, indicator in enumerate(indicators().values()):
        if indicator.kind != "lever" and indicator.id not in CRITERIA:
            value = float(now[column])
            by_area[indicator.area].append(
                {
                    "id": indicator.id,
                    "label": translator.gettext(indicator.label),
                    "unit": translator.gettext(indicator.unit),
                    "now": translator.number(value, indicator.decimals) if math.isfinite(value) else "",
                }
            )
    return [(translator.gettext(areas[area]), limits) for area, limits in by_area.items() if limits]


def _row(keep: Keep) -> dict[str, Any]:
    """What must hold as the form's fields."""
    measure = keep.measures[0]
    return {
        "indicator": list(indicators())[measure.column],
        "sign": {(True, True): ">", (True, False): ">=", (False, True): "<", (False, False): "<="}[
            keep.least, keep.strict
        ],
        "limit": f"{keep.limit:g}",
        "year": keep.year if measure.how == AT else 0,
        "share": f"{100.0 * keep.share:g}",
    }


def _own(request: ChoiceRequest, worlds: Worlds, translator: Words) -> list[dict[str, Any]]:
    """One's own strategies, each with what it sets."""
    named = own_in(request.strategy)
    lines = dict(zip(named, [line for line in request.strategy if line], strict=False))
    return [
        {
            "id": identity,
            "line": lines[identity],
            "settings": told_settings(Candidate(identity, "own", posture), worlds.setting, translator),
        }
        for identity, posture in named.items()
    ]
