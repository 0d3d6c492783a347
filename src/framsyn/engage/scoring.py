"""From answers to scores: of the dimensions, of the community's start, by group, with their uncertainty."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

import numpy as np

from framsyn.core.note import Note
from framsyn.engage.answers import Answers
from framsyn.engage.bootstrap import Estimate
from framsyn.engage.careless import Careless, careless
from framsyn.engage.gaps import Gap, gaps
from framsyn.engage.groups import LEAST, Group, Grouping, grouped
from framsyn.engage.measures import measure_ids, measured
from framsyn.engage.placement import Placement, place
from framsyn.engage.reliability import Reliability, reliability
from framsyn.engage.sample import BY_GROUP, BY_RESPONDENT, WEIGHINGS, Sample, sampled
from framsyn.engage.statements import Floats, columns_of, flipped, started, statements
from framsyn.engage.widening import widened
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
        careless: who shows a sign of having answered without reading.
        without: the estimate of each dimension without them; empty where they are none, or so few, or leave
            so few, that single answers could be worked out.
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
    careless: Careless
    without: Mapping[str, Estimate]
    notes: tuple[Note, ...]


def score(answers: Answers, weighing: str = BY_GROUP, draws: int = 2_000, seed: int = 1) -> Scores:
    """Score answers; the order of respondents does not matter.

    A respondent's score of a dimension is the mean of what they answered, where that is at least half of
    its statements; a group's is the mean of its respondents'. The municipality's is the mean of its groups',
    each group counting the same however many of it answered, or with `weighing="respondents"` the mean of
    all respondents. Groups too small to be shown are in no figure (`groups.grouped`). Intervals span the
    figures with and without answers that may have been given without reading (`widening.widened`).

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
    values = measured(answers.values)
    sample = sampled(values, grouping.shown, draws, seed)
    measures, drawn = sample.of_all(weighing)
    signs = careless(answers)
    rest = _rest(answers, signs, grouping, draws, seed)
    shares = {group.id: _flagged_shares(values, signs, group) for group in grouping.shown}
    without, drawn_without = rest.of_all(weighing) if rest else ({}, drawn[:0])
    measures = widened(measures, without, _of_all(shares, values, grouping, weighing))
    drawn = np.concatenate([drawn, drawn_without])[:, : len(DIMENSIONS)]
    dimensions = {name: measures[name] for name in DIMENSIONS if np.isfinite(measures[name].mean)}
    return Scores(
        dimensions={name: (told.mean, told.sd) for name, told in dimensions.items()},
        starts=_starts(measures),
        measures=measures,
        draws=drawn,
        groups=tuple(_group(group, sample, rest, shares[group.id]) for group in grouping.shown),
        left_out=grouping.left_out,
        dimension_gaps=_gaps(DIMENSIONS, sample, seed),
        statement_gaps=_gaps(tuple(one.id for one in statements()), sample, seed),
        reliability=_reliability(answers, grouping),
        placement=place({name: told.mean for name, told in dimensions.items()}, drawn),
        read=len(answers.respondents),
        counted=sum(len(group.places) for group in grouping.shown),
        weighing=weighing,
        careless=signs,
        without={name: without[name] for name in dimensions if name in without}
        if signs.any.sum() >= LEAST
        else {},
        notes=(*answers.notes, *_notes(grouping, measures), *_careless_notes(signs)),
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


def _rest(answers: Answers, signs: Careless, grouping: Grouping, draws: int, seed: int) -> Sample | None:
    """The sample without careless answers; None where there are none, or a group shown is lost with them."""
    if not signs.any.any():
        return None
    chosen = np.flatnonzero(~signs.any)
    rest = Answers(
        tuple(answers.respondents[row] for row in chosen),
        tuple(answers.groups[row] for row in chosen),
        answers.values[chosen],
    )
    shown = grouped(rest).shown
    if [(group.id, group.members) for group in shown] != [(one.id, one.members) for one in grouping.shown]:
        return None
    return sampled(measured(rest.values), shown, draws, seed)


def _flagged_shares(values: Floats, signs: Careless, group: Group) -> dict[str, float]:
    """Share of a group's answers to each measure that are careless."""
    known = np.isfinite(values[group.places])
    flagged = (known & signs.any[group.places][:, None]).sum(axis=0)
    counts = np.maximum(known.sum(axis=0), 1)
    return dict(zip(measure_ids(), (flagged / counts).tolist(), strict=True))


def _of_all(
    shares: Mapping[str, Mapping[str, float]], values: Floats, grouping: Grouping, weighing: str
) -> dict[str, float]:
    """Share of the weight of each of the municipality's measures that careless answers have."""
    counts = np.array([np.isfinite(values[group.places]).sum(axis=0) for group in grouping.shown])
    weights = counts if weighing == BY_RESPONDENT else (counts >= LEAST).astype(np.float64)
    flagged = np.array([list(shares[group.id].values()) for group in grouping.shown])
    total = np.maximum(weights.sum(axis=0), 1.0)
    return dict(zip(measure_ids(), ((flagged * weights).sum(axis=0) / total).tolist(), strict=True))


def _group(group: Group, sample: Sample, rest: Sample | None, shares: Mapping[str, float]) -> GroupScores:
    without = rest.of_group(group.id) if rest else {}
    told = widened(sample.of_group(group.id), without, shares)
    return GroupScores(group.id, group.members, len(group.places), told)


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


def _careless_notes(signs: Careless) -> tuple[Note, ...]:
    """How many show each sign of having answered without reading, and what that does to the figures."""
    straight, contradictory, identical = (
        int(flags.sum()) for flags in (signs.straight, signs.contradictory, signs.identical)
    )
    found = (
        Note(
            "Respondents with the same answer to every statement, reversed ones too: {count}.", count=straight
        ),
        Note(
            "Respondents who agree with several statements and with their opposites: {count}.",
            count=contradictory,
        ),
        Note("Rows with exactly the same answers as an earlier row: {count}.", count=identical),
    )
    notes = [note for note in found if note.parts["count"]]
    if notes:
        notes.append(
            Note(
                "These answers are counted, but may have been given without reading. Every interval spans the"
                " figures with and without them; where too few would be left, they count as unknown."
            )
        )
    return tuple(notes)
