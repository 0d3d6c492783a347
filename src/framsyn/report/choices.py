"""A choice in the terminal: what was asked, how the strategies fare, and what they consist of."""

import textwrap
from collections.abc import Sequence

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from framsyn.choose.candidates import Candidate, differences
from framsyn.choose.choosing import Choice
from framsyn.choose.evaluation import Wanted
from framsyn.choose.insight import Insight, foremost
from framsyn.choose.lever_settings import Value
from framsyn.choose.levers import levers
from framsyn.choose.measures import LAW, Keep, Objective
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicators import indicators
from framsyn.model.kernel import AT
from framsyn.report.objective_words import arrow, objective_name
from framsyn.report.settings import name_of, told_settings
from framsyn.report.vulnerability import sentences

WIDTH = 100
#: What the measures of robustness that rank the strategies ask.
ASKS = {
    "minimax_regret": N_("smallest largest loss against the best strategy of the table"),
    "regret_90": N_("smallest loss that nine worlds of ten keep"),
    "satisficing": N_("most worlds in which all that must hold holds"),
    "mean_variance": N_("best mean for its spread"),
}
#: Strategies found whose settings are told in the terminal; the files tell all.
TOLD = 6
MOST_NAMES, MOST_SENTENCES = 4, 2


def keep_name(keep: Keep, words: Words) -> str:
    """What must hold, when, and in how many worlds."""
    return words.gettext("{what}, in at least {share} of the worlds").format(
        what=_limit(keep, words), share=words.percent(100.0 * keep.share, 0)
    )


def _limit(keep: Keep, words: Words) -> str:
    if keep.id == LAW:
        return words.gettext("no criterion of §§ 110 and 118 is met in any year")
    measure = keep.measures[0]
    one = list(indicators().values())[measure.column]
    sign = {(True, True): ">", (True, False): "≥", (False, True): "<", (False, False): "≤"}
    limit = f"{sign[keep.least, keep.strict]} {words.number(keep.limit, one.decimals)}"
    unit = words.gettext(one.unit)
    if measure.how == AT:
        text = words.gettext("{indicator} {limit} {unit} in {year}")
        return text.format(indicator=words.gettext(one.label), limit=limit, unit=unit, year=keep.year)
    text = words.gettext("{indicator} {limit} {unit} in every year")
    return text.format(indicator=words.gettext(one.label), limit=limit, unit=unit)


def value(one: Objective, amount: float, words: Words) -> str:
    """An objective's value: whole euros and persons, else at least one decimal."""
    return words.number(amount, decimals_of(one))


def decimals_of(one: Objective) -> int:
    """Decimals of an objective's value: those of its indicator, and one at least where it is no amount."""
    whole = one.indicator.unit.startswith(("EUR", "persons", "jobs"))
    return one.indicator.decimals if whole else max(one.indicator.decimals, 1)


def print_choice(choice: Choice, insight: Insight, words: Words, console: Console) -> None:
    """Print what was asked, the table, and what the foremost strategies consist of and when they fail."""
    width = min(console.width, WIDTH)
    for line in (*asked_lines(choice, words), *found_lines(choice, words)):
        console.print(Text("\n".join(textwrap.wrap(line, width))))
    console.print(table(choice, words), width=width)
    told = (*optimism_lines(choice, words), *unasked_lines(choice, words), *agreement_lines(choice, words))
    for line in told:
        console.print(Text("\n".join(textwrap.wrap(line, width))))
    console.print()
    for candidate in told_candidates(choice):
        changed = "; ".join(
            f"{name} – {setting}" for name, setting in told_settings(candidate, choice.setting, words)
        )
        fails = " ".join(sentences(insight.vulnerabilities[candidate.id], words)[:MOST_SENTENCES])
        console.print(Text(textwrap.fill(f"{name_of(candidate, words)}: {changed}. {fails}", width)))
        console.print()


def asked_lines(choice: Choice, words: Words) -> list[str]:
    """What is wanted and what must hold."""
    wanted = ", ".join(
        f"{number}\N{NO-BREAK SPACE}{objective_name(one, words)}"
        for number, one in enumerate(choice.asked.objectives, start=1)
    )
    kept = "; ".join(keep_name(one, words) for one in choice.asked.keeps)
    return [
        words.gettext("Wanted: {objectives}.").format(objectives=wanted),
        words.gettext("Must hold: {keeps}.").format(keeps=kept),
    ]


def found_lines(choice: Choice, words: Words) -> list[str]:
    """How many strategies were looked at, and how many of those told none beats."""
    front, count = choice.front, sum(one.kind == "found" for one in choice.candidates)
    looked = words.gettext(
        "{evaluated} strategies were lived in {worlds} worlds. {count} of those that none beats are told"
        " here, as they fare in {fresh} fresh worlds."
    ).format(
        evaluated=words.number(front.evaluated),
        worlds=words.number(choice.asked.worlds),
        count=words.number(count),
        fresh=words.number(choice.asked.fresh),
    )
    if front.feasible:
        return [looked]
    lacking = words.gettext(
        "No strategy keeps all that must hold as often as asked: those told come nearest. Ask for less, or"
        " for fewer worlds."
    )
    return [looked, lacking]


