"""The economic plan of § 110 as a document: lines, balance, criteria and what they rest on."""

from dataclasses import replace

from framsyn.i18n.translator import N_, Words
from framsyn.report.balance_words import balance_texts
from framsyn.report.document.blocks import Block, Bullets, Figure, Heading, Paragraph, Tile, Tiles
from framsyn.report.document.traced import Text
from framsyn.report.kinds.material import Material
from framsyn.report.kinds.plan_tables import assumptions_table, bridge_table, core_table, criteria_table
from framsyn.report.kinds.telling import Telling
from framsyn.report.page import carried
from framsyn.report.plan_words import TIES, notes

#: The big numbers: line, column.
BIG = (
    ("operating_expenses", "budget"),
    ("annual_margin", "budget"),
    ("result", "budget"),
    ("result", "plan_2"),
    ("loan_stock", "budget"),
    ("loan_stock", "plan_2"),
)
#: What is drawn.
DRAWN = ("cash_flow_per_resident", "loans_per_resident")
ABOUT = N_("Economic plan (§ 110 of the Municipal Act): lines, balance, criteria and assumptions.")
OF_THE_STRATEGY = N_(
    "The plan is that of the strategy {strategy}. Amounts are thousand euros in the prices of each year."
)
OF_TODAY = N_(
    "No strategy has been chosen: the plan is that of going on as today. Amounts are thousand euros in the"
    " prices of each year."
)
MEANS = N_(
    "An amount is the mean of the worlds, so that the sums tie. What the model does not know is missing with"
    " its reason, never zero, until the municipality gives figures of its own (--own)."
)
CARRIED = N_("Rules whose last known year is carried forward: {rules}.")
CHECK = N_(
    "The municipality's own bookkeeping comes first: the budget of the year before and what has been decided"
    " since are better known there than here."
)
GROUP = N_(
    "The plan is the municipality's own. § 110 asks that the obligations of the group are considered, and"
    " § 118 looks at the figures of the group: of these the model holds loans alone."
)


def title(material: Material, words: Words) -> str:
    """The title of the report."""
    plan = material.plan
    return words.gettext("{name}: economic plan {first}–{last}").format(
        name=material.municipality.name(words.lang), first=plan.budget_year, last=plan.budget_year + 2
    )


def about(words: Words) -> str:
    """One sentence on what the report is."""
    return words.gettext(ABOUT)


def blocks(material: Material, words: Words) -> list[Block]:
    """The whole report but method and appendix."""
    t = Telling(material, words)
    return [
        *summary(t),
        Heading(1, words.gettext(N_("The plan")), opens=True),
        core_table(t),
        bridge_table(t),
        Paragraph((words.gettext(TIES),), "note"),
        Heading(2, words.gettext(N_("What the marks mean, and why an amount is missing"))),
        Bullets(tuple((one,) for one in notes(material.plan, words))),
        Heading(1, words.gettext(N_("Balance and criteria"))),
        Bullets(tuple(balance_texts(material.plan, words, t.conduct))),
        criteria_table(t),
        Paragraph((words.gettext(GROUP),)),
        money(t),
        *assumptions(t),
    ]


def money(t: Telling) -> Figure:
    """Cash flow and loans when going on as today, and under the strategy where one is chosen."""
    postures = list(dict.fromkeys(("as_is", t.strategy)))
    made = {one: t.fan(one, postures) for one in DRAWN}
    drawings = [
        replace(drawing, title=f"{t.named(one)}: {drawing.title}")
        for one, figure in made.items()
        for drawing in figure.drawings
    ]
    caption = t.say(N_("Cash flow and loans until {year}"), year=t.horizon)
    return Figure(caption, tuple(drawings), made[DRAWN[0]].note, 2)


def summary(t: Telling) -> list[Block]:
    """What plan it is, its big numbers, and whether it balances."""
    message = OF_THE_STRATEGY if t.compares else OF_TODAY
    plan = t.material.plan
    sentences = balance_texts(plan, t.words, t.conduct)
    first = 1 if plan.exempt else 0
    return [
        Heading(1, t.words.gettext(N_("Summary")), opens=True),
        Paragraph((t.say(message, strategy=t.conduct),), "lead"),
        Tiles(tuple(_tile(t, line, column) for line, column in BIG)),
        Bullets(tuple(sentences[: first + 1])),
        Paragraph((t.words.gettext(MEANS),)),
    ]


def _tile(t: Telling, line: str, column: str) -> Tile:
    cell = t.material.plan.cell(line, column)
    trace = t.plan.trace(cell)
    label = t.say(N_("{label} {year}, thousand euros"), label=trace.label, year=cell.year)
    return Tile(label, t.plan.amount(cell), t.plan.interval(cell))


def assumptions(t: Telling) -> list[Block]:
    """What the plan rests on: prices, people, law, and what the municipality knows better."""
    told: list[Text] = [(t.words.gettext(CHECK),)]
    rules = carried(t.material.futures, t.words)
    if rules:
        told.insert(0, (t.say(CARRIED, rules=rules),))
    return [
        Heading(1, t.words.gettext(N_("Assumptions"))),
        assumptions_table(t),
        Bullets(tuple(told)),
        Heading(2, t.words.gettext(N_("For the municipality to write"))),
        *t.write(
            N_("To be written by the municipality: the goals of the economy and the measures of the plan."),
            "economy",
        ),
    ]
