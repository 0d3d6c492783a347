import pytest

from framsyn.errors import FramsynError
from framsyn.evaluate.condition_text import read_condition
from framsyn.i18n.translator import words


@pytest.mark.parametrize(
    "text",
    [
        *("lån < 9000", "Loans < 9000", "loans < 9 000", "lånestock < 9 000", "lainat < 9000", "loans<9000"),
        *("loans < 9\u00a0000", "loans < 9\u202f000", "LOANS < 9000,0", "loans_per_resident < 9000.0"),
        *("loans < 9000 EUR/resident", "lån < 9 000 €/invånare", "lån < 9 000 euro per invånare"),
        *(
            "lainat < 9 000 €/asukas",
            "lainat < 9 000 euroa asukasta kohti",
            "loans < 9000 €",
            "loans < 9000€",
        ),
        " lån   <   9000 ",
    ],
)
def test_a_limit_on_loans_is_read_in_every_spelling(text: str) -> None:
    read = read_condition(text)
    assert read is not None
    assert (read.indicator.id, read.op, read.limit) == ("loans_per_resident", "<", 9000.0)
    assert (read.year, read.share) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "cash_flow > -200 in 2035 in 90 %",
        "kassaflöde > −200 år 2035 i 90 %",
        "rahavirta > –200 € vuonna 2035 90 %:ssa",
        "cash flow > -200,0 EUR in 2035 in 90,0 %",
        "Rahavirta > -200 euroa vuonna 2035 vähintään 90 prosentissa",
        "kassaflöde > -200 i 2035 i minst 90 procent".replace("i minst", "minst"),
    ],
)
def test_the_year_and_the_share_are_read_in_three_languages(text: str) -> None:
    read = read_condition(text)
    assert read is not None
    assert read.indicator.id == "cash_flow_per_resident"
    assert (read.op, read.limit, read.year, read.share) == (">", -200.0, 2035, 90.0)


@pytest.mark.parametrize(
    ("text", "op", "limit", "share"),
    [
        ("unemployment_rate <= 8.5", "<=", 8.5, None),
        ("arbetslöshet ≤ 8,5 %", "<=", 8.5, None),
        ("työttömyysaste ≥ 8 % in 80 %", ">=", 8.0, 80.0),
        ("unemployment =< 8 percent", "<=", 8.0, None),
        ("unemployment < 8 in 80 %", "<", 8.0, 80.0),
    ],
)
def test_a_percent_after_the_number_is_the_unit_and_one_more_is_the_share(
    text: str, op: str, limit: float, share: float | None
) -> None:
    read = read_condition(text)
    assert read is not None
    assert (read.indicator.id, read.op, read.limit, read.share) == ("unemployment_rate", op, limit, share)


@pytest.mark.parametrize(
    ("text", "unit"), [("loans < 9000 %", "%"), ("unemployment < 8 €", "€"), ("loans < 9 M€", "M€")]
)
def test_a_unit_of_another_kind_is_refused(text: str, unit: str) -> None:
    with pytest.raises(FramsynError, match="is not the unit of") as caught:
        read_condition(text)
    assert caught.value.parts["unit"] == unit


@pytest.mark.parametrize(
    ("lang", "name", "unit"),
    [("sv", "Lånestock", "€/invånare"), ("fi", "Lainakanta", "€/asukas"), ("en", "Loans", "EUR/resident")],
)
def test_the_right_unit_is_told_in_the_readers_words(lang: str, name: str, unit: str) -> None:
    with pytest.raises(FramsynError) as caught:
        read_condition("loans < 9000 %")
    told = words(lang).error(caught.value)
    assert name in told
    assert f"{unit}." in told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "loans",
        "< 3",
        "loans <",
        "loans = 5",
        "loans < many",
        "loans < 1.2.3",
        "loans < 9000 9",
        "loans << 5",
        "loans < 6e3",
        "a" * 400 + " < 3",
    ],
)
def test_what_is_no_condition_is_not_read(text: str) -> None:
    assert read_condition(text) is None


def test_an_unknown_indicator_names_the_nearest() -> None:
    with pytest.raises(FramsynError, match=r"no indicator lånx\. Nearest: lån \(loans\)\. List them"):
        read_condition("lånx < 9000")


@pytest.mark.parametrize("number", ["9,000", "9.000", "1,234"])
def test_a_number_that_can_be_read_in_two_ways_is_refused(number: str) -> None:
    with pytest.raises(FramsynError, match="two ways"):
        read_condition(f"loans < {number}")


@pytest.mark.parametrize(
    ("number", "value"), [("9 000,5", 9000.5), ("− 3", -3.0), ("8,5", 8.5), ("9000", 9000.0)]
)
def test_a_number_is_read_as_offices_write_it(number: str, value: float) -> None:
    condition = read_condition(f"loans < {number}")
    assert condition is not None
    assert condition.limit == value
