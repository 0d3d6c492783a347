"""The keys of a posture as text: the comment at the head of `postures.toml`, and a page of the docs.

`python -m framsyn.foresee.posture_page` writes both anew.
"""

import textwrap
from pathlib import Path

from framsyn.model.rule import Key, is_table, keys

HEAD, END = "# Keys of a posture:\n#\n", "#\n# based_on"
TOML = Path(__file__).resolve().parents[1] / "model" / "postures.toml"
PAGE = Path(__file__).resolve().parents[3] / "docs" / "posture-fields.md"
WIDTH, INDENT = 104, 23
INTRODUCTION = (
    "# The keys of a posture",
    "",
    "A posture of your own is a section of a TOML file that `--posture-file` reads. It holds the keys that",
    "it changes; `based_on` names the posture whose values hold elsewhere. `core_task` names its core task,",
    "and `[[name.then]]` with `from = 2030` begins a later phase. This table is made from the declarations",
    "in `model/rule.py` by `python -m framsyn.foresee.posture_page`.",
)


def comment() -> str:
    """The keys as comments of a TOML file, one paragraph each."""
    lines = [HEAD]
    for key in keys():
        text = f"{key.name:<{INDENT - 2}}{key.meaning}{_choices(key)}"
        wrapped = textwrap.wrap(text, WIDTH, subsequent_indent=" " * (INDENT - 2))
        lines += [f"# {line}\n" for line in wrapped]
    return "".join(lines)


def page() -> str:
    """The keys as a page: what they mean, their values and bounds."""
    rows = [f"| `{key.name}` | {key.meaning} | {_values(key)} |" for key in keys()]
    return "\n".join((*INTRODUCTION, "", "| key | sets | values |", "| --- | --- | --- |", *rows, ""))


def _choices(key: Key) -> str:
    return f" ({', '.join(key.choices)})" if key.choices else ""


def _values(key: Key) -> str:
    if key.kind == "choice":
        return ", ".join(f"`{choice}`" for choice in key.choices)
    if key.kind == "yes_no":
        return "`true`, `false`"
    number = "whole number" if key.kind == "whole" else "number"
    bounds = f"{'above ' if key.above else ''}{key.low:g} to {key.high:g}"
    return f"{number}s by area, {bounds}" if is_table(key) else f"{number}, {bounds}"


def write() -> None:
    """Write the comment and the page."""
    text = TOML.read_text("utf-8")
    TOML.write_text(text[: text.index(HEAD)] + comment() + text[text.index(END) :], "utf-8")
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    write()
