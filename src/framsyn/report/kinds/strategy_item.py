"""One heading of the strategy: present state, futures, choices, what to follow, and where to write."""

from collections.abc import Iterator
from typing import Literal

from framsyn.choose.lever_settings import LeverSet
from framsyn.choose.statute import Figure, Section, Verdict
from framsyn.i18n.translator import N_, NOT_KNOWN
from framsyn.report.document.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table
from framsyn.report.document.traced import Text, joined, phrase
from framsyn.report.explanation import STATUS_LABELS
from framsyn.report.kinds.telling import INDICATOR_WIDTH, UNKNOWN, Telling
from framsyn.report.strategy_words import against_sentences, course_sentences

Level = Literal[1, 2, 3]
#: What is set in the base year by definition, so that only its change tells anything.
SET = N_("set to 100 in the base year")
SET_UNITS = ("index (base year = 100)", "% of need")
VERDICTS: dict[Verdict, str] = {
    "better": N_("better"),
    "worse": N_("worse"),
    "higher": N_("higher"),
    "lower": N_("lower"),
    "unclear": N_("not sure"),
    "same": N_("the same"),
    "none": NOT_KNOWN,
}
NOTHING_FOLLOWED = N_(
    "No indicator of the model follows this item: the municipality chooses its own and tells where its"
    " figures come from."
)


def item_blocks(t: Telling, section: Section, level: Level, heading: str) -> Iterator[Block]:
    """The whole section of an item of § 37, or of the economy.

    Args:
        t: the municipality in a language.
        section: the heading with its numbers.
        level: of its heading, 1 or 2.
        heading: in words.
    """
    item, below = section.item, level + 1
    yield Heading(level, heading)
    yield Paragraph((t.words.gettext(item.holds),), "lead")
    if item.id == "ownership":
        yield Heading(_level(below), t.words.gettext(N_("Present state")))
        yield Paragraph(_loans(t))
    if section.figures:
        yield Heading(_level(below), t.words.gettext(N_("Present state")))
        yield present_table(t, section)
        yield Heading(_level(below), t.words.gettext(N_("Futures")))
        yield from _futures(t, section)
    if section.levers:
        yield Heading(_level(below), t.words.gettext(N_("Choices")))
        yield from _choices(t, section)
    yield Heading(_level(below), t.words.gettext(N_("Indicators to follow")))
    yield Paragraph(_followed(t, section))
    yield Heading(_level(below), t.words.gettext(N_("For the municipality to write")))
    yield from t.write(item.write, item.id)


def _loans(t: Telling) -> Text:
    """The one figure of the group that is known."""
    own, group = t.reading_of("loans"), t.reading_of("group_loans")
    if "missing" in (own.status, group.status):
        return (t.words.gettext(N_("The loans of the group are not published.")),)
    return phrase(
        t.words.gettext(
            N_(
                "Loans of the group: {group} EUR/resident, of which the municipality's own: {own}"
                " EUR/resident (estimated). Median of the peers: {peers} EUR/resident for the group."
            )
        ),
        group=t.present.value(group),
        own=t.present.value(own),
        peers=t.present.peer_median(group),
    )


def _level(level: int) -> Level:
    return 1 if level == 1 else 2 if level == 2 else 3


def present_table(t: Telling, section: Section) -> Table:
    """Each indicator in the base year, and how it is known."""
    columns = (
        Column(t.words.gettext("Indicator"), numeric=False, width=3.0),
        Column(str(t.material.base)),
        Column(t.words.gettext("Known how"), numeric=False, width=1.6),
    )
    told = tuple(
        Row(((t.named(one.indicator.id),), _now(t, one), (known_how(t, one),))) for one in section.figures
    )
    unknown = any(_now(t, one) == (NOT_KNOWN,) for one in section.figures)
    note = t.words.gettext(UNKNOWN) if unknown else ""
    caption = t.say(N_("{heading}: figures of {year}"), heading=_heading(t, section), year=t.material.base)
    return Table(caption, columns, told, (note,) if note else ())


def _heading(t: Telling, section: Section) -> str:
    return t.words.gettext(section.item.heading)


def _now(t: Telling, one: Figure) -> Text:
    return t.value(one.indicator.id, t.numbers.summary.postures[0], t.material.base)


def known_how(t: Telling, one: Figure) -> str:
    """How sure today's figure is, in words."""
    if one.indicator.unit in SET_UNITS:
        return t.words.gettext(SET)
    return t.words.gettext(STATUS_LABELS[one.present]) if one.present else NOT_KNOWN


def _futures(t: Telling, section: Section) -> Iterator[Block]:
    ids = [one.indicator.id for one in section.figures]
    if section.item.follow:
        yield Paragraph(t.extremes(section.item.follow))
    caption = t.say(N_("{heading}: futures {year}"), heading=_heading(t, section), year=t.horizon)
    yield t.futures_table(ids, caption)
    if t.compares:
        yield difference_table(t, section)
        told = against_sentences(section, t.draft, t.words)
    else:
        told = as_today(t, course_sentences(section, t.draft, t.words))
    yield Bullets(tuple((one,) for one in told))
    if section.item.follow:
        # Against a chosen strategy, going on as today alone: the others stand in the table.
        yield t.fan(section.item.follow, ["as_is", t.strategy] if t.compares else None)


