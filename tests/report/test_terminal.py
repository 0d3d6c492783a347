import io
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from rich.console import Console

from framsyn.i18n.translator import LANGUAGES, words
from framsyn.law.files import EDITABLE
from framsyn.report.terminal import WIDTH, print_futures, print_shipped_law
from tests.report.made_futures import made_futures


def _printed(futures: xr.Dataset, lang: str, width: int = WIDTH) -> str:
    out = io.StringIO()
    print_futures(futures, words(lang), Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [100, 160])
def test_the_table_and_the_sentences_fit_a_hundred_columns(lang: str, width: int) -> None:
    large = made_futures(("as_is", "engaging", "a_posture_with_a_rather_long_name_of_my_own"), growth=22)
    for futures in (made_futures(), large):
        assert max(len(line) for line in _printed(futures, lang, width).splitlines()) <= WIDTH


def test_today_stands_first_and_then_each_posture_once() -> None:
    text = _printed(made_futures(), "sv").split("Median av")[0]
    order = ["Nu (2025)", "Som i dag", "En engagerande", "Lösningsinriktad", "Lat kommun", "Uppgiven kommun"]
    places = [text.index(name) for name in order]
    assert places == sorted(places)


def test_the_table_shows_the_median_over_the_interval_of_the_last_year() -> None:
    futures = made_futures(("lazy",), draws=11, years=4)
    futures["population"][0, :, -1] = range(8000, 9100, 100)
    text = _printed(futures, "en")
    assert "8,500" in text
    assert "8,100–8,900" in text
    assert "2029" in text


def test_what_is_not_known_today_is_a_dash() -> None:
    futures = made_futures(draws=5)
    futures["cash_flow_per_resident"][:, :, 0] = np.nan
    line = next(line for line in _printed(futures, "en").splitlines() if "Now (2025)" in line)
    assert "–" in line
    assert "9,558" in line


def test_numbers_are_not_broken_over_lines() -> None:
    for line in _printed(made_futures(), "sv").splitlines():
        assert not line.startswith("%")
        assert not line.strip().endswith("\u00a0")


def test_a_name_is_never_read_as_markup() -> None:
    text = _printed(made_futures(("[red]own[/red]",), name_sv="[bold]Å[/bold]"), "sv")
    assert "[bold]Å[/bold]" in text
    assert "[red]own[/red]" in text


def test_one_draw_is_told_to_be_a_single_life() -> None:
    assert "single life" in _printed(made_futures(draws=1), "en")


def test_no_figure_is_cut_off_in_a_narrow_terminal() -> None:
    futures = made_futures(draws=5)
    futures["population"][:] *= 70
    for width in (40, 60, 80):
        out = io.StringIO()
        print_futures(futures, words("sv"), Console(file=out, width=width))
        assert "…" not in out.getvalue()


def test_the_files_of_law_that_a_folder_lacks_are_told(tmp_path: Path) -> None:
    out = io.StringIO()
    (tmp_path / EDITABLE[0]).write_text("")
    print_shipped_law(tmp_path, words("sv"), Console(file=out, width=WIDTH))
    assert EDITABLE[0] not in out.getvalue()
    assert all(name in out.getvalue() for name in EDITABLE[1:])
    for name in EDITABLE:
        (tmp_path / name).write_text("")
    out.truncate(0)
    print_shipped_law(tmp_path, words("sv"), Console(file=out, width=WIDTH))
    assert out.getvalue().strip("\0") == ""


def test_a_posture_changed_by_the_user_goes_by_its_id() -> None:
    text = _printed(made_futures(("lazy",), draws=5, own_postures='["lazy"]'), "en")
    assert "Lazy municipality" not in text
    assert "lazy: the population" in text
