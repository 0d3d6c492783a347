"""`python -m tests.fuzz [COUNT] [KIND…]`: spoil COUNT files of every kind, and tell what ended wrongly."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.fuzz.subjects import SUBJECTS, trial

#: Spoiled files of a kind, unless another number is given.
USUAL = 500


def whole(count: int, names: list[str]) -> int:
    """Try every kind; the exit status says whether anything ended wrongly."""
    wrong: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for name in names or list(SUBJECTS):
            for seed in range(count):
                told = trial(SUBJECTS[name], Path(folder) / f"{name} {seed}", seed)
                if told is not None:
                    wrong[name] += 1
                    sys.stdout.write(f"{name} {seed}: {told}\n")
            sys.stdout.write(f"{name}: {count} spoiled, {wrong[name]} ended wrongly\n")
            sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:] if one.isdigit()]
    sys.exit(whole(numbers[0] if numbers else USUAL, [one for one in sys.argv[1:] if not one.isdigit()]))
