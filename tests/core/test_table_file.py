"""A table in any usual dialect is the same table; what is no table is refused with its row."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.core import table_file
from framsyn.core.file_limits import HANDWRITTEN, FileLimits
from framsyn.core.table_file import TableFile, read_table, table_of
from framsyn.core.text_file import TextFile, decoded
from framsyn.errors import FramsynError

LIMITS = FileLimits(1_000_000, 1000, 50)
#: Cells as offices write them: no line of a table is only blanks, and none begins like a line of separators.
CELL = st.text(st.sampled_from("abcåäö ,;.\"'0123456789\t\n−€"), max_size=8).map(str.strip)
NAMES = st.lists(
    st.text(st.sampled_from("abcdefåäö_"), min_size=1, max_size=6), min_size=2, max_size=5, unique=True
)


def table(text: str) -> TableFile:
    return table_of(TextFile(text, "utf-8"), "a.csv", LIMITS)


def content(found: TableFile) -> list[dict[str, str]]:
    return [cells for _, cells in found.records()]


def refusal(text: str, limits: FileLimits = LIMITS) -> str:
    with pytest.raises(FramsynError) as raised:
        table_of(TextFile(text, "utf-8"), "a.csv", limits)
    return str(raised.value)


@given(
    NAMES,
    st.data(),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.integers(0, 2),
)
def test_a_table_written_in_any_dialect_is_read_back(
    names: list[str],
    data: st.DataObject,
    separator: str,
    encoding: str,
    ending: str,
    quoting: int,
    blanks: int,
) -> None:
    rows = data.draw(
        st.lists(st.lists(CELL, min_size=len(names), max_size=len(names)), min_size=1, max_size=6)
    )
    rows = [row if any(row) else ["x", *row[1:]] for row in rows]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=ending, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([row + [""] * blanks for row in [names, *rows]])
    found = table_of(decoded(out.getvalue().encode(encoding), "a.csv"), "a.csv", LIMITS)
    assert found.columns == tuple(names)
    assert found.separator == separator
    assert content(found) == [dict(zip(names, row, strict=True)) for row in rows]


@given(st.text(st.sampled_from('ab,;"\n\r1 '), max_size=40))
def test_reading_in_one_go_and_row_by_row_agree(text: str) -> None:
    def read(whole: bool) -> object:
        with pytest.MonkeyPatch.context() as patch:
            if not whole:
                patch.setattr(table_file, "_quick", lambda *_: None)
            try:
                found = table(text)
            except FramsynError as error:
                return str(error)
            return (
                found.columns,
                found.header_row,
                found.rows.to_list(),
                [one.to_list() for one in found.cells],
            )

    assert read(True) == read(False)


@given(st.text(max_size=60))
def test_any_text_is_a_table_or_a_refusal(text: str) -> None:
    try:
        told = table(text).file
    except FramsynError as error:
        told = str(error)
    assert "a.csv" in told


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    found = table('a;b\n\n1;2\n"x\ny";3\n;;\n4;5\n')
    assert found.rows.to_list() == [3, 4, 6]
    assert content(found)[1] == {"a": "x\ny", "b": "3"}


def test_columns_without_a_name_and_values_are_left_away() -> None:
    found = table("a;;b;;\n1;;2;;\n")
    assert found.columns == ("a", "b")
    assert "row 1: column 2 has no name, but holds values" in refusal("a;;b\n1;7;2\n")


def test_a_separator_told_by_excel_is_believed() -> None:
    assert content(table("sep=;\r\na;b\r\n1,5;2\r\n")) == [{"a": "1,5", "b": "2"}]


def test_decimal_commas_do_not_part_cells() -> None:
    assert content(table("a;b\n1,5;2,5\n3,5;4,5\n")) == [{"a": "1,5", "b": "2,5"}, {"a": "3,5", "b": "4,5"}]
    assert content(table('a,b\n"1,5","2,5"\n')) == [{"a": "1,5", "b": "2,5"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.csv is empty"),
        (" \n\t\n", "a.csv is empty"),
        ("\ufeff", "a.csv is empty"),
        ("a;b\n", "has a header but no rows"),
        ("a;b\n;\n", "has a header but no rows"),
        ("a;b\n1;2;3\n", "row 2 has 3 cells, but there are 2 columns"),
        ('a;b\n1;"2\n', "row 2 cannot be read: look for a quotation mark without its pair"),
        ('a;b\n1;"2"x\n', "row 2 cannot be read"),
        ("a;b\n1;" + "x" * 200_000 + '"\n', "row 2 cannot be read"),
        ("a;b\n1;" + "x" * 200_000 + "\n", "row 2 cannot be read"),
        ("a;b\n" + "1;2\n" * 1000, "larger than a table may be: at most 1000 rows and 50 columns"),
        (";".join(f"c{number}" for number in range(60)) + "\n1\n", "larger than a table may be"),
    ],
)
def test_what_is_no_table_is_refused_with_its_row(text: str, said: str) -> None:
    assert said in refusal(text)


def test_a_column_that_is_there_twice_is_refused_when_columns_are_asked_for() -> None:
    found = table("a;b;a\n1;2;3\n")
    with pytest.raises(FramsynError, match="the column a is there twice, as columns 1 and 3"):
        found.frame()


def test_rows_that_are_told_to_the_reader_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b\n# told;x\n#12;y\n", "utf-8")
    assert content(read_table(tmp_path / "a.csv", LIMITS, "# ")) == [{"a": "#12", "b": "y"}]


def test_a_table_of_a_million_columns_is_refused_before_a_frame_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made first, the frame takes two gigabytes and half a minute."""
    monkeypatch.setattr("polars.read_csv", lambda *_, **__: pytest.fail("the table was read"))
    path = tmp_path / "a.csv"
    path.write_text(",".join("a" * 500_000) + "\n" + "," * 500_000 + "\n", "utf-8")
    with pytest.raises(FramsynError, match="larger than a table may be"):
        read_table(path, HANDWRITTEN)


@pytest.mark.parametrize("sign", ["\x1c", "\x1f", "\x85", "\u2028", "\u00a0", "\x0b"])
def test_cells_are_trimmed_alike_in_both_ways_of_reading(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "a.csv"
    found = []
    for end in ("", "\n\n"):  # a blank line is read row by row
        path.write_text(f"a,b\n{sign}1{sign},2\n3,4\n{end}", "utf-8")
        found.append([column.to_list() for column in read_table(path, HANDWRITTEN).cells])
    assert found == [[["1", "3"], ["2", "4"]]] * 2
