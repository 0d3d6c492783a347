"""Compiled equations never outlive what they were compiled from."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from framsyn.model import compiled, compiled_cache

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
        "model/labour.py",
        "model/country/flows.py",
        "law/grants.py",
        "law/balance.csv",
    ],
)
def test_the_cache_is_another_when_an_equation_or_the_register_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    for room, pattern in compiled.COMPILED_FROM:
        for source in (ROOMS / room).rglob(pattern):
            copy = tmp_path / source.relative_to(ROOMS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    before = folder(tmp_path, monkeypatch)
    assert folder(tmp_path, monkeypatch) == before
    path = tmp_path / changed
    path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
    assert folder(tmp_path, monkeypatch) != before


def add(first: float, second: float) -> float:
    return first + second


def loaded(cached: Any) -> int:
    """How many times a function was found compiled, after it has been called."""
    assert cached(2.0, 3.0) == 5.0
    return sum(cached.stats.cache_hits.values())


@pytest.mark.parametrize("suffix", ["nbi", "nbc"])
@pytest.mark.parametrize("how", ["empty", "cut short", "zeroed", "one bit"])
def test_stored_code_that_is_broken_is_compiled_again_and_that_is_said_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    suffix: str,
    how: str,
) -> None:
    monkeypatch.setattr(compiled, "kernel_folder", lambda: tmp_path)
    assert loaded(compiled.compiled(add)) == 0
    assert loaded(compiled.compiled(add)) == 1
    (path,) = tmp_path.rglob(f"*.{suffix}")
    whole = path.read_bytes()
    flipped = bytes([*whole[:-1], whole[-1] ^ 1])
    broken = {"empty": b"", "cut short": whole[:-10], "zeroed": bytes(len(whole)), "one bit": flipped}
    for _ in range(2):
        path.write_bytes(broken[how])
        assert loaded(compiled.compiled(add)) == 0
        assert loaded(compiled.compiled(add)) == 1
    assert len(list(tmp_path.rglob("*.*"))) == 2
    assert capsys.readouterr().err.count(str(path.parent)) == 1


def test_where_compiled_code_cannot_be_stored_it_is_used_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(compiled, "kernel_folder", lambda: tmp_path)
    monkeypatch.setattr(compiled_cache.SealedCacheFile, "_save_data", full)
    assert loaded(compiled.compiled(add)) == 0
    monkeypatch.undo()
    monkeypatch.setattr(compiled, "kernel_folder", lambda: tmp_path)
    assert loaded(compiled.compiled(add)) == 0
    assert loaded(compiled.compiled(add)) == 1
