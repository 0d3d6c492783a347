"""A user's edited copy: how it is made, read and refused."""

import csv
import errno
import io
import os
import re
from importlib.resources import files
from pathlib import Path

import pytest

from framsyn.core.file_limits import HANDWRITTEN
from framsyn.core.text_file import UTF_8, TextFile
from framsyn.errors import FramsynError
from framsyn.law.age_prices import AgeClass, by_single_age, read_age_prices
from framsyn.law.files import EDITABLE, copy_to, shipped_file
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


def test_a_copy_is_the_shipped_files_byte_for_byte_and_tells_what_it_wrote(tmp_path: Path) -> None:
    assert Law.copy_to(tmp_path / "lag") == tuple(tmp_path / "lag" / name for name in EDITABLE)
    for name in EDITABLE:
        content = files("framsyn.law").joinpath(name).read_bytes()
        assert (tmp_path / "lag" / name).read_bytes() == content
        assert shipped_file(name) == TextFile(content.decode(), UTF_8)


def test_the_standing_law_is_read_once() -> None:
    assert Law.standing() is Law.standing()


def test_a_file_that_the_copy_lacks_is_the_shipped_one_and_that_is_said(folder: Path) -> None:
    (folder / "taxes.csv").unlink()
    (folder / "age_prices.csv").unlink()
    law = Law.open(folder)
    assert law.value("corporate_tax_pct", 2027).value == 18
    assert law.age_classes == Law.standing().age_classes
    assert law.notes == (
        f"taxes.csv is not in {folder}: the shipped file stands in.",
        f"age_prices.csv is not in {folder}: the shipped file stands in.",
    )


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


