from pathlib import Path

from framsyn.evidence.register import effects
from framsyn.report.evidence_page import UNUSED, USED, markdown, row
from framsyn.report.evidence_usage import usage

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"


def test_the_evidence_page_shows_the_register_as_it_is() -> None:
    assert PAGE.read_text("utf-8").endswith(markdown())


def test_every_effect_is_a_row_of_one_of_the_two_tables() -> None:
    told = markdown()
    for one in effects():
        assert told.count(f"| `{one.id}` |") == 1


def test_a_row_has_as_many_cells_as_its_header() -> None:
    for one in effects():
        assert len(row(one, "")) == len(USED) == len(UNUSED)
        assert not any("|" in cell for cell in row(one, ""))


def test_a_finding_that_no_equation_takes_says_why_and_no_other_does() -> None:
    unused = {one.id for one in effects() if one.id not in usage()}
    assert {one.id for one in effects() if one.unused_because} == unused
