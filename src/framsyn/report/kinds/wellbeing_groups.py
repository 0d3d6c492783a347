"""Differences between groups: what is known here by sex and age, and what others publish."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from framsyn.datafile import rows
from framsyn.evaluate.figures import death_by_sex, years_left_by_sex
from framsyn.i18n.translator import N_
from framsyn.model.layout import Floats
from framsyn.places.bundle import Bundle
from framsyn.report.document.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.kinds.telling import Telling

#: First and last age of each group; the last is open.
AGES = ((0, 6), (7, 15), (16, 24), (25, 44), (45, 64), (65, 74), (75, 84), (85, 100))
MEN, WOMEN = 0, 1
SEXES = ("men", "women")
HELD = N_(
    "Of residents by group the start holds little: age and sex, mortality by sex, and low income of children"
    " beside that of all. Nothing is held by language, education, origin, disability or place of living."
)
ELSEWHERE = N_(
    "What follows is not in the model: it is published elsewhere, and belongs here. Where a statistic"
    " hides the figures of a small municipality, say so rather than guess."
)
#: By how women's and men's figures differ, and what the municipality's own deaths weigh in them.
LONGER = N_("Expected years left at 65: women {women}, men {men}: women have {difference} more.")
SHORTER = N_("Expected years left at 65: women {women}, men {men}: men have {difference} more.")
EQUAL = N_("Expected years left at 65: women {women}, men {men}: no difference.")
WEIGHT = N_(
    "Mortality is estimated: the municipality's own deaths weigh {weight}, those of its region the rest."
    " Where the weight is small, the difference is the region's."
)
MORE_CHILDREN = N_("Low income is more common among children ({children}) than among all residents ({all}).")
FEWER_CHILDREN = N_("Low income is less common among children ({children}) than among all residents ({all}).")
SAME_CHILDREN = N_("Low income is as common among children ({children}) as among all residents ({all}).")
AGES_NOTE = N_("Ages are estimated. The coming year is the mean of the futures when going on as today.")
NO_INCOME = N_("Low income is not published of children, or not of all residents: the two are not compared.")


@dataclass(frozen=True)
class GroupNumbers:
    """Traced numbers of groups of residents today."""

    t: Telling

    def of(self, indicator: str, label: str, of: str, value: float, unit: str, decimals: int) -> Number:
        """A figure of a group, `of` = women, men or value for all."""
        trace = Trace("present", indicator, label, year=self.t.material.base, of=of, unit=unit, middle=value)
        words = self.t.words
        text = words.percent(value, decimals) if unit == "%" else words.number(value, decimals)
        return Number(text, (value,), decimals, trace)

    def years_left(self) -> dict[str, float]:
        """Expected years left at 65 of women and men."""
        return dict(zip(SEXES, map(float, self._row(years_left_by_sex)), strict=True))

    def deaths(self) -> dict[str, float]:
        """Per cent of women and men who die between 15 and 65 with today's mortality."""
        return dict(zip(SEXES, (100.0 * self._row(death_by_sex)).tolist(), strict=True))

    def _row(self, by_sex: Callable[[Bundle], Floats]) -> Floats:
        m = self.t.material.municipality
        return np.asarray(by_sex(m.bundle)[m.index])


def groups(t: Telling) -> Iterator[Block]:
    """What is known by group, what it says, and what is published elsewhere."""
    told = GroupNumbers(t)
    yield Paragraph((t.words.gettext(HELD),), "lead")
    yield Bullets((sexes(t), low_income(t), _weight(told)))
    yield _by_sex(told)
    yield _ages(told)
    yield Heading(2, t.words.gettext(N_("Published elsewhere, by group")))
    yield Paragraph((t.words.gettext(ELSEWHERE),))
    yield _elsewhere(t)
    yield from t.write(
        N_("To be written by the municipality: the differences between groups."), "wellbeing_groups"
    )


def sexes(t: Telling) -> Text:
    """How women's expected years differ from men's."""
    told = GroupNumbers(t)
    found = told.years_left()
    label, unit = t.words.gettext("Years of life left at 65"), t.words.gettext("years")
    gap = found["women"] - found["men"]
    shown = round(abs(gap), 1)
    message = EQUAL if shown == 0.0 else LONGER if gap > 0 else SHORTER
    women, men = (told.of("years_left_at_65", label, sex, found[sex], unit, 1) for sex in ("women", "men"))
    difference = told.of("years_left_at_65", label, "women_men", abs(gap), unit, 1)
    return phrase(t.words.gettext(message), women=women, men=men, difference=difference)


