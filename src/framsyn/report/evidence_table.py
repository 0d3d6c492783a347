"""The register of effects in the terminal: all as a table, one as a card, and both as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import isfinite

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from framsyn.evidence.register import Z90, Effect, loop_names
from framsyn.evidence.schools import schools_of_thought
from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.report.evidence_usage import usage
from framsyn.report.terminal import WIDTH

#: What the letters of strength mean.
MEANINGS: Mapping[str, str] = {
    "A": N_("causal design in Finland or the Nordic countries"),
    "B": N_("causal design elsewhere, a Nordic panel, or our own estimate on Finnish municipalities"),
    "C": N_("correlation, a thesis or a single case"),
    "0": N_("a well-identified null: centred on zero, so no lever earns from it"),
    N_("assumption"): N_("our own judgement, because no size is known"),
}
READ: Mapping[str, str] = {
    "yes": N_("yes"),
    "no": N_("no: recalled, to be checked before it is quoted"),
    "": NOT_KNOWN,
}
#: Whether Finnish data tell the size of an effect.
IDENTIFICATION: Mapping[str, str] = {
    "data": N_("yes, estimated on Finnish data"),
    "bounded": N_("only bounded by Finnish data"),
    "prior": N_("no: it rests on other studies or on judgement"),
    "": NOT_KNOWN,
}
#: What the register's columns call the fields that have another name.
COLUMNS: Mapping[str, str] = {"lag_min": "lag_years_min", "lag_max": "lag_years_max"}
#: Widths, characters: the column of sizes, the picture of a prior.
SIZES = 34
PICTURE = 48


def print_evidence(listed: Sequence[Effect], words: Words, console: Console) -> None:
    """Print effects as a table, and what the letters of strength mean."""
    width = min(console.width, WIDTH)
    # Where there is room, no id is folded: it is what a reader copies.
    longest = max((len(one.id) for one in listed), default=0) if width == WIDTH else None
    shown = Table(box=SIMPLE_HEAD, leading=1)
    used = words.gettext(N_("Effect, and where it is used"))
    shown.add_column(used, overflow="fold", min_width=longest, max_width=longest)
    shown.add_column(words.gettext(N_("Size, 80% interval, unit, lag")), overflow="fold", max_width=SIZES)
    shown.add_column(words.gettext(N_("Strength")))
    for one in listed:
        shown.add_row(
            Text.assemble(
                (one.id, "bold"), "\n", cause_and_effect(one, words), "\n", (_uses(one, words), "dim")
            ),
            Text.assemble(size(one, words), "\n", (words.gettext(one.unit), "dim"), _lagging(one, words)),
            letter(one, words),
        )
    console.print(shown, width=width)
    for strength, meaning in MEANINGS.items():
        console.print(Text(f"{words.gettext(strength)}: {words.gettext(meaning)}"), soft_wrap=True)


def print_effect(one: Effect, words: Words, console: Console) -> None:
    """Print all that the register holds about one effect, and where it is used."""
    console.print(Text(one.id, style="bold"))
    console.print(Text(cause_and_effect(one, words)), width=min(console.width, WIDTH))
    console.print()
    card = Table.grid(padding=(0, 2))
    card.add_column(style="dim")
    card.add_column(overflow="fold")
    for label, told in _card(one, words):
        card.add_row(words.gettext(label), told)
    console.print(card, width=min(console.width, WIDTH))


def _card(one: Effect, words: Words) -> list[tuple[str, Text]]:
    """Labels, as message ids, and texts of the rows of a card."""
    strength = f"{letter(one, words)}: {words.gettext(MEANINGS[one.strength])}"
    rows = [
        (N_("Size"), Text(f"{size(one, words)} {words.gettext(one.unit)}")),
        *([("", Text(picture(one, words), no_wrap=True))] if one.low != one.high and one.usable else []),
        (N_("Bounds of every draw"), Text(bounds(one, words))),
        (N_("Lag, years"), Text(lag(one, words))),
        (N_("Asymmetry"), Text(words.gettext(one.asymmetry) or NOT_KNOWN)),
        (N_("Where it ends"), Text(words.gettext(one.saturation) or NOT_KNOWN)),
        (N_("Strength"), Text(strength)),
        (N_("Known from data"), Text(words.gettext(IDENTIFICATION[one.identified]))),
        *([(N_("Schools of thought"), Text(in_schools(one, words)))] if one.usable else []),
        (N_("Loop"), Text(words.gettext(loop_names()[one.loop]) if one.loop else NOT_KNOWN)),
        (N_("Country"), Text(one.country or NOT_KNOWN)),
        (N_("Source"), Text(one.source)),
        (N_("Read in the source"), Text(words.gettext(READ[one.read]))),
        (N_("Note"), Text(one.note or NOT_KNOWN)),
    ]
    if one.id in usage():
        return [*rows, (N_("Used in the model by"), Text("\n".join(map(str, usage()[one.id]))))]
    return [*rows, (N_("Not used, because"), Text(words.gettext(one.unused_because) or NOT_KNOWN))]


def cause_and_effect(one: Effect, words: Words) -> str:
    """What moves what."""
    return f"{words.gettext(one.cause)} → {words.gettext(one.effect)}"


def size(one: Effect, words: Words) -> str:
    """Median and 80 % interval, as far as they are known."""
    decimals = decimals_needed(one.low, one.median, one.high)
    between = words.interval(one.low, one.high, decimals)
    if not one.usable:
        return between
    median = words.number(one.median, decimals)
    return f"{median} ({between})" if one.low != one.high else median


def in_schools(one: Effect, words: Words) -> str:
    """The median in each school of thought, a line for each."""
    medians = [one.in_school(one.median, school.id) for school in schools_of_thought()]
    decimals = decimals_needed(*medians)
    return "\n".join(
        f"{school.id} {words.number(median, decimals)}: {words.gettext(school.label)}"
        for school, median in zip(schools_of_thought(), medians, strict=True)
    )


def bounds(one: Effect, words: Words) -> str:
    """Between what values every draw of the effect lies."""
    low, high = (words.number(end, decimals_needed(end)) for end in (one.minimum, one.maximum))
    if isfinite(one.minimum) and isfinite(one.maximum):
        return words.interval(one.minimum, one.maximum, decimals_needed(one.minimum, one.maximum))
    if isfinite(one.minimum):
        return words.gettext(N_("at least {low}")).format(low=low)
    return words.gettext(N_("at most {high}")).format(high=high) if isfinite(one.maximum) else NOT_KNOWN


def lag(one: Effect, words: Words) -> str:
    """Years until the effect shows and until it is complete, as far as they are known."""
    if one.lag_min is None:
        if one.lag_max is None:
            return NOT_KNOWN
        return words.gettext(N_("at most {high}")).format(high=one.lag_max)
    return f"{one.lag_min}" if one.lag_min == one.lag_max else f"{one.lag_min}–{one.lag_max}"


def _lagging(one: Effect, words: Words) -> str:
    """The lag as a line of its own, where it is known."""
    years = lag(one, words)
    return "" if years == NOT_KNOWN else "\n" + words.gettext(N_("lag, years: {years}")).format(years=years)


def letter(one: Effect, words: Words) -> str:
    """The strength, with the letter of the study's design where it is another."""
    strength = words.gettext(one.strength)
    return strength if one.design in {"", one.strength} else f"{strength} ({one.design})"


