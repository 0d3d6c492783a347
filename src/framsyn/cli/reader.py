"""The language of a command: that of `--lang` anywhere on the line, else the system's, else English."""

import os
from collections.abc import Mapping, Sequence
from contextvars import ContextVar

from framsyn.errors import FramsynError
from framsyn.i18n.translator import ENVIRONMENT, Words, language, words

OPTION = "--lang"
#: What `--lang` of the command line being run says, wherever it stands; None where it does not.
REQUESTED: ContextVar[str | None] = ContextVar("requested", default=None)


def requested_on(arguments: Sequence[str]) -> str | None:
    """What the last `--lang` of a command line says; None without one.

    >>> requested_on(["--lang=fi", "levers"])
    'fi'
    """
    found = None
    for place, argument in enumerate(arguments):
        if argument == OPTION:
            found = next(iter(arguments[place + 1 :]), None)
        elif argument.startswith(f"{OPTION}="):
            found = argument.partition("=")[2]
    return found


def reader_language(explicit: str | None) -> str:
    """The language to write in.

    Args:
        explicit: the command's own `--lang`; None or blank = not given to it.

    Raises:
        FramsynError: there is no such language.
    """
    return language(explicit or REQUESTED.get(), environment())


def reader_words(explicit: str | None = None) -> Words:
    """The words of `reader_language`.

    Raises:
        FramsynError: there is no such language.
    """
    return words(reader_language(explicit))


def words_for_errors() -> Words:
    """The words in which errors are said: the first language asked for that exists, else the system's."""
    first = (REQUESTED.get() or "").partition(",")[0].strip()
    try:
        return words(language(first, environment()))
    except FramsynError:
        return words(language(None, environment()))


def environment() -> Mapping[str, str]:
    """The environment; where it says nothing of a language, with the one of Windows' own pages."""
    if os.name != "nt" or any(os.environ.get(name) for name in ENVIRONMENT):
        return os.environ
    return {**os.environ, "LANG": _windows_language()}


def _windows_language() -> str:
    import ctypes
    import locale

    number = getattr(ctypes, "windll").kernel32.GetUserDefaultUILanguage()  # noqa: B009  (Windows alone)
    return locale.windows_locale.get(number, "")
