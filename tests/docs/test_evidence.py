from pathlib import Path

import pytest

from framsyn.evidence.register import effects
from framsyn.i18n.translator import words
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.report.evidence_page import (
    BEGINNING,
    UNUSED,
    USED,
    in_school,
    main,
    markdown,
    unused_row,
    used_row,
)
from framsyn.report.loops_diagram import pictures

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "evidence.md"


def test_the_evidence_page_shows_the_register_as_it_is() -> None:
    assert PAGE.read_text("utf-8").endswith(markdown())


@pytest.mark.parametrize("name", pictures(words("en")))
def test_the_picture_of_a_loop_in_the_documentation_is_what_the_register_gives(name: str) -> None:
    assert (DOCS / "images" / name).read_text("utf-8") == pictures(words("en"))[name]
    assert f"(images/{name})" in PAGE.read_text("utf-8")


def test_every_effect_is_a_row_of_one_of_the_tables() -> None:
    told = markdown()
    for one in effects():
        assert told.count(f"| `{one.id}` |") == 1


def test_a_row_has_as_many_cells_as_its_header() -> None:
    for one in effects():
        row, header = (used_row(one), USED) if one.id in COEFFICIENTS else (unused_row(one), UNUSED)
        assert len(row) == len(header)
        assert not any("|" in cell or "\n" in cell for cell in row)


def test_the_median_in_a_school_of_thought_is_shown_where_it_differs() -> None:
    by_id = {one.id: one for one in effects()}
    assert in_school(by_id["homes_additional_tight"], "S0") == "0.15"
    assert in_school(by_id["homes_additional_tight"], "S2") == "0.65"
    assert in_school(by_id["supply_elasticity"], "S0") == ""


def test_writing_the_page_again_keeps_what_its_authors_wrote(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Ours\n\n{BEGINNING}old", "utf-8")
    assert main([str(page)]) == 0
    assert page.read_text("utf-8") == f"# Ours\n\n{markdown()}"
    assert main([]) == 2
