"""A user's edited copy: how it is made, read and refused."""

import csv
import io
import re
from pathlib import Path

import pytest

from framsyn.errors import FramsynError
from framsyn.law.files import EDITABLE
from framsyn.law.parameters import Law
from framsyn.law.path import law_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Law.copy_to(tmp_path / "lag")
    return tmp_path / "lag"


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(FramsynError) as error:
        Law.open(folder)
    return str(error.value)


def test_an_unedited_copy_is_the_standing_law(folder: Path) -> None:
    law, standing = Law.open(folder), Law.standing()
    assert law.known == standing.known
    assert law.age_classes == standing.age_classes
    assert law.notes == ()
    assert sorted(path.name for path in folder.iterdir()) == sorted(EDITABLE)


def test_the_standing_law_is_read_once() -> None:
    assert Law.standing() is Law.standing()


def test_a_file_that_the_copy_lacks_is_the_shipped_one_and_that_is_said(folder: Path) -> None:
    (folder / "taxes.csv").unlink()
    (folder / "age_prices.csv").unlink()
    law = Law.open(folder)
    assert law.value("corporate_tax_pct", 2027).value == 18
    assert law.age_classes == Law.standing().age_classes
    assert [note.split()[0] for note in law.notes] == ["taxes.csv", "age_prices.csv"]


def test_an_edited_value_reaches_the_path_and_leaves_the_standing_law_alone(folder: Path) -> None:
    edit(folder, "grants.csv", "state_grant_pct,2026,25.73", "state_grant_pct,2026,20.00")
    edited, _ = law_path(Law.open(folder), 2025, 3, 5.65e6)
    assert edited.grant_share.tolist() == [0.2502, 0.2, 0.2, 0.2]
    assert Law.standing().value("state_grant_pct", 2026).value == 25.73


def test_a_row_for_a_later_year_may_be_added_with_a_byte_order_mark(folder: Path) -> None:
    text = (folder / "grants.csv").read_text("utf-8")
    more = "state_grant_pct,2028,24.00,percent,assumption,yearly,own choice,what if\n"
    (folder / "grants.csv").write_text(text + more, "utf-8-sig")
    path, carried = law_path(Law.open(folder), 2025, 4, 5.65e6)
    assert path.grant_share[3:].tolist() == [0.24, 0.24]
    assert ("state_grant_pct", 2028, "assumption") in [(one.id, one.last_year, one.status) for one in carried]


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("grants.csv", "id,from_year", "id,first_year", "line 1: the columns must be"),
        ("grants.csv", ",note\n", ",note,mine\n", "line 1: the columns must be"),
        ("grants.csv", ",25.52,", ",1e999,", "line 3: value is 1e999, not a number"),
        ("grants.csv", ",25.52,", ",0x19,", "line 3: value is 0x19, not a number"),
        ("grants.csv", ",25.52,", ",..,", "line 3: value is .., not a number"),
        ("grants.csv", ",note\n", ",note,note\n", "the column note is there twice"),
        (
            "grants.csv",
            "hyte_mean_eur,",
            "hyte_eur,",
            "hyte_eur, which is not in the shipped file. Nearest: hyte_mean_eur.",
        ),
        ("grants.csv", ",25.52,", ",nan,", "line 3: value is nan, not a number"),
        ("grants.csv", ",25.52,", ",,", "line 3: value is –, not a number"),
        ("grants.csv", "25.52,percent,in_force", "25.52,percent,valid", "line 3: status is valid"),
        ("grants.csv", "in_force,yearly,HE 37/2015", "in_force,daily,HE 37/2015", "line 3: set is daily"),
        ("grants.csv", "state_grant_pct,2016,", "state_grant_pct,16,", "line 3: from_year is 16"),
        ("grants.csv", "state_grant_pct,2016,", "state_grant_pct,2016.5,", "line 3: from_year is 2016.5"),
        ("grants.csv", "state_grant_pct,2017,", "state_grant_pct,2016,", "two values from 2016"),
        ("grants.csv", "25.52,percent", "25.52,", "line 3: unit is blank"),
        ("grants.csv", "HE 37/2015,Act", "HE 37/2015,and,Act", "row 3 has 9 cells, but there are 8 columns"),
        ("age_prices.csv", "2015,6,6,", "2015,6,7,", "from 2015 do not hold age 7 exactly once"),
        ("age_prices.csv", "2015,6,6,", "2015,6,106,", "line 3: last_age is 106"),
        ("age_prices.csv", ",9713.30,", ",-9713.30,", "line 2: a price below zero"),
    ],
)
def test_what_cannot_stand_is_refused_with_file_and_line(
    folder: Path, name: str, old: str, new: str, expected: str
) -> None:
    edit(folder, name, old, new)
    message = refusal(folder)
    assert expected in message
    assert name in message


