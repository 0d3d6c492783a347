"""Words that a file of answers may use: for its columns, the groups and "don't know", in three languages."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from framsyn.datafile import rows

#: The groups that answer.
GROUPS = ("officials", "councillors", "residents", "firms")
RESPONDENT, GROUP, DONT_KNOW = "respondent", "group", "dont_know"
COLUMN_WORDS, GROUP_WORDS, ANSWER_WORDS, SCALE_WORDS = "column", "group", "answer", "scale"


def plain(text: str) -> str:
    """The text as words are compared: composed letters, small, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@cache
def accepted(kind: str) -> Mapping[str, str]:
    """The id that each accepted word of a kind stands for; an id stands for itself."""
    told = [row for row in rows("framsyn.engage", "words.csv") if row["kind"] == kind]
    return {**{row["id"]: row["id"] for row in told}, **{plain(row["word"]): row["id"] for row in told}}


@cache
def word(kind: str, identity: str, lang: str) -> str:
    """The word that a template in the language uses: the first in the file."""
    return next(
        row["word"]
        for row in rows("framsyn.engage", "words.csv")
        if (row["kind"], row["id"], row["lang"]) == (kind, identity, lang)
    )


def listed(kind: str) -> str:
    """The first word of each id in each language, as errors list them: `residents / invånare / asukkaat`."""
    ids = dict.fromkeys(accepted(kind).values())
    return ", ".join(
        " / ".join(dict.fromkeys(word(kind, identity, lang) for lang in ("en", "sv", "fi")))
        for identity in ids
    )
