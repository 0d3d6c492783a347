from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from framsyn.errors import FramsynError
from framsyn.i18n.translator import words
from framsyn.report.files import check_folder, default_folder, write_futures
from tests.report.made_explained import made_explained
from tests.report.made_futures import made_futures, made_history

SV = words("sv")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Närpes", "framsyn-Närpes"),
        ("Åbo", "framsyn-Åbo"),
        ("Pedersöre kommun", "framsyn-Pedersöre-kommun"),
        ("Maarianhamina - Mariehamn", "framsyn-Maarianhamina---Mariehamn"),
        ("../../etc/passwd", "framsyn-etcpasswd"),
        ("a\\b:c*?\"<>|'", "framsyn-abc"),
        ("Na\u0308rpes", "framsyn-Närpes"),
        ("/", "framsyn-futures"),
    ],
)
def test_the_default_folder_keeps_letters_and_drops_what_is_unsafe(name: str, expected: str) -> None:
    assert default_folder(name) == Path(expected)


def test_three_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "framsyn-Närpes"
    written = write_futures(made_futures(draws=5, years=2), made_history(), folder, SV)
    assert [path.name for path in written] == ["index.html", "futures.nc", "indicators.csv"]
    assert sorted(folder.iterdir()) == sorted(written)


def test_the_page_tells_why_where_it_is_explained(tmp_path: Path) -> None:
    futures = made_futures(draws=5, years=2)
    write_futures(futures, made_history(), tmp_path, SV)
    assert "Varför prognosen" not in (tmp_path / "index.html").read_text(encoding="utf-8")
    write_futures(futures, made_history(), tmp_path, SV, explained=made_explained())
    assert "Varför prognosen" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_the_dataset_comes_back_as_it_was_with_names_and_units(tmp_path: Path) -> None:
    futures = made_futures(("lazy", "mine"), draws=5, years=2)
    write_futures(futures, made_history(), tmp_path, words("fi"))
    with xr.open_dataset(tmp_path / "futures.nc") as read:
        xr.testing.assert_equal(read, futures)
        assert read["loans_per_resident"].attrs["units"] == "EUR/resident"
        assert read["loans_per_resident"].attrs["long_name"] == "Lainakanta"
        assert read.attrs["name_sv"] == "Närpes"
        assert np.isnan(read["annual_margin_per_resident"].to_numpy()[:, :, 0]).all()
    assert "long_name" not in futures["loans_per_resident"].attrs


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    write_futures(made_futures(draws=5, years=2), made_history(), tmp_path, SV)
    first = (tmp_path / "indicators.csv").read_text(encoding="utf-8")
    write_futures(made_futures(draws=6, years=3), made_history(), tmp_path, SV)
    assert (tmp_path / "indicators.csv").read_text(encoding="utf-8") != first
    assert len(list(tmp_path.iterdir())) == 3


def test_a_file_in_the_folder_s_place_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    for place in (taken, taken / "below"):
        with pytest.raises(FramsynError, match="--out"):
            write_futures(made_futures(draws=2, years=1), made_history(), place, SV)
    assert taken.read_text() == "mine"


def test_a_folder_in_a_file_s_place_is_told_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "futures.nc").mkdir()
    with pytest.raises(FramsynError, match="is a folder"):
        check_folder(tmp_path)
    with pytest.raises(FramsynError, match="is a folder"):
        write_futures(made_futures(draws=2, years=1), made_history(), tmp_path, SV)
    assert [path.name for path in tmp_path.iterdir()] == ["futures.nc"]


@pytest.mark.parametrize(
    "problem", [OSError(28, "No space left on device"), RuntimeError("NetCDF: HDF error")]
)
def test_nothing_is_left_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fail(*_: object) -> None:
        raise problem

    (tmp_path / "index.html").write_text("the earlier page")
    monkeypatch.setattr(xr.Dataset, "to_netcdf", fail)
    with pytest.raises(FramsynError, match="cannot be written"):
        write_futures(made_futures(draws=2, years=1), made_history(), tmp_path, SV)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_text() == "the earlier page"


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(FramsynError, match=r"cannot be written \(Permission denied\)"):
        write_futures(made_futures(draws=2, years=1), made_history(), tmp_path, SV)
