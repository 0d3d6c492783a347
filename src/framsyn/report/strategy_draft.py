"""The draft of a strategy (§ 37 of the Municipal Act) as Markdown, to be written on by the municipality."""

from collections.abc import Iterator, Sequence

from framsyn.choose.plan import Plan
from framsyn.choose.plan_lines import COLUMNS, lines
from framsyn.choose.statute import Draft, Figure, Range, Section
from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.model.indicators import Indicator
from framsyn.report.balance_words import EXEMPT
from framsyn.report.explanation import STATUS_LABELS
from framsyn.report.plan import caption
from framsyn.report.plan_words import (
    COLUMN_LABELS,
    amount,
    balance_sentences,
    interval,
    line_label,
    notes,
)
from framsyn.report.strategy_words import (
    against_sentences,
    course_sentences,
    ends,
    label,
    moved,
    number,
    phases,
    setting,
    signed,
)

INTRODUCTIONS = (
    N_(
        "A draft in the form of § 37 of the Municipal Act: the seven items that the act names, the assessment"
        " that the strategy must rest on, and its evaluation. The numbers are the model's; the goals are the"
        " council's to write."
    ),
    N_(
        "The strategy is lived beside going on as today in the same {draws} futures. A value is the median,"
        " and beside it stands the interval that holds 80% of the futures: what lies outside can happen too."
        " Money is in the prices of {base}."
    ),
)


#: What a number may begin with.
SIGNS = tuple("+−–<>")


def strategy_draft(draft: Draft, plan: Plan, name: str, words: Words) -> str:
    """The whole draft as Markdown.

    Args:
        draft: the headings with their numbers.
        plan: the economic plan of the same strategy, told where the economy is.
        name: of the strategy.
        words: the language.
    """
    title = words.gettext("Draft strategy of {name}: {strategy}").format(
        name=draft.names.get(words.lang) or draft.code, strategy=_plain(name)
    )
    blocks = [f"# {title}", *_introduction(draft, plan, words)]
    for section in draft.sections:
        blocks += _section(section, draft, plan, name, words)
    blocks.append(_made_from(draft, words))
    return "\n\n".join(blocks) + "\n"


def _introduction(draft: Draft, plan: Plan, words: Words) -> Iterator[str]:
    if plan.exempt:
        yield words.gettext(EXEMPT)
    for text in INTRODUCTIONS:
        yield words.gettext(text).format(draws=words.number(draft.draws), base=draft.base_year)


def _section(section: Section, draft: Draft, plan: Plan, name: str, words: Words) -> Iterator[str]:
    item = section.item
    number_of = f"{item.number}. " if item.number else ""
    yield f"## {number_of}{words.gettext(item.heading)}"
    yield words.gettext(item.holds)
    if item.id == "present_state":
        yield _present(section, draft, words)
    elif item.id == "environment":
        yield _environment(section, draft, words)
        yield _bullets(course_sentences(section, draft, words))
    elif item.id == "follow_up":
        yield _follow_up(draft, words)
        yield words.gettext(N_("The strategy is reviewed at least once in a council term (§ 37)."))
    elif section.figures:
        yield _against(section, draft, name, words)
        yield _bullets(against_sentences(section, draft, words))
    if section.levers:
        yield from _levers(section, words)
    if item.kind == "economy":
        yield from _plan(plan, words)
    yield f"> {words.gettext(item.write)}"


def _present(section: Section, draft: Draft, words: Words) -> str:
    headings = [
        words.gettext("Indicator"),
        words.gettext("Unit"),
        str(draft.base_year),
        words.gettext("Known how"),
    ]
    rows = [
        [
            *_named(one, words),
            number(one.indicator, one.now.p50, words),
            words.gettext(STATUS_LABELS[one.present]) if one.present else NOT_KNOWN,
        ]
        for one in section.figures
    ]
    return table(headings, rows)


def _environment(section: Section, draft: Draft, words: Words) -> str:
    headings = [
        words.gettext("Indicator"),
        words.gettext("Unit"),
        str(draft.base_year),
        words.gettext("As today {year}").format(year=draft.horizon),
        words.gettext("80% interval"),
    ]
    rows = [
        [
            *_named(one, words),
            number(one.indicator, one.now.p50, words),
            number(one.indicator, one.as_today.p50, words),
            ends(one.indicator, one.as_today, draft.draws, words),
        ]
        for one in section.figures
    ]
    return table(headings, rows)


