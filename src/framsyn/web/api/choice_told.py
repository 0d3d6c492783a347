"""What a choice is told as: the interface's types of a finished search."""

from typing import Any

from pydantic import BaseModel, Field

from framsyn.web.api.job_answers import JobResponse


class ObjectiveTold(BaseModel):
    """What was wanted."""

    id: str
    written: str
    label: str
    unit: str
    decimals: int = Field(description="With which its values are told.")
    direction: str


class KeepTold(BaseModel):
    """What had to hold, and in which share of the worlds; the first is the law."""

    id: str
    label: str
    share: float


class SettingTold(BaseModel):
    """A lever that a strategy sets otherwise than today, in words."""

    lever: str
    label: str
    setting: str


class ValueTold(BaseModel):
    """An objective under a strategy, over the fresh worlds; `search` is what the search itself thought."""

    mean: float
    p10: float
    p90: float
    search: float | None
    minimax_regret: float
    regret_90: float
    mean_variance: float


class CandidateTold(BaseModel):
    """One strategy that is compared.

    `strategy` is its line and `lost` what of it no line tells; `held` is the share of the fresh worlds in
    which each thing that must hold does, `holds` in which all do. Regret is a share of an objective's range.
    """

    id: str
    kind: str
    name: str
    colour: str
    strategy: str
    lost: list[str]
    settings: list[SettingTold]
    objectives: dict[str, ValueTold]
    held: dict[str, float]
    holds: float
    keeps_all: bool
    unbeaten: bool
    minimax_regret: float
    regret_90: float
    weighted: float | None
    fails: list[str] = Field(description="In which worlds it fails, in words; none where not looked for.")
    vulnerability: dict[str, Any] | None


class RankTold(BaseModel):
    """Which strategies a measure of robustness puts first and last."""

    measure: str
    asks: str
    first: list[str]
    last: list[str]


class OptimismTold(BaseModel):
    """How much better the search thought of its strategies than they are in fresh worlds."""

    difference: dict[str, float] = Field(description="By objective, its own unit; above 0 = too good.")
    still_best: float
    still_kept: float


class ChartTold(BaseModel):
    """What is set in a chart of the report's, and what is read instead of it."""

    chart: str
    filling: dict[str, Any]
    text: str


class Lines(BaseModel):
    """What is said of a choice, sentence by sentence."""

    asked: list[str]
    found: list[str]
    optimism: list[str]
    unasked: list[str]
    agreement: list[str]


class NodeTold(BaseModel):
    """Until when a strategy works, in words."""

    strategy: str
    held: str
    tips: str
    risk: str


class PathTold(BaseModel):
    """A pathway that works, in words."""

    pathway: str
    held: str
    held_after: str
    decide_by: str


class SignpostTold(BaseModel):
    """A published figure that warns that a strategy will fail, in words."""

    strategy: str
    year: str
    figure: str
    alarm: str
    hits: str
    false_alarms: str


class PathwaysTold(BaseModel):
    """The map of pathways, as `pathways.json` holds it, and in words."""

    map: dict[str, Any]
    nodes: list[NodeTold]
    paths: list[PathTold]
    signposts: list[SignpostTold]


class ChoiceTold(BaseModel):
    """A finished search, in one language."""

    made: str
    code: str
    name: str
    base_year: int
    years: int
    turn: int
    budget: int
    worlds: int
    fresh: int
    seed: int
    evaluated: int
    feasible: bool = Field(description="Whether anything kept what must hold as often as asked.")
    objectives: list[ObjectiveTold]
    keeps: list[KeepTold]
    candidates: list[CandidateTold]
    ranks: list[RankTold]
    agreement: list[list[float | None]] = Field(description="Rank correlation of the measures.")
    unanimous: list[str]
    optimism: OptimismTold | None
    pathways: PathwaysTold
    charts: list[ChartTold]
    lines: Lines
    command: str


class ChoiceAnswer(BaseModel):
    """A search as it stands, and what it found when it is done."""

    job: JobResponse
    result: ChoiceTold | None
