"""From answers to scores: of the dimensions, of the community's start, by group, with their uncertainty."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

import numpy as np

from framsyn.core.note import Note
from framsyn.engage.answers import Answers
from framsyn.engage.bootstrap import Estimate
from framsyn.engage.gaps import Gap, gaps
from framsyn.engage.groups import LEAST, Group, Grouping, grouped
from framsyn.engage.measures import measure_ids, measured
from framsyn.engage.placement import Placement, place
from framsyn.engage.reliability import Reliability, reliability
from framsyn.engage.sample import BY_GROUP, WEIGHINGS, Sample, sampled
from framsyn.engage.statements import Floats, columns_of, flipped, started, statements
from framsyn.errors import FramsynError
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.foresee.starts import ASSESSED_SD

LEAST_DRAWS, MOST_DRAWS = 100, 20_000


@dataclass(frozen=True, eq=False)
class GroupScores:
    """A group that is shown: its id, the groups it holds, its respondents, and every measure by id."""

    id: str
    members: tuple[str, ...]
    respondents: int
    measures: Mapping[str, Estimate]


@dataclass(frozen=True, eq=False)
class Scores:
    """What the answers say.

    Attributes:
        dimensions: mean and standard deviation, 0–100, of each dimension scored: `position` takes them.
        starts: mean and standard deviation, 0–100, of what of the community's start the answers tell:
            `foresee(assessment=…)` takes them. The deviation holds besides the respondents' that of an
            answer scale that is not quite the model's (`starts.ASSESSED_SD`).
        measures: the municipality's estimate of every measure by id: dimensions and starts on 0–100,
            statements on 1–5 as answered; NaN where no group has enough answers.
        draws: bootstrap draws of the dimensions [draw, dimension], NaN where there is no score.
        groups: the groups shown.
        left_out: groups too small to be in any figure.
        dimension_gaps: gaps between groups in the dimensions, points of 100, largest first.
        statement_gaps: the same in the statements, steps of 1–5.
        reliability: by dimension, over the respondents of the groups shown.
        placement: which vision the answers alone speak for; None without any score.
        read: respondents in the file.
        counted: respondents behind the figures.
        weighing: `groups` count equally, or `respondents` do.
        notes: what a reader has to know.
    """

    dimensions: Mapping[str, tuple[float, float]]
    starts: Mapping[str, tuple[float, float]]
    measures: Mapping[str, Estimate]
    draws: Floats
    groups: tuple[GroupScores, ...]
    left_out: tuple[str, ...]
    dimension_gaps: tuple[Gap, ...]
    statement_gaps: tuple[Gap, ...]
    reliability: Mapping[str, Reliability]
    placement: Placement | None
    read: int
    counted: int
    weighing: str
    notes: tuple[Note, ...]


def score(answers: Answers, weighing: str = BY_GROUP, draws: int = 2_000, seed: int = 1) -> Scores:
    """Score answers; the order of respondents does not matter.

    A respondent's score of a dimension is the mean of what they answered, where that is at least half of
    its statements; a group's is the mean of its respondents'. The municipality's is the mean of its groups',
    each group counting the same however many of it answered, or with `weighing="respondents"` the mean of
    all respondents. Groups too small to be shown are in no figure (`groups.grouped`).

    Args:
        answers: checked answers.
        weighing: `groups` or `respondents`.
        draws: bootstrap draws behind the intervals, 100–20000.
        seed: seed of the draws.

    Raises:
        FramsynError: an unknown weighing, draws out of range, or every group too small to be shown.
    """
    _check(weighing, draws)
    grouping = grouped(answers)
    if not grouping.shown:
        raise FramsynError(
            "No group has {least} respondents who answered, nor have the small ones together: nothing can"
            " be shown without showing single answers. Ask more people.",
            least=LEAST,
        )
    sample = sampled(measured(answers.values), grouping.shown, draws, seed)
    measures, drawn = sample.of_all(weighing)
    drawn = drawn[:, : len(DIMENSIONS)]
    dimensions = {name: measures[name] for name in DIMENSIONS if np.isfinite(measures[name].mean)}
    return Scores(
        dimensions={name: (told.mean, told.sd) for name, told in dimensions.items()},
        starts=_starts(measures),
        measures=measures,
        draws=drawn,
        groups=tuple(_group(group, sample) for group in grouping.shown),
        left_out=grouping.left_out,
        dimension_gaps=_gaps(DIMENSIONS, sample, seed),
        statement_gaps=_gaps(tuple(one.id for one in statements()), sample, seed),
        reliability=_reliability(answers, grouping),
        placement=place({name: told.mean for name, told in dimensions.items()}, drawn),
        read=len(answers.respondents),
        counted=sum(len(group.places) for group in grouping.shown),
        weighing=weighing,
        notes=(*answers.notes, *_notes(grouping, measures)),
    )


def _check(weighing: str, draws: int) -> None:
    if weighing not in WEIGHINGS:
        raise FramsynError(
            "There is no weighing {weighing}: choose among {known}.",
            weighing=weighing,
            known=", ".join(WEIGHINGS),
        )
    if not LEAST_DRAWS <= draws <= MOST_DRAWS:
        raise FramsynError(
            "Draws must be from {least} to {most}; {draws} was given.",
            least=LEAST_DRAWS,
            most=MOST_DRAWS,
            draws=draws,
        )


def _group(group: Group, sample: Sample) -> GroupScores:
    return GroupScores(group.id, group.members, len(group.places), sample.of_group(group.id))


def _starts(measures: Mapping[str, Estimate]) -> dict[str, tuple[float, float]]:
    known = {name: measures[name] for name in started() if np.isfinite(measures[name].mean)}
    return {name: (told.mean, hypot(told.sd, ASSESSED_SD)) for name, told in known.items()}


def _gaps(names: tuple[str, ...], sample: Sample, seed: int) -> tuple[Gap, ...]:
    columns = [measure_ids().index(name) for name in names]
    values = {group: told[:, columns] for group, told in sample.values.items()}
    drawn = {group: told[:, columns] for group, told in sample.drawn.items()}
    return gaps(names, values, drawn, np.random.default_rng([seed, len(names)]))


def _reliability(answers: Answers, grouping: Grouping) -> dict[str, Reliability]:
    shown = np.concatenate([group.places for group in grouping.shown])
    mirrored = flipped(answers.values[shown])
    return {name: reliability(mirrored[:, columns_of(dimension=name)]) for name in DIMENSIONS}


def _notes(grouping: Grouping, measures: Mapping[str, Estimate]) -> tuple[Note, ...]:
    lacking = tuple(name for name in DIMENSIONS if not np.isfinite(measures[name].mean))
    told = (
        (
            grouping.left_out,
            Note(
                "In no figure, since fewer than {least} answered: {groups}.",
                least=LEAST,
                groups=grouping.left_out,
            ),
        ),
        (grouping.silent, Note("Nobody answered from: {groups}.", groups=grouping.silent)),
        (lacking, Note("Too few answers for a score: {dimensions}.", dimensions=lacking)),
    )
    return tuple(note for found, note in told if found)
