from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from framsyn.report.environment import StoredTemplates, environment


def rendered(folder: Path, source: str) -> str:
    """A template of a new environment, as in another run."""
    loader = DictLoader({"a": source})
    made = Environment(loader=loader, bytecode_cache=StoredTemplates(folder), autoescape=True)
    return made.get_template("a").render()


def test_a_template_is_compiled_once_for_all_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(tmp_path, "{{ 1 + 1 }}") == "2"
    monkeypatch.setattr(Environment, "_generate", None)
    assert rendered(tmp_path, "{{ 1 + 1 }}") == "2"


def test_a_changed_template_is_compiled_again(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ 1 + 1 }}") == "2"
    assert rendered(tmp_path, "{{ 1 + 2 }}") == "3"


@pytest.mark.parametrize("left", [0, 40, 200])
def test_code_that_is_cut_short_is_compiled_again(tmp_path: Path, left: int) -> None:
    assert rendered(tmp_path, "{{ 1 + 1 }}") == "2"
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    assert rendered(tmp_path, "{{ 1 + 1 }}") == "2"
    assert file.read_bytes() == whole


def test_the_shipped_templates_are_stored() -> None:
    assert isinstance(environment("framsyn.report").bytecode_cache, StoredTemplates)
