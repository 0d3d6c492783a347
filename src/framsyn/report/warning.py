"""Early warning in the terminal: how likely the criteria of the Municipal Act are, and what drives them."""

import textwrap
from collections.abc import Sequence
from math import ceil

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from framsyn.evaluate.criteria import ANY, CRITERIA, FOLLOWS
from framsyn.evaluate.spiral import LEAST_YEARS, Share
from framsyn.evaluate.turning import LEAST_TIME
from framsyn.evaluate.warning import EarlyWarning, PostureWarning
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicators import indicators
from framsyn.report.driving import told_drivers
from framsyn.report.listing import looks
from framsyn.report.monitor import print_whole
from framsyn.report.terminal import WIDTH
from framsyn.report.turning import spiral_sentence, turning_sentence

#: Years after the base year that are told, beside the last.
SHOWN = (1, 2, 3, 5, 10, 15, 20)
CRITERION = 20  # columns


def print_warning(told: EarlyWarning, own: Sequence[str], words: Words, console: Console) -> None:
    """Print each posture's probabilities, spiral, turning year and drivers.

    Args:
        told: the warning.
        own: postures that the user has written or changed.
        words: the reader's language.
        console: where to.
    """
    names = posture_names(told, own, words)
    title = words.gettext("{name}: how likely the criteria of the Municipal Act (§§ 110 and 118) are").format(
        name=told.municipality.name(words.lang)
    )
    _print([title], console, style="bold")
    for identity, one in told.postures.items():
        console.print()
        _print([names[identity]], console, style="bold")
        if any(one.ever[state].value > 0.0 for state in (ANY, *FOLLOWS)):
            print_whole(table(one, told, words), console)
        _print([f"– {line}" for line in sentences(one, told, names, words)], console)
    console.print()
    _print(notes(told, words), console)


