"""Ids of respondents that could tell who they are: replaced by numbers before anything else sees them."""

import re
from collections.abc import Sequence

#: An e-mail address, a personal identity code, or a telephone number.
_PERSONAL = (
    re.compile(r"\S+@\S+"),
    re.compile(r"\b[0-9]{6}[-+A-FU-Ya-fu-y][0-9]{3}[0-9A-Za-z]\b"),
    re.compile(r"(?:\+|0)[0-9][0-9 ()-]{7,}"),
)
#: A word that may be part of a name: letters alone, three or more.
_NAME = re.compile(r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)*")


def is_personal(text: str) -> bool:
    """Whether an id could tell who answered: a name, an address, a telephone number, an identity code.

    A word without any digit is taken for a name, and so are two words beside each other whatever follows.
    """
    cell = text.strip()
    if any(pattern.fullmatch(cell) or pattern.match(cell) for pattern in _PERSONAL[:2]):
        return True
    if _PERSONAL[2].fullmatch(cell):
        return True
    names = _NAME.findall(cell)
    return bool(names) and (len(names) > 1 or not any(sign.isdigit() for sign in cell))


def numbered(texts: Sequence[str]) -> list[str]:
    """A number for each id, the same for the same id, in the order of the ids, not of the file."""
    order = {text: str(number) for number, text in enumerate(sorted(set(texts)), start=1)}
    width = len(str(len(order)))
    return [order[text].zfill(width) for text in texts]
