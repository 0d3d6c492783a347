import ast
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from framsyn.i18n import catalogue


@pytest.mark.parametrize("lang", catalogue.TRANSLATED)
def test_every_message_of_the_package_is_translated(lang: str) -> None:
    assert catalogue.missing(lang) == []


@pytest.mark.parametrize("lang", catalogue.TRANSLATED)
def test_a_translation_names_the_same_parts_as_its_message(lang: str) -> None:
    with catalogue.path(lang).open("rb") as stream:
        read = read_po(stream, locale=lang)
    for message in read:
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            assert {part for text in strings for part in _parts(text)} == {
                part for text in ids for part in _parts(text)
            }, message.id


def _parts(text: str) -> set[str]:
    return {f"{name}!{conversion}" for _, name, _, conversion in string.Formatter().parse(text) if name}


def test_messages_are_found_in_code_templates_and_data() -> None:
    found = catalogue.messages()
    vision = "Lacks both vision and strategy; passivity leads to a spiral of impoverishment"
    assert "report/templates/foresee.html.j2" in found["Skip to the content"]
    assert "model/indicators.csv" in found["Annual margin"]
    assert "i18n/translator.py" in found["There is no language {lang}: choose sv, fi or en."]
    assert "model/postures.toml" in found[vision]


def test_an_untranslated_message_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    catalogue.update("sv")
    assert len(catalogue.missing("sv")) == len(catalogue.messages())
    assert "Generated-By" not in catalogue.path("sv").read_text(encoding="utf-8")


def test_an_update_without_changes_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = catalogue.path("sv")
    copy = tmp_path / "sv" / "LC_MESSAGES" / "framsyn.po"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(shipped.read_bytes())
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    catalogue.update("sv")
    first = copy.read_bytes()
    assert _content(copy) == _content(shipped)
    catalogue.update("sv")
    assert copy.read_bytes() == first


def _content(path: Path) -> dict[object, tuple[object, ...]]:
    """The translation of every message; how a library orders them and where it finds them is its own."""
    with path.open("rb") as stream:
        read = read_po(stream, locale="sv")
    return {one.id: (one.string, one.fuzzy) for one in read if one.id}


@pytest.mark.parametrize("lang", catalogue.TRANSLATED)
def test_a_catalogue_does_not_say_which_release_of_a_library_wrote_it(lang: str) -> None:
    assert "Generated-By" not in catalogue.path(lang).read_text(encoding="utf-8")


def test_every_error_and_note_is_made_with_a_template_that_can_be_translated() -> None:
    """A template built at run time would reach the reader in English.

    The finder of names takes its templates from the `Refusal` of each kind: those must be marked messages.
    """
    built = []
    for path in catalogue.PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            if name in {"FramsynError", "Note"} and path.name != "name_index.py":
                built += [] if _is_text(node.args[:1]) else [f"{path.name}:{node.lineno}"]
            elif name == "Refusal":
                built += [] if _are_marked(node, path) else [f"{path.name}:{node.lineno}"]
    assert built == []


def _is_text(first: list[ast.expr]) -> bool:
    return [isinstance(one, ast.Constant) and isinstance(one.value, str) for one in first] == [True]


def _are_marked(refusal: ast.Call, path: Path) -> bool:
    """Whether every message of a refusal is marked where it stands, or by the name that it is given."""
    marked = {
        target.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign) and getattr(getattr(node.value, "func", None), "id", "") == "N_"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    values = [keyword.value for keyword in refusal.keywords]
    return len(values) >= 2 and all(
        getattr(getattr(value, "func", None), "id", "") == "N_" or getattr(value, "id", "") in marked
        for value in values
    )
