"""Why a figure is what it is: as a table that steps from the base year, or from another policy, to it."""

import textwrap
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from framsyn.evaluate.behind import Ruled
from framsyn.evaluate.causes import DECISIONS, FEEDBACK, REST, WORLD
from framsyn.evaluate.explanation import CauseShare, Explanation
from framsyn.evidence.register import STRENGTHS
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicators import Indicator
from framsyn.report.listing import looks
from framsyn.report.terminal import WIDTH

STEPS = 14  # columns of the bar
CAUSE = 33  # columns of its name
UP, DOWN, STANDS = "█", "▒", "◆"
GROUP_LABELS = {
    WORLD: N_("What nobody here decides"),
    DECISIONS: N_("What is decided here"),
    FEEDBACK: N_("How people and money answer"),
    REST: "",  # one cause, which names itself
}
#: How the steps are found: of a change since the base year, and of a difference between two policies.
HOW_CHANGE = N_(
    "Mean of {draws} simulated futures; the steps sum to the change. Each is the mean of what the cause adds"
    " over orders, drawn by chance, in which the causes can come (Owen value). A, B, C: strength of evidence;"
    " 0: a null."
)
HOW_DIFFERENCE = N_(
    "Mean of {draws} simulated futures, the same under both; the steps sum to the difference. Each is the"
    " mean of what the cause adds over orders, drawn by chance, in which the causes can come (Owen value), so"
    " what people and money answer to a decision is shared between the two. A, B, C: strength of evidence;"
    " 0: a null."
)
STATUS_LABELS = {
    "in_force": N_("in force"),
    "proposed": N_("proposed"),
    "indicative": N_("indicative"),
    "assumption": N_("assumption"),
    "observed": N_("observed"),
    "estimated": N_("estimated"),
    "assumed": N_("assumed"),
}
UNSURE = "assumption"


def print_explanation(told: Explanation, words: Words, console: Console) -> None:
    """Print the steps from the base year's value to the year's, and what each rests on."""
    width = min(console.width, WIDTH)
    console.print(explanation_table(told, words), width=width)
    for line in sources(told, words):
        folded = textwrap.fill(
            line, width, subsequent_indent=" " * 4, break_long_words=False, break_on_hyphens=False
        )
        console.print(Text(folded, no_wrap=True), soft_wrap=True)


def explanation_table(told: Explanation, words: Words) -> Table:
    """One row for each cause, between the value from which they are counted and the value explained."""
    table = Table(
        title=Text(title(told, words), style="bold"),
        caption=how(told, words),
        box=SIMPLE_HEAD,
        title_justify="left",
        caption_justify="left",
    )
    table.add_column(words.gettext("Cause"), overflow="fold", width=CAUSE)
    table.add_column(words.gettext(told.indicator.unit), justify="right", no_wrap=True)
    table.add_column(words.gettext("80% of worlds"), justify="right", no_wrap=True)
    table.add_column(words.gettext("Step"), no_wrap=True, min_width=STEPS)
    table.add_column(words.gettext("Rests on"), overflow="fold")
    decimals = told.indicator.decimals
    bars = steps(told)
    first, last = ends(told, words)
    table.add_row(
        Text(first, style="bold"),
        Text(words.number(told.base, decimals), style="bold"),
        "",
        Text(bars[0], style="bold"),
        end_section=True,
    )
    for group, label in GROUP_LABELS.items():
        if group != REST and has_group(told, group):
            amount = words.signed(told.of_group(group), decimals)
            table.add_row(Text(words.gettext(label), style="italic"), Text(amount, style="italic"))
        for cause, bar in zip(told.causes, bars[1:-1], strict=True):
            if cause.group == group:
                table.add_row(*_cells(cause, bar, told.indicator, words))
    table.add_section()
    table.add_row(
        Text(last, style="bold"),
        Text(words.number(told.value, decimals), style="bold"),
        words.interval(told.p10, told.p90, decimals),
        Text(bars[-1], style="bold"),
    )
    return table


def has_group(told: Explanation, group: str) -> bool:
    """Whether any cause belongs to a group: two policies are compared in the same draws."""
    return any(cause.group == group for cause in told.causes)


def ends(told: Explanation, words: Words) -> tuple[str, str]:
    """What stands at both ends of the steps: years, or policies."""
    if not told.against:
        return str(told.base_year), str(told.year)
    return policy_label(told.against, words), policy_label(told.posture, words)


def policy_label(identity: str, words: Words) -> str:
    """What a policy is called."""
    return words.gettext(looks([identity])[identity].label)


def _cells(cause: CauseShare, bar: str, indicator: Indicator, words: Words) -> Sequence[Text]:
    seen = moves(cause, indicator)
    colour = "green" if cause.amount >= 0 else "red"
    return (
        Text(("" if cause.group == REST else "  ") + words.gettext(cause.label)),
        Text(words.signed(cause.amount, indicator.decimals)),
        Text(words.interval(cause.p10, cause.p90, indicator.decimals), style="dim"),
        Text(bar if seen else "", style=colour),
        Text(rests_on(cause, words) if seen else ""),
    )


def moves(cause: CauseShare, indicator: Indicator) -> bool:
    """Whether the cause's amount is seen with the indicator's decimals."""
    return abs(cause.amount) >= 0.5 * 10.0**-indicator.decimals


