"""Spoiled files end with exit status 0 or 2 and a word of ours; the whole of it is `python -m tests.fuzz`."""

import random
from pathlib import Path

import pytest

from tests.fuzz import subjects
from tests.fuzz.subjects import SUBJECTS, run, trial

#: Spoiled files of each kind in this quick part.
QUICK = {"bundle": 60, "tables": 60, "dialects": 40, "answers": 30, "law": 30, "own figures": 15}
USUAL = 20


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_spoiled_file_ends_with_a_word_of_ours_and_is_never_believed(tmp_path: Path, name: str) -> None:
    found = [
        (seed, told)
        for seed in range(QUICK.get(name, USUAL))
        if (told := trial(SUBJECTS[name], tmp_path / str(seed), seed)) is not None
    ]
    assert found == []


class Whole(random.Random):
    """A source by which a bundle is spoiled in its bytes alone."""

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_same_file_unspoiled_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(subjects, "spoiled", lambda content, *_: content)
    outcome = run(*SUBJECTS[name].make(tmp_path, Whole(1)), "--lang", "en")
    read_and_then_refused = outcome.err.startswith("No population is dated 1900 or before")
    assert outcome.status == 0 or (name == "tables" and read_and_then_refused), outcome.err
