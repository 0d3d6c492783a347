"""Levers and their choices found by id or by name in any language."""

from functools import cache, lru_cache

from framsyn.choose.levers import Lever, levers
from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.i18n.every_language import CHOICE, LEVER, every_name
from framsyn.i18n.translator import N_
from framsyn.model.indicator_names import core_task_index

#: What a programme that goes on as today is set to.
TODAY = "today"


def lever_id(text: str) -> str:
    """The id of the lever that an id or a name means; FramsynError with the nearest, or with all."""
    return _lever_index().id_of(text)


def choice_of(lever: Lever, text: str) -> str | None:
    """The choice of a lever that an id or a name means; None where there is none."""
    if text in lever.choices:
        return text
    index = _choice_index(lever.choices)
    if index.holds(text):
        return index.id_of(text)
    tasks = core_task_index()
    found = tasks.id_of(text) if tasks.holds(text) else ""
    return found if found in lever.choices else None


def is_today(text: str) -> bool:
    """Whether a text says that a programme goes on as today."""
    return _choice_index((TODAY,)).holds(text)


@cache
def _lever_index() -> NameIndex:
    return NameIndex(
        tuple(levers()),
        lambda: [
            NameEntry(lever.id, every_name(LEVER, lever.id, lever.label)) for lever in levers().values()
        ],
        Refusal(
            nearest=N_("There is no lever {id}. Nearest: {nearest}. List them with: framsyn levers"),
            unknown=N_("There is no lever {id}. List them with: framsyn levers"),
        ),
    )


@lru_cache(maxsize=16)
def _choice_index(choices: tuple[str, ...]) -> NameIndex:
    return NameIndex(choices, lambda: [NameEntry(choice, every_name(CHOICE, choice)) for choice in choices])
