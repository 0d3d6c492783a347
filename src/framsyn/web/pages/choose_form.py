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


def form_of(state: AppState, m: Municipality, asked: ChoiceRequest, translator: Words) -> dict[str, Any]:
    """Everything that the form shows."""
    base, question = m.bundle.base_year, question_of(m, asked)
    worlds = state.draws_of(m, asked.years, DRAWS, asked.seed)
    usual, others = _boxes(asked, translator)
    last = base + asked.years
    return {
        "usual": usual,
        "others": others,
        "law": keep_name(lawful(asked.years), translator),
        "keeps": [_row(one) for one in read_keeps(asked.keep, base, asked.years)[1:]],
        "limits": _limits(worlds, translator),
        "years_ahead": range(base + 1, last + 1),
        "own": _own(asked, worlds, translator),
        "efforts": [
            {
                "budget": budget,
                "name": translator.gettext(name),
                "strategies": translator.number(budget),
                "time": translator.gettext(time),
                "checked": budget == asked.budget,
            }
            for budget, name, time in _efforts(asked.budget)
        ],
        "asked": asked,
        "turn": question.asked.turn,
        "first": base + 1,
        "last": last,
        "weighted": bool(asked.weight),
    }


def _efforts(budget: int) -> list[tuple[int, str, str]]:
    """The efforts, and that of the address where it is another."""
    known = list(EFFORTS)
    if budget not in [one[0] for one in known]:
        known.append((budget, N_("As in the address"), ""))
    return known


def _boxes(asked: ChoiceRequest, translator: Words) -> tuple[list[Box], list[tuple[str, list[Box]]]]:
    """What may be wanted: the usual and whatever is asked for, then the others by area."""
    wanted = read_objectives(asked.objective, asked.years)
    weights = read_weights(asked.weight, wanted)
    usual = {_kind(one): one for one in read_objectives(OBJECTIVES, asked.years)}
    plain = {_kind(one): one for one in read_objectives([one.id for one in _good_or_bad()], asked.years)}
    chosen = {_kind(one): one for one in wanted}

    def box(kind: Hashable, one: Objective) -> Box:
        of = chosen.get(kind)
        weight = f"{weights[of.id]:g}" if of is not None and weights else ""
        unit = translator.gettext(one.indicator.unit)
        return Box(one.written, objective_name(one, translator), unit, kind in usual, of is not None, weight)

    first = usual | {kind: one for kind, one in chosen.items() if kind not in usual | plain}
    rest = [(kind, one) for kind, one in plain.items() if kind not in usual]
    areas = {row["id"]: row["label"] for row in rows("framsyn.evaluate", "areas.csv")}
    grouped = [
        (translator.gettext(label), [box(kind, one) for kind, one in rest if one.indicator.area == area])
        for area, label in areas.items()
    ]
    return [box(kind, one) for kind, one in first.items()], [told for told in grouped if told[1]]


def _kind(one: Objective) -> Hashable:
    """What makes two objectives the same."""
    return one.indicator.id, one.direction, one.measure


def _good_or_bad() -> list[Indicator]:
    return [one for one in indicators().values() if one.direction != "neither" and one.id not in CRITERIA]


def _limits(worlds: Worlds, translator: Words) -> list[tuple[str, list[dict[str, str]]]]:
    """Indicators that a limit may be set on, by area, with their unit and where they stand now."""
    now = np.median(worlds.as_today[:, 0, :], axis=0)
    areas = {row["id"]: row["label"] for row in rows("framsyn.evaluate", "areas.csv")}
    told: dict[str, list[dict[str, str]]] = {area: [] for area in areas}
    for column, one in enumerate(indicators().values()):
        if one.kind != "lever" and one.id not in CRITERIA:
            value = float(now[column])
            told[one.area].append(
                {
                    "id": one.id,
                    "label": translator.gettext(one.label),
                    "unit": translator.gettext(one.unit),
                    "now": translator.number(value, one.decimals) if math.isfinite(value) else "",
                }
            )
    return [(translator.gettext(areas[area]), known) for area, known in told.items() if known]


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


def _own(asked: ChoiceRequest, worlds: Worlds, translator: Words) -> list[dict[str, Any]]:
    """One's own strategies, each with what it sets."""
    named = own_in(asked.strategy)
    lines = dict(zip(named, [one for one in asked.strategy if one], strict=False))
    return [
        {
            "id": identity,
            "line": lines[identity],
            "settings": told_settings(Candidate(identity, "own", posture), worlds.setting, translator),
        }
        for identity, posture in named.items()
    ]
