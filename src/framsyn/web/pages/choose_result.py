"""What a search found, as the page shows it: numbers in words, the foremost first."""

import json
from typing import Any

from framsyn.i18n.translator import Words
from framsyn.web.api.choice_told import CandidateTold, ChartTold, ChoiceTold, ObjectiveTold
from framsyn.web.templating import data

#: Strategies that are shown side by side at the top, beside the baseline; and whose settings are open.
FOREMOST, OPEN = 3, 2
FOUND = ("own", "found")


def result_shown(choice: ChoiceTold, identity: str, translator: Words) -> dict[str, Any]:
    """Everything that the template tells of a finished search.

    Args:
        choice: what was found.
        identity: of the job, by which its files are asked for.
        translator: the reader's words.
    """
    names = {candidate.id: candidate.name for candidate in choice.candidates}
    charts = {chart.chart: _chart(chart) for chart in choice.charts}
    ordered = sorted(choice.candidates, key=_foremost)
    return {
        "id": identity,
        "told": choice,
        "charts": charts,
        "named": _named(choice),
        "rows": [_row(candidate, choice.objectives, translator) for candidate in choice.candidates],
        "foremost": _side_by_side(ordered, choice, translator),
        "cards": [_card(candidate, at < OPEN, translator) for at, candidate in enumerate(ordered)],
        "ranks": [(rank.asks, _list(rank.first, names), _list(rank.last, names)) for rank in choice.ranks],
        "last": choice.base_year + choice.years,
        "for_script": data(
            json.dumps(
                {
                    "objectives": [objective.id for objective in choice.objectives],
                    "names": names,
                    "trade_offs": next(
                        chart.filling for chart in choice.charts if chart.chart == "trade_offs"
                    ),
                },
                ensure_ascii=False,
            )
        ),
    }


def _foremost(candidate: CandidateTold) -> tuple[bool, bool, bool, float]:
    """Those found or one's own first, of them those shown in full, then unbeaten, then by regret."""
    return candidate.kind not in FOUND, not candidate.fails, not candidate.unbeaten, candidate.regret_90


def _side_by_side(
    ordered: list[CandidateTold], choice: ChoiceTold, translator: Words
) -> list[dict[str, Any]]:
    """The baseline and the foremost: every objective under each, and the difference from the baseline."""
    today = next(candidate for candidate in choice.candidates if candidate.kind == "today")
    found = [candidate for candidate in ordered if candidate.kind in FOUND][:FOREMOST]
    return [
        {
            "one": candidate,
            "holds": translator.share(100.0 * candidate.holds),
            "values": [_against(candidate, today, objective, translator) for objective in choice.objectives],
        }
        for candidate in (today, *found)
    ]


def _against(
    candidate: CandidateTold, today: CandidateTold, objective: ObjectiveTold, translator: Words
) -> tuple[ObjectiveTold, str, str]:
    mean, before = candidate.objectives[objective.id].mean, today.objectives[objective.id].mean
    # The difference of what is shown, so that a reader who subtracts finds the same.
    difference = round(mean, objective.decimals) - round(before, objective.decimals)
    return (
        objective,
        translator.number(mean, objective.decimals),
        "" if candidate is today else translator.signed(difference, objective.decimals),
    )


def _named(choice: ChoiceTold) -> set[str]:
    """Strategies that the chart of trade-offs names at first."""
    filling = next(chart.filling for chart in choice.charts if chart.chart == "trade_offs")
    return {row["strategy"] for row in filling["data"]["labels"]}


def _chart(chart: ChartTold) -> dict[str, Any]:
    return {"filling": data(json.dumps(chart.filling, ensure_ascii=False)), "text": chart.text}


def _row(candidate: CandidateTold, objectives: list[ObjectiveTold], translator: Words) -> dict[str, Any]:
    values = []
    for objective in objectives:
        value = candidate.objectives[objective.id]
        interval = translator.interval(value.p10, value.p90, objective.decimals)
        values.append((value.mean, translator.number(value.mean, objective.decimals), interval))
    return {
        "one": candidate,
        "values": values,
        "holds": translator.share(100.0 * candidate.holds),
        "regret": translator.percent(100.0 * candidate.regret_90, 0),
        "largest": translator.percent(100.0 * candidate.minimax_regret, 0),
        "weighted": None if candidate.weighted is None else translator.number(candidate.weighted, 2),
    }


def _card(candidate: CandidateTold, opened: bool, translator: Words) -> dict[str, Any]:
    return {
        "one": candidate,
        "open": opened,
        "holds": translator.share(100.0 * candidate.holds),
        "regret": translator.percent(100.0 * candidate.regret_90, 0),
        "largest": translator.percent(100.0 * candidate.minimax_regret, 0),
    }


def _list(ids: list[str], names: dict[str, str]) -> str:
    most = 4
    return ", ".join(names[strategy] for strategy in ids[:most]) + ("…" if len(ids) > most else "")
