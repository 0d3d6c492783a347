"""Every number of the equations is in the register, or is told in `structural_constants.csv` not to be one.

Read off the source: a number typed in a function, or a constant that is a typed number, is an offender.
"""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from framsyn.report.evidence_usage import model_sources

TABLE = Path(__file__).with_name("structural_constants.csv")
#: Numbers of arithmetic itself: none, whole, both, half, percent.
ARITHMETIC = {0, 1, 2, 0.5, 100}
Scope = tuple[str, str]


def structural() -> dict[Scope, str]:
    """Why each constant may be a typed number, by module and name."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return {(row["module"], row["name"]): row["why"] for row in csv.DictReader(stream)}


def numbers(node: ast.AST) -> Iterator[ast.Constant]:
    """Every number in a piece of source that is no index, slice or step of a range."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, int | float | complex) and not isinstance(node.value, bool):
            yield node
        return
    for part in parts(node):
        yield from numbers(part)


def parts(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node in which a number counts."""
    if isinstance(node, ast.Subscript) and _whole(node.slice):
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        yield from node.args[:2]
    else:
        yield from ast.iter_child_nodes(node)


def _whole(index: ast.AST) -> bool:
    return all(isinstance(one.value, int) for one in ast.walk(index) if isinstance(one, ast.Constant))


def in_functions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and source of every number typed in a function that is not one of arithmetic."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for number in numbers(function):
                if number.value not in ARITHMETIC:
                    yield number.lineno, ast.unparse(number)


def constants(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of every constant of a module that holds a typed number."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _typed(node):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for one in ast.walk(target):
                    if isinstance(one, ast.Name):
                        yield node.lineno, one.id


def _typed(node: ast.Assign | ast.AnnAssign) -> bool:
    """Whether the constant is typed: a number in it, beyond arithmetic where it is derived from another."""
    value = node.value
    if value is None or _enumerates(node):
        return False
    found = list(numbers(value))
    return any(number.value not in ARITHMETIC for number in found) if _derived(value) else bool(found)


def _derived(value: ast.AST) -> bool:
    """Whether another constant, or the register, stands in the value."""
    names = (one.id for one in ast.walk(value) if isinstance(one, ast.Name))
    return any(name.isupper() or name == "effect" for name in names)


def _enumerates(node: ast.Assign | ast.AnnAssign) -> bool:
    """Whether names are given to 0, 1, 2, …: `A, B = range(2)`."""
    value, targets = node.value, node.targets if isinstance(node, ast.Assign) else [node.target]
    is_range = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "range"
    return is_range and all(isinstance(target, ast.Tuple) for target in targets)


def in_classes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and source of every number that a class gives to a field."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for field in node.body:
                if isinstance(field, ast.Assign | ast.AnnAssign) and field.value is not None:
                    yield from ((number.lineno, ast.unparse(number)) for number in numbers(field.value))


def offenders(sources: dict[str, str], told: dict[Scope, str]) -> list[str]:
    """Every typed number that nobody accounts for, as `module.py:line number`."""
    found = []
    for module, text in sources.items():
        tree = ast.parse(text)
        found += [(module, line, one) for line, one in (*in_functions(tree), *in_classes(tree))]
        found += [(module, line, one) for line, one in constants(tree) if (module, one) not in told]
    return [f"{module}.py:{line} {one}" for module, line, one in sorted(set(found))]


def test_no_number_of_the_equations_stands_outside_the_register() -> None:
    found = offenders(model_sources(), structural())
    assert not found, "\n" + "\n".join(found)


def test_the_table_lists_constants_that_exist_each_with_its_reason() -> None:
    there = {
        (module, name) for module, text in model_sources().items() for _, name in constants(ast.parse(text))
    }
    assert {scope for scope in structural() if scope not in there} == set()
    assert all(structural().values())


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f(x):\n    return 0.3 * x", ["m.py:2 0.3"]),
        ("def f(x):\n    return max(x, 1e-3)", ["m.py:2 0.001"]),
        ("def f(x, y=7):\n    return x", ["m.py:1 7"]),
        ("def f(x):\n    return between(x, 18, 64)", ["m.py:2 18", "m.py:2 64"]),
        ("TRUST = 0.5", ["m.py:1 TRUST"]),
        ("FIRST, LAST = 2, 4", ["m.py:1 FIRST", "m.py:1 LAST"]),
        ("RATES = np.array([0.5, 1.0])", ["m.py:1 RATES"]),
        ("TWICE = 2.5 * ONCE", ["m.py:1 TWICE"]),
        ("LAG: int = 3", ["m.py:1 LAG"]),
        ("class Rule:\n    step: float = 0.1", ["m.py:2 0.1"]),
    ],
)
def test_a_typed_number_is_noticed(source: str, found: list[str]) -> None:
    assert offenders({"m": source}, {}) == found


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return -1.0 * x / 100.0 + 0.5 * (1 - x) ** 2",
        "def f(x):\n    return x[3] + x[5:7] + x[i + 4] + sum(x[j] for j in range(1, n, 5))",
        "def f(x):\n    '''Takes 3.'''\n    return x is True",
        "A, B, C = range(3)",
        "LAG = effect('digital_return').lag_years_min",
        "SPAN = LAST - FIRST + 1",
        "NAMES = ('a', 'b')",
    ],
)
def test_what_is_structure_is_let_be(source: str) -> None:
    assert offenders({"m": source}, {}) == []


def test_a_constant_that_the_table_lists_is_let_be() -> None:
    assert offenders({"m": "STEPS = 60"}, {("m", "STEPS"): "Newton's steps"}) == []
