"""The register as Markdown tables for the documentation: what the equations take, and what they leave out."""

from math import isfinite

from framsyn.evidence.register import Effect, effects
from framsyn.report.evidence_usage import usage

USED = (
    "id",
    "cause → effect",
    "unit",
    "prior, 80 % range",
    "lag, years",
    "asymmetry",
    "strength",
    "used in",
    "source",
)
UNUSED = (*USED[:-2], "why not", "source")
RECALLED = "recalled, not read in the source"
UNKNOWN = "–"


def markdown() -> str:
    """Two tables under their headings: the effects that the equations take, and the other findings."""
    used = [row(one, used_in(one)) for one in effects() if one.id in usage()]
    unused = [row(one, one.unused_because) for one in effects() if one.id not in usage()]
    parts = (
        "## What the equations take\n",
        _table(USED, used),
        "## What they leave out, and why\n",
        _table(UNUSED, unused),
    )
    return "\n".join(parts)


def row(one: Effect, last: str) -> tuple[str, ...]:
    """One effect as the cells of a row; `last` is where it is used, or why it is not."""
    return (
        f"`{one.id}`",
        f"{one.cause} → {one.effect}",
        one.unit,
        prior(one),
        lag(one),
        one.asymmetry,
        strength(one),
        last,
        source(one),
    )


def used_in(one: Effect) -> str:
    """The functions of the model that use the effect."""
    return ", ".join(f"`{use}`" for use in usage()[one.id])


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
