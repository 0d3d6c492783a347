"""Files and answers that the tests of the self-assessment make."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from framsyn.engage.answers import Answers
from framsyn.engage.statements import columns_of, flipped, statements
from framsyn.evaluate.dictionary import DIMENSIONS

IDS = [one.id for one in statements()]


def answers(groups: Sequence[str], scores: Sequence[Mapping[str, float]]) -> Answers:
    """Respondents who answer every statement of a dimension alike, on the scale where more is better."""
    values = np.full((len(groups), len(IDS)), np.nan)
    for row, told in enumerate(scores):
        for dimension in DIMENSIONS:
            values[row, columns_of(dimension=dimension)] = told.get(dimension, np.nan)
    names = tuple(f"{number:03d}" for number in range(len(groups)))
    return Answers(names, tuple(groups), flipped(values))


def line(
    respondent: str, group: str = "residents", answer: object = 3, **others: object
) -> dict[str, object]:
    """One respondent's row with the same answer to every statement but `others`."""
    return {"respondent": respondent, "group": group, **dict.fromkeys(IDS, answer), **others}


def write_csv(path: Path, lines: Sequence[Mapping[str, object]], separator: str = ";") -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(lines[0])
        writer.writerows([list(told.values()) for told in lines])
    return path


def write_json(path: Path, lines: Sequence[Mapping[str, object]]) -> Path:
    path.write_text(json.dumps({"answers": lines}), encoding="utf-8")
    return path
