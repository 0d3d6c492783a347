"""TOML that somebody hands over is bounded before it is parsed."""

import tomllib
from typing import Any

import pytest

from framsyn.core.toml_reader import MAX_CHARACTERS, MAX_DEPTH, MAX_PARTS, load_toml
from framsyn.errors import FramsynError


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that reach the parser."""
    reached: list[str] = []
    parse = tomllib.loads

    def loads(text: str) -> dict[str, Any]:
        reached.append(text)
        return parse(text)

    monkeypatch.setattr("tomllib.loads", loads)
    return reached


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a." * 9_900 + "a = 1", "Line 1 of my.toml has a name of more than 8 parts"),
        ("[" + "a." * 9_900 + "a]", "a name of more than 8 parts"),
        ("\n\n" + "a . " * MAX_PARTS + "a = 1", "Line 3 of my.toml"),
        ('"a".' * MAX_PARTS + "'a' = 1", "a name of more than 8 parts"),
        ("a = " + "[" * 9_000, "brackets more than 16 deep"),
        ("a = " + "{a=" * 9_000, "brackets more than 16 deep"),
        ("#" * (MAX_CHARACTERS + 1), "200001 characters"),
        # What follows a text that ends in a quotation mark of its own is no text.
        ('a = {b = """c"""", ' + "d." * 9_000 + 'd = "1"}', "a name of more than 8 parts"),
        ("a = {b = '''c'''', " + "d." * 9_000 + "d = '1'}", "a name of more than 8 parts"),
    ],
)
def test_what_is_too_long_or_too_deep_never_reaches_the_parser(
    parsed: list[str], text: str, reason: str
) -> None:
    with pytest.raises(FramsynError, match=reason.replace(".", r"\.")):
        load_toml(text, "my.toml")
    assert parsed == []


DEEPEST = "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH
LONGEST = ".".join("a" * MAX_PARTS)


@pytest.mark.parametrize(
    "text",
    [
        f"{LONGEST} = 1",
        f"a = {DEEPEST}\nb = {DEEPEST}",
        "a = [" + ", ".join(["1.5"] * 200) + "]",
        'a = "' + "." * 200 + '"  # ' + "[" * 200,
        "a = '''\n" + "[." * 200 + "\n'''",
        'a = """\n\\"""' + "{." * 200 + '\n"""',
        '"' + "." * 200 + '" = 1',
        "a = 2026-11-29T10:00:00.5Z\nb = 1.5e3",
        'a = ["""""""", "' + "[" * 200 + '"]',
        "a = [''''''', '" + "[" * 200 + "']",
    ],
)
def test_dots_and_brackets_in_texts_comments_and_numbers_are_not_counted(text: str) -> None:
    assert load_toml(text, "my.toml") == tomllib.loads(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[ours", 1),
        ("b = 1\na = " + "9" * 9_000 + "\nc = 2", 2),
        ('b = 1\n\na = "', 3),
        ("a", 1),
        ("a = 1\nb =\n", 2),
    ],
)
def test_what_is_not_toml_is_refused_with_the_name_and_line_of_the_file(text: str, line: int) -> None:
    with pytest.raises(FramsynError, match=rf"The file my\.toml is not TOML \(line {line}\)"):
        load_toml(text, "my.toml")


@pytest.mark.parametrize("mark", ['"', '"""'])
def test_marks_without_their_pairs_are_looked_at_once(mark: str) -> None:
    """Looked at from every one of them anew, this would take minutes."""
    with pytest.raises(FramsynError, match="not TOML"):
        load_toml(f"a = {mark}" + f"\\{mark}" * ((MAX_CHARACTERS - 10) // (len(mark) + 1)), "my.toml")
