"""The page of a choice: trade-offs, strategies, how they hold up, where they fail, pathways."""

from typing import Any

from markupsafe import Markup

from framsyn.choose.candidates import Candidate
from framsyn.choose.choosing import Choice
from framsyn.choose.insight import Insight, on_map, told_in_full
from framsyn.i18n.translator import Words
from framsyn.report.choice_drawing import axes_of, by_name, looks_of, means_of
from framsyn.report.choices import (
    ASKS,
    agreement_lines,
    asked_lines,
    found_lines,
    names,
    optimism_lines,
    unasked_lines,
    value,
)
from framsyn.report.environment import environment
from framsyn.report.objective_words import objective_name
from framsyn.report.pathway_words import told_nodes, told_pathways, told_signposts
from framsyn.report.pathways_chart import pathways_figure
from framsyn.report.settings import name_of, told_settings
from framsyn.report.trade_offs_chart import trade_offs_figure
from framsyn.report.vulnerability import sentences


def render(choice: Choice, insight: Insight, command: str, words: Words) -> str:
    """The whole page as HTML that opens offline, without script.

    Args:
        choice, insight: what was found.
        command: the command that makes it again.
        words: the language.
    """
    m = choice.setting.municipality
    return (
        environment("framsyn.report")
        .get_template("choice.html.j2")
        .render(
            _=words.gettext,
            words=words,
            name=m.name(words.lang),
            region=m.region(words.lang),
            last=m.bundle.base_year + choice.setting.years,
            lead=[*asked_lines(choice, words), *found_lines(choice, words)],
            after=[*optimism_lines(choice, words), *unasked_lines(choice, words)],
            agreement=agreement_lines(choice, words),
            ranked=_ranked(choice, words),
            objectives=[objective_name(one, words) for one in choice.asked.objectives],
            rows=_rows(choice, words),
            told=[_told(one, choice, insight, words) for one in told_in_full(choice)],
            trade_offs=_trade_offs(choice, words),
            pathways=_pathways(choice, insight, words),
            nodes=told_nodes(insight.pathways, _names(choice, words), words),
            switches=told_pathways(insight.pathways, _names(choice, words), words),
            signposts=told_signposts(insight.pathways, _names(choice, words), words),
            command=command,
            version=m.bundle.version,
        )
    )


def _names(choice: Choice, words: Words) -> dict[str, str]:
    return {one.id: name_of(one, words) for one in choice.candidates}


def _rows(choice: Choice, words: Words) -> list[dict[str, Any]]:
    means, measured = choice.values.mean(axis=1), choice.robustness
    return [
        {
            "name": name_of(one, words),
            "unbeaten": bool(choice.unbeaten[place]),
            "lawful": bool(choice.lawful[place]),
            "values": [value(o, means[place, at], words) for at, o in enumerate(choice.asked.objectives)],
            "held": words.share(100.0 * (1.0 - float(choice.failing[place].mean()))),
            "minimax": words.percent(100.0 * float(measured.minimax_regret[place]), 0),
            "regret": words.percent(100.0 * float(measured.regret_90[place]), 0),
            "weighted": None if choice.weighted is None else words.number(choice.weighted[place], 2),
        }
        for place, one in enumerate(choice.candidates)
    ]


def _ranked(choice: Choice, words: Words) -> list[tuple[str, str, str]]:
    agreed = choice.agreement
    return [
        (
            words.gettext(ASKS[measure]),
            names(choice, agreed.first[measure], words),
            names(choice, agreed.last[measure], words),
        )
        for measure in agreed.measures
    ]


def _told(one: Candidate, choice: Choice, insight: Insight, words: Words) -> dict[str, Any]:
    return {
        "name": name_of(one, words),
        "settings": told_settings(one, choice.setting, words),
        "fails": sentences(insight.vulnerabilities[one.id], words),
    }


def _trade_offs(choice: Choice, words: Words) -> Markup:
    return trade_offs_figure(
        axes_of(choice), means_of(choice), choice.ids, looks_of(choice, by_name(choice)), words
    )


def _pathways(choice: Choice, insight: Insight, words: Words) -> Markup:
    drawn = [one.id for one in on_map(choice)]
    return pathways_figure(insight.pathways, list(looks_of(choice, drawn).values()), words)