def told_candidates(choice: Choice) -> list[Candidate]:
    """The strategies found whose settings are told: those that fail least, the unbeaten first."""
    return foremost(choice)[:TOLD]


def table(choice: Choice, words: Words) -> Table:
    """One row a strategy: objectives in fresh worlds, how often all holds, regret."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False)
    made.add_column(words.gettext("Strategy"))
    for number, one in enumerate(choice.asked.objectives, start=1):
        made.add_column(f"{number} {arrow(one)}", justify="right", no_wrap=True)
    made.add_column(words.gettext("All holds"), justify="right")
    made.add_column(words.gettext("Regret 90 %"), justify="right")
    means, held = choice.values.mean(axis=1), 1.0 - choice.failing.mean(axis=1)
    for place, candidate in enumerate(choice.candidates):
        mark = " ★" if choice.unbeaten[place] else ""
        cells = [value(one, means[place, at], words) for at, one in enumerate(choice.asked.objectives)]
        regret = words.percent(100.0 * choice.robustness.regret_90[place], 0)
        style = "" if choice.lawful[place] else "dim"
        made.add_row(
            name_of(candidate, words) + mark, *cells, words.share(100.0 * held[place]), regret, style=style
        )
    made.caption = words.gettext(
        "★ none beats it on all objectives among those that keep what must hold as often as asked; the others"
        " are dimmed where they do not keep it. Regret: the largest loss against the best strategy of the"
        " table, in nine worlds of ten no more, share of each objective's range."
    )
    return made


def optimism_lines(choice: Choice, words: Words) -> list[str]:
    """How much better the search thought its strategies than they are in fresh worlds."""
    found = [place for place, one in enumerate(choice.candidates) if one.estimate is not None]
    if choice.optimism is None:
        return []
    fresh = choice.values[found].mean(axis=(0, 1))
    own = np.array([choice.candidates[place].estimate for place in found]).mean(axis=0)
    told = [
        f"{objective_name(one, words)} {value(one, own[at], words)} → {value(one, fresh[at], words)}"
        for at, one in enumerate(choice.asked.objectives)
    ]
    text = words.gettext(
        "The search's own worlds → fresh worlds, mean of those found: {told}. In fresh worlds {best} of them"
        " are still beaten by none, and {kept} still keep what must hold as often as asked."
    )
    best, kept = (100.0 * one for one in (choice.optimism.still_best, choice.optimism.still_kept))
    return [text.format(told="; ".join(told), best=words.share(best), kept=words.share(kept))]


def unasked_lines(choice: Choice, words: Words) -> list[str]:
    """Areas that most strategies found spend less on, and that nothing asked is about."""
    found = [one for one in choice.candidates if one.kind == "found"]
    place, year = choice.setting.place, choice.setting.municipality.bundle.base_year + 1
    cut: dict[str, int] = {}
    for candidate in found:
        for told in differences(candidate.posture, place, year):
            if told.lever.id in unasked(choice) and min(_numbers(told.phases[-1][1])) < 1.0:
                cut[told.lever.label] = cut.get(told.lever.label, 0) + 1
    names_cut = [words.gettext(label) for label, count in cut.items() if 2 * count > len(found)]
    if not names_cut:
        return []
    text = words.gettext(
        "Nothing that is asked is about this, so most of the strategies found save on it: {names}. Add an"
        " objective or something that must hold where it matters."
    )
    return [text.format(names="; ".join(names_cut))]


def unasked(choice: Choice) -> set[str]:
    """Levers of ambition in areas whose quality is neither among the objectives nor among what must hold."""
    columns = {one.column for one in Wanted(choice.asked.objectives, choice.asked.keeps).measures}
    asked = {identity for place, identity in enumerate(indicators()) if place in columns}
    return {
        lever.id
        for lever in levers().values()
        if all(name.startswith("ambition.") for name in lever.fields)
        and not asked & {name.replace("ambition.", "quality_") for name in lever.fields}
    }


def _numbers(value: Value) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (float(value),)


def agreement_lines(choice: Choice, words: Words) -> list[str]:
    """Which strategy each measure of robustness puts first, and how far the measures agree."""
    agreed = choice.agreement
    first = "; ".join(
        f"{words.gettext(ASKS[measure])}: {names(choice, agreed.first[measure], words)}"
        for measure in agreed.measures
    )
    lines = [words.gettext("Most robust by each measure: {told}.").format(told=first)]
    if agreed.unanimous:
        text = words.gettext("Every measure puts {names} first.")
        return [*lines, text.format(names=names(choice, agreed.unanimous, words))]
    text = words.gettext(
        "The measures do not agree (rank correlation from {low} to {high}): the choice between them is yours."
    )
    pairs = agreed.tau[np.triu_indices(len(agreed.measures), k=1)]
    known = pairs[np.isfinite(pairs)]
    if not len(known):
        return lines
    return [*lines, text.format(low=words.number(known.min(), 2), high=words.number(known.max(), 2))]


def names(choice: Choice, places: Sequence[int], words: Words) -> str:
    """Names of the candidates at these places, the first few."""
    told = ", ".join(name_of(choice.candidates[place], words) for place in places[:MOST_NAMES])
    return told + ("…" if len(places) > MOST_NAMES else "")
