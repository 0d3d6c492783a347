"""What a search found, as the page shows it: numbers in words, the foremost first."""

import json
from typing import Any

from framsyn.i18n.translator import Words
from framsyn.web.api.choice_told import CandidateTold, ChartTold, ChoiceTold, ObjectiveTold
from framsyn.web.templating import data

#: Strategies that are told side by side at the top, beside going on as today; and whose settings are open.
FOREMOST, OPEN = 3, 2
FOUND = ("own", "found")


def result_shown(told: ChoiceTold, identity: str, translator: Words) -> dict[str, Any]:
    """Everything that the template tells of a finished search.

    Args:
        told: what was found.
        identity: of the job, by which its files are asked for.
        translator: the reader's words.
    """
    names = {one.id: one.name for one in told.candidates}
    charts = {one.chart: _chart(one) for one in told.charts}
    ordered = sorted(told.candidates, key=_foremost)
    return {
        "id": identity,
        "told": told,
        "charts": charts,
        "named": _named(told),
        "rows": [_row(one, told.objectives, translator) for one in told.candidates],
        "foremost": _side_by_side(ordered, told, translator),
        "cards": [_card(one, at < OPEN, translator) for at, one in enumerate(ordered)],
        "ranks": [(one.asks, _list(one.first, names), _list(one.last, names)) for one in told.ranks],
        "last": told.base_year + told.years,
        "for_script": data(
            json.dumps(
                {
                    "objectives": [one.id for one in told.objectives],
                    "names": names,
                    "trade_offs": next(one.filling for one in told.charts if one.chart == "trade_offs"),
                },
                ensure_ascii=False,
            )
        ),
    }


def _foremost(one: CandidateTold) -> tuple[bool, bool, bool, float]:
    """Those found or one's own first, of them those told in full, then unbeaten, then by regret."""
    return one.kind not in FOUND, not one.fails, not one.unbeaten, one.regret_90


def _side_by_side(ordered: list[CandidateTold], told: ChoiceTold, translator: Words) -> list[dict[str, Any]]:
    """Going on as today and the foremost: what is wanted under each, and the difference from today's way."""
    today = next(one for one in told.candidates if one.kind == "today")
    found = [one for one in ordered if one.kind in FOUND][:FOREMOST]
    return [
        {
            "one": one,
            "holds": translator.share(100.0 * one.holds),
            "values": [_against(one, today, each, translator) for each in told.objectives],
        }
        for one in (today, *found)
    ]


def _against(
    one: CandidateTold, today: CandidateTold, each: ObjectiveTold, translator: Words
) -> tuple[ObjectiveTold, str, str]:
    mean, before = one.objectives[each.id].mean, today.objectives[each.id].mean
    # The difference of what is shown, so that a reader who subtracts finds the same.
    difference = round(mean, each.decimals) - round(before, each.decimals)
    return (
        each,
        translator.number(mean, each.decimals),
        "" if one is today else translator.signed(difference, each.decimals),
    )


def _named(told: ChoiceTold) -> set[str]:
    """Strategies that the chart of trade-offs names at first."""
    filling = next(one.filling for one in told.charts if one.chart == "trade_offs")
    return {row["strategy"] for row in filling["data"]["labels"]}


def _chart(one: ChartTold) -> dict[str, Any]:
    return {"filling": data(json.dumps(one.filling, ensure_ascii=False)), "text": one.text}


def _row(one: CandidateTold, objectives: list[ObjectiveTold], translator: Words) -> dict[str, Any]:
    values = []
    for each in objectives:
        value = one.objectives[each.id]
        interval = translator.interval(value.p10, value.p90, each.decimals)
        values.append((value.mean, translator.number(value.mean, each.decimals), interval))
    return {
        "one": one,
        "values": values,
        "holds": translator.share(100.0 * one.holds),
        "regret": translator.percent(100.0 * one.regret_90, 0),
        "largest": translator.percent(100.0 * one.minimax_regret, 0),
        "weighted": None if one.weighted is None else translator.number(one.weighted, 2),
    }


def _card(one: CandidateTold, opened: bool, translator: Words) -> dict[str, Any]:
    return {
        "one": one,
        "open": opened,
        "holds": translator.share(100.0 * one.holds),
        "regret": translator.percent(100.0 * one.regret_90, 0),
        "largest": translator.percent(100.0 * one.minimax_regret, 0),
    }


def _list(ids: list[str], names: dict[str, str]) -> str:
    most = 4
    return ", ".join(names[one] for one in ids[:most]) + ("…" if len(ids) > most else "")
