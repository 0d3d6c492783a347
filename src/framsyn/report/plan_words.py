"""The economic plan in words: its columns, the marks of its cells, and what §§ 110 and 118 say of it."""

from collections.abc import Iterator

from framsyn.choose.plan import Cell, Plan
from framsyn.choose.plan_balance import Balance
from framsyn.choose.plan_lines import CORE, lines
from framsyn.model.indicators import indicators
from framsyn.report.listing import looks
from framsyn.report.words import N_, Words

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


EXEMPT = N_(
    "Åland has a municipal act of its own: what is said here of §§ 37, 110 and 118 is what the mainland's act"
    " would say."
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
    balance = plan.balance
    exempt = [words.gettext(EXEMPT)] if plan.exempt else []
    return [
        *exempt,
        " ".join(_sum(balance, words)),
        _by_year(balance, words),
        " ".join(_deficit(balance, words)),
        " ".join(_criteria(balance, words)),
    ]


def _sum(balance: Balance, words: Words) -> Iterator[str]:
    message = (
        N_(
            "§ 110: the plan {first}–{last} is in balance or surplus: its results sum to {sum} thousand"
            " euros."
        )
        if balance.balanced
        else N_("§ 110: the plan {first}–{last} is in deficit: its results sum to {sum} thousand euros.")
    )
    first, last = balance.years[0].year, balance.years[-1].year
    yield words.gettext(message).format(first=first, last=last, sum=words.number(balance.keur))
    if balance.p10 is not None and balance.p90 is not None:
        yield words.gettext(
            N_("In the model's worlds 80% lie within {interval}, and {share} are at or above zero.")
        ).format(interval=words.interval(balance.p10, balance.p90), share=words.share(balance.in_surplus))
    if balance.unsure and balance.standard_error is not None:
        yield words.gettext(
            N_("The mean is sure to ±{error} only: draw more worlds to tell on which side of zero it lies.")
        ).format(error=words.number(2 * balance.standard_error))
    if balance.own:
        yield words.gettext(N_("Own figures are counted in the sum; shares of worlds are the model's alone."))
    if not balance.balanced:
        yield words.gettext(
            N_("The act asks for a plan in balance or surplus: the council must decide on measures.")
        )


def _by_year(balance: Balance, words: Words) -> str:
    told = ", ".join(f"{one.year} {words.share(one.in_surplus)}" for one in balance.years)
    return words.gettext(N_("Share of worlds with a result at or above zero: {years}.")).format(years=told)


def _deficit(balance: Balance, words: Words) -> Iterator[str]:
    opening, end = balance.opening, balance.years[-1]
    if opening is None:
        yield words.gettext(N_("§ 110: there is no accumulated deficit at the start (estimate)."))
    else:
        yield words.gettext(
            N_(
                "§ 110: the accumulated deficit at the end of {year}, {amount} thousand euros (estimate),"
                " must be covered by the end of {deadline}, or earlier if it is older than that year."
            )
        ).format(year=opening.year, amount=words.number(opening.keur), deadline=opening.deadline)
        yield words.gettext(N_("The plan must name the measures that cover it."))
        if opening.covered is not None:
            yield words.gettext(N_("It is covered by then in {share} of the worlds.")).format(
                share=words.share(opening.covered)
            )
    yield words.gettext(
        N_("At the end of {year} an accumulated deficit stands in {share} of the worlds.")
    ).format(year=end.year, share=words.share(end.deficit))
    if balance.deadlines is not None:
        first, last = balance.deadlines
        when = str(first) if first == last else f"{first}–{last}"
        yield words.gettext(N_("There it must be covered by the end of {years}.")).format(years=when)


def _criteria(balance: Balance, words: Words) -> Iterator[str]:
    yield words.gettext(
        N_(
            "§ 118: a criterion for the assessment procedure is met in some year of the plan in {share} of"
            " the worlds."
        )
    ).format(share=words.share(balance.any_criterion))
    if balance.any_criterion > 0.0:
        told = "; ".join(
            f"{words.gettext(indicators()[name].label)} {words.share(share)}"
            for name, share in balance.criteria.items()
        )
        yield f"{told}."
    yield words.gettext(
        N_(
            "The act looks at the municipal group: here its figures are the municipality's own, but for"
            " loans."
        )
    )
