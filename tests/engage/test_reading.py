"""Files of answers are read as they are meant, and refused with a word on what to do."""

import csv
import io
import json
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from framsyn.engage.reading import read_answers
from framsyn.engage.template import template_text, write_template
from framsyn.errors import FramsynError
from tests.engage.made import IDS, line, write_csv, write_json

LANGUAGES = pytest.mark.parametrize("lang", ["sv", "fi", "en"])


def shouted(text: str) -> str:
    """A translation that leaves no text as it was."""
    return text.upper().replace("{UNKNOWN}", "{unknown}").replace("{GROUPS}", "{groups}")


def refused(path: Path) -> str:
    with pytest.raises(FramsynError) as told:
        read_answers(path)
    return str(told.value)


@LANGUAGES
def test_a_filled_in_csv_template_is_read_back_as_it_was_filled_in(tmp_path: Path, lang: str) -> None:
    path = write_template(tmp_path / "a.csv", "csv", lang, shouted)
    text = path.read_text("utf-8-sig")
    separator = ";" if lang != "en" else ","
    header, texts, example = list(csv.reader(io.StringIO(text), delimiter=separator))
    assert header[2:] == IDS
    assert texts[2] == "THE MUNICIPALITY PLANS MANY YEARS AHEAD."
    filled = [str(1 + place % 5) for place in range(len(IDS))]
    filled[3] = example[-1]  # the language's own "don't know"
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=separator).writerow(["1", example[1], *filled])
    read = read_answers(path)
    assert (read.respondents, read.groups) == (("1",), ("residents",))
    expected = [1.0 + place % 5 for place in range(len(IDS))]
    expected[3] = np.nan
    np.testing.assert_array_equal(read.values, [expected])
    assert read.notes == ()


@LANGUAGES
def test_a_filled_in_json_template_is_read_back_as_it_was_filled_in(tmp_path: Path, lang: str) -> None:
    path = write_template(tmp_path / "a.json", "json", lang, shouted)
    told = json.loads(path.read_text("utf-8"))
    told["answers"] = [told["example"]]
    path.write_text(json.dumps(told), encoding="utf-8")
    read = read_answers(path)
    assert read.groups == ("residents",)
    np.testing.assert_array_equal(read.values[0, :5], [1, 2, 3, 4, 5])
    assert np.isnan(read.values[0, -1])


@LANGUAGES
@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_example_of_a_template_is_no_answer(tmp_path: Path, lang: str, form: str) -> None:
    path = write_template(tmp_path / f"a.{form}", form, lang, shouted)
    assert refused(path).startswith(f"a.{form} h")
    assert "no rows" in refused(path) or "holds no answers" in refused(path)


def test_a_csv_template_opens_in_excel_with_its_letters_whole() -> None:
    assert template_text("csv", "sv", shouted).startswith("svarande;grupp;f1")


def test_a_csv_template_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = write_template(tmp_path / "a.csv", "csv", "fi", shouted)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfvastaaja;")


def test_a_template_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("answers", encoding="utf-8")
    with pytest.raises(FramsynError, match="is there already"):
        write_template(path, "csv", "sv", shouted)
    assert path.read_text("utf-8") == "answers"


def test_an_unknown_format_of_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FramsynError, match="csv, json"):
        write_template(tmp_path / "a.xlsx", "xlsx", "sv", shouted)
    assert list(tmp_path.iterdir()) == []


def test_a_template_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FramsynError, match="no folder"):
        write_template(tmp_path / "none" / "a.csv", "csv", "sv", shouted)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_spreadsheets_may_put_any_usual_separator_between_cells(tmp_path: Path, separator: str) -> None:
    path = write_csv(tmp_path / "a.csv", [line("1", answer=4), line("2", "firms")], separator)
    read = read_answers(path)
    assert read.groups == ("residents", "firms")
    assert (read.values[0] == 4).all()


def test_what_a_spreadsheet_adds_makes_no_difference(tmp_path: Path) -> None:
    plain = write_csv(tmp_path / "a.csv", [line("1", e1="vet ej"), line("2", "invånare")])
    rows = plain.read_text("utf-8").splitlines()
    decomposed = unicodedata.normalize("NFD", "\r\n".join([rows[0] + ";;", "", *rows[1:], ";" * 40, ""]))
    other = tmp_path / "b.csv"
    other.write_text("\ufeff" + decomposed.replace(";3;", "; 3,0 ;"), encoding="utf-8", newline="")
    np.testing.assert_array_equal(read_answers(other).values, read_answers(plain).values)
    assert read_answers(other).groups == read_answers(plain).groups