def test_a_parameter_that_is_left_out_is_asked_for(folder: Path) -> None:
    lines = (folder / "balance.csv").read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("plan_years")]
    (folder / "balance.csv").write_text("\n".join(kept), "utf-8")
    assert "lacks the parameter plan_years" in refusal(folder)


def test_a_parameter_of_another_file_is_unknown_in_this(folder: Path) -> None:
    edit(folder, "balance.csv", "plan_years,", "state_grant_pct,")
    assert "balance.csv has the parameter state_grant_pct" in refusal(folder)


def test_a_file_in_an_encoding_that_is_not_read_is_refused(folder: Path) -> None:
    (folder / "taxes.csv").write_bytes("id;värde\n".encode("cp850"))
    assert "taxes.csv, row 1: a character is neither UTF-8 nor Windows-1252" in refusal(folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("decimal", [",", "."])
def test_a_folder_in_another_dialect_is_the_same_law(
    folder: Path, encoding: str, separator: str, decimal: str
) -> None:
    for path in folder.iterdir():
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
        for row in rows[1:]:
            row[:] = [re.sub(r"^(-?\d+)\.(\d+)$", rf"\1{decimal}\2", cell) for cell in row]
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=separator).writerows([*rows, [""] * len(rows[0])])
        path.write_bytes(out.getvalue().encode(encoding))
    law, standing = Law.open(folder), Law.standing()
    assert law.known == standing.known
    assert law.age_classes == standing.age_classes


def test_a_file_in_windows_1252_is_read_and_that_is_said(folder: Path) -> None:
    edit(folder, "taxes.csv", "id,from_year", "id,from_year")
    path = folder / "taxes.csv"
    text = re.sub("[^\x00-\x7få–§]", "å", path.read_text("utf-8")).replace("in_force", "in_force")
    path.write_bytes(text.replace(",Act", ",Lag på", 1).encode("cp1252"))
    law = Law.open(folder)
    assert law.notes == ("taxes.csv was read as Windows-1252.",)


def test_an_empty_table_of_age_prices_is_refused(folder: Path) -> None:
    header = (folder / "age_prices.csv").read_text("utf-8").splitlines()[0]
    (folder / "age_prices.csv").write_text(header + "\n\n", "utf-8")
    assert "age_prices.csv has a header but no rows" in refusal(folder)


def test_a_folder_without_law_files_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    assert "holds no law file" in refusal(tmp_path)
    assert "There is no folder" in refusal(tmp_path / "nowhere")


def test_a_copy_never_replaces_a_file_unless_it_is_asked_to(folder: Path) -> None:
    edit(folder, "grants.csv", ",25.73,", ",20.00,")
    with pytest.raises(FramsynError, match=r"grants\.csv stands already"):
        Law.copy_to(folder)
    assert Law.open(folder).value("state_grant_pct", 2026).value == 20.0
    Law.copy_to(folder, overwrite=True)
    assert Law.open(folder).value("state_grant_pct", 2026).value == 25.73


def test_a_copy_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FramsynError, match="cannot be written"):
        Law.copy_to(tmp_path / "file" / "lag")


def test_a_table_that_would_be_passed_over_in_silence_is_refused(folder: Path) -> None:
    (folder / "grant.csv").write_text("id\n", "utf-8")
    assert "grant.csv" in refusal(folder)
    assert "no law file. Rename it to one of grants.csv" in refusal(folder)
    (folder / "grant.csv").unlink()
    (folder / "notes.txt").write_text("mine", "utf-8")
    assert Law.open(folder).notes == ()
    (folder / "taxes.csv").unlink()
    (folder / "taxes.csv").mkdir()
    assert "taxes.csv" in refusal(folder)
    assert "is no file" in refusal(folder)
