"""A user's postures: one changed, one new, and every mistake told."""

from pathlib import Path

import numpy as np
import pytest

import framsyn
from framsyn.errors import FramsynError
from framsyn.foresee import posture_page
from framsyn.foresee.postures import (
    areas,
    posture,
    posture_id,
    postures,
    read_postures,
    rule_of,
    shipped,
    strategy_of,
)
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.model import layout
from framsyn.model.course import course_over
from framsyn.model.layout import PARTICIPATION
from framsyn.model.posture import AFTER_DEFICIT, PLANS
from framsyn.model.rule import packed
from framsyn.report.listing import looks


def written(folder: Path, text: str) -> Path:
    path = folder / "mina hållningar.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_shipped_posture_read_from_its_own_text_is_itself(tmp_path: Path) -> None:
    read = read_postures(written(tmp_path, "[lazy]\n"))
    assert read["lazy"] == shipped()["lazy"]


def test_a_posture_can_be_changed_in_one_field(tmp_path: Path) -> None:
    read = read_postures(written(tmp_path, "[lazy]\nupkeep = 1.0\n"))
    rule = rule_of(read["lazy"])
    assert rule.upkeep == 1.0
    assert rule.sees_after == postures()["lazy"].sees_after


def test_a_fifth_posture_begins_as_today_or_from_another(tmp_path: Path) -> None:
    text = '[frugal]\ntax_ceiling = 0.5\n\n[keen]\nbased_on = "frugal"\nlook_ahead = 10\n'
    read = read_postures(written(tmp_path, text))
    assert read["frugal"].upkeep == shipped()["as_is"].upkeep
    assert (read["keen"].tax_ceiling, read["keen"].look_ahead) == (0.5, 10)


def test_a_fifth_posture_can_be_lived_beside_the_visions(tmp_path: Path) -> None:
    read = read_postures(written(tmp_path, "[frugal]\nambition = { elsewhere = 0.8 }\n"))
    m = framsyn.municipality("Närpes")
    futures = framsyn.foresee(m, ["as_is", "frugal"], years=5, draws=4, known=read)
    cost = futures["net_operating_cost_per_resident"].isel(year=-1).mean("draw")
    assert float(cost.sel(posture="frugal")) < float(cost.sel(posture="as_is"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x]\nlook_ahed = 3\n", "look_ahed"),
        ("[x]\nlook_ahead = 30\n", "look_ahead"),
        ("[x]\nupkeep = 'much'\n", "upkeep"),
        ("[x]\nupkeep = nan\n", "upkeep"),
        ("[x]\nambition = { libraries = 1.0 }\n", "libraries"),
        ("[x]\nprotect = { culture = 2.0 }\n", "protect.culture"),
        ("[x]\ncore_task = 'fishing'\n", "fishing"),
        ("[x]\nfiscal_rule = 'never'\n", "fiscal_rule"),
        ("[x]\nbased_on = 'y'\n", "y"),
        ("[a]\nbased_on = 'b'\n[b]\nbased_on = 'a'\n", "based on"),
        ("upkeep = 1.0\n", "upkeep"),
        ("[as_is]\nupkeep = 0.5\n", "as_is"),
        ("[x\n", "TOML"),
        ("", "no posture"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(FramsynError, match=told) as caught:
        read_postures(written(tmp_path, text))
    assert "mina hållningar" in str(caught.value) or "fishing" in told


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FramsynError, match="nowhere"):
        read_postures(tmp_path / "nowhere.toml")


def test_the_core_task_chosen_comes_first_in_its_areas_alone() -> None:
    rule = posture("focused", "culture_and_leisure")
    own = [areas().index(one) for one in ("library", "art", "culture", "sport_youth")]
    assert (rule.ambition[own] == 1.0).all()
    assert (rule.protect[own] == 1.0).all()
    apart = (layout.PARTICIPATION, layout.HEALTH_SOCIAL)  # their own lever, and their own law
    others = [area for area in range(layout.AREAS) if area not in (*own, *apart)]
    assert (rule.protect[others] == 0.0).all()
    np.testing.assert_array_equal(rule.look_ahead, [2, 2, 2])


def test_a_posture_without_a_core_task_does_not_get_one() -> None:
    np.testing.assert_array_equal(posture("lazy", "business").ambition, posture("lazy").ambition)


def test_a_later_phase_holds_from_its_year_and_inherits_the_phase_before(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        '[ours]\nbased_on = "focused"\nupkeep = 1.1\n'
        "[[ours.then]]\nfrom = 2029\ndigital = 40\n"
        '[[ours.then]]\nfrom = 2033\nupkeep = 0.9\ncore_task = "safety"\n',
        encoding="utf-8",
    )
    first, second, third = strategy_of(read_postures(path)["ours"])
    assert (second.first_year, third.first_year) == (2029, 2033)
    assert [one.rule.upkeep for one in (first, second, third)] == [1.1, 1.1, 0.9]
    assert [one.rule.digital for one in (first, second, third)] == [30.0, 40.0, 40.0]
    course = course_over((first, second, third), base_year=2025, years=10)
    assert course.phases.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2]
    assert course.rules[2] == packed([third.rule])[0]


