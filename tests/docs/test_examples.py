"""Every Python example in the docs runs."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2]
PAGES = [DOCS / "README.md", *sorted((DOCS / "docs").glob("*.md"))]
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WITH_EXAMPLES = [page for page in PAGES if EXAMPLE.search(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_the_examples_of_a_page_run_from_top_to_bottom(page: Path) -> None:
    names: dict[str, object] = {}
    for number, example in enumerate(EXAMPLE.findall(page.read_text("utf-8")), start=1):
        code = compile(example, f"{page.name}, example {number}", "exec")
        exec(code, names)  # noqa: S102 – our own documentation


def test_the_api_page_has_examples() -> None:
    assert DOCS / "docs" / "api.md" in WITH_EXAMPLES
    assert DOCS / "README.md" in WITH_EXAMPLES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