COLUMNS = "id, from_year, value, unit, status, set, source, note"
DIGITS = "Write digits with one decimal mark throughout the file."


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "grants.csv",
            "id,from_year",
            "id,first_year",
            f"line 1: the columns must be {COLUMNS}, not {COLUMNS.replace('from', 'first')}. "
            "Correct the header.",
        ),
        (
            "grants.csv",
            ",note\n",
            ",note,mine\n",
            f"line 1: the columns must be {COLUMNS}, not {COLUMNS}, mine. Correct the header.",
        ),
        ("grants.csv", ",25.52,", ",1e999,", f"line 3: value is 1e999, not a number. {DIGITS}"),
        ("grants.csv", ",25.52,", ",0x19,", f"line 3: value is 0x19, not a number. {DIGITS}"),
        ("grants.csv", ",25.52,", ",..,", f"line 3: value is .., not a number. {DIGITS}"),
        ("grants.csv", ",25.52,", ",nan,", f"line 3: value is nan, not a number. {DIGITS}"),
        ("grants.csv", ",25.52,", ",,", f"line 3: value is –, not a number. {DIGITS}"),
        ("grants.csv", ",25.52,", f",{'x' * 50},", f"line 3: value is {'x' * 40}, not a number. {DIGITS}"),
        (
            "grants.csv",
            "25.52,percent,in_force",
            "25.52,percent,valid",
            "line 3: status is valid. Write one of: in_force, proposed, indicative, assumption.",
        ),
        (
            "grants.csv",
            "25.52,percent,in_force",
            "25.52,percent,",
            "line 3: status is –. Write one of: in_force, proposed, indicative, assumption.",
        ),
        (
            "grants.csv",
            "in_force,yearly,HE 37/2015",
            "in_force,daily,HE 37/2015",
            "line 3: set is daily. Write one of: yearly, standing.",
        ),
        (
            "grants.csv",
            "state_grant_pct,2016,",
            "state_grant_pct,16,",
            "line 3: from_year is 16. Write a year, 1990–2100.",
        ),
        (
            "grants.csv",
            "state_grant_pct,2016,",
            "state_grant_pct,2016.5,",
            "line 3: from_year is 2016.5. Write a year, 1990–2100.",
        ),
        (
            "grants.csv",
            "state_grant_pct,2016,",
            "state_grant_pct,,",
            "line 3: from_year is –. Write a year, 1990–2100.",
        ),
        (
            "grants.csv",
            "state_grant_pct,2016,",
            f"state_grant_pct,{'9' * 50},",
            f"line 3: from_year is {'9' * 40}. Write a year, 1990–2100.",
        ),
        (
            "grants.csv",
            "state_grant_pct,2017,",
            "state_grant_pct,2016,",
            "line 4: state_grant_pct has two values from 2016. Keep one.",
        ),
        ("grants.csv", "25.52,percent", "25.52,", "line 3: unit is blank. Fill it in."),
        ("grants.csv", "yearly,HE 37/2015,", "yearly,,", "line 3: source is blank. Fill it in."),
        ("grants.csv", "state_grant_pct,2016", ",2016", "line 3: id is blank. Fill it in."),
        ("age_prices.csv", "2015,6,6,", "2015,6,106,", "line 3: last_age is 106. Write an age, 0–100."),
        ("age_prices.csv", "2015,0,5,", "2015,-1,5,", "line 2: first_age is -1. Write an age, 0–100."),
        ("age_prices.csv", "2015,6,6,", "2015,6.5,6,", "line 3: first_age is 6.5. Write an age, 0–100."),
        ("age_prices.csv", "2015,85,100,", "2015,85,101,", "line 10: last_age is 101. Write an age, 0–100."),
        ("age_prices.csv", "2015,6,6,", "2015,six,6,", f"line 3: first_age is six, not a number. {DIGITS}"),
        (
            "age_prices.csv",
            ",9713.30,",
            ",-0.30,",
            "line 2: a price below zero. Write the price in EUR/resident.",
        ),
        (
            "age_prices.csv",
            ",9713.30,",
            ",dear,",
            f"line 2: eur_per_resident is dear, not a number. {DIGITS}",
        ),
        (
            "age_prices.csv",
            "9713.30,in_force",
            "9713.30,valid",
            "line 2: status is valid. Write one of: in_force, proposed, indicative, assumption.",
        ),
        (
            "age_prices.csv",
            "10305.71,in_force,Decree 691/2022",
            "10305.71,in_force,",
            "line 3: source is blank. Fill it in.",
        ),
    ],
)
def test_what_cannot_stand_is_refused_with_file_and_line(
    folder: Path, name: str, old: str, new: str, expected: str
) -> None:
    edit(folder, name, old, new)
    assert refusal(folder) == f"{name}, {expected}"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("grants.csv", ",note\n", ",note,note\n", "grants.csv, row 1: the column note is there twice"),
        (
            "grants.csv",
            "HE 37/2015,Act",
            "HE 37/2015,and,Act",
            "grants.csv, row 3 has 9 cells, but there are 8 columns",
        ),
    ],
)
def test_what_the_reader_of_tables_refuses_is_told_with_the_file(
    folder: Path, name: str, old: str, new: str, expected: str
) -> None:
    edit(folder, name, old, new)
    assert refusal(folder).startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "age"),
    [("2015,6,6,", "2015,6,7,", 7), ("2015,6,6,", "2015,6,5,", 6), ("2015,0,", "2015,1,", 0)],
)
def test_age_classes_with_a_gap_or_an_overlap_are_refused_with_the_first_such_age(
    folder: Path, old: str, new: str, age: int
) -> None:
    edit(folder, "age_prices.csv", old, new)
    assert refusal(folder) == (
        f"age_prices.csv: the age classes from 2015 do not hold age {age} exactly once. Let them cover 0–100 "
        "without gap or overlap."
    )


HEADER = "from_year,first_age,last_age,eur_per_resident,status,source,note\n"


def age_classes(rows: str) -> tuple[AgeClass, ...]:
    """The age classes of a table with these rows."""
    return read_age_prices(TextFile(HEADER + rows, UTF_8), "age.csv")


def test_age_classes_are_read_by_year_and_age_with_everything_that_is_told_of_them() -> None:
    young = AgeClass(2020, 0, 6, 9.5, "in_force", "Act", "children")
    old = AgeClass(2020, 7, 100, 2.0, "proposed", "Bill", "")
    text = "2020,7,100,2,proposed,Bill,\n2020,0,6,9.5,in_force,Act,children\n"
    assert age_classes(text) == (young, old)
    assert by_single_age((young,)).tolist() == [9.5] * 7 + [0.0] * 94


def test_a_price_that_could_be_read_in_two_ways_is_read_by_what_parts_the_cells() -> None:
    semicolons = HEADER.replace(",", ";") + "2020;0;100;9,513;in_force;Act;\n"
    (one,) = read_age_prices(TextFile(semicolons, UTF_8), "age.csv")
    assert one.price == 9.513
    (one,) = age_classes('2020,0,100,"9,513.0",in_force,Act,\n')
    assert one.price == 9513.0


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("2020,0,6,9.5,in_force,Act,\n", "age.csv: the age classes from 2020 do not hold age 7 exactly once"),
        ("20,0,100,9.5,in_force,Act,\n", "age.csv, line 2: from_year is 20. Write a year"),
    ],
)
def test_a_table_of_age_prices_by_itself_is_refused_as_one_of_a_folder(rows: str, expected: str) -> None:
    with pytest.raises(FramsynError) as error:
        age_classes(rows)
    assert str(error.value).startswith(expected)