def test_words_of_the_three_languages_may_be_mixed(tmp_path: Path) -> None:
    told = [line("1", "Tjänstepersoner", f1="EN OSAA SANOA"), line("2", "luottamushenkilöt", f1="don’t know")]
    read = read_answers(write_csv(tmp_path / "a.csv", told))
    assert read.groups == ("officials", "councillors")
    assert np.isnan(read.values[:, 0]).all()


def test_json_may_hold_numbers_texts_and_null(tmp_path: Path) -> None:
    read = read_answers(write_json(tmp_path / "a.json", [line("1", f1="5", f2=2.0, f3=None)]))
    told = dict(zip(IDS, read.values[0], strict=True))
    assert (told["f1"], told["f2"]) == (5, 2)
    assert np.isnan(told["f3"])


def test_a_number_sign_in_a_respondents_id_does_not_make_the_row_an_aside(tmp_path: Path) -> None:
    assert read_answers(write_csv(tmp_path / "a.csv", [line("#12")])).respondents == ("#12",)


def test_blanks_and_silent_respondents_are_told(tmp_path: Path) -> None:
    told = [line("1", answer="vet ej"), line("2", answer=4), line("3", f1=1, f2="")]
    notes = [str(note) for note in read_answers(write_csv(tmp_path / "a.csv", told)).notes]
    assert notes[0] == "Blank cells taken as don't know: 1."
    assert notes[1] == "Respondents who answered no statement, counted as none: 1."
    assert len(notes) == 2


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([line("1"), line("2", f3=6)], 'a.csv, row 3, column f3: "6" is no answer'),
        ([line("1", f3=0)], 'row 2, column f3: "0"'),
        ([line("1", f3="2.5")], 'row 2, column f3: "2.5"'),
        ([line("1", f3="ja")], "Write a whole number from 1 to 5, or: don't know / vet ej / en osaa sanoa"),
        ([line("1", f3="nan")], '"nan" is no answer'),
        ([line("1", f3="inf")], '"inf" is no answer'),
        ([line("1"), line("2"), line("1")], "row 4: respondent 1 stands in row 2 too"),
        ([line(" ")], "row 2: the respondent has no id"),
        ([line("1", "beamte")], '"beamte" is no group. Write one of: officials / tjänstepersoner'),
        ([line("1", answer="vet ej")], "Nobody in a.csv has answered any statement"),
        ([{("gruppe" if key == "group" else key): "x" for key in line("1")}], "missing group. Add"),
        ([{("f99" if key == "f1" else key): told for key, told in line("1").items()}], "Not recognised: f99"),
        ([{key: told for key, told in line("1").items() if key != "r4"}], "row 1: missing r4"),
        ([{**line("1"), "F1 ": 3}], "the column f1 stands there twice"),
    ],
)
def test_a_wrong_table_is_refused_with_its_place(
    tmp_path: Path, told: list[dict[str, object]], said: str
) -> None:
    assert said in refused(write_csv(tmp_path / "a.csv", told))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        ("svarande;grupp\n1;invånare\n".encode("cp850"), "row 2: a character is neither UTF-8 nor"),
        (b"PK\x03\x04\xff\xfe", "is a workbook or an archive"),
        (b"a;b\n1;\x00\n", "row 2: a zero byte"),
        (b'respondent;group;"f1\n1;residents', "row 1 cannot be read: look for a quotation mark"),
        (b"[1, 2", "cannot be read as JSON"),
        (b'{"answers": [', "cannot be read as JSON"),
        (b"[" * 100_000, "cannot be read as JSON"),
        (b'{"svar": []}', 'an object with the key "answers"'),
        (b'{"answers": {}}', 'an object with the key "answers"'),
        (b"[]", 'an object with the key "answers"'),
        (b'{"answers": []}', "holds no answers"),
        (b'{"answers": [3]}', "row 1 is no object"),
        (b'{"answers": [{"respondent": "1"}]}', "row 1: missing group, f1"),
        (b'{"answers": [{"respondent": "1", "respondent": "2"}]}', 'the key "respondent" is there twice'),
        (b'{"answers": [{"deltagare": "1"}]}', "Not recognised: deltagare"),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "answers.txt"
    path.write_bytes(content)
    assert said in refused(path)


@pytest.mark.parametrize("value", [True, 10**400, 1e300, [3], {"a": 1}, float("nan")])
def test_nonsense_for_an_answer_in_json_is_refused(tmp_path: Path, value: object) -> None:
    assert "column e2" in refused(write_json(tmp_path / "a.json", [line("1", e2=value)]))


def test_a_row_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [line("1")])
    path.write_text(path.read_text("utf-8").rstrip() + ";4\n", encoding="utf-8")
    assert "row 2 has 28 cells, but there are 27 columns" in refused(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "none.csv")
    assert "is a folder" in refused(tmp_path)
