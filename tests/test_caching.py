from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from framsyn.caching import cache_folder, keep


def test_a_cache_lies_beside_the_source_and_stale_ones_go(tmp_path: Path) -> None:
    old = cache_folder("kernel", "aaa", tmp_path)
    other_kind = cache_folder("charts", "aaa", tmp_path)
    new = cache_folder("kernel", "bbb", tmp_path)
    assert old is not None
    assert new == tmp_path / "__pycache__" / "kernel-bbb"
    assert not old.exists()
    assert other_kind is not None
    assert other_kind.exists()


def test_where_the_source_cannot_be_written_the_users_cache_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    (tmp_path / "__pycache__").write_text("in the way")
    assert cache_folder("kernel", "aaa", tmp_path) == tmp_path / "home" / "framsyn" / "kernel-aaa"


def test_where_nothing_can_be_written_there_is_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    (tmp_path / "__pycache__").write_text("in the way")
    (tmp_path / "home").write_text("in the way")
    assert cache_folder("kernel", "aaa", tmp_path) is None


def test_one_who_has_no_home_has_no_cache_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_home(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "expanduser", no_home)
    (tmp_path / "__pycache__").write_text("in the way")
    assert cache_folder("kernel", "aaa", tmp_path) is None


def test_many_may_keep_the_same_text_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "chart.json"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: keep(path, "å" * 50_000), range(64)))
    assert path.read_text("utf-8") == "å" * 50_000
    assert list(tmp_path.iterdir()) == [path]
