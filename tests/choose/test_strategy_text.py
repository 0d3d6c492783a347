"""A strategy in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.choose.lever_names import lever_id
from framsyn.choose.levers import Lever, levers
from framsyn.choose.strategy_text import settings_in, strategy_in, text_of
from framsyn.errors import FramsynError
from framsyn.foresee.postures import VISIONS, phases_of, shipped
from framsyn.i18n.translator import LANGUAGES, words


@pytest.mark.parametrize("posture", ["as_is", *VISIONS])
def test_a_posture_s_own_id_is_its_line(posture: str) -> None:
    assert strategy_in(posture) == shipped()[posture]


def test_levers_are_set_on_the_posture_phase_by_phase() -> None:
    told = strategy_in("focused*digital.40*core_task.none*from.2030*housing.20*education.1.05")
    (_, first), (year, later) = phases_of(told)
    assert (first.digital, first.core_task, first.housing) == (40.0, "", shipped()["focused"].housing)
    assert year == 2030
    assert (later.digital, later.housing) == (40.0, 20.0)
    assert later.ambition["basic_education"] == later.ambition["early_childhood"] == 1.05
    assert settings_in(later)["culture"] == settings_in(first)["culture"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nobody", "nobody"),
        ("as_is*wings.3", "wings"),
        ("as_is*digital.91", "0 to 90"),
        ("as_is*digital.nan", "nan"),
        ("as_is*plan_years.1.5", "1.5"),
        ("as_is*fiscal_rule.luck", "after_deficit"),
        ("as_is*from.2035*from.2030", "2030"),
        ("as_is*from.soon", "soon"),
        ("as_is*" + "x" * 2000, "too long"),
    ],
)
def test_what_cannot_be_set_is_told(line: str, told: str) -> None:
    with pytest.raises(FramsynError, match=told):
        strategy_in(line)


def setting(lever: Lever) -> st.SearchStrategy[str]:
    if lever.kind == "choice":
        return st.sampled_from(lever.choices)
    steps = round((lever.high - lever.low) / lever.step)
    return st.integers(0, steps).map(lambda step: f"{round(lever.low + step * lever.step, 6):g}")


told_levers = st.fixed_dictionaries({}, optional={one.id: setting(one) for one in levers().values()})


@given(first=told_levers, later=told_levers)
def test_the_line_of_a_strategy_gives_the_same_settings_back(
    first: dict[str, str], later: dict[str, str]
) -> None:
    parts = [f"{name}.{value}" for name, value in first.items()]
    parts += ["from.2031", *(f"{name}.{value}" for name, value in later.items())]
    told = strategy_in("*".join(["as_is", *parts]))
    again = strategy_in(text_of(told))
    assert [settings_in(phase) for _, phase in phases_of(again)][-1] == settings_in(phases_of(told)[-1][1])
    assert settings_in(phases_of(again)[0][1]) == settings_in(phases_of(told)[0][1])


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("Lösningsinriktad*Satsning på digitalisering.40", "focused*digital.40"),
        ("lat kommun*bostäder.20*from.2030*UPKEEP.1.1", "lazy*housing.20*from.2030*upkeep.1.1"),
        ("nykyinen linja*Ydintehtävä.turvallisuus", "as_is*core_task.safety"),
        ("as-is*fiscal-rule.after deficit*tax-ceiling.1", "as_is*fiscal_rule.after_deficit*tax_ceiling.1"),
        ("engaging*digitalisering.i dag", "engaging*digital.today"),
    ],
)
def test_a_line_may_use_names_in_any_language(line: str, plain: str) -> None:
    assert strategy_in(line) == strategy_in(plain)


def test_an_unknown_lever_names_the_nearest() -> None:
    with pytest.raises(
        FramsynError, match=r"no lever houzing\. Nearest: housing\. List them with: framsyn levers"
    ):
        strategy_in("lazy*houzing.20")


def test_every_lever_is_found_by_its_label_in_every_language() -> None:
    for one in levers().values():
        labels = [words(lang).gettext(one.label) for lang in LANGUAGES]
        assert {lever_id(text) for text in (one.id, one.id.replace("_", " "), *labels)} == {one.id}


@pytest.mark.parametrize("value", ["1_0", "١٠", "1" * 25, "infinity", "nan", "", "0x10"])
def test_a_number_is_written_in_plain_digits_or_refused(value: str) -> None:
    with pytest.raises(FramsynError, match="digital must be from"):
        strategy_in(f"as_is*digital.{value}")


@pytest.mark.parametrize("year", ["0000020301", "00002030", "20301", "٢٠٣٠", "2201"])
def test_a_year_of_change_has_four_digits(year: str) -> None:
    with pytest.raises(FramsynError, match="changes from a year"):
        strategy_in(f"as_is*from.{year}*digital.10")
