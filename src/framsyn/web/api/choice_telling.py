"""A choice told in one language, from what was found."""

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from framsyn.choose import pathways, vulnerability
from framsyn.choose.candidates import differences
from framsyn.choose.choosing import Choice
from framsyn.choose.insight import Insight, lead_years, on_map
from framsyn.choose.strategy_line import line_of
from framsyn.foresee.postures import shipped
from framsyn.i18n.translator import Words
from framsyn.report import pathways_chart, trade_offs_chart
from framsyn.report.choice_drawing import axes_of, by_name, looks_of, means_of
from framsyn.report.choice_table import HIGH, LOW
from framsyn.report.choices import (
    ASKS,
    agreement_lines,
    asked_lines,
    decimals_of,
    found_lines,
    keep_name,
    optimism_lines,
    unasked_lines,
)
from framsyn.report.listing import Look
from framsyn.report.objective_words import read_name
from framsyn.report.pathway_words import told_nodes, told_pathways, told_signposts
from framsyn.report.settings import name_of, told_settings
from framsyn.report.vulnerability import sentences
from framsyn.web.api.choice_told import (
    CandidateTold,
    ChartTold,
    ChoiceTold,
    KeepTold,
    Lines,
    NodeTold,
    ObjectiveTold,
    OptimismTold,
    PathTold,
    PathwaysTold,
    RankTold,
    SettingTold,
    SignpostTold,
    ValueTold,
)
from framsyn.web.made import made_with

TRADE_OFFS, PATHWAYS = "trade_offs", "pathways"


def choice_told(choice: Choice, insight: Insight, command: str, said: Words) -> ChoiceTold:
    """A choice in a language; `command` makes it again."""
    asked, m = choice.asked, choice.setting.municipality
    return ChoiceTold(
        made=made_with(),
        code=m.code,
        name=m.name(said.lang),
        base_year=m.bundle.base_year,
        years=choice.setting.years,
        turn=asked.turn,
        budget=asked.budget,
        worlds=asked.worlds,
        fresh=asked.fresh,
        seed=asked.seed,
        evaluated=choice.front.evaluated,
        feasible=choice.front.feasible,
        objectives=[
            ObjectiveTold(
                id=one.id,
                written=one.written,
                label=read_name(one, said),
                unit=said.gettext(one.indicator.unit),
                decimals=decimals_of(one),
                direction=one.direction,
            )
            for one in asked.objectives
        ],
        keeps=[KeepTold(id=one.id, label=keep_name(one, said), share=one.share) for one in asked.keeps],
        candidates=_candidates(choice, insight, said),
        ranks=_ranks(choice, said),
        agreement=[[_known(one) for one in row] for row in choice.agreement.tau.tolist()],
        unanimous=[choice.ids[place] for place in choice.agreement.unanimous],
        optimism=_optimism(choice),
        pathways=_pathways(choice, insight, said),
        charts=[_trade_offs(choice, said), _map(choice, insight, said)],
        lines=Lines(
            asked=asked_lines(choice, said),
            found=found_lines(choice, said),
            optimism=optimism_lines(choice, said),
            unasked=unasked_lines(choice, said),
            agreement=agreement_lines(choice, said),
        ),
        command=command,
    )


def _candidates(choice: Choice, insight: Insight, said: Words) -> list[CandidateTold]:
    looks, lawful, measured = looks_of(choice, choice.ids), choice.lawful, choice.robustness
    told = []
    for place, one in enumerate(choice.candidates):
        found = insight.vulnerabilities.get(one.id)
        line = line_of(one.posture) if one.id not in shipped() else None
        told.append(
            CandidateTold(
                id=one.id,
                kind=one.kind,
                name=name_of(one, said),
                colour=looks[one.id].colour,
                strategy=line.text if line else one.id,
                lost=list(line.lost) if line else [],
                settings=_settings(choice, place, said),
                objectives=_values(choice, place),
                held={
                    keep.id: float(choice.held[place, :, at].mean())
                    for at, keep in enumerate(choice.asked.keeps)
                },
                holds=1.0 - float(choice.failing[place].mean()),
                keeps_all=bool(lawful[place]),
                unbeaten=bool(choice.unbeaten[place]),
                minimax_regret=float(measured.minimax_regret[place]),
                regret_90=float(measured.regret_90[place]),
                weighted=None if choice.weighted is None else float(choice.weighted[place]),
                fails=sentences(found, said) if found else [],
                vulnerability=dict(vulnerability.as_json(found)) if found else None,
            )
        )
    return told


