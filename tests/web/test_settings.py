"""Every limit of the server is really read, and told as it is."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

import framsyn
from framsyn.web.settings import Settings

SOURCE = Path(framsyn.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "serve.md"
TOLD = dict(re.findall(r"^\| `(\w+)` \| ([\d.,]+) \|", PAGE.read_text("utf-8"), re.MULTILINE))


@pytest.fixture(scope="module")
def read() -> set[str]:
    """Names of attributes that the server's modules read."""
    found: set[str] = set()
    for path in [*(SOURCE / "web").rglob("*.py"), SOURCE / "cli" / "serve.py"]:
        if path.name != "settings.py":
            tree = ast.parse(path.read_text("utf-8"))
            found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_read(read: set[str], name: str) -> None:
    assert name in read


def test_the_limits_of_connections_are_told() -> None:
    assert {"connections", "head_seconds", "body_seconds", "most_body", "log_lines"} < set(TOLD)


@pytest.mark.parametrize(("name", "value"), TOLD.items())
def test_a_limit_is_told_as_it_is(name: str, value: str) -> None:
    assert float(value.replace(",", "")) == getattr(Settings(), name)


def test_every_setting_is_described() -> None:
    described = set(re.findall(r"\w+", Settings.__doc__ or ""))
    assert {field.name for field in fields(Settings)} <= described


def test_the_server_is_asked_by_its_own_names_alone_unless_it_is_told_others() -> None:
    assert set(Settings().hosts) == {"127.0.0.1", "localhost", "[::1]"}
    assert Settings().proxies == ()
