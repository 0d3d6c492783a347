"""Whether a spiral runs and until when turning still works, each in a sentence."""

from framsyn.evaluate.spiral import Spiral
from framsyn.evaluate.turning import LIKELY, Turning
from framsyn.report.words import N_, Words


def spiral_sentence(told: Spiral, words: Words) -> str:
    """How often the economy declines, and how often the decline feeds itself."""
    fed = told.feeds_itself
    if told.declines.value == 0.0:
        message = N_("No spiral is seen: the economy declines in none of the worlds.")
    elif fed.value == 0.0:
        message = N_(
            "No spiral is seen: the economy declines in {declines} of the worlds, but the decline feeds"
            " itself in none."
        )
    elif fed.low >= LIKELY:
        message = N_(
            "A spiral is more likely than not: the economy declines in {declines} of the worlds, and the"
            " decline feeds itself in {fed}."
        )
    elif fed.high > LIKELY:
        message = N_(
            "A spiral is about as likely as not: the economy declines in {declines} of the worlds, and the"
            " decline feeds itself in {fed}."
        )
    else:
        message = N_(
            "A spiral is possible: the economy declines in {declines} of the worlds, and the decline feeds"
            " itself in {fed}."
        )
    return words.gettext(message).format(
        declines=words.share(100.0 * told.declines.value), fed=words.share(100.0 * fed.value)
    )


def turning_sentence(told: Turning, other: str, end: int, words: Words) -> str:
    """Until when turning to another posture works more often than not, and what comes without.

    Args:
        told: what was found.
        other: the name of the posture turned to.
        end: the year in which balance is judged.
        words: the reader's language.
    """
    message = {
        "year": N_("The last year in which turning to “{other}” still works more often than not: {year}."),
        "always": N_(
            "Turning to “{other}” works more often than not in every year looked at, {first}–{last}."
        ),
        "never": N_(
            "Turning to “{other}” does not work more often than not, not even at once: in {now} of the"
            " worlds."
        ),
    }[told.outcome]
    turned = words.gettext(message).format(
        other=other,
        year=told.year,
        first=told.years[0],
        last=told.years[-1],
        now=words.share(100.0 * told.turned[0]),
    )
    stayed = words.share(100.0 * told.stayed)
    if told.stayed >= LIKELY:
        without = N_(
            "No turn is needed: without one the economy is in balance in {year} in {stayed} of the worlds."
        )
        return f"{words.gettext(without).format(year=end, stayed=stayed)} {turned}"
    without = N_("Without a turn the economy is in balance in {year} in {stayed} of the worlds.")
    return f"{turned} {words.gettext(without).format(year=end, stayed=stayed)}"
