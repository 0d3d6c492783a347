"""What drives a risk, in words: the variables of the worlds that tell who meets a criterion."""

from math import exp, floor, isfinite, log10
from typing import NamedTuple

from framsyn.evaluate.criteria import ANY
from framsyn.evaluate.drivers import EFFECT, WORLD, Driver, Variable, world_variables
from framsyn.evaluate.warning import PostureWarning
from framsyn.evidence.register import effect
from framsyn.i18n.translator import N_, Words
from framsyn.model.indicators import indicators
from framsyn.report.evidence_table import cause_and_effect

MOST = 3
#: Units of a world's columns that are told as a deviation from the forecast, today or the base year.
RELATIVE = ("factor", "index (base year = 1)")
YEARLY_SHARE = "share/year"
#: The unit of a rate's logit, which is told as the rate.
LOGIT = "logit"
#: Starts whose indicator has another id.
STARTS = {"turnout": "participation"}


class Named(NamedTuple):
    """A variable as a reader meets it: its name and unit, both in the reader's language."""

    label: str
    unit: str


def told_drivers(one: PostureWarning, draws: int, words: Words) -> list[str]:
    """The strongest drivers of a posture's risk, or why none is told; nothing where there is no risk."""
    met = round(one.ever[ANY].value * draws)
    if not met:
        return []
    if not one.told_apart:
        message, count = too_few_message(met, draws, words)
        return [message.format(count=count)]
    if not one.drivers:
        return [words.gettext("What drives the risk: nothing tells, beyond what chance does.")]
    return [driver_sentence(driver, words) for driver in one.drivers[:MOST]]


def too_few_message(met: int, draws: int, words: Words) -> tuple[str, int]:
    """That one kind of worlds is too rare to tell what drives the risk, and how many of it there are."""
    if 2 * met > draws:
        message = words.ngettext(
            "What drives the risk cannot be told: only {count} world escapes it.",
            "What drives the risk cannot be told: only {count} worlds escape it.",
            draws - met,
        )
        return message, draws - met
    message = words.ngettext(
        "What drives the risk cannot be told: only {count} world meets a criterion.",
        "What drives the risk cannot be told: only {count} worlds meet a criterion.",
        met,
    )
    return message, met


def driver_message(driver: Driver) -> str:
    """The message id that is true for which way the risk goes with a variable."""
    if driver.rises:
        return N_(
            "Driver: {label}. The higher, the greater the risk: {lowest} in the fifth of the worlds where it"
            " is lowest, {highest} where it is highest; {half}."
        )
    return N_(
        "Driver: {label}. The lower, the greater the risk: {lowest} in the fifth of the worlds where it"
        " is lowest, {highest} where it is highest; {half}."
    )


def half_message(driver: Driver) -> str:
    """The message id that is true for where the risk is one half."""
    if not isfinite(driver.half_at):
        return N_("it reaches one half at no value that was seen")
    return N_("it is one half at {value}")


def driver_sentence(driver: Driver, words: Words) -> str:
    """Which way the risk goes with a variable, how far, and at what value it is one half."""
    return words.gettext(driver_message(driver)).format(
        label=named(driver.variable, words).label,
        lowest=words.share(100.0 * driver.low),
        highest=words.share(100.0 * driver.high),
        half=_half(driver, words),
    )


def _half(driver: Driver, words: Words) -> str:
    value = value_in_words(driver.variable, driver.half_at, words) if isfinite(driver.half_at) else ""
    return words.gettext(half_message(driver)).format(value=value)


def named(variable: Variable, words: Words) -> Named:
    """A variable's name and unit; of an effect what moves what, of a start the indicator."""
    if variable.kind == WORLD:
        column = next(one for one in world_variables() if one.id == variable.id)
        return Named(words.gettext(column.label), words.gettext(column.unit))
    if variable.kind == EFFECT:
        known = effect(variable.id)
        label = words.gettext("strength of the effect “{effect}”").format(
            effect=cause_and_effect(known, words)
        )
        return Named(label, words.gettext(known.unit))
    start = indicators()[STARTS.get(variable.id, variable.id)]
    label = words.gettext("{indicator} at the start").format(indicator=words.gettext(start.label))
    return Named(label, words.gettext(start.unit))


def value_in_words(variable: Variable, value: float, words: Words) -> str:
    """A value of a variable with its unit; a factor as a deviation in per cent."""
    if variable.kind == WORLD:
        unit = next(one.unit for one in world_variables() if one.id == variable.id)
        if unit in RELATIVE:
            return words.signed_percent(100.0 * (value - 1.0), 1)
        if unit == YEARLY_SHARE:
            return words.percent(100.0 * value, 1)
        if unit == LOGIT:
            return words.percent(100.0 / (1.0 + exp(-value)), 1)
    return f"{words.number(value, _decimals(value))} {named(variable, words).unit}".rstrip()


def _decimals(value: float) -> int:
    """Decimals that show two digits of the value."""
    return min(max(1 - floor(log10(abs(value))), 0), 4) if value else 0
