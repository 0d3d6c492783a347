"""The register as a Markdown table, for the documentation."""

from framsyn.evidence.register import Effect, effects

HEADER = "| id | cause → effect | unit | prior, 80 % range | lag, years | strength | source |"


def markdown() -> str:
    """Every effect as a row of a Markdown table."""
    rule = "| " + " | ".join(["---"] * 7) + " |"
    return "\n".join([HEADER, rule, *map(row, effects())]) + "\n"


def row(one: Effect) -> str:
    """One effect as a row; the note, where there is one, follows the source."""
    known = one.low != one.high
    prior = f"{one.median:g} ({one.low:g} … {one.high:g})" if known else f"{one.median:g}"
    lag = f"{one.lag_years_min}–{one.lag_years_max}"
    source = f"{one.source}; {one.note}" if one.note else one.source
    return (
        f"| `{one.id}` | {one.cause} → {one.effect} | {one.unit} | {prior} | {lag} "
        f"| {one.strength} | {source} |"
    )
