"""Postures by id: the shipped ones, and those of a user's TOML file."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from framsyn.core.toml_reader import load_toml
from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.model.layout import AREAS, HEALTH_SOCIAL, PARTICIPATION, SCHOOLS, Floats
from framsyn.model.posture import MOST_AHEAD, Phase, Rule, Strategy

AS_IS = "as_is"
VISIONS = ("engaging", "focused", "lazy", "given_up")
SHIPPED = "postures.toml"
ELSEWHERE = "elsewhere"
FISCAL_RULES = {"law": 0.0, "after_deficit": 1.0, "plan": 2.0}
#: How long a chain of `based_on` may be.
DEEPEST = 10
#: Key of the year from which a later phase holds.
FROM = "from"

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Ambition = Annotated[float, Field(ge=0.0, le=3.0)]
Ahead = Annotated[int, Field(ge=0, le=MOST_AHEAD)]
Money = Annotated[float, Field(ge=0.0, le=10_000.0)]
Programme = Annotated[float, Field(ge=-1.0, le=2_000.0)]


class Posture(BaseModel):
    """A posture as it is written; the fields are told in `postures.toml`."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    stated: str = ""
    inferred: str = ""
    core_task: str
    look_ahead: Ahead
    look_ahead_elsewhere: Ahead
    plan_years: Annotated[int, Field(ge=0, le=10)]
    sees_after: Annotated[int, Field(ge=0, le=20)]
    excess_tolerated: Annotated[float, Field(ge=0.0, le=10.0)]
    excess_elsewhere: Annotated[float, Field(ge=0.0, le=10.0)]
    builds: bool
    ambition: dict[str, Ambition]
    ambition_core: Ambition
    ambition_step: Share
    protect: dict[str, Share]
    protect_core: Share
    upkeep: Annotated[float, Field(ge=0.0, le=3.0)]
    investment_kept: Annotated[float, Field(ge=0.0, le=3.0)]
    housing: Money
    digital: Programme
    engagement: Programme
    fiscal_rule: Literal["plan", "after_deficit", "law"]
    result_aimed: Annotated[float, Field(ge=-1_000.0, le=5_000.0)]
    tax_share: Share
    largest_correction: Money
    tax_ceiling: Annotated[float, Field(ge=0.0, le=20.0)]
    spends: Literal["everywhere", "protected"]
    memory_years: Annotated[float, Field(ge=1.0, le=20.0)]
    indifference: Money
    ease_above: Money
    ease_share: Share
    most_saving: Annotated[float, Field(ge=0.0, le=0.9)]
    most_easing: Annotated[float, Field(ge=0.0, le=2.0)]
    tax_step: Annotated[float, Field(gt=0.0, le=1.0)]
    then: tuple[dict[str, Any], ...] = ()


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
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FramsynError(
            "The file of postures {path} cannot be read ({why}): name a TOML file in UTF-8.",
            path=path,
            why=getattr(error, "strerror", None) or error,
        ) from error
    return postures_in(text, str(path))


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
    return rule_of(find(identity, shipped()), core_task)


def find(identity: str, known: Mapping[str, Posture]) -> Posture:
    """One posture among those known."""
    if identity not in known:
        raise FramsynError(
            "There is no posture {id}. Choose among: {known}.", id=identity, known=", ".join(known)
        )
    return known[identity]


def strategy_of(written: Posture, core_task: str | None = None) -> Strategy:
    """The posture as rules over time; `core_task` replaces that of every phase that has one."""
    return tuple(Phase(year, rule_of(phase, core_task)) for year, phase in phases_of(written))


def phases_of(written: Posture) -> list[tuple[int, Posture]]:
    """The year from which each phase holds, the first from 0, and the posture of the phase in full."""
    fields = written.model_dump(exclude={"then"})
    phases = [(0, written)]
    for told in written.then:
        fields |= {key: value for key, value in told.items() if key != FROM}
        phases.append((told[FROM], Posture(**fields)))
    return phases


def rule_of(written: Posture, core_task: str | None = None) -> Rule:
    """The rule of a posture's first phase; `core_task` replaces that of a posture that has one."""
    core = task_areas(core_task if core_task and written.core_task else written.core_task)
    ambition = _by_area(written.ambition, written.ambition_core, core)
    ambition[PARTICIPATION] = written.engagement
    return Rule(
        look_ahead=_schools(written.look_ahead, written.look_ahead_elsewhere, core),
        plan_years=float(written.plan_years),
        sees_after=float(written.sees_after),
        excess_tolerated=_schools(written.excess_tolerated, written.excess_elsewhere, core),
        builds=float(written.builds),
        ambition=ambition,
        ambition_step=written.ambition_step,
        protect=_by_area(written.protect, written.protect_core, core),
        upkeep=written.upkeep,
        investment_kept=written.investment_kept,
        housing=written.housing,
        digital=written.digital,
        fiscal_rule=FISCAL_RULES[written.fiscal_rule],
        result_aimed=written.result_aimed,
        tax_share=written.tax_share,
        largest_correction=written.largest_correction,
        tax_ceiling=written.tax_ceiling,
        spends_widely=float(written.spends == "everywhere"),
        memory_years=written.memory_years,
        indifference=written.indifference,
        ease_above=written.ease_above,
        ease_share=written.ease_share,
        most_saving=written.most_saving,
        most_easing=written.most_easing,
        tax_step=written.tax_step,
    )


def task_areas(core_task: str) -> tuple[str, ...]:
    """Areas of a core task; none for the empty id. FramsynError for an unknown one."""
    if not core_task:
        return ()
    if core_task not in core_tasks():
        raise FramsynError(
            "There is no core task {id}. Choose among: {known}.",
            id=core_task,
            known=", ".join(core_tasks()),
        )
    return core_tasks()[core_task]


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
        base = section.pop("based_on", usual)
        name = None if base is None else str(base)
    if name is not None:
        layers.append(_base(identity, name, known, path))
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        merged.update(layer)
    return merged


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
        written = Posture(**fields)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise FramsynError(
                "In {path}, the posture {id} has the key {key}, which no posture has. There are: {known}.",
                path=path,
                id=identity,
                key=key,
                known=", ".join(["based_on", *Posture.model_fields]),
            ) from error
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
