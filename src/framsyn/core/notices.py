"""Something that whoever runs Framsyn has to know, said once on the error output in their language."""

import os
import sys
from functools import cache

from framsyn.core.note import Note


def notify_once(note: Note) -> None:
    """Write a note on the error output, the first time that it is said in this process."""
    _notify(note.template, tuple(sorted((name, str(part)) for name, part in note.parts.items())))


@cache
def _notify(template: str, parts: tuple[tuple[str, str], ...]) -> None:
    from framsyn.i18n.translator import language, words  # only where something has to be said

    text = words(language(None, os.environ)).gettext(template).format(**dict(parts))
    print(text, file=sys.stderr)  # noqa: T201
