"""How often made-up respondents of a vision are placed in it: makes the table of docs/assess.md.

Usage: python bench/assessment.py [trials] [respondents]

Writes the table to standard output, as Markdown.
"""

import sys

import numpy as np

from framsyn.engage.groups import grouped
from framsyn.engage.measures import measured
from framsyn.engage.placement import place
from framsyn.engage.sample import BY_GROUP, sampled
from framsyn.engage.synthetic import Noise, synthetic_answers
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.foresee.postures import VISIONS

#: From what surveys show to more than any would; the first row is what the tests ask for.
NOISES = (
    Noise(),
    Noise(item=1.5),
    Noise(item=2.0),
    Noise(item=3.0),
    Noise(leniency=1.0),
    Noise(agreeing=1.0),
    Noise(dont_know=0.4),
    Noise(shared=0.5),
    Noise(shared=1.0),
    Noise(item=2.0, leniency=1.0, agreeing=1.0, shared=1.0, dont_know=0.4),
)
DRAWS = 100


def rate(vision: str, noise: Noise, trials: int, respondents: int, seed: int) -> float:
    """Percent of trials in which respondents of a vision are placed in it."""
    found = 0
    for trial in range(trials):
        rng = np.random.default_rng([seed, VISIONS.index(vision), trial])
        answers = synthetic_answers(vision, respondents, rng, noise)
        sample = sampled(measured(answers.values), grouped(answers).shown, DRAWS, trial)
        measures, drawn = sample.of_all(BY_GROUP)
        scores = {name: measures[name].mean for name in DIMENSIONS if np.isfinite(measures[name].mean)}
        placed = place(scores, drawn[:, : len(DIMENSIONS)])
        found += placed is not None and placed.nearest == vision
    return 100.0 * found / trials


def main(arguments: list[str]) -> None:
    """Print the table."""
    trials, respondents = (int(told) for told in [*arguments, *("200", "30")[len(arguments) :]])
    print(f"{trials} trials of {respondents} respondents each; percent placed in their own vision.\n")
    heads = ("item sd", "leniency sd", "shared sd", "agreeing sd", "don't know", *VISIONS)
    print("|", " | ".join(heads), "|")
    print("|", " | ".join(["---"] * len(heads)), "|")
    for noise in NOISES:
        rates = (f"{rate(vision, noise, trials, respondents, 1):.0f}" for vision in VISIONS)
        told = (noise.item, noise.leniency, noise.shared, noise.agreeing, noise.dont_know)
        print("|", " | ".join([*map(str, told), *rates]), "|")


if __name__ == "__main__":
    main(sys.argv[1:])
