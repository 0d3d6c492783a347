from pathlib import Path

from framsyn.evidence.table import markdown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"


def test_the_evidence_page_shows_the_register_as_it_is() -> None:
    assert PAGE.read_text("utf-8").endswith(markdown())