def test_a_parameter_that_is_not_in_the_shipped_file_is_told_with_the_nearest(folder: Path) -> None:
    edit(folder, "grants.csv", "hyte_mean_eur,", "hyte_eur,")
    assert refusal(folder) == (
        "grants.csv has the parameter hyte_eur, which is not in the shipped file. Nearest: hyte_mean_eur. "
        "List them with: framsyn law"
    )
    (folder / "balance.csv").write_text(
        (folder / "balance.csv").read_text("utf-8").replace("assessment_deficit_eur", "assessment_deficit"),
        "utf-8",
    )
    edit(folder, "grants.csv", "hyte_eur,", "hyte_mean_eur,")
    assert "Nearest: assessment_deficit_eur, assessment_deficit_before_eur. List" in refusal(folder)
    edit(folder, "grants.csv", "hyte_mean_eur,", "zzzzzzzz,")
    assert "Nearest: –. List" in refusal(folder)
    edit(folder, "grants.csv", "state_grant_pct,2016", "aaaaaaaa,2016")
    assert refusal(folder).startswith("grants.csv has the parameter aaaaaaaa, which")


def test_years_ages_and_prices_at_the_ends_of_their_ranges_are_read(folder: Path) -> None:
    edit(folder, "grants.csv", "state_grant_pct,2016,", "state_grant_pct,1990,")
    edit(folder, "grants.csv", "state_grant_pct,2017,", "state_grant_pct,2100,")
    edit(folder, "age_prices.csv", ",9713.30,", ",0,")
    law = Law.open(folder)
    years = [row.from_year for row in law.history("state_grant_pct")]
    assert (years[0], years[-1]) == (1990, 2100)
    assert law.age_prices(2015)[[0, 6]].tolist() == [0.0, 10305.71]


def test_a_parameter_that_is_left_out_is_asked_for(folder: Path) -> None:
    lines = (folder / "balance.csv").read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("plan_years")]
    (folder / "balance.csv").write_text("\n".join(kept), "utf-8")
    assert refusal(folder) == (
        "balance.csv lacks the parameter plan_years. Keep at least one row of every parameter, or leave the "
        "whole file out."
    )
    kept = [line for line in kept if not line.startswith("assessment_deficit_eur")]
    (folder / "balance.csv").write_text("\n".join(kept), "utf-8")
    assert refusal(folder).startswith("balance.csv lacks the parameter assessment_deficit_eur.")


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
    assert refusal(tmp_path) == (
        f"{tmp_path} holds no law file: expected at least one of grants.csv, grant_criteria.csv, "
        "decisions.csv, national_grant.csv, taxes.csv, balance.csv, age_prices.csv."
    )
    nowhere = tmp_path / "nowhere"
    assert refusal(nowhere) == (
        f"There is no folder {nowhere}. Make a copy to edit with 'framsyn law --copy {nowhere}'."
    )


def test_a_copy_never_replaces_a_file_unless_it_is_asked_to(folder: Path) -> None:
    edit(folder, "grants.csv", ",25.73,", ",20.00,")
    with pytest.raises(FramsynError):
        copy_to(folder)
    with pytest.raises(FramsynError) as error:
        Law.copy_to(folder)
    assert str(error.value) == (
        f"{folder / 'grants.csv'} stands already and may be edited: choose an empty folder, or ask to "
        "overwrite it."
    )
    assert Law.open(folder).value("state_grant_pct", 2026).value == 20.0
    Law.copy_to(folder, overwrite=True)
    assert Law.open(folder).value("state_grant_pct", 2026).value == 25.73


def test_a_copy_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    lag = tmp_path / "file" / "lag"
    with pytest.raises(FramsynError) as error:
        Law.copy_to(lag)
    assert str(error.value) == (
        f"The law files cannot be written to {lag}: {os.strerror(errno.ENOTDIR)}. Choose another folder."
    )


def test_a_file_larger_than_a_person_writes_is_refused(folder: Path) -> None:
    with (folder / "grants.csv").open("r+b") as file:
        file.truncate(HANDWRITTEN.content + 1)  # the rest is a hole, which takes no room
    assert refusal(folder).startswith("grants.csv holds more than 20 megabytes")
    with (folder / "grants.csv").open("wb") as file:
        file.write(b"id\n" + b"a\n" * HANDWRITTEN.rows)
    assert refusal(folder).startswith("grants.csv is larger than a table may be: at most 100000 rows")


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
