"""Indicators found by id or by name in any language, and areas and core tasks likewise."""

from functools import cache

from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.datafile import rows
from framsyn.i18n.every_language import AREA, CORE_TASK, INDICATOR, every_name
from framsyn.i18n.translator import N_
from framsyn.model.indicators import Indicator, indicators

PER_RESIDENT = "_per_resident"
#: What a table by area calls every area that it does not name.
ELSEWHERE = "elsewhere"


def indicator_named(text: str) -> Indicator:
    """The indicator of an id, with or without `_per_resident`, or of a name in any language.

    Raises:
        FramsynError: there is none (the nearest are named), or there are several.
    """
    exact = indicators().get(text)
    return exact or indicators()[_ids()[_indicator_index().find(text)]]


def is_indicator(text: str) -> bool:
    """Whether the text is the id or a name of an indicator."""
    return text in indicators() or _indicator_index().holds(text)


def indicators_holding(text: str) -> list[Indicator]:
    """The indicators whose id or a name holds the text; all for a blank text."""
    found = _indicator_index().search(text)
    return [indicators()[_ids()[at]] for at in found]


def short_id(identity: str) -> str:
    """The id of an indicator as users write it: without `_per_resident`."""
    return identity.removesuffix(PER_RESIDENT)


@cache
def area_index() -> NameIndex:
    """The areas of spending, and `elsewhere` for the rest of them."""
    labels = {row["id"]: row["label"] for row in rows("framsyn.model", "areas.csv")} | {ELSEWHERE: ""}
    return NameIndex(
        tuple(labels),
        lambda: [
            NameEntry(identity, every_name(AREA, identity, label)) for identity, label in labels.items()
        ],
    )


@cache
def core_task_index() -> NameIndex:
    """The core tasks."""
    labels = {row["id"]: row["label"] for row in rows("framsyn.model", "core_tasks.csv")}
    refusal = N_("There is no core task {id}. Choose among: {known}.")
    return NameIndex(
        tuple(labels),
        lambda: [
            NameEntry(identity, every_name(CORE_TASK, identity, label)) for identity, label in labels.items()
        ],
        Refusal(nearest=refusal, unknown=refusal),
    )


@cache
def _indicator_index() -> NameIndex:
    return NameIndex(
        tuple(map(short_id, _ids())),
        lambda: [_indicator_entry(indicator) for indicator in indicators().values()],
        Refusal(
            nearest=N_("There is no indicator {id}. Nearest: {nearest}. List them with: framsyn indicators"),
            unknown=N_("There is no indicator {id}. List them with: framsyn indicators"),
            several=N_("{text} means several indicators: {found}. Write what is in brackets."),
        ),
    )


def _indicator_entry(indicator: Indicator) -> NameEntry:
    return NameEntry(
        short_id(indicator.id), every_name(INDICATOR, indicator.id, indicator.label), (indicator.id,)
    )


@cache
def _ids() -> tuple[str, ...]:
    return tuple(indicators())
