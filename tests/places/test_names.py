"""All municipalities of the shipped bundle, by every form in which people and agencies write them."""

from collections.abc import Iterator

import pytest

from framsyn.core.folding import fold
from framsyn.errors import FramsynError
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import Municipality, municipalities, municipality
from framsyn.places.names import municipal_entry, municipal_index

EVERY = municipalities()


def code_forms(code: str) -> Iterator[str]:
    bare = code.lstrip("0")
    for digits in (code, bare):
        yield from (digits, f"KU{digits}", f"ku{digits}", f"FI-{digits}", f"FI {digits}", f" {digits} ")
    yield f"{bare}.0"


def names_of(m: Municipality) -> set[str]:
    columns = (m.bundle[f"name_{lang}"] for lang in ("sv", "fi", "en"))
    return {str(column[m.index]).strip() for column in columns} - {""}


def test_every_municipality_is_found_by_every_form_of_its_code() -> None:
    assert len(EVERY) == 308
    for m in EVERY:
        assert {municipality(form).code for form in code_forms(m.code)} == {m.code}


def test_every_municipality_is_found_by_every_name_in_any_case() -> None:
    for m in EVERY:
        names = names_of(m)
        spelled = [form for name in names for form in (name, name.upper(), name.lower(), f"  {name} ")]
        assert {municipality(form).code for form in spelled} == {m.code}
        assert {municipality(fold(name)).code for name in names} == {m.code}
        assert {municipality(fold(name).replace(" ", "-")).code for name in names} == {m.code}
        assert {municipality(f"{name} ({m.code})").code for name in names} == {m.code}
        assert {municipality(f"KU{m.code} {name}").code for name in names} == {m.code}


def test_every_municipality_is_found_by_its_legal_forms() -> None:
    after = ("kommun", "stad", "kunta", "kaupunki", "municipality")
    forms = ["City of {}", "Municipality of {}", *(f"{{}} {word}" for word in after)]
    for m in EVERY:
        written = [form.format(name) for form in forms for name in names_of(m)]
        cased = [text for form in written for text in (form, form.upper(), form.lower())]
        assert {municipality(text).code for text in cased} == {m.code}


def test_every_municipality_is_found_by_its_finnish_genitive_and_official_name() -> None:
    for m in EVERY:
        _, _, english = (str(m.bundle[f"name_{lang}"][m.index]) for lang in ("sv", "fi", "en"))
        entry = municipal_entry(m.code, m.name("sv").strip(), m.name("fi"), english)
        official = [form for form in entry.forms if form.endswith((" kunta", " kaupunki"))]
        assert len(official) >= 6, m.name("fi")  # with the name, with :n, and with the genitive
        assert {municipality(form).code for form in official} == {m.code}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("KU005", "Alajärvi"),
        ("Jomala kommun", "Jomala"),
        ("närpes stad", "Närpes"),
        ("Närpes'", "Närpes"),
        ("Närpiön kaupunki", "Närpes"),
        ("Helsingin kaupunki", "Helsingfors"),
        ("Helsingin", "Helsingfors"),
        ("City of Helsinki", "Helsingfors"),
        ("Helsingfors stad", "Helsingfors"),
        ("Municipality of Jomala", "Jomala"),
        ("Jomalas kommun", "Jomala"),
        ("Turun kaupunki", "Åbo"),
        ("Virtain kaupunki", "Virdois"),
        ("Uudenkaupungin kaupunki", "Nystad"),
        ("Pedersören kunta", "Pedersöre"),
        ("Pedersöre", "Pedersöre"),
        ("Koski", "Koskis"),
        ("Kosken Tl kunta", "Koskis"),
        ("Ii:n kunta", "Ijo"),
        ("Sankt Karins", "S:t Karins"),
        ("St Karins", "S:t Karins"),
    ],
)
def test_official_and_inflected_names_are_found(text: str, name: str) -> None:
    assert municipality(text).name("sv") == name


@pytest.mark.parametrize("text", ["", "?", "kommun", "stad", "City of", "KU999", "999", "KU", "Stockholm"])
def test_what_names_no_municipality_is_refused(text: str) -> None:
    with pytest.raises(FramsynError, match="There is no municipality") as caught:
        municipality(text)
    assert "framsyn municipalities" in str(caught.value)


def test_a_misspelt_name_gets_the_nearest() -> None:
    with pytest.raises(FramsynError, match=r"no municipality 'Närpess'. Nearest: Närpes \(545\)\."):
        municipality("Närpess")


def test_no_two_municipalities_share_a_name_or_a_form() -> None:
    index = municipal_index(shipped_bundle())
    shared = {
        form: [index.ids[at] for at in index.all_of(form)]
        for entry in index.named
        for form in (*entry.names, *entry.forms)
        if len(index.all_of(form)) > 1
    }
    assert shared == {}


@pytest.mark.parametrize(("text", "count"), [("Åland", 16), ("Ahvenanmaa", 16), ("åland", 16)])
def test_a_region_lists_its_municipalities_where_no_municipality_holds_the_text(
    text: str, count: int
) -> None:
    assert len(municipalities(text)) == count


def test_listing_finds_an_official_name() -> None:
    assert [m.code for m in municipalities("Närpes stad")] == ["545"]