def as_today(t: Telling, sentences: list[str]) -> list[str]:
    """Sentences on the course when going on as today, each saying so."""
    return [t.say(N_("As today: {text}"), text=lowered(one)) for one in sentences]


def lowered(text: str) -> str:
    """The text with a small first letter, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def difference_table(t: Telling, section: Section) -> Table:
    """How the strategy differs from going on as today in the same worlds."""
    columns = (
        Column(t.words.gettext("Indicator"), numeric=False, width=INDICATOR_WIDTH),
        Column(t.words.gettext("As today"), width=1.5),
        Column(t.conduct, width=1.5),
        Column(t.words.gettext("Difference (80% interval)"), width=1.6),
        Column(t.words.gettext(N_("In nine of ten futures")), numeric=False, width=1.3),
    )
    caption = t.say(
        N_("{heading}: {strategy} against going on as today, {year}"),
        heading=_heading(t, section),
        strategy=t.conduct,
        year=t.horizon,
    )
    told = tuple(_compared(t, one) for one in section.figures)
    note = t.reading([one.indicator.id for one in section.figures], changes=True)
    return Table(caption, columns, told, (note,))


def _compared(t: Telling, one: Figure) -> Row:
    numbers, identity = t.numbers, one.indicator.id
    trace = numbers.difference(identity, t.strategy, t.horizon, percent=False)
    decimals = one.indicator.decimals
    difference: Text = (NOT_KNOWN,)
    if one.verdict != "none":
        difference = t.points(trace, decimals)
    verdict = VERDICTS[one.verdict]
    today, strategy = (t.value(identity, posture, t.horizon) for posture in ("as_is", t.strategy))
    return Row(((t.named(identity),), today, strategy, difference, (t.words.gettext(verdict),)))


def _choices(t: Telling, section: Section) -> Iterator[Block]:
    if t.compares:
        moved = [one for one in section.levers if one.moved]
        told = N_("The strategy {strategy} decides otherwise than today here: {names}.") if moved else NOTHING
        names = "; ".join(lowered(t.words.gettext(one.lever.label)) for one in moved)
        yield Paragraph((t.say(told, strategy=t.conduct, names=names),))
    yield _levers(t, section)


NOTHING = N_("The strategy {strategy} decides nothing otherwise than today here.")


def _levers(t: Telling, section: Section) -> Table:
    columns = [
        Column(t.words.gettext("Decision"), numeric=False, width=1.5),
        Column(t.words.gettext("As today"), width=0.8),
        *([Column(t.words.gettext("The strategy"), width=1.0)] if t.compares else []),
        Column(t.words.gettext(N_("Can be set")), numeric=False, width=1.5),
        Column(t.words.gettext(N_("Years to effect")), width=0.8),
        Column(t.words.gettext("When it acts"), numeric=False, width=1.5),
        Column(t.words.gettext("Law"), numeric=False, width=2.0),
    ]
    caption = t.say(N_("{heading}: what the council can set"), heading=_heading(t, section))
    note = " ".join(_notes(t, section))
    told = tuple(_lever(t, one) for one in section.levers)
    return Table(caption, tuple(columns), told, (note,) if note else ())


def _notes(t: Telling, section: Section) -> list[str]:
    """What else is to be known of the levers, with the names of those that it concerns."""
    found: dict[str, list[str]] = {}
    for one in section.levers:
        if one.lever.note:
            found.setdefault(one.lever.note, []).append(t.words.gettext(one.lever.label))
    return [f"{'; '.join(names)}: {t.words.gettext(note)}." for note, names in found.items()]


def _lever(t: Telling, one: LeverSet) -> Row:
    lever = one.lever
    strategy = (t.levers.phases(one, t.strategy, t.conduct),) if t.compares else ()
    return Row(
        (
            (t.words.gettext(lever.label),),
            t.levers.today(one),
            *strategy,
            t.levers.bounds(lever),
            (t.levers.lead_years(lever),),
            (t.words.gettext(lever.acts),),
            (t.words.gettext(lever.law),),
        )
    )


def _followed(t: Telling, section: Section) -> Text:
    followed = section.followed
    if followed is None:
        return (t.words.gettext(NOTHING_FOLLOWED),)
    identity = followed.indicator.id
    years = [
        phrase("{year}: {value}", year=str(year), value=t.value(identity, t.strategy, year))
        for year in followed.years
    ]
    return phrase(
        t.words.gettext(N_("{label}. What is expected ({strategy}): {years}.")),
        label=t.named(identity),
        strategy=t.conduct,
        years=joined(years, "; "),
    )
