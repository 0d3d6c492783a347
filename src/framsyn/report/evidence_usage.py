"""Where each effect of the register is used, read off the source of the model.

A function of the model uses an effect when it names the effect's column (`model/coefficients.py`), or a
constant that its module takes from the register by the effect's id, such as a lag.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from framsyn.evidence.register import effects
from framsyn.model import coefficients

MODEL = "framsyn.model"
COLUMNS = "coefficients"
#: The effects behind a name of a module.
Names = dict[str, frozenset[str]]


class Use(NamedTuple):
    """A function of the model whose equations take an effect."""

    module: str
    function: str

    def __str__(self) -> str:
        return f"{self.module}.{self.function}"


@cache
def usage() -> Mapping[str, tuple[Use, ...]]:
    """The functions that use each effect, by id; an effect that none uses has no entry."""
    return uses_in(model_sources(), columns(), frozenset(one.id for one in effects()))


def model_sources() -> dict[str, str]:
    """The source of every module of the model, by the module's name."""
    room = Path(str(files(MODEL)))
    return {
        ".".join(path.relative_to(room).with_suffix("").parts): path.read_text("utf-8")
        for path in sorted(room.rglob("*.py"))
    }


def columns() -> Names:
    """The effects of the columns in a draw of effects, by name.

    A name stands for its column and those after it that have none, such as the sizes of a scale.
    """
    named = {value: name for name, value in vars(coefficients).items() if _is_column(name, value)}
    ends = [*sorted(named), len(coefficients.COEFFICIENTS)]
    return {named[first]: frozenset(coefficients.COEFFICIENTS[first:end]) for first, end in pairwise(ends)}


def _is_column(name: str, value: object) -> bool:
    return name.isupper() and isinstance(value, int)


def uses_in(sources: Mapping[str, str], columns: Names, ids: frozenset[str]) -> dict[str, tuple[Use, ...]]:
    """The functions in `sources` that use each effect.

    Args:
        sources: source text by name of module.
        columns: effects by name of their column in the module `COLUMNS`.
        ids: every id of the register.
    """
    trees = {module: ast.parse(text) for module, text in sources.items() if module != COLUMNS}
    shared: dict[str, Names] = {COLUMNS: columns}
    # Columns first, then the constants of each module, which other modules may import.
    own = {module: _constants(tree, _imported(tree, shared), ids) for module, tree in trees.items()}
    shared |= own
    found: dict[str, list[Use]] = {}
    for module, tree in trees.items():
        names = _imported(tree, shared) | own[module]
        for function in _functions(tree):
            for one in sorted(_behind(function, names, ids)):
                found.setdefault(one, []).append(Use(module, function.name))
    return {one: tuple(uses) for one, uses in found.items()}


def _imported(tree: ast.Module, shared: Mapping[str, Names]) -> Names:
    """The effects behind the names that a module imports from others of the model."""
    names: Names = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{MODEL}."):
            told = shared.get((node.module or "").removeprefix(f"{MODEL}."), {})
            names |= {(one.asname or one.name): told[one.name] for one in node.names if one.name in told}
    return names


def _constants(tree: ast.Module, imported: Names, ids: frozenset[str]) -> Names:
    """The effects behind the constants that a module sets."""
    names: Names = {}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            behind = _behind(node.value, imported | names, ids)
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]
            names |= dict.fromkeys(named, behind) if behind else {}
    return names


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in tree.body if isinstance(node, ast.FunctionDef))


def _behind(node: ast.AST, names: Names, ids: frozenset[str]) -> frozenset[str]:
    """The effects that a piece of source names, by constant or by id."""
    found: set[str] = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            found |= names.get(one.id, frozenset())
        elif isinstance(one, ast.Constant) and one.value in ids:
            found.add(str(one.value))
    return frozenset(found)