def _against(section: Section, draft: Draft, name: str, words: Words) -> str:
    headings = [
        words.gettext("Indicator"),
        words.gettext("Unit"),
        str(draft.base_year),
        f"{name} {draft.horizon}",
        words.gettext("80% interval"),
        words.gettext("As today {year}").format(year=draft.horizon),
        words.gettext("Difference (80% interval)"),
    ]
    rows = [_compared(one, draft, words) for one in section.figures]
    return table(headings, rows)


def _compared(one: Figure, draft: Draft, words: Words) -> list[str]:
    known, difference = one.indicator, signed(one.indicator, one.difference.p50, words)
    return [
        *_named(one, words),
        number(known, one.now.p50, words),
        number(known, one.strategy.p50, words),
        ends(known, one.strategy, draft.draws, words),
        number(known, one.as_today.p50, words),
        difference
        if draft.draws == 1
        else f"{difference} ({ends(known, one.difference, draft.draws, words)})",
    ]


def _named(one: Figure, words: Words) -> list[str]:
    return [label(one.indicator, words), words.gettext(one.indicator.unit)]


def _levers(section: Section, words: Words) -> Iterator[str]:
    heading = words.gettext("What the strategy decides")
    yield f"**{heading}**"
    changed = moved(section.levers)
    if not changed:
        yield words.gettext(N_("Nothing here is set otherwise than today."))
        return
    headings = [
        words.gettext("Decision"),
        words.gettext("Unit"),
        words.gettext("As today"),
        words.gettext("The strategy"),
    ]
    rows = [
        [
            words.gettext(one.lever.label),
            words.gettext(one.lever.unit),
            setting(one.lever, one.today, words),
            phases(one, words),
        ]
        for one in changed
    ]
    yield table(headings, rows)
    same = [words.gettext(one.lever.label) for one in section.levers if not one.moved]
    if same:
        yield words.gettext(N_("As today: {names}.")).format(names="; ".join(same))


def _follow_up(draft: Draft, words: Words) -> str:
    followed = [(one.item, one.followed) for one in draft.sections if one.followed is not None]
    years = list(followed[0][1].years)
    headings = [words.gettext("Heading"), words.gettext("Indicator"), words.gettext("Unit")]
    headings += [words.gettext("{year}, 80% interval").format(year=year) for year in years]
    rows = [
        [
            words.gettext(item.heading),
            label(told.indicator, words),
            words.gettext(told.indicator.unit),
            *[_expected(told.indicator, told.years[year], draft, words) for year in years],
        ]
        for item, told in followed
    ]
    return table(headings, rows)


def _expected(one: Indicator, told: Range, draft: Draft, words: Words) -> str:
    middle = number(one, told.p50, words)
    return middle if draft.draws == 1 else f"{middle} ({ends(one, told, draft.draws, words)})"


def _plan(plan: Plan, words: Words) -> Iterator[str]:
    heading = words.gettext("Economic plan {first}–{last} (§ 110), thousand euros").format(
        first=plan.budget_year, last=plan.budget_year + 2
    )
    yield f"### {heading}"
    headings = [words.gettext("Thousand euros")]
    headings += [f"{words.gettext(COLUMN_LABELS[one])} {year}" for one, year in plan.years.items()]
    yield table(headings, [_plan_row(line, plan, words) for line in lines()])
    yield caption(plan, words)
    yield _bullets(notes(plan, words))
    yield _bullets(balance_sentences(plan, words))


def _plan_row(line: str, plan: Plan, words: Words) -> list[str]:
    cells = [plan.cell(line, column) for column in COLUMNS]
    told = [(amount(one, words), interval(one, words)) for one in cells]
    return [line_label(line, words), *[f"{text} ({span})" if span else text for text, span in told]]


def _made_from(draft: Draft, words: Words) -> str:
    text = words.gettext(
        "Made by Framsyn from {draws} futures, seed {seed}, start {version}. Every number with its indicator,"
        " strategy and year: strategy_draft.json and plan.csv."
    )
    return (
        "*"
        + text.format(draws=words.number(draft.draws), seed=draft.seed, version=draft.bundle_version)
        + "*"
    )


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; columns that hold mostly numbers stand to the right."""
    shares = [sum(_is_number(row[place]) for row in rows) for place in range(len(headings))]
    rule = ["---:" if 2 * one > len(rows) else "---" for one in shares]
    return "\n".join(_row(cells) for cells in (headings, rule, *rows))


def _is_number(text: str) -> bool:
    return text[:1].isdigit() or text[:1] in SIGNS


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _plain(text: str) -> str:
    """Text that does not break a table."""
    return " ".join(text.split("\n")).replace("|", "\\|")


def _bullets(told: Sequence[str]) -> str:
    return "\n".join(f"- {one}" for one in told)
