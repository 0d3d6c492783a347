"""Whether a spiral runs and until when turning still works, each in a sentence."""

from framsyn.evaluate.spiral import Spiral
from framsyn.evaluate.turning import LIKELY, Turning
from framsyn.i18n.translator import N_, Words


def spiral_message(told: Spiral) -> str:
    """The message id that is true for how often the economy declines, and the decline feeds itself."""
    fed = told.feeds_itself
    if told.declines.value == 0.0:
        return N_("No spiral is seen: the economy declines in none of the worlds.")
    if fed.value == 0.0:
        return N_(
            "No spiral is seen: the economy declines in {declines} of the worlds, but the decline feeds"
            " itself in none."
        )
    if fed.low >= LIKELY:
        return N_(
            "A spiral is more likely than not: the economy declines in {declines} of the worlds, and the"
            " decline feeds itself in {fed}."
        )
    if fed.high > LIKELY:
        return N_(
            "A spiral is about as likely as not: the economy declines in {declines} of the worlds, and the"
            " decline feeds itself in {fed}."
        )
    return N_(
        "A spiral is possible: the economy declines in {declines} of the worlds, and the decline feeds"
        " itself in {fed}."
    )


def spiral_sentence(told: Spiral, words: Words) -> str:
    """How often the economy declines, and how often the decline feeds itself."""
    return words.gettext(spiral_message(told)).format(
        declines=words.share(100.0 * told.declines.value), fed=words.share(100.0 * told.feeds_itself.value)
    )


def turning_message(told: Turning) -> str:
    """The message id that is true for until when turning works."""
    return {
        "year": N_("The last year in which turning to “{other}” still works more often than not: {year}."),
        "always": N_(
            "Turning to “{other}” works more often than not in every year looked at, {first}–{last}."
        ),
        "never": N_(
            "Turning to “{other}” does not work more often than not, not even at once: in {now} of the"
            " worlds."
        ),
    }[told.outcome]


def without_message(told: Turning) -> str:
    """The message id that is true for what comes without a turn."""
    if told.stayed >= LIKELY:
        return N_(
            "No turn is needed: without one the economy is in balance in {year} in {stayed} of the worlds."
        )
    return N_("Without a turn the economy is in balance in {year} in {stayed} of the worlds.")


def turning_sentence(told: Turning, other: str, end: int, words: Words) -> str:
    """Until when turning to another posture works more often than not, and what comes without.

    Args:
        told: what was found.
        other: the name of the posture turned to.
        end: the year in which balance is judged.
        words: the reader's language.
    """
    turned = words.gettext(turning_message(told)).format(
        other=other,
        year=told.year,
        first=told.years[0],
        last=told.years[-1],
        now=words.share(100.0 * told.turned[0]),
    )
    without = words.gettext(without_message(told)).format(year=end, stayed=words.share(100.0 * told.stayed))
    return f"{without} {turned}" if told.stayed >= LIKELY else f"{turned} {without}"
