"""The economic plan in words: its columns, the marks of its cells, and what §§ 110 and 118 say of it."""

from framsyn.choose.plan import Cell, Plan
from framsyn.choose.plan_lines import CORE, lines
from framsyn.i18n.translator import N_, Words
from framsyn.report.balance_words import balance_texts
from framsyn.report.document.traced import plain
from framsyn.report.listing import looks

COLUMN_LABELS = {
    "prior_year": N_("Amended budget"),
    "budget": N_("Budget"),
    "plan_1": N_("Plan"),
    "plan_2": N_("Plan"),
}
#: What stands behind an amount that is not the model's own figure for the budget or plan.
STATUS_NOTES = {
    "estimate": N_(
        "The model's estimate of the year: the amended budget is the municipality's own knowledge."
    ),
    "assumed": "",
    "own_figure": N_("The municipality's own figure."),
    "own_share": N_("The model's line times the municipality's own share."),
    "missing": "",
}
MARKS = dict(zip(STATUS_NOTES, "¹²³⁴⁵", strict=True))
#: Before a line that is a part of the one above; no-break spaces.
INDENT = "\u00a0\u00a0"
TIES = N_(
    "Operating income − operating expenses + tax revenue + state grant + financial income − interest ="
    " annual margin. Annual margin − depreciation = result. Annual margin − net investment = cash flow."
)


def strategy_name(identity: str, own: tuple[str, ...], words: Words) -> str:
    """What a strategy is called; a user's own keeps its id."""
    return words.gettext(looks([identity], own)[identity].label)


def amount(cell: Cell, words: Words) -> str:
    """The amount with the mark of its status, or that it is missing."""
    text = words.gettext("missing") if cell.keur is None else words.number(cell.keur)
    return text + MARKS.get(cell.status, "")


def interval(cell: Cell, words: Words) -> str:
    """The interval, blank where there is none."""
    return "" if cell.p10 is None or cell.p90 is None else words.interval(cell.p10, cell.p90)


def reason(cell: Cell, words: Words) -> str:
    """Why an amount is what it is, blank for the model's own."""
    note = words.gettext(STATUS_NOTES.get(cell.status, ""))
    particular = words.gettext(cell.reason)
    return " ".join(part for part in (note, f"{particular}." if particular else "") if part)


def line_label(identity: str, words: Words) -> str:
    """A line's name, set in where it is a part of another; what lies between the core lines has its sign."""
    line = lines()[identity]
    label = words.gettext(line.label)
    if line.part == CORE or line.sign == 0:
        return INDENT + label if line.within else label
    return f"{'+' if line.sign > 0 else '−'} {label}"


def notes(plan: Plan, words: Words) -> list[str]:
    """What each mark in the table means; a reason that is a line's own names the line."""
    found: dict[str, None] = {}
    for cell in plan.cells.values():
        if cell.status not in MARKS:
            continue
        text = reason(cell, words)
        if cell.reason and cell.status in ("assumed", "missing"):
            text = f"{words.gettext(lines()[cell.line].label)}: {text}"
        elif cell.status in ("estimate", "own_figure", "own_share"):
            text = words.gettext(STATUS_NOTES[cell.status])
        found[f"{MARKS[cell.status]} {text}"] = None
    order = list(MARKS.values())
    return sorted(found, key=lambda text: order.index(text[0]))


def balance_sentences(plan: Plan, words: Words) -> list[str]:
    """What §§ 110 and 118 of the Municipal Act say of the plan, each with its numbers."""
    return [plain(one) for one in balance_texts(plan, words)]