def low_income(t: Telling) -> Text:
    """Whether low income is more common among children than among all."""
    children, everybody = t.reading_of("child_low_income"), t.reading_of("low_income")
    if "missing" in (children.status, everybody.status):
        return (t.words.gettext(NO_INCOME),)
    gap = round(children.value, 1) - round(everybody.value, 1)
    message = MORE_CHILDREN if gap > 0 else FEWER_CHILDREN if gap < 0 else SAME_CHILDREN
    return phrase(
        t.words.gettext(message),
        children=t.present.value(children),
        all=t.present.value(everybody),
    )


def _weight(told: GroupNumbers) -> Text:
    m = told.t.material.municipality
    value = 100.0 * float(m.bundle["shrinkage_mortality"][m.index])
    label = told.t.words.gettext(N_("Weight of the municipality's own deaths"))
    return phrase(
        told.t.words.gettext(WEIGHT), weight=told.of("shrinkage_mortality", label, "value", value, "%", 0)
    )


def _by_sex(told: GroupNumbers) -> Table:
    words = told.t.words
    years, percent = words.gettext("years"), "%"
    made = []
    for indicator, message, unit, found in (
        ("years_left_at_65", "Years of life left at 65", years, told.years_left()),
        ("deaths_15_64", "Chance of dying between 15 and 65", percent, told.deaths()),
    ):
        label = words.gettext(message)
        one = told.t.reading_of(indicator)
        cells = [(told.of(indicator, label, sex, found[sex], unit, 1),) for sex in ("women", "men")]
        named = label if unit == percent else f"{label}, {unit}"
        made.append(Row(((named,), *cells, (told.t.present.value(one),), (told.t.present.peer_median(one),))))
    columns = (
        Column(words.gettext("Indicator"), numeric=False, width=2.4),
        Column(words.gettext("Women")),
        Column(words.gettext("Men")),
        Column(words.gettext(N_("All"))),
        Column(words.gettext("Peers' median")),
    )
    return Table(words.gettext(N_("Women and men")), columns, tuple(made))


def _ages(told: GroupNumbers) -> Table:
    t = told.t
    now = t.material.municipality.population
    counts = t.material.futures["population_by_age"].sel(posture="as_is", year=t.horizon)
    then = np.asarray(counts.sum("sex").to_numpy(), dtype=np.float64)
    columns = (
        Column(t.words.gettext(N_("Age")), numeric=False),
        Column(f"{t.words.gettext('Women')} {t.material.base}"),
        Column(f"{t.words.gettext('Men')} {t.material.base}"),
        Column(f"{t.words.gettext(N_('All'))} {t.material.base}"),
        Column(t.say("As today {year}", year=t.horizon)),
    )
    made = tuple(_age_row(told, first, last, now, then) for first, last in AGES)
    note = t.words.gettext(AGES_NOTE)
    return Table(t.words.gettext(N_("Residents by age and sex")), columns, made, (note,))


def _age_row(told: GroupNumbers, first: int, last: int, now: Floats, then: Floats) -> Row:
    t = told.t
    ages = f"{first}–{last}" if last < 100 else f"{first}+"
    label = t.say(N_("Residents aged {ages}"), ages=ages)
    name, unit = f"ages_{first}_{last}", t.words.gettext("persons")
    window = slice(first, last + 1)
    counts = {sex: float(now[place, window].sum()) for place, sex in enumerate(SEXES)}
    trace = Trace(
        "futures",
        name,
        label,
        "as_is",
        t.numbers.names["as_is"],
        t.horizon,
        "mean",
        unit,
        float(then[window].sum()),
    )
    coming = Number(t.words.number(trace.middle), (trace.middle,), 0, trace)
    cells = [(told.of(name, label, sex, counts[sex], unit, 0),) for sex in ("women", "men")]
    everybody = told.of(name, label, "value", sum(counts.values()), unit, 0)
    return Row(((ages,), *cells, (everybody,), (coming,)))


def _elsewhere(t: Telling) -> Table:
    columns = (
        Column(t.words.gettext(N_("Matter")), numeric=False, width=1.4),
        Column(t.words.gettext(N_("Groups")), numeric=False, width=1.1),
        Column(t.words.gettext(N_("Who publishes it")), numeric=False, width=1.4),
    )
    made = tuple(
        Row(tuple((t.words.gettext(row[name]),) for name in ("matter", "groups", "publisher")))
        for row in rows("framsyn.report", "wellbeing_groups.csv")
    )
    return Table(t.words.gettext(N_("What is published elsewhere by group")), columns, made)
