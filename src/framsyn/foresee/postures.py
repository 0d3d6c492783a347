"""Postures by id: the shipped ones, and those of a user's TOML file."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from framsyn.core.file_limits import SETTINGS_BYTES
from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.core.text_file import read_text_file
from framsyn.core.toml_reader import load_toml
from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.foresee.posture_keys import BASED_ON, FROM, key_index, named_fields
from framsyn.i18n.every_language import POSTURE, every_name
from framsyn.i18n.translator import N_
from framsyn.model.course import Phase, Strategy
from framsyn.model.indicator_names import ELSEWHERE, core_task_index
from framsyn.model.layout import AREAS, HEALTH_SOCIAL, SCHOOLS, Floats
from framsyn.model.rule import ByArea, BySchool, Declaration, Key, Rule, declarations, is_table, keys

AS_IS = "as_is"
VISIONS = ("engaging", "focused", "lazy", "given_up")
SHIPPED = "postures.toml"
#: How long a chain of `based_on` may be.
DEEPEST = 10


class Posture(BaseModel):
    """A posture as it is written; `model.rule` declares the keys that its rule reads."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    stated: str = ""
    inferred: str = ""
    core_task: str
    then: tuple[dict[str, Any], ...] = ()

    if TYPE_CHECKING:  # the keys of the rule are declared in one place, see `_Written`

        def __getattr__(self, name: str) -> Any: ...


def _field_of(key: Key) -> Any:
    """A key as a field of the schema."""
    if key.kind == "yes_no":
        return (bool, ...)
    if key.kind == "choice":
        return (Literal[key.choices], ...)
    bounds = Field(gt=key.low, le=key.high) if key.above else Field(ge=key.low, le=key.high)
    plain: Any = int if key.kind == "whole" else float
    number: Any = Annotated[plain, bounds]
    return (dict[str, number] if is_table(key) else number, ...)


#: The schema: what every posture says, and the keys of the rule.
_Written: type[Posture] = create_model(
    "_Written", __base__=Posture, __module__=__name__, **{key.name: _field_of(key) for key in keys()}
)


def posture_from(fields: Mapping[str, Any]) -> Posture:
    """A posture of all its fields.

    Raises:
        ValidationError: a key is missing, unknown, or has a value that cannot be used.
    """
    return _Written(**fields)


@cache
def areas() -> tuple[str, ...]:
    """Ids of the areas, in the order of the model's columns."""
    return tuple(row["id"] for row in rows("framsyn.model", "areas.csv"))


@cache
def core_tasks() -> Mapping[str, tuple[str, ...]]:
    """Areas of each core task by its id."""
    return {row["id"]: tuple(row["areas"].split()) for row in rows("framsyn.model", "core_tasks.csv")}


@cache
def shipped() -> Mapping[str, Posture]:
    """The shipped postures as they are written, by id."""
    text = files("framsyn.model").joinpath(SHIPPED).read_text("utf-8")
    return _read(text, SHIPPED, {})


def read_postures(path: Path) -> dict[str, Posture]:
    """Postures of a TOML file; one may be `based_on` another of the file or a shipped one.

    Raises:
        FramsynError: no such file, not TOML, an unknown key, a value out of range, an unknown posture,
            area or core task.
    """
    return postures_in(read_text_file(path, SETTINGS_BYTES).text, str(path))


def postures_in(text: str, path: str) -> dict[str, Posture]:
    """Postures of a TOML text; `path` is what errors call it.

    Raises:
        FramsynError: as `read_postures`.
    """
    return _read(text, path, shipped())


def postures() -> dict[str, Rule]:
    """Every shipped posture's rule of decision, by id."""
    return {identity: posture(identity) for identity in shipped()}


@cache
def posture(identity: str, core_task: str | None = None) -> Rule:
    """The rule of one shipped posture; FramsynError when there is none of that id.

    Args:
        identity: its id.
        core_task: the core task of a posture that has one, instead of its own.
    """
    return rule_of(shipped()[posture_id(identity, shipped())], core_task)


def posture_id(text: str, known: Iterable[str]) -> str:
    """The id of the posture that a text means.

    Args:
        text: an id, or a name in any language.
        known: ids of the postures among which it is sought.

    Raises:
        FramsynError: there is none such; those there are, are named.
    """
    return _posture_index(tuple(known)).id_of(text)


