"""What stands around the seven items of § 37: summary, present state, environment, follow-up."""

from collections.abc import Iterator
from dataclasses import replace

from framsyn.i18n.translator import N_
from framsyn.report.balance_words import EXEMPT, balance_texts
from framsyn.report.cells import HEADLINES
from framsyn.report.document.blocks import (
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    Tile,
    Tiles,
)
from framsyn.report.document.traced import phrase
from framsyn.report.kinds.change_tables import change_table
from framsyn.report.kinds.strategy_item import as_today, present_table
from framsyn.report.kinds.telling import Telling
from framsyn.report.strategy_words import course_sentences

#: The big numbers of the first page, beside those of every page.
MORE = ("unemployment_rate", "income_tax_rate")
#: What is drawn of the operating environment.
DRAWN = ("population", "share_65_plus", "need_basic_education", "tax_revenue_per_resident")
WHAT = N_(
    "A basis for the municipal strategy of § 37 of the Municipal Act: the seven items that the act names, the"
    " assessment that the strategy must rest on, and its evaluation. The numbers are the model's; the goals"
    " are the council's to write."
)
CHOSEN = N_(
    "The strategy told here is {strategy}. It is lived beside going on as today and the four visions of the"
    " Ministry of Finance in the same futures."
)
TODAY_CHOSEN = N_(
    "The strategy told here is to go on as today. The four visions of the Ministry of Finance stand beside it"
    " in the same futures."
)
NOT_CHOSEN = N_(
    "No strategy has been chosen. Going on as today and the four visions of the Ministry of Finance therefore"
    " stand beside each other. With --strategy the report tells a strategy of the municipality's own, from a"
    " file that the page of strategies gives, or one of the visions, against going on as today."
)
REVIEWED = N_("The strategy is reviewed at least once in a council term (§ 37).")
YEARLY = N_(
    "Each year, when the accounts are closed: the published figure is set beside its interval, and the"
    " council is told of those that lie outside it."
)


def summary(t: Telling) -> Iterator[Block]:
    """One page: what is chosen, the big numbers, what comes, and how the futures differ."""
    yield Heading(1, t.words.gettext(N_("Summary")), opens=True)
    yield Paragraph((t.words.gettext(WHAT),), "lead")
    if t.material.plan.exempt:
        yield Paragraph((t.words.gettext(EXEMPT),))
    yield Paragraph((_chosen(t),))
    yield Paragraph(
        (t.say(N_("The big numbers of {year} ({strategy}):"), year=t.horizon, strategy=t.conduct),)
    )
    yield Tiles(tuple(_tile(t, one) for one in (*HEADLINES, *MORE)))
    yield Heading(2, t.words.gettext(N_("How the futures differ")))
    yield overview(t)
    yield Heading(2, t.words.gettext(N_("Economic plan")))
    yield Bullets((balance_texts(t.material.plan, t.words, t.conduct)[1 if t.material.plan.exempt else 0],))


def _chosen(t: Telling) -> str:
    if t.compares:
        return t.say(CHOSEN, strategy=t.conduct)
    return t.words.gettext(TODAY_CHOSEN if t.material.asked.strategy else NOT_CHOSEN)


def _tile(t: Telling, indicator: str) -> Tile:
    numbers = t.numbers
    unit = numbers.cells.unit(indicator)
    label = f"{numbers.cells.label(indicator)} {t.horizon}"
    message = N_("{base}: {now}. 80% interval: {interval}")
    beside = phrase(
        t.words.gettext(message) + ("" if unit == "%" else f" {unit}"),
        base=str(t.material.base),
        now=numbers.now(indicator),
        interval=numbers.interval(indicator, t.strategy, t.horizon),
    )
    return Tile(label, (numbers.middle(indicator, t.strategy, t.horizon),), beside)


def overview(t: Telling) -> Table:
    """The indicator to follow of each heading under every posture."""
    followed = [one.item.follow for one in t.draft.sections if one.item.follow]
    return t.futures_table(followed, t.say(N_("One indicator for each heading, {year}"), year=t.horizon))


def present_state(t: Telling) -> Iterator[Block]:
    """What the strategy starts from."""
    section = t.draft.section("present_state")
    yield Heading(1, t.words.gettext(section.item.heading), opens=True)
    yield Paragraph((t.words.gettext(section.item.holds),), "lead")
    yield present_table(t, section)
    yield from t.write(section.item.write, section.item.id)


def environment(t: Telling) -> Iterator[Block]:
    """What comes whatever is decided, and what it means for the tasks."""
    section = t.draft.section("environment")
    yield Heading(1, t.words.gettext(section.item.heading))
    yield Paragraph((t.words.gettext(section.item.holds),), "lead")
    caption = t.say(N_("The operating environment until {year}"), year=t.horizon)
    yield change_table(t, [one.indicator.id for one in section.figures], caption)
    yield Bullets(tuple((one,) for one in as_today(t, course_sentences(section, t.draft, t.words))))
    yield _drawn(t)
    yield from t.write(section.item.write, section.item.id)


def _drawn(t: Telling) -> Figure:
    """One drawing for each indicator, when going on as today."""
    made = [t.fan(one, ["as_is"]) for one in DRAWN]
    drawings = tuple(
        replace(drawing, title=t.named(indicator))
        for indicator, figure in zip(DRAWN, made, strict=True)
        for drawing in figure.drawings
    )
    caption = t.say(N_("The operating environment when going on as today, until {year}"), year=t.horizon)
    return Figure(caption, drawings, made[0].note, 2)


def follow_up(t: Telling) -> Iterator[Block]:
    """How the strategy is evaluated: an indicator for each heading with the interval of each year."""
    section = t.draft.section("follow_up")
    yield Heading(1, t.words.gettext(section.item.heading))
    yield Paragraph((t.words.gettext(section.item.holds),), "lead")
    yield follow_table(t)
    yield Bullets(((t.words.gettext(YEARLY),), (t.words.gettext(REVIEWED),)))
    yield from t.write(section.item.write, section.item.id)


def follow_table(t: Telling) -> Table:
    """Each heading's indicator in the years of the economic plan."""
    told = [(one.item, one.followed) for one in t.draft.sections if one.followed is not None]
    years = list(told[0][1].years)
    columns = [
        Column(t.words.gettext("Heading"), numeric=False, width=1.8),
        Column(t.words.gettext("Indicator"), numeric=False, width=1.8),
        *(Column(str(year), width=1.2) for year in years),
    ]
    made = tuple(
        Row(
            (
                (t.words.gettext(item.heading),),
                (t.named(followed.indicator.id),),
                *(t.value(followed.indicator.id, t.strategy, year) for year in years),
            )
        )
        for item, followed in told
    )
    caption = t.say(N_("Where the indicators should lie ({strategy})"), strategy=t.conduct)
    return Table(caption, tuple(columns), made, (t.reading([one.indicator.id for _, one in told]),))