@pytest.mark.parametrize(
    ("phases", "said"),
    [
        ("[[ours.then]]\nupkeep = 1.0\n", "phase 1"),
        ("[[ours.then]]\nfrom = 2030\n[[ours.then]]\nfrom = 2030\n", "phase 2"),
        ("[[ours.then]]\nfrom = 2030\nbeauty = 3\n", "beauty"),
        ("[[ours.then]]\nfrom = 2030\nupkeep = 30\n", "upkeep"),
        ('[[ours.then]]\nfrom = 2030\ncore_task = "war"\n', "war"),
        ("then = 3\n", "then"),
    ],
)
def test_a_phase_that_cannot_be_used_is_refused_by_name(tmp_path: Path, phases: str, said: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(f"[ours]\n{phases}", encoding="utf-8")
    with pytest.raises(FramsynError, match=said):
        read_postures(path)


def test_the_comment_of_the_shipped_file_and_the_page_of_the_docs_list_the_declared_keys() -> None:
    assert posture_page.comment() in posture_page.TOML.read_text("utf-8")
    assert posture_page.PAGE.read_text("utf-8") == posture_page.page()


def test_a_rule_holds_what_its_keys_say() -> None:
    rule, written = posture("given_up"), shipped()["given_up"]
    assert (rule.builds, written.builds) == (0.0, False)
    assert (rule.fiscal_rule, written.fiscal_rule) == (0.0, "law")
    assert (rule.spends_widely, written.spends) == (1.0, "everywhere")
    assert rule.ambition[PARTICIPATION] == written.engagement
    assert posture("engaging").fiscal_rule == PLANS
    assert posture("as_is").fiscal_rule == AFTER_DEFICIT


def test_keys_areas_tasks_and_bases_may_go_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        '[ours]\nbased-on = "Lösningsinriktad kommun"\n"Plan years" = 4\nCORE_TASK = "turvallisuus"\n'
        '"fiscal rule" = "Enligt planen"\n[ours.ambition]\nBibliotek = 1.1\nmuualla = 0.9\n'
        '[[ours.then]]\nfrom = 2030\ncore-task = "näringsliv"\n',
        encoding="utf-8",
    )
    plain = tmp_path / "plain.toml"
    plain.write_text(
        '[ours]\nbased_on = "focused"\nplan_years = 4\ncore_task = "safety"\nfiscal_rule = "plan"\n'
        "[ours.ambition]\nlibrary = 1.1\nelsewhere = 0.9\n"
        '[[ours.then]]\nfrom = 2030\ncore_task = "business"\n',
        encoding="utf-8",
    )
    assert read_postures(path) == read_postures(plain)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[ours]\nplan_years = 4\n'plan years' = 5\n", "plan_years is given twice"),
        ("[ours.ambition]\nculture = 1\nkultur = 1\n", "culture is given twice"),
        ("[ours]\nplan_yeers = 4\n", r"Nearest: .*plan_years"),
        ("[[ours.then" + ".then" * 2000 + "]]\nfrom = 2030\n", "more than 8 parts"),
    ],
)
def test_a_key_that_cannot_be_used_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FramsynError, match=said):
        read_postures(path)


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Lat", "lazy"),
        ("laiska kunta", "lazy"),
        ("Engagerande livskraftskommun", "engaging"),
        ("INNOSTAVA ELINVOIMAKUNTA", "engaging"),
        ("ratkaisukeskeinen", "focused"),
        ("given-up", "given_up"),
        ("nuvarande linje", "as_is"),
        ("As is", "as_is"),
    ],
)
def test_a_posture_is_found_by_its_names(text: str, identity: str) -> None:
    assert posture_id(text, shipped()) == identity


def test_every_label_that_reports_give_a_posture_finds_it() -> None:
    for identity, look in looks(tuple(shipped())).items():
        assert {posture_id(words(lang).gettext(look.label), shipped()) for lang in LANGUAGES} == {identity}


def test_a_posture_of_one_s_own_goes_before_a_name_of_the_shipped() -> None:
    assert posture_id("lat", {**shipped(), "lat": shipped()["as_is"]}) == "lat"