def posture_ids(texts: Sequence[str], own: Mapping[str, Posture] | None = None) -> tuple[str, ...]:
    """The ids of several postures, in their order.

    Args:
        texts: ids or names.
        own: postures beside the shipped ones.

    Raises:
        FramsynError: one is not there, or is named twice.
    """
    known = {**shipped(), **(own or {})}
    ids = tuple(posture_id(text, known) for text in texts)
    twice = {one for one in ids if ids.count(one) > 1}
    if twice:
        raise FramsynError("A posture is named twice: {names}.", names=", ".join(sorted(twice)))
    return ids


def is_shipped(text: str) -> bool:
    """Whether a text is the id or a name of a shipped posture."""
    return _posture_index(tuple(shipped())).holds(text)


@lru_cache(maxsize=64)
def _posture_index(ids: tuple[str, ...]) -> NameIndex:
    refusal = N_("There is no posture {id}. Choose among: {known}.")
    return NameIndex(
        ids,
        lambda: [NameEntry(one, every_name(POSTURE, one)) for one in ids],
        Refusal(nearest=refusal, unknown=refusal),
    )


def strategy_of(written: Posture, core_task: str | None = None) -> Strategy:
    """The posture as rules over time; `core_task` replaces that of every phase that has one."""
    return tuple(Phase(year, rule_of(phase, core_task)) for year, phase in phases_of(written))


def phases_of(written: Posture) -> list[tuple[int, Posture]]:
    """The year from which each phase holds, the first from 0, and the posture of the phase in full."""
    fields = written.model_dump(exclude={"then"})
    phases = [(0, written)]
    for told in written.then:
        fields |= {key: value for key, value in told.items() if key != FROM}
        phases.append((told[FROM], posture_from(fields)))
    return phases


def rule_of(written: Posture, core_task: str | None = None) -> Rule:
    """The rule of a posture's first phase; `core_task` replaces that of a posture that has one."""
    core = task_areas(core_task if core_task and written.core_task else written.core_task)
    values = {field: _value_of(declaration, written, core) for field, declaration in declarations().items()}
    return Rule(**values)


def _value_of(declaration: Declaration, written: Posture, core: tuple[str, ...]) -> Any:
    """A field of the rule from the keys that it is written by; `core` are the core task's areas."""
    match declaration:
        case Key():
            return _number(declaration, written)
        case BySchool(inside, elsewhere):
            return _schools(_number(inside, written), _number(elsewhere, written), core)
        case ByArea(table, inside, single):
            values = _by_area(getattr(written, table.name), _number(inside, written), core)
            for area, key in single:
                values[area] = _number(key, written)
            return values


def _number(key: Key, written: Posture) -> float:
    """The value of a key as the rule holds it: of a choice its place."""
    value = getattr(written, key.name)
    return float(key.choices.index(value) if key.kind == "choice" else value)


def task_areas(core_task: str) -> tuple[str, ...]:
    """Areas of a core task; none for the empty id. FramsynError for an unknown one."""
    return core_tasks()[core_task_id(core_task)] if core_task else ()


def core_task_id(text: str) -> str:
    """The id of the core task that an id or a name in any language means; FramsynError for an unknown one."""
    return core_task_index().id_of(text)


def _by_area(told: Mapping[str, float], core_value: float, core: tuple[str, ...]) -> Floats:
    values = np.full(AREAS, told.get(ELSEWHERE, 1.0))
    # Care follows its own law: no posture changes it unless it says so.
    values[HEALTH_SOCIAL] = 1.0
    for place, area in enumerate(areas()):
        if area in told:
            values[place] = told[area]
        if area in core:
            values[place] = core_value
    return values


def _schools(core_value: float, elsewhere: float, core: tuple[str, ...]) -> Floats:
    first = areas()[:SCHOOLS]
    return np.array([core_value if area in core else elsewhere for area in first], dtype=np.float64)


