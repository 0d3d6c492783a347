"""The one reader of TOML that somebody hands over: bounded before anything is parsed.

The parser of the standard library takes time that grows with the square of a dotted name's parts, and
recurses into nested brackets. So length, parts and depth are counted first, in one pass over the text.
"""

import re
import tomllib
from typing import Any

from framsyn.errors import FramsynError

#: Characters of a file, parts of a dotted name, and brackets inside each other.
MAX_CHARACTERS, MAX_PARTS, MAX_DEPTH = 200_000, 8, 16

#: What holds dots and brackets that mean nothing (texts, comments), and the signs that mean something. A text
#: may end in two quotation marks of its own. One without its last mark, which the parser refuses, goes on to
#: the end, or to that of its line, so that no character is looked at twice.
_TOKENS = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*(?:"{3,5})?'
    r"|'''(?:[^']|'{1,2}(?!'))*(?:'{3,5})?"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?'
    r"|'[^'\n]*'?"
    r"|\#[^\n]*"
    r"|(?P<sign>[.\[\]{}=,\n])",
    re.DOTALL,
)

#: A whole number that is too long for the parser.
_LONG_NUMBER = re.compile(r"\d{1000}")


def load_toml(text: str, path: str) -> dict[str, Any]:
    """The content of a TOML file.

    Args:
        text: of the file.
        path: what the file is called in messages.

    Raises:
        FramsynError: it is longer, deeper or has longer dotted names than is allowed, or is not TOML.
    """
    if len(text) > MAX_CHARACTERS:
        raise FramsynError(
            "The file {path} has {characters} characters, {most} at most are allowed. Split it.",
            path=path,
            characters=len(text),
            most=MAX_CHARACTERS,
        )
    _check_shape(text, path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not TOML, or a number too long to be read
        raise FramsynError(
            "The file {path} is not TOML (line {line}): correct it there. Decimals take a point (0.27), texts"
            " quotation marks.",
            path=path,
            line=_line_of(error, text),
        ) from error


def _line_of(error: Exception, text: str) -> int:
    """The line that the parser could not read; where it says none, of a long number, or the last."""
    found = re.search(r"line (\d+)", str(error))
    if found:
        return int(found[1])
    lines = text.splitlines() or [""]
    longest = max(range(len(lines)), key=lambda number: len(lines[number]))
    return 1 + (longest if _LONG_NUMBER.search(lines[longest]) else len(lines) - 1)


def _check_shape(text: str, path: str) -> None:
    """Refuse long dotted names and deep brackets."""
    depth, dots, line = 0, 0, 1
    for token in _TOKENS.finditer(text):
        sign = token["sign"]
        if sign is None:
            line += token[0].count("\n")
            continue
        if sign == ".":
            dots += 1
        else:
            dots = 0
            depth = max(0, depth + (sign in "[{") - (sign in "]}"))
            line += sign == "\n"
        if dots >= MAX_PARTS:
            raise FramsynError(
                "Line {line} of {path} has a name of more than {most} parts with dots between them."
                " Shorten it.",
                line=line,
                path=path,
                most=MAX_PARTS,
            )
        if depth > MAX_DEPTH:
            raise FramsynError(
                "Line {line} of {path} has brackets more than {most} deep. Write it with fewer.",
                line=line,
                path=path,
                most=MAX_DEPTH,
            )
