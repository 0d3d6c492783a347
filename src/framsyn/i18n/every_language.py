"""What things are called in every language: the labels of the catalogues, and other names that people use."""

from collections.abc import Mapping
from functools import cache

from framsyn.datafile import rows
from framsyn.i18n.translator import LANGUAGES, words

#: Kinds of things in `other_names.csv`.
INDICATOR, POSTURE, LEVER, CHOICE, LAW, REPORT = "indicator", "posture", "lever", "choice", "law", "report"
AREA, CORE_TASK, UNIT = "area", "core_task", "unit"


def labels(*messages: str) -> tuple[str, ...]:
    """The messages in every language, each spelling once; blank messages are left out."""
    return tuple(
        dict.fromkeys(words(lang).gettext(message) for message in messages if message for lang in LANGUAGES)
    )


def every_name(kind: str, identity: str, *messages: str) -> tuple[str, ...]:
    """Everything that a thing is called: its labels and its other names in every language.

    A name in `other_names.csv` that is a message id stands for its translations too.

    Args:
        kind: of the thing, as in `other_names.csv`.
        identity: its id.
        messages: its labels as message ids.
    """
    return labels(*messages, *other_names().get((kind, identity), ()))


@cache
def other_names() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Names beside the labels, by kind and id: short forms and synonyms that mean the same thing."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows("framsyn.i18n", "other_names.csv"):
        key = row["kind"], row["id"]
        found[key] = (*found.get(key, ()), row["name"])
    return found