def _read(text: str, path: str, known: Mapping[str, Posture]) -> dict[str, Posture]:
    told = load_toml(text, path)
    found: dict[str, Posture] = {}
    fields = tuple(_Written.model_fields)
    told = {
        identity: named_fields(section, fields, path) if isinstance(section, dict) else section
        for identity, section in told.items()
    }
    for identity, section in told.items():
        if not isinstance(section, dict):
            raise FramsynError(
                "In {path}, {key} stands outside every posture: write it below a line such as [my_posture].",
                path=path,
                key=identity,
            )
        if known and identity == AS_IS:
            raise FramsynError(
                "In {path}, {id} cannot be changed, since every posture is measured from it:"
                " give yours another id.",
                path=path,
                id=identity,
            )
        found[identity] = _checked(identity, _inherited(identity, told, known, path), path)
    if not found:
        raise FramsynError("{path} holds no posture: begin one with a line such as [my_posture].", path=path)
    return found


def _inherited(
    identity: str, told: Mapping[str, Any], known: Mapping[str, Posture], path: str
) -> dict[str, Any]:
    """Fields of a posture with those of the postures it is based on below them."""
    layers: list[dict[str, Any]] = []
    seen: set[str] = set()
    name: str | None = identity
    while name is not None and isinstance(told.get(name), dict) and name not in seen:
        seen.add(name)
        section = dict(told[name])
        # A section without a base changes the shipped posture of its name, or else begins as today.
        usual = name if name in known else (AS_IS if name != AS_IS else None)
        layers.append(section)
        base = section.pop(BASED_ON, usual)
        name = None if base is None else _based_on(str(base), (*told, *known))
    if name is not None:
        layers.append(_base(identity, name, known, path))
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        merged.update(layer)
    return merged


def _based_on(text: str, ids: Sequence[str]) -> str:
    """The id of the posture that another is based on; the text itself where there is none."""
    index = _posture_index(tuple(dict.fromkeys(ids)))
    return index.id_of(text) if index.holds(text) else text


def _base(identity: str, name: str, known: Mapping[str, Posture], path: str) -> dict[str, Any]:
    if name not in known:
        raise FramsynError(
            "In {path}, the posture {id} is based on {base}, which is not there. There are: {known}.",
            path=path,
            id=identity,
            base=name,
            known=", ".join(known),
        )
    return known[name].model_dump()


def _checked(identity: str, fields: dict[str, Any], path: str) -> Posture:
    try:
        written = posture_from(fields)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise _unknown_key(identity, key, path) from error
        raise FramsynError(
            "In {path}, {key} of the posture {id} cannot be used: {why}.",
            path=path,
            id=identity,
            key=key,
            why=first["msg"],
        ) from error
    _check_areas(identity, written, path)
    last = 0
    for number, told in enumerate(written.then, start=1):
        year = told.get(FROM)
        if not isinstance(year, int) or year <= last:
            raise FramsynError(
                "In {path}, phase {number} of the posture {id} must say from which year it holds, later than"
                " the phase before: write a line such as from = 2031.",
                path=path,
                number=number,
                id=identity,
            )
        last = year
        changes = {key: value for key, value in told.items() if key != FROM}
        _checked(identity, written.model_dump(exclude={"then"}) | changes, path)
    return written


def _unknown_key(identity: str, key: str, path: str) -> FramsynError:
    """What is said of a key that no posture has."""
    keys = key_index((BASED_ON, *_Written.model_fields))
    near = ", ".join(keys.ids[at] for at in keys.nearest(key.rpartition(".")[2]))
    if near:
        return FramsynError(
            "In {path}, the posture {id} has the key {key}, which no posture has. Nearest: {nearest}.",
            path=path,
            id=identity,
            key=key,
            nearest=near,
        )
    return FramsynError(
        "In {path}, the posture {id} has the key {key}, which no posture has. There are: {known}.",
        path=path,
        id=identity,
        key=key,
        known=", ".join(keys.ids),
    )


def _check_areas(identity: str, written: Posture, path: str) -> None:
    task_areas(written.core_task)
    for table in ("ambition", "protect"):
        for area in getattr(written, table):
            if area not in (*areas(), ELSEWHERE):
                raise FramsynError(
                    "In {path}, {table} of the posture {id} names the area {area}, which is not there."
                    " There are: {known}.",
                    path=path,
                    table=table,
                    id=identity,
                    area=area,
                    known=", ".join((*areas(), ELSEWHERE)),
                )