def picture(one: Effect, words: Words, width: int = PICTURE) -> str:
    """A prior as three lines: percent, a bar from the 10th to the 90th percentile, and their values."""
    values = [one.at(z) for z in (-Z90, 0.0, Z90)]
    low, median, high = values
    place = round((width - 1) * (median - low) / (high - low))
    bar = ["─"] * width
    bar[0], bar[-1], bar[place] = "├", "┤", "●"
    decimals = decimals_needed(*values)
    percents = [words.percent(percent, 0) for percent in (10.0, 50.0, 90.0)]
    figures = [words.number(value, decimals) for value in values]
    return "\n".join([_under(percents, place, width), "".join(bar), _under(figures, place, width)])


def as_json(told: Effect | Sequence[Effect]) -> str:
    """Effects in the register's own English: one as an object, several as a list; unknown is null."""
    shown = _plain(told) if isinstance(told, Effect) else [_plain(one) for one in told]
    return json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False)


def _plain(one: Effect) -> dict[str, object]:
    told = {
        COLUMNS.get(name, name): None if isinstance(value, float) and not isfinite(value) else value
        for name, value in asdict(one).items()
    }
    return {**told, "usable": one.usable, "used_by": [str(use) for use in usage().get(one.id, ())]}


def _uses(one: Effect, words: Words) -> str:
    """Where the effect is used, or why it is not, as a phrase."""
    if one.id in usage():
        functions = ", ".join(map(str, usage()[one.id]))
        return words.gettext(N_("used by {functions}")).format(functions=functions)
    why = words.gettext(one.unused_because) or NOT_KNOWN
    return words.gettext(N_("not used: {why}")).format(why=why)


def _under(texts: Sequence[str], place: int, width: int) -> str:
    """Three texts on a line: at its start, around `place`, and at its end, never onto each other."""
    first, middle, last = texts
    left = place - len(middle) // 2
    left = max(len(first) + 1, min(left, width - len(last) - len(middle) - 1))
    line = first.ljust(left) + middle
    return line.ljust(width - len(last)) + last


def decimals_needed(*values: float) -> int:
    """Decimals with which every one of the known values is told in full."""
    told = (f"{value:.6f}".rstrip("0").partition(".")[2] for value in values if isfinite(value))
    return max(map(len, told), default=0)
