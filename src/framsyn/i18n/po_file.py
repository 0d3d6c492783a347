"""Reads a catalogue of translations (a gettext .po file), quick enough to need no compiled form.

It reads what `catalogue` writes: a blank line between messages, each part on a line of its own or on several,
and no contexts.
"""

import re
from collections.abc import Mapping

#: A text, or a text in the singular and in the plural.
Translation = str | tuple[str, ...]

#: A part of a message: its keyword and the lines of quoted text after it.
PART = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?)((?:[ \n]".*")+)$', re.MULTILINE)
#: The pieces of a quoted text.
QUOTED = re.compile(r'[ \n]"(.*)"')
ESCAPED = re.compile(r"\\(.)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def translations(text: str) -> dict[str, Translation]:
    """The translations of a catalogue by message id; of a message with a plural, by its singular.

    What is not translated, in any of its forms, is left out, and so is the catalogue's own header.
    """
    found = {}
    for entry in text.replace("\r\n", "\n").split("\n\n"):
        parts = {keyword: _unquoted(quoted) for keyword, quoted in PART.findall(entry)}
        message, forms = parts.get("msgid"), _forms(parts)
        if message and all(forms):
            found[message] = forms if "msgid_plural" in parts else forms[0]
    return found


def _forms(parts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(text for keyword, text in sorted(parts.items()) if keyword.startswith("msgstr"))


def _unquoted(lines: str) -> str:
    text = "".join(QUOTED.findall(lines))
    return ESCAPED.sub(lambda found: ESCAPES.get(found[1], found[1]), text) if "\\" in text else text
