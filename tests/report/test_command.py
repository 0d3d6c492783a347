import json
import shlex
from pathlib import Path

from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.report.command import STANDARD, asked, command, own_postures, usual

ATTRS = {"code": "545", "seed": "1"}


def test_the_command_names_what_is_always_needed() -> None:
    assert command(ATTRS, STANDARD, 15, 20, "sv") == (
        "framsyn foresee 545 --years 15 --draws 20 --seed 1 --lang sv"
    )


def test_postures_are_named_where_they_are_not_the_usual_ones() -> None:
    parts = shlex.split(command(ATTRS, ("it's; rm -rf", "lazy"), 1, 2, "en"))
    assert parts[parts.index("--posture") + 1] == "it's; rm -rf"


def test_options_that_differ_from_the_default_are_made_again() -> None:
    told = asked("safety", Path("own file.toml"), Path("law"), Path("ours.bundle"), ("mine", "lazy"))
    assert command(ATTRS | told, (*STANDARD, "mine"), 20, 500, "fi") == (
        "framsyn foresee 545 --years 20 --draws 500 --seed 1 --core-task safety"
        " --posture-file 'own file.toml' --law law --bundle ours.bundle --lang fi"
    )


def test_nothing_is_told_of_what_was_not_asked() -> None:
    assert asked(None, None, None, None) == {}


def test_the_file_s_postures_come_after_the_usual_ones_and_once() -> None:
    own = own_postures({"own_postures": json.dumps(["mine", "lazy"])})
    assert usual(own) == (*STANDARD, "mine")
    assert own_postures({}) == ()


def test_the_usual_postures_are_those_that_are_lived_by_default() -> None:
    assert usual() == DEFAULT_POSTURES
