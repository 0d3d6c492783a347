"""What is wanted of a strategy, in words."""

from framsyn.choose.measures import Objective
from framsyn.i18n.translator import N_, Words

READ = {
    "mean": N_("mean of the years"),
    "end": N_("last year"),
    "least": N_("lowest year"),
    "most": N_("highest year"),
    "change": N_("change"),
}


def objective_name(one: Objective, words: Words) -> str:
    """The indicator, how it is read where that was asked, and which way is better."""
    return f"{read_name(one, words)}\N{NO-BREAK SPACE}{arrow(one)}"


def read_name(one: Objective, words: Words) -> str:
    """The indicator, and how it is read where that was asked."""
    name = words.gettext(one.indicator.label)
    read = READ.get(one.id.partition("@")[2])
    return f"{name} ({words.gettext(read)})" if read else name


def arrow(one: Objective) -> str:
    """Which way is better."""
    return "↑" if one.direction == "higher" else "↓"
