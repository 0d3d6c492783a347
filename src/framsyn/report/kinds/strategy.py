"""The basis for the municipal strategy of § 37: the seven items, what they rest on, and their evaluation."""

from framsyn.i18n.translator import N_, Words
from framsyn.report.balance_words import balance_texts
from framsyn.report.document.blocks import Block, Bullets, Heading, Paragraph
from framsyn.report.kinds import strategy_frame
from framsyn.report.kinds.material import Material
from framsyn.report.kinds.plan_tables import core_table
from framsyn.report.kinds.strategy_item import item_blocks
from framsyn.report.kinds.telling import Telling
from framsyn.report.plan_words import notes

ABOUT = N_(
    "Basis for the municipal strategy (§ 37 of the Municipal Act): present state, futures, choices and"
    " indicators to follow for each of the seven items."
)
SEVEN = N_(
    "The act names seven items that the strategy must take into account. Each is told in the same order:"
    " today, the futures, what the council can set, what to follow, and what the municipality writes itself."
)


def title(material: Material, words: Words) -> str:
    """The title of the report."""
    return words.gettext("{name}: basis for the municipal strategy").format(
        name=material.municipality.name(words.lang)
    )


def about(words: Words) -> str:
    """One sentence on what the report is."""
    return words.gettext(ABOUT)


def blocks(material: Material, words: Words) -> list[Block]:
    """The whole report but method and appendix."""
    t = Telling(material, words)
    return [
        *strategy_frame.summary(t),
        *strategy_frame.present_state(t),
        *strategy_frame.environment(t),
        *_items(t),
        *_economy(t),
        *strategy_frame.follow_up(t),
    ]


def _items(t: Telling) -> list[Block]:
    made: list[Block] = [
        Heading(1, t.words.gettext(N_("The seven items of the strategy")), opens=True),
        Paragraph((t.words.gettext(SEVEN),)),
    ]
    for section in t.draft.sections:
        if section.item.kind == "item":
            heading = t.say(
                N_("Item {number}: {heading}"),
                number=section.item.number,
                heading=t.words.gettext(section.item.heading),
            )
            made += item_blocks(t, section, 2, heading)
    return made


def _economy(t: Telling) -> list[Block]:
    section = t.draft.section("economy")
    told = list(item_blocks(t, section, 1, t.words.gettext(section.item.heading)))
    plan = t.material.plan
    heading = t.say(
        N_("Economic plan {first}–{last} (§ 110)"), first=plan.budget_year, last=plan.budget_year + 2
    )
    return [
        *told,
        Heading(2, heading),
        core_table(t),
        Bullets(tuple((one,) for one in notes(plan, t.words))),
        Bullets(tuple(balance_texts(plan, t.words, t.conduct))),
    ]
