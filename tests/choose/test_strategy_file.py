"""A strategy written to a file is read back as itself."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framsyn.choose.candidates import differences, known_candidates
from framsyn.choose.space import Space
from framsyn.choose.strategy_file import toml_of
from framsyn.foresee.postures import VISIONS, read_postures, shipped
from framsyn.foresee.setting import Setting

from .test_space import some_rows


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_written_strategy_is_read_back_as_itself(space: Space, tmp_path: Path, seed: int) -> None:
    for number, row in enumerate(some_rows(space, seed, 2)):
        path = tmp_path / f"S{number}.toml"
        path.write_text(toml_of("S01", space.posture(row), "Närpes\n\nen strategi"), encoding="utf-8")
        assert read_postures(path) == {"S01": space.posture(row)}


@pytest.mark.parametrize("identity", VISIONS)
def test_a_vision_is_read_back_as_itself(tmp_path: Path, identity: str) -> None:
    path = tmp_path / "vision.toml"
    path.write_text(toml_of("mine", shipped()[identity]), encoding="utf-8")
    assert read_postures(path)["mine"] == shipped()[identity]


def test_going_on_as_today_differs_in_no_lever_from_itself(setting: Setting) -> None:
    def told(identity: str) -> dict[str, object]:
        return {one.lever.id: one.phases for one in differences(shipped()[identity], setting.place, 2026)}

    assert told("as_is") == {}
    assert told("focused")["core_task"] == ((2026, "bildning"),)
    assert told("lazy")["upkeep"] == ((2026, 0.8),)


def test_the_visions_are_always_among_what_is_compared() -> None:
    assert [one.id for one in known_candidates({})] == ["as_is", *VISIONS]
    own = {"ours": shipped()["focused"]}
    assert known_candidates(own)[-1].kind == "own"