def steps(told: Explanation) -> list[str]:
    """A bar for the base, each cause and the value: where it begins and ends on one common scale."""
    levels = [told.base]
    for cause in told.causes:
        levels.append(levels[-1] + cause.amount)
    low, high = min(levels), max(levels)
    span = (high - low) or 1.0
    places = [round((STEPS - 1) * (level - low) / span) for level in levels]
    bars = [" " * places[0] + STANDS]
    for before, after, cause in zip(places, places[1:], told.causes, strict=False):
        first, last = sorted((before, after))
        mark = UP if cause.amount >= 0 else DOWN
        bars.append(" " * first + mark * (last - first + 1))
    return [*bars, " " * places[-1] + STANDS]


def rests_on(cause: CauseShare, words: Words) -> str:
    """The letters of the evidence, whether law, and the least sure status of its parameters and facts."""
    letters = [one for one in STRENGTHS if one in {effect.strength for effect in cause.evidence}]
    parts = [" ".join(letter for letter in letters if letter != UNSURE)]
    parts.append(words.gettext("law") if cause.law else "")
    statuses = {one.status for one in cause.parameters} | {one.status for one in cause.facts}
    if UNSURE in letters or "assumed" in statuses:
        parts.append(words.gettext(STATUS_LABELS[UNSURE]))
    elif "estimated" in statuses:
        parts.append(words.gettext("estimate"))
    return ", ".join(part for part in parts if part)


def sources(told: Explanation, words: Words) -> list[str]:
    """Lines that tell the evidence, law, parameters and facts behind the causes that moved anything."""
    moved = [cause for cause in told.causes if moves(cause, told.indicator)]
    return [
        *_evidence_lines(moved, words),
        *_law_lines(moved, words),
        *_listed(
            words.gettext("Parameters of the worlds"),
            ((one.status, one.id) for cause in moved for one in cause.parameters),
            words,
        ),
        *_listed(
            words.gettext("Facts of the municipality"),
            ((one.status, one.id) for cause in moved for one in cause.facts),
            words,
        ),
        words.gettext("Every source with its number: --json; an effect's: framsyn evidence ID."),
    ]


def _evidence_lines(moved: Sequence[CauseShare], words: Words) -> list[str]:
    effects = {one.id: one for cause in moved for one in cause.evidence}
    found = [one for one in effects.values() if one.strength != UNSURE]
    found.sort(key=lambda one: (STRENGTHS.index(one.strength), one.id))
    lines = [f"  {one.strength}  {one.id}: {one.source}" for one in found]
    unsure = sorted(one.id for one in effects.values() if one.strength == UNSURE)
    if unsure:
        lines.append(f"  {words.gettext(STATUS_LABELS[UNSURE])}: {', '.join(unsure)}")
    return [words.gettext("Evidence"), *lines] if lines else []


def _law_lines(moved: Sequence[CauseShare], words: Words) -> list[str]:
    rules = {one.now.id: one for cause in moved for one in cause.law}
    lines = [f"  {_rule(one, words)}" for one in rules.values()]
    return [words.gettext("Law"), *lines] if lines else []


def _rule(rule: Ruled, words: Words) -> str:
    then, now = rule.then, rule.now
    before = "" if then is None or then.value == now.value else f"{_figure(then.value, words)} → "
    status = words.gettext(STATUS_LABELS[now.status])
    if now.carried:
        status += ", " + words.gettext("carried from {year}").format(year=now.from_year)
    return f"{now.id} {before}{_figure(now.value, words)} {now.unit} ({status}; {now.source})"


def _figure(value: float, words: Words) -> str:
    return words.number(value, 0 if value == int(value) else 2)


def _listed(heading: str, told: Iterable[tuple[str, str]], words: Words) -> list[str]:
    """The heading and a line for each status with the ids of that status."""
    by_status: dict[str, dict[str, None]] = {}
    for status, identity in told:
        by_status.setdefault(status, {})[identity] = None
    lines = [
        f"  {words.gettext(STATUS_LABELS[status])}: {', '.join(ids)}" for status, ids in by_status.items()
    ]
    return [heading, *lines] if lines else []


def title(told: Explanation, words: Words) -> str:
    """What is explained: a change, or a difference."""
    if told.against:
        return difference_title(
            told, policy_label(told.posture, words), policy_label(told.against, words), words
        )
    return words.gettext("{indicator}, {name}, {posture}: from {base} to {year}").format(
        indicator=words.gettext(told.indicator.label),
        name=told.municipality.name(words.lang),
        posture=policy_label(told.posture, words),
        base=told.base_year,
        year=told.year,
    )


def difference_title(told: Explanation, posture: str, against: str, words: Words) -> str:
    """What is explained of two policies, as they are called."""
    return words.gettext("{indicator}, {name}, {year}: {posture} against {against}").format(
        indicator=words.gettext(told.indicator.label),
        name=told.municipality.name(words.lang),
        year=told.year,
        posture=posture,
        against=against,
    )


def how(told: Explanation, words: Words) -> str:
    """How the steps are found."""
    text = words.gettext(HOW_DIFFERENCE if told.against else HOW_CHANGE)
    return text.format(draws=words.number(told.draws))
