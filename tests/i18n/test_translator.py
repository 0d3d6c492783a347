import math
import subprocess
import sys

import pytest

from framsyn.errors import FramsynError, Term
from framsyn.i18n.translator import LANGUAGES, language, words


@pytest.mark.parametrize(
    ("lang", "value", "decimals", "expected"),
    [
        ("sv", 1234.5, 1, "1\u00a0234,5"),
        ("fi", 1234.5, 1, "1\u00a0234,5"),
        ("en", 1234.5, 1, "1,234.5"),
        ("sv", -9558, 0, "−9\u00a0558"),
        ("fi", -9558, 0, "−9\u00a0558"),
        ("en", -9558, 0, "−9,558"),
        ("sv", 5652881, 0, "5\u00a0652\u00a0881"),
        ("sv", 8.4, 2, "8,40"),
        ("sv", -0.04, 1, "0,0"),
    ],
)
def test_numbers_follow_the_language(lang: str, value: float, decimals: int, expected: str) -> None:
    assert words(lang).number(value, decimals) == expected


@pytest.mark.parametrize(
    ("lang", "expected"), [("sv", "25,4\u00a0%"), ("fi", "25,4\u00a0%"), ("en", "25.4%")]
)
def test_percent_takes_a_value_already_in_percent(lang: str, expected: str) -> None:
    assert words(lang).percent(25.4) == expected


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_known_is_never_a_number(value: float) -> None:
    said = words("sv")
    assert said.number(value) == said.percent(value) == said.interval(value, 1.0) == "–"


def test_an_interval_with_a_negative_end_is_told_in_words() -> None:
    assert words("sv").interval(-120, 80) == "−120 till 80"
    assert words("fi").interval(-120, 80) == "−120 … 80"
    assert words("en").interval(-120, 80) == "−120 to 80"
    assert words("sv").interval(8200, 9700) == "8\u00a0200–9\u00a0700"


def test_an_end_that_rounds_to_zero_counts_as_zero() -> None:
    assert words("en").interval(-0.2, 3) == "0–3"


def test_a_sign_is_given_only_to_what_is_not_zero_once_rounded() -> None:
    assert [words("en").signed(x) for x in (3, 0.2, -0.2, -3)] == ["+3", "0", "0", "−3"]


