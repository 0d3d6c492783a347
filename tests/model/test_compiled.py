"""Compiled equations never outlive what they were compiled from."""

import shutil
from pathlib import Path

import pytest

from framsyn.model import compiled

ROOMS = compiled.ROOM.parent


def folder(package: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the folder of compiled code for a copy of the package."""
    monkeypatch.setattr(compiled, "ROOM", package / "model")
    found = compiled.kernel_folder.__wrapped__()
    assert found is not None
    return str(found.name)


@pytest.mark.parametrize(
    "changed",
    [
        "evidence/findings.csv",
        "evidence/assumptions.csv",
        "model/economy.py",
        "law/grants.py",
        "law/balance.csv",
    ],
)
def test_the_cache_is_another_when_an_equation_or_the_register_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    for room, pattern in compiled.COMPILED_FROM:
        (tmp_path / room).mkdir(exist_ok=True)
        for source in (ROOMS / room).glob(pattern):
            shutil.copy(source, tmp_path / room)
    before = folder(tmp_path, monkeypatch)
    assert folder(tmp_path, monkeypatch) == before
    path = tmp_path / changed
    path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
    assert folder(tmp_path, monkeypatch) != before
