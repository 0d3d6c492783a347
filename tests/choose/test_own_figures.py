from pathlib import Path

import pytest

from framsyn.choose.own_figures import read_own
from framsyn.errors import FramsynError


def written(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path


def test_amounts_and_shares_are_read(tmp_path: Path) -> None:
    text = "[prior_year]\nresult = -12.5\n[plan_2]\nloan_stock = 900\n[shares]\nservice_purchases = 0.3\n"
    own = read_own(written(tmp_path, text))
    assert own.cells == {("result", "prior_year"): -12.5, ("loan_stock", "plan_2"): 900.0}
    assert own.shares == {"service_purchases": 0.3}


def test_lines_may_go_by_their_labels_in_any_language(tmp_path: Path) -> None:
    text = "[budget]\n'Årsbidrag' = 5\nverotulot = 7\n'cash-flow' = 1\n[shares]\n'Köp av tjänster' = 0.3\n"
    own = read_own(written(tmp_path, text))
    assert own.cells == {
        ("annual_margin", "budget"): 5.0,
        ("tax_revenue", "budget"): 7.0,
        ("cash_flow", "budget"): 1.0,
    }
    assert own.shares == {"service_purchases": 0.3}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no own figures"),
        ("[prior_year]\n", "holds no own figures"),
        ("[prior_year\n", "is not TOML"),
        ("[last_year]\nresult = 1\n", "last_year is no table"),
        ("prior_year = 5\n", "prior_year is no table"),
        ("[budget]\nresults = 1\n", "names the line results, which no plan has"),
        ("[budget]\nresult = '1'\n", "give a number"),
        ("[budget]\nresult = true\n", "give a number"),
        ("[budget]\nresult = nan\n", "give a number"),
        ("[budget]\nresult = 1e12\n", "give a number"),
        ("[budget]\nresult = 1e999\n", "give a number"),
        ("[budget]\nresult = " + "9" * 400 + "\n", "give a number of at most 100000000"),
        ("[budget]\nresult = " + "9" * 5000 + "\n", "is not TOML"),
        ("[budget]\nresult = " + "[" * 5000 + "\n", "brackets more than 16 deep"),
        ("[budget]\nresult = [1]\n", "give a number"),
        ("[budget]\nresult = 2026-01-01\n", "give a number"),
        ("[shares]\nannual_margin = 0.1\n", "names the line annual_margin"),
        ("[budget]\nresult = 1\n'Result of the year' = 2\n", "has the line result twice"),
        ("[shares]\nservice_purchases = -0.1\n", "give a share from 0 on"),
        ("[shares]\nservice_purchases = 31\n", "give a number of at most 5"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FramsynError) as told:
        read_own(written(tmp_path, text))
    assert said in str(told.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FramsynError, match="There is no file"):
        read_own(tmp_path / "none.toml")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes("[prior_year]  # från bokslutet\nresult = -12.5\n".encode(encoding))
    assert read_own(path).cells == {("result", "prior_year"): -12.5}
