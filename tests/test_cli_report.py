"""`framsyn report` as a person runs it."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from framsyn.cli import report_every, report_one
from framsyn.i18n.translator import Words, words
from framsyn.places.municipality import municipality
from framsyn.report import drawing
from framsyn.report.batch import FAILED, Result, write_all
from framsyn.report.batch_made import Batch, Make
from framsyn.report.batch_stamp import STAMP
from framsyn.report.kinds.material import Asked, Material
from framsyn.report.making import FORMATS, KINDS, document_of
from tests.report.made_reports import FEW, easy, refused
from tests.test_cli import refused as refusal
from tests.test_cli import run


@pytest.fixture(autouse=True)
def asked_of(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """Reports that cost nothing, and what each was of."""
    told: list[Asked] = []

    def noted(material: Material, kind: str, form: str, said: Words, day: date) -> bytes:
        told.append(material.asked)
        return easy(material, kind, form, said, day)

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(drawing, "drawing_beside", nullcontext)
    monkeypatch.setattr(report_one, "made", noted)
    return told


def some(make: Make, batch: Batch, folder: Path, said: Words, jobs: int | None, progress: object) -> Result:
    """The reports of a few municipalities, in this process."""
    assert callable(progress)
    assert jobs in (None, 2)
    return write_all(replace(batch, make=make), folder, said, 0, progress, FEW)


def every(monkeypatch: pytest.MonkeyPatch, make: Make = easy) -> Callable[..., CompletedProcess[str]]:
    monkeypatch.setattr(report_every, "write_all", partial(some, make))
    return partial(run, "report", "--all", "--draws", "5", "--years", "3", "--date", "2026-05-31")


@pytest.mark.parametrize(("lang", "name"), [("sv", "framsyn-Närpes"), ("fi", "framsyn-Närpiö")])
def test_a_report_is_named_after_what_it_is(tmp_path: Path, lang: str, name: str) -> None:
    done = run("report", "545", "--lang", lang, "--date", "2026-05-31", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    path = tmp_path / f"{name}-foresight-{lang}.pdf"
    assert path.read_text() == f"545 foresight pdf {lang} 2026-05-31"
    assert list(tmp_path.iterdir()) == [path]
    assert path.name in done.stdout


def test_the_file_s_ending_tells_the_format_and_its_folder_is_made(tmp_path: Path) -> None:
    done = run("report", "Närpes", "--lang", "sv", "--out", "till/fullmäktige.HTML", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "till" / "fullmäktige.HTML").read_text().startswith("545 foresight html sv ")


def test_the_date_is_that_of_the_environment_where_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    run("report", "Närpes", "--out", "a.pdf", cwd=tmp_path)
    run("report", "Närpes", "--out", "b.pdf", "--date", "2026-05-31", cwd=tmp_path)
    assert [(tmp_path / one).read_text()[-10:] for one in ("a.pdf", "b.pdf")] == ["2026-01-01", "2026-05-31"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert "SOURCE_DATE_EPOCH is soon" in refusal("report", "Närpes", cwd=tmp_path)


def test_a_strategy_is_a_file_a_shipped_posture_or_a_line(tmp_path: Path, asked_of: list[Asked]) -> None:
    (tmp_path / "two.toml").write_text("[one]\nbased_on = 'lazy'\n[two]\nbased_on = 'focused'\n", "utf-8")
    (tmp_path / "own.toml").write_text("[prior_year]\nresult = 350\n", "utf-8")
    for strategy in (("two.toml", "--posture", "two"), ("engaging",), ("focused*digital.40",)):
        options = ("--strategy", *strategy, "--own", "own.toml", "--budget-year", "2028")
        assert run("report", "Närpes", *options, cwd=tmp_path).returncode == 0
    assert [one.strategy for one in asked_of] == ["two", "engaging", "strategy_1"]
    assert [list(one.known) for one in asked_of] == [["one", "two"], [], ["strategy_1"]]
    assert asked_of[0].own.cells != {}
    assert asked_of[2].files == {
        "--strategy": "focused*digital.40",
        "--budget-year": "2028",
        "--own": "own.toml",
    }


def test_the_command_in_a_report_makes_the_same_report(tmp_path: Path, asked_of: list[Asked]) -> None:
    said = words("fi")
    asked = Asked(municipality("Närpes"), 5, 4, 7, files={"--strategy": "focused*digital.40"})
    command = document_of(Material(asked), "foresight", said, date(2026, 5, 31)).command
    again = [one.strip("'") for one in command.split()]
    assert again[0] == "framsyn"
    assert run(*again[1:], cwd=tmp_path).returncode == 0
    assert (asked_of[0].years, asked_of[0].draws, asked_of[0].seed) == (5, 4, 7)
    assert asked_of[0].files == asked.files
    assert (tmp_path / "framsyn-Närpiö-foresight-fi.pdf").read_text().endswith("fi 2026-05-31")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "Name a municipality"),
        (("Närpes", "--all", "--out", "x"), "Both Närpes and --all"),
        (("--all",), "Say with --out in which folder"),
        (("--all", "--out", "bad.toml"), "is a file, not a folder"),
        (("--all", "--out", "x", "--jobs", "0"), "Processes must be 1 or more; 0 was given"),
        (("--all", "--out", "x", "--lang", "sv,de"), "Språket de finns inte"),
        (("Närpes", "--jobs", "2"), "--jobs belongs to --all"),
        (("Närpes", "--lang", "sv,fi"), "Språket sv,fi finns inte"),
        (("Atlantis",), "Atlantis"),
        (("Närpes", "--kind", "horoscope"), "There is no report horoscope: choose foresight"),
        (("Närpes", "--format", "odt"), "There is no format odt: choose pdf, html, docx, xlsx"),
        (("Närpes", "--format", "html", "--out", "a.pdf"), "The format asked for is html, but a.pdf ends"),
        (("Närpes", "--out", "a.txt"), "The ending of a.txt tells no format"),
        (("Närpes", "--out", "."), "is a folder: name a file in it"),
        (("Närpes", "--out", "bad.toml/a.pdf"), "bad.toml is a file, not a folder"),
        (("Närpes", "--date", "31.5.2026"), "The date 31.5.2026 cannot be read: write it as 2026-05-31"),
        (("Närpes", "--date", "1970-01-01"), "from 1980 to 2107"),
        (("Närpes", "--strategy", "sleepy"), "neither a file nor a shipped posture"),
        (("Närpes", "--strategy", "bad.toml"), "bad.toml"),
        (("Närpes", "--strategy", "lazy*wings.2"), "There is no lever wings"),
        (("Närpes", "--posture", "two"), "give the file with --strategy"),
        (("Närpes", "--own", "none.toml"), "There is no file none.toml"),
        (("Närpes", "--budget-year", "2026"), "must be from 2027 to 2073; 2026 was given"),
        (("Närpes", "--years", "51"), "Years must be from 1 to 50"),
        (("Närpes", "--draws", "0"), "Draws must be from 1"),
    ],
)
def test_what_cannot_be_reported_is_refused_and_nothing_is_written(
    tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    (tmp_path / "bad.toml").write_text("[one\n", "utf-8")
    assert said in refusal("report", *asked, cwd=tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["bad.toml"]


def test_an_error_is_said_in_the_first_of_several_languages(tmp_path: Path) -> None:
    done = run("report", "--all", "--lang", "fi,sv", "--years", "0", "--out", "x", cwd=tmp_path)
    assert done.returncode == 2
    said = words("fi").gettext("Years must be from 1 to {most}; {years} was given.")
    assert said.format(most=50, years=0) in " ".join(done.stderr.split())


def test_the_reports_of_every_municipality_go_on_where_they_were_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = every(monkeypatch)
    done = begin("--lang", "sv,fi", "--out", "ut", cwd=tmp_path, lang="en")
    assert done.returncode == 0, done.stderr
    assert "ut" in done.stdout
    assert len(list((tmp_path / "ut").glob("*.pdf"))) == 6
    again = begin("--lang", "en,fi", "--out", "ut", "--jobs", "2", cwd=tmp_path)
    assert "3 reports written in ut. 3 were there already." in " ".join(again.stdout.split())
    other = run("report", "--all", "--draws", "6", "--out", "ut", "--lang", "en", cwd=tmp_path)
    assert other.returncode == 2
    assert "draws: 5 → 6" in " ".join(other.stderr.split())


def test_some_that_fail_are_counted_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = every(monkeypatch, refused)("--lang", "en,sv", "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "4 reports written in out." in " ".join(done.stdout.split())
    told = " ".join(done.stderr.split())
    assert f"2 reports could not be made; {Path('out') / FAILED} tells why:" in told
    assert "545 Närpes (sv): There is no language sv: choose sv, fi or en." in told


def test_a_stopped_run_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: object) -> bytes:
        raise KeyboardInterrupt

    done = every(monkeypatch, stops)("--lang", "en", "--out", "out", cwd=tmp_path)
    assert done.returncode == 130
    assert "The same command goes on from here" in done.stderr
    assert [one.name for one in (tmp_path / "out").iterdir()] == [STAMP]


def test_every_kind_has_a_usual_format_that_is_known() -> None:
    assert {one.usual for one in KINDS.values()} <= set(FORMATS)
