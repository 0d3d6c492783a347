import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from framsyn.caching import cache_folder
from framsyn.core.cached_text import load_text, store_text


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


def test_many_may_store_the_same_text_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "chart.json"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store_text(path, "å" * 50_000), range(64)))
    assert load_text(path) == "å" * 50_000
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "broken", [b"", bytes(40_000), b"a" * 90, None], ids=["empty", "zeroed", "other", "cut short"]
)
def test_a_stored_text_that_is_broken_is_thrown_away_and_that_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: bytes | None
) -> None:
    path = tmp_path / "chart.json"
    for _ in range(2):
        store_text(path, "å" * 1000)
        path.write_bytes(path.read_bytes()[:-7] if broken is None else broken)
        assert load_text(path) is None
        assert not path.exists()
    said = capsys.readouterr().err
    assert said.count(str(tmp_path)) == 1


def test_a_text_that_was_never_stored_is_none_without_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load_text(tmp_path / "chart.json") is None
    assert capsys.readouterr().err == ""


def test_a_text_that_cannot_be_stored_is_no_error(tmp_path: Path) -> None:
    store_text(tmp_path / "nowhere" / "chart.json", "a")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_half_written_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    folder = cache_folder("kernel", "aaa", tmp_path)
    assert folder is not None
    (folder / "sub").mkdir()
    names = ("sub/f.nbi.tmp.0123456789abcdef", "futures.stored.ab12cd_9", "sub/f.nbi", "futures.stored")
    for name in names:
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (0, 0))
    fresh = folder / "sub" / "g.nbi.tmp.0123456789abcdef"
    fresh.write_bytes(b"")
    cache_folder("kernel", "aaa", tmp_path)
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert left == {"sub/f.nbi", "futures.stored", "sub/g.nbi.tmp.0123456789abcdef"}
