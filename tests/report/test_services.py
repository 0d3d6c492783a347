import re

from framsyn.i18n.translator import words
from framsyn.model.layout import SERVICES
from framsyn.report.cells import Cells
from framsyn.report.listing import looks
from framsyn.report.page import render
from framsyn.report.services import Service, areas, services
from framsyn.report.summary import summarise
from tests.report.made_futures import made_futures, no_history

SV = words("sv")


def _services(lang: str = "sv") -> list[Service]:
    futures = made_futures(("as_is", "lazy"), draws=5, years=3)
    futures["need_basic_education"][0, :, -1] = 766.0
    futures["need_safety"][0, :, -1] = 48.0
    return services(Cells(summarise(futures), words(lang)), list(looks(["as_is", "lazy"]).values()))


def test_the_twelve_services_of_the_brochure_are_told_by_name() -> None:
    assert len(areas()) == SERVICES == 12
    assert [one.label for one in _services()][:3] == [
        "Småbarnspedagogik",
        "Förskola och grundläggande utbildning",
        "Gymnasie- och yrkesutbildning",
    ]


def test_need_is_told_in_places_where_there_are_places_and_else_in_percent() -> None:
    found = {one.label: one.need for one in _services("en")}
    assert found["Pre-primary and basic education"] == "need 1,099 → 766 places"
    assert found["Safety and preparedness"] == "need −50%"


def test_each_service_has_a_cell_for_now_and_for_each_posture() -> None:
    for one in _services():
        assert len(one.cells) == 3
        assert len(one.measures) == 5


def test_the_page_shows_every_service_with_all_that_is_known_of_it() -> None:
    text = render(made_futures(draws=3), no_history(), SV)
    folded = text[text.index("Varje tjänst") :]
    folded = folded[: folded.index("</details>")]
    assert folded.count('scope="rowgroup"') == 12
    assert len(re.findall(r'<tr><th scope="row">', folded)) == 12 * 5


def test_a_dataset_without_services_makes_a_page_without_them() -> None:
    futures = made_futures(("lazy",), draws=2, years=2)
    without = futures.drop_vars([name for name in futures.data_vars if str(name).startswith("need_")])
    assert "Varje tjänst" not in render(without, no_history(), SV)
