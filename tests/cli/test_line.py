"""What the library that parses the line would say in English is said in the reader's language."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import framsyn
from framsyn.cli.line import ARGUMENTS, INSTALLS, kind_of
from framsyn.cli.program import app
from framsyn.i18n.translator import words
from tests.test_cli import run

#: Words of English that no Swedish or Finnish text of the command line holds.
ENGLISH = re.compile(
    r"\b(usage|error|missing|no such|options?|arguments|commands?|show|try|invalid|required|default|exit|the|"
    r"and|is|has|not|must|see|needs?|lacks|takes|text|number|path|valid|extra|unexpected|got|did you mean)\b",
    re.IGNORECASE,
)
#: Each kind of usage error, with what stands in every language's refusal.
WRONG = {
    "missing argument": ("foresee", ["framsyn foresee", "--help"]),
    "missing option": ("calibrate", ["--data"]),
    "unknown option": ("foresee 545 --yeers 3", ["--yeers", "--years"]),
    "option unlike any": ("levers --zzz", ["--zzz"]),
    "option without value": ("foresee 545 --years", ["--years"]),
    "flag with a value": ("evidence --json=yes", ["--json"]),
    "no whole number": ("foresee 545 --years many", ["--years", "many"]),
    "no whole number after a sign": ("foresee 545 --years=2,5", ["--years", "2,5"]),
    "whole number out of range": ("serve --port 99999", ["--port", "99999", "535"]),
    "argument too many": ("foresee Närpes stad", ["stad"]),
    "unknown command": ("levres", ["levres", "levers"]),
    "unknown command below": ("assess scores x", ["scores", "score"]),
    "command unlike any": ("xyzzy", ["xyzzy"]),
    "unknown language": ("levers --lang de", ["de", "sv"]),
}
#: Names that are the same in every language.
NAMES = re.compile(r"--[a-z-]+")


@pytest.mark.parametrize("lang", ["sv", "fi", "en"])
@pytest.mark.parametrize("kind", WRONG)
def test_a_usage_error_is_one_line_in_the_reader_s_language(tmp_path: Path, kind: str, lang: str) -> None:
    line, parts = WRONG[kind]
    done = run(*line.split(), cwd=tmp_path, lang=lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert [part for part in parts if part not in done.stderr] == []
    found = ENGLISH.findall(NAMES.sub("", done.stderr))
    assert bool(found) == (lang == "en"), done.stderr


@pytest.mark.parametrize("before", [True, False])
def test_the_language_is_taken_from_anywhere_on_the_line(tmp_path: Path, before: bool) -> None:
    asked = ("--lang", "fi")
    arguments = (*asked, "levres") if before else ("levres", *asked)
    assert run(*arguments, cwd=tmp_path, lang="sv").stderr.startswith("Komennolla framsyn ei ole alikomentoa")
    help_of = (*asked, "levers", "-h") if before else ("levers", "-h", *asked)
    assert run(*help_of, cwd=tmp_path, lang="sv").stdout.startswith("Käyttö: framsyn levers")
    shown = run(*((*asked, "levers") if before else ("levers", *asked)), cwd=tmp_path, lang="sv").stdout
    assert words("fi").gettext("Lever") in shown


@pytest.mark.parametrize(("locale", "start"), [("C", "Usage:"), ("de_DE", "Usage:"), ("fi_FI", "Käyttö:")])
def test_help_is_in_english_where_the_locale_is_not_known(tmp_path: Path, locale: str, start: str) -> None:
    assert run("levers", "--help", cwd=tmp_path, lang=locale).stdout.startswith(start)


@pytest.mark.parametrize("command", ["", "foresee", "calibrate", "assess", "assess score", "report"])
@pytest.mark.parametrize("lang", ["sv", "fi"])
def test_no_english_is_left_in_help(tmp_path: Path, command: str, lang: str) -> None:
    short, long = (run(*command.split(), option, cwd=tmp_path, lang=lang) for option in ("-h", "--help"))
    assert (short.returncode, short.stdout) == (0, long.stdout)
    headings = re.findall(r"^(\S+):", short.stdout, re.MULTILINE)
    assert headings[0] == words(lang).gettext("Usage:").removesuffix(":")
    assert not ENGLISH.findall(" ".join(headings))
    assert not re.search(r"\[OPTIONS\]|\bNUMBER\b|\bPATH\b|MUNICIPALITY|required|default:", short.stdout)


def test_a_default_and_what_is_required_are_told(tmp_path: Path) -> None:
    told = " ".join(run("calibrate", "-h", cwd=tmp_path, lang="en").stdout.split())
    assert "--data PATH Folder of tables in Framsyn's schema. [environment: FRAMSYN_DATA; required]" in told
    assert "--out PATH The bundle to write. [default: framsyn.bundle]" in told
    told = " ".join(run("foresee", "-h", cwd=tmp_path, lang="sv").stdout.split())
    assert "--years TAL År efter basåret, 1–50. [standard: 20]" in told
    assert "bildning, culture_and_leisure" in told


def test_every_argument_has_a_name_in_each_language(tmp_path: Path) -> None:
    for command in ("foresee", "assess score", "law", "municipalities", "evidence"):
        usage = run(*command.split(), "-h", cwd=tmp_path, lang="en").stdout.splitlines()[0]
        names = [name for name in re.findall(r"\b[A-Z]{2,}\b", usage) if name != "OPTIONS"]
        assert names
        assert set(names) <= set(ARGUMENTS)


def test_a_command_without_a_verb_shows_its_help_and_ends_as_a_usage_error(tmp_path: Path) -> None:
    for command in ((), ("assess",)):
        done = run(*command, cwd=tmp_path, lang="en")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == run(*command, "--help", cwd=tmp_path, lang="en").stdout


def test_the_version_is_told(tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"framsyn {framsyn.__version__}\n")


def test_version_and_help_open_no_heavy_room() -> None:
    code = (
        "import sys\nfrom framsyn.cli import main\nsys.argv = ['framsyn', sys.argv[1], '--lang', 'en']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'numba', 'numpy', 'xarray', 'polars', 'altair', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    for option in ("--version", "-h"):
        done = subprocess.run(
            [sys.executable, "-c", code, option], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("ends", "said"), [(0, "Kompletteringen är installerad"), (1, "har ingen komplettering")]
)
def test_installing_completion_is_told_in_the_reader_s_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: int, said: str
) -> None:
    def installs(*_: object) -> None:
        sys.stdout.write("bash completion installed in ~/.bashrc\n")
        sys.exit(ends)

    tree = typer.main.get_command(app)
    next(param for param in tree.params if param.name == INSTALLS).callback = installs
    monkeypatch.setattr(typer.main, "get_command", lambda _: tree)
    done = run("--install-completion", cwd=tmp_path, lang="sv")
    assert done.returncode == (0 if ends == 0 else 2)
    assert said in done.stdout + done.stderr
    assert "installed" not in done.stdout + done.stderr


def test_the_kind_of_a_value_is_that_of_the_function_behind() -> None:
    class Parameter:
        def __init__(self, name: str) -> None:
            self.name = name

    class Below:
        @staticmethod
        def callback(years: int | None, out: Path, names: list[str] | None) -> None: ...

    assert [kind_of(Parameter(name), Below) for name in ("years", "out", "names", "other")] == [
        "NUMBER",
        "PATH",
        "TEXT",
        "TEXT",
    ]
