"""The strategies of a choice as a table for other programs: `strategies.csv`, one row a strategy."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from framsyn.choose.choosing import Choice
from framsyn.choose.lever_settings import Value, lever_set
from framsyn.choose.levers import levers
from framsyn.foresee.postures import phases_of

LOW, HIGH = 0.1, 0.9


def strategies_csv(choice: Choice) -> str:
    """One row a strategy: id, kind, levers, objectives, keeps, measures of robustness.

    `lever.X` is the setting from the start, `lever.X.later` that of the last phase. Objectives are means and
    80 % intervals over the fresh worlds, `.search` the mean in the search's own worlds; keeps are shares of
    the fresh worlds. Blank = not known.
    """
    rows = list(_rows(choice))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _rows(choice: Choice) -> Iterator[dict[str, Any]]:
    measured = choice.robustness
    for place, candidate in enumerate(choice.candidates):
        row: dict[str, Any] = {
            "id": candidate.id,
            "kind": candidate.kind,
            "unbeaten": int(choice.unbeaten[place]),
            "keeps_all": int(choice.lawful[place]),
            "from_later": phases_of(candidate.posture)[-1][0] or "",
        }
        row |= _levers(choice, place) | _objectives(choice, place)
        for at, keep in enumerate(choice.asked.keeps):
            row[f"keep.{keep.id}"] = _number(float(choice.held[place, :, at].mean()))
        row["satisficing"] = _number(1.0 - float(choice.failing[place].mean()))
        row["minimax_regret"] = _number(float(measured.minimax_regret[place]))
        row["regret_90"] = _number(float(measured.regret_90[place]))
        if choice.weighted is not None:
            row["weighted_value"] = _number(float(choice.weighted[place]))
        yield row


def _levers(choice: Choice, place: int) -> dict[str, Any]:
    """Every lever's first and last setting."""
    setting, told = choice.setting, {}
    first_year = setting.municipality.bundle.base_year + 1
    for identity in levers():
        phases = lever_set(identity, choice.candidates[place].posture, setting.place, first_year).phases
        told[f"lever.{identity}"] = _plain(phases[0][1])
        told[f"lever.{identity}.later"] = _plain(phases[-1][1])
    return told


def _objectives(choice: Choice, place: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    estimate = choice.candidates[place].estimate
    for at, one in enumerate(choice.asked.objectives):
        values, of = choice.values[place, :, at], choice.robustness.of[one.id]
        low, high = np.quantile(values, (LOW, HIGH))
        told[f"{one.id}.mean"] = _number(float(values.mean()))
        told[f"{one.id}.p10"], told[f"{one.id}.p90"] = _number(float(low)), _number(float(high))
        told[f"{one.id}.search"] = "" if estimate is None else _number(float(estimate[at]))
        told[f"{one.id}.minimax_regret"] = _number(float(of.minimax_regret[place]))
        told[f"{one.id}.regret_90"] = _number(float(of.regret_90[place]))
        told[f"{one.id}.mean_variance"] = _number(float(of.mean_variance[place]))
    return told


def _plain(value: Value) -> str:
    if isinstance(value, tuple):
        return " ".join(_number(one) for one in value)
    return value if isinstance(value, str) else _number(float(value))


def _number(value: float) -> str:
    """Seven digits, which is more than any of them is sure."""
    return f"{value:.7g}"