@pytest.mark.parametrize(
    ("explicit", "environ", "expected"),
    [
        ("fi", {"LANG": "sv_FI.UTF-8"}, "fi"),
        ("EN", {}, "en"),
        ("sv_FI", {}, "sv"),
        (None, {"LANG": "fi_FI.UTF-8"}, "fi"),
        (None, {"LC_ALL": "en_GB.UTF-8", "LANG": "fi_FI.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "fi", "LANG": "en"}, "fi"),
        (None, {"LANG": "sv_FI.UTF-8"}, "sv"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LC_ALL": "C", "LANG": "sv_FI.UTF-8", "LANGUAGE": "sv"}, "en"),
        (None, {"LC_ALL": "POSIX", "LANG": "fi_FI"}, "en"),
        (None, {"LANG": "de_DE"}, "en"),
        (None, {"LANG": "de_DE", "LANGUAGE": "de:fi:sv"}, "fi"),
        (None, {"LANG": "en_GB.UTF-8", "LANGUAGE": "sv_FI:en"}, "sv"),
        (None, {"LANGUAGE": "sv"}, "sv"),
        (None, {"LANG": "svv"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_system_s_else_english(
    explicit: str | None, environ: dict[str, str], expected: str
) -> None:
    assert language(explicit, environ) == expected


@pytest.mark.parametrize("wrong", ["de", "deutsch", "-", " "])
def test_an_unknown_language_is_refused_with_the_choices(wrong: str) -> None:
    with pytest.raises(FramsynError, match="choose sv, fi or en"):
        language(wrong, {"LANG": "sv"})


def test_an_error_is_said_in_the_reader_s_language() -> None:
    error = FramsynError("There is no language {lang}: choose sv, fi or en.", lang="de")
    said = {lang: words(lang).error(error) for lang in LANGUAGES}
    assert said["en"] == str(error)
    assert said["sv"] == "Språket de finns inte: välj sv, fi eller en."
    assert said["fi"] == "Kieltä de ei ole: valitse sv, fi tai en."


def test_a_part_of_an_error_is_said_in_the_reader_s_language_too() -> None:
    inner = FramsynError("There is nothing called {id}. Nearest: {nearest}.", id="x", nearest="y")
    error = FramsynError("{file}, row {row}: {why}", file="a.csv", row=2, why=inner)
    assert words("sv").error(error) == "a.csv, rad 2: Det finns inget som heter x. Närmast: y."
    assert str(error) == "a.csv, row 2: There is nothing called x. Nearest: y."
    unit = FramsynError("{unit}", unit=Term("EUR/resident"))
    assert [words(lang).error(unit) for lang in LANGUAGES] == ["€/invånare", "€/asukas", "EUR/resident"]


@pytest.mark.parametrize(
    ("text", "quoted"), [("Å", "”Å”"), ("a\nb", "”a\\nb”"), ("it's", "”it's”"), ('"', '”"”')]
)
def test_what_was_written_is_quoted_as_in_swedish_and_finnish(text: str, quoted: str) -> None:
    error = FramsynError("There is no municipality {id!r}. List them with: framsyn municipalities", id=text)
    for lang in ("sv", "fi"):
        assert quoted in words(lang).error(error)
    assert repr(text) in words("en").error(error)


@pytest.mark.parametrize(("number", "told"), [(2026, "2026"), (10_000, "10\u00a0000"), ("99999", "99999")])
def test_thousands_are_grouped_in_errors_and_years_are_not(number: object, told: str) -> None:
    assert words("sv").error(FramsynError("{number}", number=number)) == told


def test_an_error_without_translation_is_said_in_english() -> None:
    assert words("fi").error(FramsynError("Nobody translated {what}.", what="this")) == (
        "Nobody translated this."
    )


def test_the_singular_is_for_one_only() -> None:
    one = "{count} world drawn: a single life, no interval"
    many = "Median of {count} worlds, below it the interval that holds 80% of them"
    assert [words("en").ngettext(one, many, n) for n in (0, 1, 2)] == [many, one, many]
    assert words("sv").ngettext(one, many, 1).startswith("{count} dragen värld")
    assert words("fi").ngettext(one, many, 2).startswith("{count} maailman")


def test_the_four_visions_have_the_brochure_s_names_in_swedish() -> None:
    said = words("sv").gettext
    assert said("Engaging vitality municipality") == "En engagerande livskraftskommun"
    assert said("Solution-oriented municipality") == "Lösningsinriktad kommun"
    assert said("Lazy municipality") == "Lat kommun"
    assert said("Municipality that has given up") == "Uppgiven kommun"
    assert said("As today") == "Som i dag"


def test_a_name_falls_back_to_another_language() -> None:
    attrs = {"code": "545", "name_fi": "Närpiö", "name_sv": "Närpes", "name_en": ""}
    assert [words(lang).name(attrs) for lang in ("sv", "fi", "en")] == ["Närpes", "Närpiö", "Närpes"]
    assert words("sv").name({"code": "005", "name_fi": "Alajärvi", "name_sv": ""}) == "Alajärvi"
    assert words("sv").name({"code": "005"}) == "005"
    assert words("sv").name({"region_fi": "Pohjanmaa"}, "region") == "Pohjanmaa"


def test_reading_words_opens_no_heavy_library() -> None:
    script = "import sys, framsyn.i18n.translator; print([m for m in {heavy} if m in sys.modules])"
    heavy = ("xarray", "altair", "vl_convert", "numba", "polars", "jinja2")
    run = subprocess.run(
        [sys.executable, "-c", script.format(heavy=heavy)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0%"), (0.2, "<1%"), (1.4, "1%"), (98.9, "99%"), (99.7, ">99%"), (100.0, "100%"), (math.nan, "–")],
)
def test_some_are_never_none_and_never_all(value: float, expected: str) -> None:
    assert words("en").share(value) == expected


def test_a_signed_percent_has_a_plus_only_above_zero_once_rounded() -> None:
    assert [words("sv").signed_percent(x) for x in (12.4, 0.4, -0.4, -3.0)] == [
        "+12\u00a0%",
        "0\u00a0%",
        "0\u00a0%",
        "−3\u00a0%",
    ]


def test_the_largest_number_is_written_too() -> None:
    assert words("en").number(-1e30, 1) == "−1" + ",000" * 10 + ".0"
    assert words("sv").number(sys.float_info.max, 2).endswith(",00")