def _print(lines: Sequence[str], console: Console, style: str = "") -> None:
    width = min(console.width, WIDTH)
    for line in lines:
        folded = textwrap.fill(
            line,
            width,
            subsequent_indent="  " if line.startswith("– ") else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        console.print(Text(folded, style=style, no_wrap=True), soft_wrap=True)


def posture_names(told: EarlyWarning, own: Sequence[str], words: Words) -> dict[str, str]:
    """What each posture, and the one turned to, is called."""
    ids = tuple(dict.fromkeys((*told.postures, told.turn_to)))
    return {one: words.gettext(look.label) for one, look in looks(ids, own).items()}


def years_shown(told: EarlyWarning) -> list[int]:
    """Places in `told.years` of the years that are told."""
    last = len(told.years)
    return [ahead - 1 for ahead in sorted({*(one for one in SHOWN if one < last), last})]


def table(one: PostureWarning, told: EarlyWarning, words: Words) -> Table:
    """The share of worlds by year and ever: each criterion, any with its interval, and what follows."""
    made = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    made.add_column(words.gettext("Criterion, share of the worlds"), overflow="fold", min_width=CRITERION)
    shown = years_shown(told)
    for heading in (*(str(told.years[place]) for place in shown), words.gettext("Ever")):
        made.add_column(heading, justify="right", overflow="fold")
    for criterion in (*CRITERIA, ANY):
        if criterion == ANY:
            made.add_section()
        style = "bold" if criterion == ANY else ""
        made.add_row(criterion_name(criterion, words), *_shares(one, criterion, shown, words), style=style)
    shares = [*(one.by_year[ANY][place] for place in shown), one.ever[ANY]]
    label = words.gettext("  80% interval, per cent")
    made.add_row(label, *(interval(share, words) for share in shares), style="dim")
    made.add_section()
    for state in FOLLOWS:
        made.add_row(criterion_name(state, words), *_shares(one, state, shown, words))
    return made


def _shares(one: PostureWarning, criterion: str, shown: Sequence[int], words: Words) -> list[str]:
    """The share of the lives in the years shown, and in any year at all."""
    shares = [*(one.by_year[criterion][place] for place in shown), one.ever[criterion]]
    return [words.share(100.0 * share.value) for share in shares]


def criterion_name(criterion: str, words: Words) -> str:
    """What a criterion is called."""
    label = N_("Any criterion met") if criterion == ANY else indicators()[criterion].label
    return words.gettext(label)


def interval(share: Share, words: Words) -> str:
    """The interval of a share in whole per cent; `<1` where all of it is below one."""
    low, high = 100.0 * share.low, 100.0 * share.high
    if high < 1.0:
        return "<" + words.number(1.0)
    if low > 99.0:
        return ">" + words.number(99.0)
    return words.interval(low, high)


def sentences(one: PostureWarning, told: EarlyWarning, names: dict[str, str], words: Words) -> list[str]:
    """Where no criterion is met, the spiral, the turning year, and what drives the risk."""
    end = told.years[-1]
    lines = []
    if one.ever[ANY].value == 0.0:
        lines.append(none_met(one.ever[ANY], told, words))
    if one.spiral is not None:
        lines.append(spiral_sentence(one.spiral, words))
    if one.turning is not None:
        lines.append(turning_sentence(one.turning, names[told.turn_to], end, words))
    return [*lines, *told_drivers(one, told.draws, words)]


NONE_MET = N_(
    "No criterion is met in any of {draws} worlds until {year}. That is no promise: the probability is"
    " below {high} (80% interval)."
)


def none_met(ever: Share, told: EarlyWarning, words: Words) -> str:
    """That none of the worlds meets a criterion, and how likely it may be even so."""
    return words.gettext(NONE_MET).format(
        draws=words.number(told.draws),
        year=told.years[-1],
        high=words.percent(ceil(1000.0 * ever.high) / 10.0, 1),
    )


PROCEDURE = N_(
    "An assessment procedure begins when a criterion is met, or when loans have grown beyond what lenders"
    " have been seen to allow. Its programme forces the result up, and in each year the municipality may"
    " merge with a neighbour: after that the figures are those of its area within the new municipality,"
    " which carries what is short."
)
NO_PROCEDURE = N_(
    "§ 118 does not hold on Åland. There the row of the assessment procedure shows the share of simulated"
    " futures in which lenders refuse to lend more: all that is short must then be met at once, and what"
    " cannot be met is carried by the region."
)


def no_procedure(told: EarlyWarning) -> bool:
    """Whether the act does not hold where the municipality lies, so that there is no assessment procedure."""
    return not told.municipality.bundle["state_grant_by_law"][told.municipality.index]


def notes(told: EarlyWarning, words: Words) -> list[str]:
    """What the probabilities are of, how spiral and turning are found, and what was not told."""
    found = [
        words.gettext(
            "A probability is a share of {draws} worlds of the model; the interval is what their number"
            " leaves, not all that is uncertain. A criterion can lead to the state's assessment procedure (§"
            " 118)."
        ).format(draws=words.number(told.draws)),
        words.gettext(NO_PROCEDURE if no_procedure(told) else PROCEDURE),
    ]
    if any(one.spiral or one.turning for one in told.postures.values()):
        found.append(
            words.gettext(
                "Spiral and turning: {draws} worlds. A decline is measured against going on as today, and"
                " feeds itself where the part that is its own feedback grows. To turn in a year: the other"
                " posture decides from the next year on. In balance: the last three years pay their way, no"
                " deficit is against the law and repair debt does not grow."
            ).format(draws=words.number(told.turn_draws))
        )
    if any(one.drivers for one in told.postures.values()):
        found.append(
            words.gettext(
                "A driver is what varies between the worlds, as the mean of the years. A value in per cent"
                " with a sign is against what is expected: the forecast, the law or the base year."
            )
        )
    return [*found, *_too_short(told, words)]


def _too_short(told: EarlyWarning, words: Words) -> list[str]:
    """What too few years leave untold, where anything of it was asked for."""
    years, found = len(told.years), []
    if years < LEAST_YEARS and set(told.postures) != {AS_IS}:
        message = N_("Whether a decline feeds itself is told from {least} years on.")
        found.append(words.gettext(message).format(least=LEAST_YEARS))
    if years < LEAST_TIME and set(told.postures) != {told.turn_to}:
        message = N_("Until when turning works is told from {least} years on.")
        found.append(words.gettext(message).format(least=LEAST_TIME))
    return found