def _settings(choice: Choice, place: int, said: Words) -> list[SettingTold]:
    candidate, setting = choice.candidates[place], choice.setting
    moved = differences(candidate.posture, setting.place, setting.municipality.bundle.base_year + 1)
    texts = told_settings(candidate, setting, said)
    return [
        SettingTold(lever=one.lever.id, label=label, setting=text)
        for one, (label, text) in zip(moved, texts, strict=True)
    ]


def _values(choice: Choice, place: int) -> dict[str, ValueTold]:
    told, estimate = {}, choice.candidates[place].estimate
    for at, one in enumerate(choice.asked.objectives):
        values, of = choice.values[place, :, at], choice.robustness.of[one.id]
        low, high = np.quantile(values, (LOW, HIGH))
        told[one.id] = ValueTold(
            mean=float(values.mean()),
            p10=float(low),
            p90=float(high),
            search=None if estimate is None else float(estimate[at]),
            minimax_regret=float(of.minimax_regret[place]),
            regret_90=float(of.regret_90[place]),
            mean_variance=float(of.mean_variance[place]),
        )
    return told


def _ranks(choice: Choice, said: Words) -> list[RankTold]:
    agreed = choice.agreement
    return [
        RankTold(
            measure=measure,
            asks=said.gettext(ASKS[measure]),
            first=[choice.ids[place] for place in agreed.first[measure]],
            last=[choice.ids[place] for place in agreed.last[measure]],
        )
        for measure in agreed.measures
    ]


def _optimism(choice: Choice) -> OptimismTold | None:
    found = choice.optimism
    if found is None:
        return None
    ids = [one.id for one in choice.asked.objectives]
    return OptimismTold(
        difference=dict(zip(ids, found.difference.tolist(), strict=True)),
        still_best=found.still_best,
        still_kept=found.still_kept,
    )


def _pathways(choice: Choice, insight: Insight, said: Words) -> PathwaysTold:
    names = {one.id: name_of(one, said) for one in choice.candidates}
    found, leads = insight.pathways, {one.id: lead_years(one, choice) for one in on_map(choice)}
    return PathwaysTold(
        map=dict(pathways.as_json(found, leads)),
        nodes=[_of(NodeTold, row) for row in told_nodes(found, names, said)],
        paths=[_of(PathTold, row) for row in told_pathways(found, names, said)],
        signposts=[_of(SignpostTold, row) for row in told_signposts(found, names, said)],
    )


def _trade_offs(choice: Choice, said: Words) -> ChartTold:
    axes, values, shown = axes_of(choice), means_of(choice), by_name(choice)
    looks = _named(looks_of(choice, choice.ids), choice, said)
    filling = trade_offs_chart.filling(axes, values, choice.ids, looks, said, shown)
    text = trade_offs_chart.spoken(axes, values, choice.ids, {one: looks[one] for one in shown}, said)
    return ChartTold(chart=TRADE_OFFS, filling=asdict(filling), text=text)


def _map(choice: Choice, insight: Insight, said: Words) -> ChartTold:
    looks = list(looks_of(choice, [one.id for one in on_map(choice)]).values())
    filling = pathways_chart.filling(insight.pathways, looks, said)
    text = pathways_chart.spoken(insight.pathways, looks, said)
    return ChartTold(chart=PATHWAYS, filling=asdict(filling), text=text)


def _named(looks: dict[str, Look], choice: Choice, said: Words) -> dict[str, Look]:
    return {one.id: looks[one.id]._replace(label=name_of(one, said)) for one in choice.candidates}


def _of(kind: type[Any], row: tuple[str, ...]) -> Any:
    return kind(**dict(zip(kind.model_fields, row, strict=True)))


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
