"""The register as Markdown for the documentation: what the equations take by loop, and what they leave out.

`python -m framsyn.report.evidence_page FILE` writes it again at the end of a page, after its authored text.
"""

import sys
from math import isfinite
from pathlib import Path

from framsyn.evidence.register import Effect, effects, loop_names
from framsyn.evidence.schools import schools_of_thought
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.report.evidence_usage import usage

PRIOR = (
    "id",
    "cause → effect",
    "unit",
    "prior, 80 % range",
    "lag, years",
    "asymmetry",
    "ends where",
    "strength",
)
USED = (*PRIOR, "known from", "S0", "S2", "used in", "source")
UNUSED = (*PRIOR, "why not", "source")
RECALLED = "recalled, not read in the source"
UNKNOWN = "–"
#: The heading from which the page is written by this module.
BEGINNING = "## Schools of thought\n"


def markdown() -> str:
    """The schools of thought, a picture and a table of every loop, and what no equation takes."""
    unused = [unused_row(one) for one in effects() if one.id not in COEFFICIENTS]
    parts = (
        BEGINNING,
        _table(("", "school", "weight", "below 2,000 residents", "meaning", "weight rests on"), _schools()),
        "## What the equations take\n",
        "![How the parts of a municipality act on each other](images/loops.svg)\n",
        *(text for loop in loop_names() for text in _loop(loop)),
        "## What they leave out, and why\n",
        _table(UNUSED, unused),
    )
    return "\n".join(parts)


def _schools() -> list[tuple[str, ...]]:
    return [
        (one.id, one.label, f"{one.weight:.2f}", f"{one.weight_small:.2f}", one.meaning, one.source)
        for one in schools_of_thought()
    ]


def _loop(loop: str) -> tuple[str, ...]:
    name = loop_names()[loop]
    rows = [used_row(one) for one in effects() if one.id in COEFFICIENTS and one.loop == loop]
    return f"### {name}\n", f"![{name}](images/loops-{loop}.svg)\n", _table(USED, rows)


def used_row(one: Effect) -> tuple[str, ...]:
    """An effect that the equations take, as the cells of a row under `USED`."""
    return (
        *prior_cells(one),
        one.identified,
        in_school(one, "S0"),
        in_school(one, "S2"),
        used_in(one),
        source(one),
    )


def unused_row(one: Effect) -> tuple[str, ...]:
    """A finding that no equation takes, as the cells of a row under `UNUSED`."""
    return (*prior_cells(one), one.unused_because, source(one))


def prior_cells(one: Effect) -> tuple[str, ...]:
    """What the register holds of an effect's size and time, as the cells under `PRIOR`."""
    return (
        f"`{one.id}`",
        f"{one.cause} → {one.effect}",
        one.unit,
        prior(one),
        lag(one),
        one.asymmetry,
        one.saturation,
        strength(one),
    )


def in_school(one: Effect, school: str) -> str:
    """The median as a school of thought has it; blank where it is the prior's."""
    median = one.in_school(one.median, school)
    return "" if median == one.median else f"{median:g}"


def used_in(one: Effect) -> str:
    """The functions of the model that use the effect."""
    return ", ".join(f"`{use}`" for use in usage().get(one.id, ()))


def prior(one: Effect) -> str:
    """Median and 80 % range, as far as they are known."""
    between = f"{one.low:g} … {one.high:g}"
    if not one.usable:
        return f"{between}, no median" if isfinite(one.low) else UNKNOWN
    return f"{one.median:g} ({between})" if one.low != one.high else f"{one.median:g}"


def lag(one: Effect) -> str:
    """Years until the effect shows and until it is complete, as far as they are known."""
    if one.lag_min is None:
        return UNKNOWN if one.lag_max is None else f"at most {one.lag_max}"
    return f"{one.lag_min}" if one.lag_min == one.lag_max else f"{one.lag_min}–{one.lag_max}"


def strength(one: Effect) -> str:
    """The strength letter, with that of the design where it is another."""
    return one.strength if one.design in {"", one.strength} else f"{one.strength} ({one.design})"


def source(one: Effect) -> str:
    """Source, country and note, and whether the finding was only recalled."""
    cited = f"{one.source} ({one.country})" if one.country else one.source
    return "; ".join(text for text in (cited, RECALLED if one.read == "no" else "", one.note) if text)


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    rule = ("---",) * len(header)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (header, rule, *rows))


def write_page(page: Path) -> None:
    """Write the generated part of a page again; the text before `BEGINNING` stays."""
    authored, _, _ = page.read_text("utf-8").partition(BEGINNING)
    page.write_text(authored + markdown(), "utf-8")


def main(arguments: list[str]) -> int:
    """Write the page named; 2 where none is named."""
    if len(arguments) != 1:
        sys.stderr.write("python -m framsyn.report.evidence_page FILE\n")
        return 2
    write_page(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
