import pytest

from framsyn.errors import FramsynError
from framsyn.validate.page import with_section

PAGE = "# Title\n\n<!-- labour -->\nold\n<!-- /labour -->\n\nafter\n"


def test_a_section_is_replaced_and_all_around_it_stays() -> None:
    page = with_section(PAGE, "labour", ["| a |", "| b |"])
    assert page == "# Title\n\n<!-- labour -->\n| a |\n| b |\n<!-- /labour -->\n\nafter\n"
    assert with_section(page, "labour", ["| a |", "| b |"]) == page


@pytest.mark.parametrize("page", ["# Title\n", PAGE.replace("<!-- /labour -->", "")])
def test_a_page_without_both_marks_is_refused(page: str) -> None:
    with pytest.raises(FramsynError, match="labour"):
        with_section(page, "labour", ["| a |"])
