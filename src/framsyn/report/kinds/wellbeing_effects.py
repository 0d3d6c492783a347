"""What prevention costs and gives: the register's effects, and the postures against going on as today."""

from collections.abc import Iterator

from framsyn.datafile import rows
from framsyn.evidence.register import Effect, effect
from framsyn.i18n.translator import N_
from framsyn.report.document.blocks import Block, Column, Paragraph, Row, Table
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.evidence_table import MEANINGS, cause_and_effect, decimals_needed, letter
from framsyn.report.evidence_usage import usage
from framsyn.report.kinds.change_tables import differences_table
from framsyn.report.kinds.telling import Telling

PARTS = {
    "prevention": N_("What prevention does"),
    "chain": N_("How exclusion comes and what follows from it"),
    "vitality": N_("What it means for vitality"),
}
RETURN = "local_public_health_to_return"
COMPARED = (
    "cost_sport_youth_per_resident",
    "cost_library_per_resident",
    "cost_art_per_resident",
    "cost_culture_per_resident",
    "youth_outside",
    "exclusion",
    "basic_education_only",
    "offences",
    "trust",
    "safety",
    "moves_in",
)
GIVES_BACK = N_(
    "A euro of local public health may give back about {size} euros to society ({interval}), over many years"
    " and not to the municipality alone. The effect is in no other number of this report."
)
NO_COST = N_(
    "Long unemployment costs the municipality its share of benefits, and youth outside work and study a"
    " cost that no register shows: both are in the net cost of the simulated futures. The effects below"
    " show how exclusion, offences and trust answer; where the interval reaches zero the effect may be"
    " nothing."
)


def effects(t: Telling) -> Iterator[Block]:
    """The evidence, with how sure it is, and what the postures cost and give."""
    yield Paragraph((t.words.gettext(NO_COST),), "lead")
    back = effect(RETURN)
    yield Paragraph(phrase(t.words.gettext(GIVES_BACK), size=_middle(t, back), interval=_ends(t, back)))
    yield _register(t)
    caption = t.say(N_("Cost and effect against going on as today, {year}"), year=t.horizon)
    yield differences_table(t, COMPARED, caption)


def _register(t: Telling) -> Table:
    columns = (
        Column(t.words.gettext(N_("Effect")), numeric=False, width=2.4),
        Column(t.words.gettext(N_("Size (80% interval)")), width=1.1),
        Column(t.words.gettext("Unit"), numeric=False, width=1.5),
        Column(t.words.gettext("Strength"), numeric=False, width=0.8),
        Column(t.words.gettext(N_("In the model")), numeric=False, width=0.7),
    )
    listed = [(row["part"], effect(row["effect"])) for row in rows("framsyn.report", "wellbeing_effects.csv")]
    made: list[Row] = []
    for part, label in PARTS.items():
        made.append(Row(((t.words.gettext(label),), *[()] * (len(columns) - 1)), "group"))
        made += [_row(t, one) for where, one in listed if where == part]
    strengths = dict.fromkeys(one.strength for _, one in listed)
    told = [f"{t.words.gettext(one)}: {t.words.gettext(MEANINGS[one])}." for one in strengths]
    note = " ".join(text[:1].upper() + text[1:] for text in told)
    return Table(t.words.gettext(N_("What is known of prevention")), columns, tuple(made), (note,))


def _row(t: Telling, one: Effect) -> Row:
    size = phrase("{middle} ({ends})", middle=_middle(t, one), ends=_ends(t, one))
    used = t.words.gettext(N_("yes") if one.id in usage() else N_("no"))
    cells: tuple[Text, ...] = (
        (cause_and_effect(one, t.words),),
        size,
        (t.words.gettext(one.unit),),
        (letter(one, t.words),),
        (used,),
    )
    return Row(cells)


def _trace(t: Telling, one: Effect) -> Trace:
    label, unit = cause_and_effect(one, t.words), t.words.gettext(one.unit)
    return Trace("effects", one.id, label, unit=unit, middle=one.median, low=one.low, high=one.high)


def _middle(t: Telling, one: Effect) -> Number:
    decimals = decimals_needed(one.low, one.median, one.high)
    return Number(t.words.number(one.median, decimals), (one.median,), decimals, _trace(t, one))


def _ends(t: Telling, one: Effect) -> Number:
    decimals = decimals_needed(one.low, one.median, one.high)
    return Number(
        t.words.interval(one.low, one.high, decimals), (one.low, one.high), decimals, _trace(t, one)
    )
