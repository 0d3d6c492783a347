"""What survey programs export is read as it was answered, without anything that tells who answered."""

from pathlib import Path

import numpy as np
import pytest

from framsyn.engage.columns import column_of, folded
from framsyn.engage.reading import read_answers
from framsyn.engage.respondents import is_personal, numbered
from framsyn.engage.statements import statements
from framsyn.errors import FramsynError
from framsyn.i18n.translator import LANGUAGES, words
from tests.engage.made import IDS

ANSWERS = [str(1 + place % 5) for place in range(len(IDS))]


def texts(lang: str) -> list[str]:
    return [words(lang).gettext(one.text) for one in statements()]


def export(path: Path, rows: list[list[str]], separator: str, encoding: str) -> Path:
    quoted = [separator.join(f'"{cell}"' for cell in row) for row in rows]
    path.write_bytes("\r\n".join([*quoted, ""]).encode(encoding))
    return path


def limesurvey(lang: str) -> list[list[str]]:
    head = [
        "Response ID",
        "Date submitted",
        "Last page",
        "Start language",
        "Seed",
        "Which group do you belong to?",
    ]
    headers = [f"To what extent do you agree? [{text}]" for text in texts(lang)]
    return [
        [*head, *headers],
        *([f"{row}", "2026-11-03 10:22:01", "3", lang, "1337", "residents", *ANSWERS] for row in (7, 8)),
    ]


def webropol(lang: str) -> list[list[str]]:
    headers = [f"{place}. {text}" for place, text in enumerate(texts(lang), start=2)]
    return [
        ["Vastaajan numero", "Vastausaika", "1. Mihin ryhmään kuulut?", *headers],
        *([f"{row}", "3.11.2026 10.22", "Asukas", *ANSWERS] for row in (7, 8)),
    ]


def forms(lang: str) -> list[list[str]]:
    labels = {
        "1": "1 – helt av annan åsikt",
        "2": "2 - delvis av annan åsikt",
        "3": "Varken eller",
        "4": "Delvis av samma åsikt",
        "5": "5 (helt av samma åsikt)",
    }
    return [
        ["ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Vilken grupp hör du till?", *texts(lang)],
        *(
            [f"{row}", "2026-11-03", "2026-11-03", "anna@exempel.fi", "Anna Exempel", "Kommuninvånare"]
            + [labels[answer] for answer in ANSWERS]
            for row in (7, 8)
        ),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("program", [limesurvey, webropol, forms])
@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16")])
def test_an_export_is_read_by_the_texts_of_its_statements(
    tmp_path: Path, lang: str, program: object, separator: str, encoding: str
) -> None:
    rows = program(lang)  # type: ignore[operator]
    read = read_answers(export(tmp_path / "a.csv", rows, separator, encoding))
    assert read.groups == ("residents", "residents")
    assert read.respondents == ("7", "8")
    np.testing.assert_array_equal(read.values, [[float(answer) for answer in ANSWERS]] * 2)
    (note,) = map(str, read.notes)
    assert note.startswith("Columns that are not part of the self-assessment were left out: ")
    assert "exempel.fi" not in note


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_statement_is_recognised_by_its_text_in_each_language(lang: str) -> None:
    for one, text in zip(statements(), texts(lang), strict=True):
        for header in (
            text,
            text.upper(),
            f"12. {text}",
            f"[{one.id}] {text}",
            f"Q1[{one.id}]",
            text.rstrip("."),
        ):
            assert column_of(header) == one.id


def test_no_two_statements_have_the_same_folded_text() -> None:
    for lang in LANGUAGES:
        assert len({folded(text) for text in texts(lang)}) == len(IDS)


def test_a_column_of_groups_is_recognised_by_what_it_holds(tmp_path: Path) -> None:
    rows = [["id", "Taustatieto", *IDS], ["1", "yritys", *ANSWERS]]
    assert read_answers(export(tmp_path / "a.csv", rows, ";", "utf-8")).groups == ("firms",)


def test_a_file_without_ids_counts_each_row_as_a_respondent(tmp_path: Path) -> None:
    rows = [["grupp", *IDS], ["residents", *ANSWERS], ["firms", *ANSWERS]]
    read = read_answers(export(tmp_path / "a.csv", rows, ";", "utf-8"))
    assert read.respondents == ("00002", "00003")
    assert "No column holds respondents' ids" in str(read.notes[0])


def test_a_missing_statement_is_asked_for_with_what_was_not_recognised(tmp_path: Path) -> None:
    rows = [["id", "group", *IDS[:-1], "The council is wise."], ["1", "firms", *ANSWERS]]
    with pytest.raises(FramsynError, match=r"missing r9\. .* Not recognised: The council is wise\."):
        read_answers(export(tmp_path / "a.csv", rows, ";", "utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "Anna Svensson",
        "Svensson, Anna",
        "Anna",
        "matti.meikalainen",
        "anna.svensson@narpes.fi",
        "a1@b2.fi",
        "131052-308T",
        "+358 40 123 4567",
        "0401234567",
        "Åsa Öström 2",
    ],
)
def test_what_could_tell_who_answered_is_recognised(text: str) -> None:
    assert is_personal(text)


@pytest.mark.parametrize("text", ["1", "007", "#12", "R-17", "svar 12", "k3", "2026-11-03", "x", "b7f3", ""])
def test_a_number_or_code_is_no_person(text: str) -> None:
    assert not is_personal(text)


def test_a_name_as_id_is_replaced_by_a_number_and_never_told(tmp_path: Path) -> None:
    rows = [["svarande", "grupp", *IDS], ["Mats Ek", "firms", *ANSWERS], ["Ada Alm", "firms", *ANSWERS]]
    read = read_answers(export(tmp_path / "a.csv", rows, ";", "utf-8"))
    assert read.respondents == ("2", "1")
    said = " ".join(map(str, read.notes))
    assert "look like names, addresses or numbers of persons: 2." in said
    assert "Ek" not in said


def test_a_name_that_stands_twice_is_refused_without_being_told(tmp_path: Path) -> None:
    rows = [["svarande", "grupp", *IDS], ["Mats Ek", "firms", *ANSWERS], ["Mats Ek", "firms", *ANSWERS]]
    with pytest.raises(FramsynError) as raised:
        read_answers(export(tmp_path / "a.csv", rows, ";", "utf-8"))
    assert "row 3: respondent 1 stands in row 2 too" in str(raised.value)


def test_numbers_for_ids_do_not_depend_on_the_order_of_the_file() -> None:
    assert numbered(["c", "a", "b", "a"]) == ["3", "1", "2", "1"]
