"""The keys of a posture's table as its file may write them, turned into the fields' ids.

Spaces, hyphens and case do not matter in keys; areas, core tasks and choices may go by any of their names.
What is not found stays as it is written, for the check of the posture to refuse by name.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from framsyn.core.name_index import NameEntry, NameIndex
from framsyn.errors import FramsynError
from framsyn.i18n.every_language import CHOICE, every_name
from framsyn.model.indicator_names import area_index, core_task_index
from framsyn.model.rule import is_table, keys

BASED_ON, THEN, FROM = "based_on", "then", "from"
#: Fields that are tables by area, and fields whose value is one of few words.
BY_AREA = tuple(key.name for key in keys() if is_table(key))
CHOICES: Mapping[str, tuple[str, ...]] = {key.name: key.choices for key in keys() if key.choices}
CORE_TASK = "core_task"


def named_fields(section: Mapping[str, Any], fields: Sequence[str], path: str) -> dict[str, Any]:
    """A posture's table with the ids of its fields, areas, core task and choices.

    Args:
        section: the table as it is written.
        fields: ids of a posture's fields.
        path: what errors call the file.

    Raises:
        FramsynError: two keys mean the same field or area.
    """
    index = key_index((*fields, BASED_ON, FROM))
    named = _phase(section, index, path)
    if isinstance(named.get(THEN), list):
        named[THEN] = [
            _phase(phase, index, path) if isinstance(phase, dict) else phase for phase in named[THEN]
        ]
    return named


def _phase(section: Mapping[str, Any], index: NameIndex, path: str) -> dict[str, Any]:
    named = _renamed(section, index, path)
    for table in BY_AREA:
        if isinstance(named.get(table), dict):
            named[table] = _renamed(named[table], area_index(), path)
    if isinstance(named.get(CORE_TASK), str) and named[CORE_TASK]:
        named[CORE_TASK] = _found(named[CORE_TASK], core_task_index())
    for field, choices in CHOICES.items():
        if isinstance(named.get(field), str):
            named[field] = _found(named[field], _choice_index(choices))
    return named


@lru_cache(maxsize=4)
def key_index(ids: tuple[str, ...]) -> NameIndex:
    """The keys of a posture's table."""
    return NameIndex(ids, lambda: [NameEntry(key) for key in ids])


def _renamed(table: Mapping[str, Any], index: NameIndex, path: str) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for written, value in table.items():
        identity = _found(written, index)
        if identity in named:
            raise FramsynError(
                "In {path}, {key} is given twice in one posture: remove one of them.", path=path, key=identity
            )
        named[identity] = value
    return named


def _found(text: str, index: NameIndex) -> str:
    return index.id_of(text) if index.holds(text) else text


@lru_cache(maxsize=4)
def _choice_index(choices: tuple[str, ...]) -> NameIndex:
    return NameIndex(choices, lambda: [NameEntry(choice, every_name(CHOICE, choice)) for choice in choices])
