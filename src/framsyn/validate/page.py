"""The page docs/history.md: generated sections between marks, and words around them that people write."""

from collections.abc import Sequence
from pathlib import Path

from framsyn.errors import FramsynError
from framsyn.writing import beside


def with_section(text: str, name: str, lines: Sequence[str]) -> str:
    """The page with new lines between the marks `<!-- name -->` and `<!-- /name -->`.

    Raises:
        FramsynError: the page does not hold both marks.
    """
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = text.partition(opening)
    _, ended, after = rest.partition(closing)
    if not found or not ended:
        raise FramsynError(
            "The page holds no section {name} between {opening} and {closing}.",
            name=name,
            opening=opening,
            closing=closing,
        )
    return "\n".join([f"{before}{opening}", *lines, f"{closing}{after}"])


def write_section(page: Path, name: str, lines: Sequence[str]) -> None:
    """Write new lines into one section of a page, or leave the page as it is."""
    text = with_section(page.read_text("utf-8"), name, lines)
    with beside(page) as draft:
        draft.write_text(text, "utf-8")
