"""Skills: what early years and schools do to the earnings of those who grew up here, decades later.

The resources of each year are summed up; an age in a later year carries the mean of the years in which it
was at school, or in early childhood education, and of the youth who stood outside. From that follow what they
earn and how many have no qualification after basic education. Those who moved away take it with them.
"""

from framsyn.model.coefficients import (
    EARLY_TO_QUALIFICATION,
    EARLY_TO_SCHOOLING,
    SCHOOL_TO_QUALIFICATION,
    SCHOOL_TO_WAGE,
    SCHOOLING_TO_WAGE,
    STAYS_AT_HOME,
    YOUTH_TO_QUALIFICATION,
)
from framsyn.model.community import within
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    BASIC_EDUCATION,
    BASIC_ONLY,
    COVERAGE,
    EARLY_CHILDHOOD,
    FEMALE,
    FIRST_AGE,
    FIRST_SCHOOL_AGE,
    FIRST_YOUTH,
    LAST_AGE,
    LAST_CHILD,
    LAST_SCHOOL_AGE,
    LAST_WORKING_AGE,
    LAST_YOUTH,
    MALE,
    QUALITY,
    SKILLS,
    UPPER_SECONDARY,
    YOUTH_OUTSIDE,
    Floats,
    Place,
)
from framsyn.model.life import TOTAL, Life
from framsyn.model.population import between

#: Rows of `Life.schooling`: sums until each year of the change of schools' resources, of places per child,
#: and of youth outside work and study, percentage points.
RESOURCES, PLACES, OUTSIDE = range(3)
SCHOOLING_ROWS = OUTSIDE + 1
#: Beyond this change of resources more does half as much; the register states effects for a tenth.
FULL_UNTIL, RESOURCES_UNIT = 0.15, 0.1
FIRST_EARLY_AGE, LAST_EARLY_AGE = FIRST_AGE[EARLY_CHILDHOOD], LAST_AGE[EARLY_CHILDHOOD]


@compiled
def school_resources(row: Floats, place: Place) -> float:
    """Change of schools' resources per pupil since the base year, share; beyond `FULL_UNTIL` half of it."""
    basic, upper = max(place.costs[BASIC_EDUCATION], 1.0), max(place.costs[UPPER_SECONDARY], 1.0)
    level = basic * row[QUALITY + BASIC_EDUCATION] + upper * row[QUALITY + UPPER_SECONDARY]
    change = level / (basic + upper) / 100.0 - 1.0
    return float(min(change, FULL_UNTIL) + 0.5 * max(0.0, change - FULL_UNTIL))


@compiled
def add_schooling(year: int, place: Place, life: Life, record: Floats) -> None:
    """Add the year's resources of schools, places in early childhood education and youth outside to the sums.

    Youth outside are last year's, since this year's follow later in the year.
    """
    schooling, row = life.schooling, record[year]
    schooling[RESOURCES, year] = schooling[RESOURCES, year - 1] + school_resources(row, place)
    places = min(0.0, row[COVERAGE + EARLY_CHILDHOOD] / 100.0 - 1.0)
    more = (row[QUALITY + EARLY_CHILDHOOD] - 100.0) / 100.0
    schooling[PLACES, year] = schooling[PLACES, year - 1] + places + more
    outside = record[year - 1, YOUTH_OUTSIDE] - record[0, YOUTH_OUTSIDE]
    schooling[OUTSIDE, year] = schooling[OUTSIDE, year - 1] + outside


@compiled
def mean_over(sums: Floats, first: int, last: int, now: int) -> float:
    """Mean of what was summed up over the years `first`…`last`; before the base year it is 0."""
    until, before = min(last, now - 1), max(0, first - 1)
    if until <= before:
        return 0.0
    return float((sums[until] - sums[before]) / (last - first + 1))


@compiled
def wage_gain(age: int, year: int, effects: Floats, schooling: Floats) -> float:
    """Earnings beyond the base year's of those of an age who grew up here, share."""
    born = year - age
    school = mean_over(schooling[RESOURCES], born + FIRST_SCHOOL_AGE, born + LAST_SCHOOL_AGE, year)
    early = mean_over(schooling[PLACES], born + FIRST_EARLY_AGE, born + LAST_EARLY_AGE, year)
    gain = effects[SCHOOL_TO_WAGE] / RESOURCES_UNIT * school
    gain += effects[EARLY_TO_SCHOOLING] * effects[SCHOOLING_TO_WAGE] * early
    return float(gain / 100.0)


@compiled
def fewer_qualified(age: int, year: int, effects: Floats, schooling: Floats) -> float:
    """Of those of an age who grew up here, those without a qualification beyond the base year's, percent."""
    born = year - age
    school = mean_over(schooling[RESOURCES], born + FIRST_SCHOOL_AGE, born + LAST_SCHOOL_AGE, year)
    early = mean_over(schooling[PLACES], born + FIRST_EARLY_AGE, born + LAST_EARLY_AGE, year)
    outside = mean_over(schooling[OUTSIDE], born + FIRST_YOUTH, born + LAST_YOUTH, year)
    fewer = effects[SCHOOL_TO_QUALIFICATION] / RESOURCES_UNIT * school
    fewer += effects[EARLY_TO_QUALIFICATION] * early
    return float(fewer + effects[YOUTH_TO_QUALIFICATION] * outside)


@compiled
def earnings_of_skills(year: int, place: Place, effects: Floats, life: Life, record: Floats) -> float:
    """Taxed earnings that skills add, in units of the age profile; the mean gain by age becomes an index.

    Who has no qualification after basic education is written too, percent of those aged 15 and over.
    Ages that left school before the base year carry nothing.
    """
    people, total, gains, unqualified = life.people[year % 2], 0.0, 0.0, 0.0
    last = min(LAST_WORKING_AGE, LAST_SCHOOL_AGE + year)
    for age in range(LAST_SCHOOL_AGE + 1, last + 1):
        gain = effects[STAYS_AT_HOME] * wage_gain(age, year, effects, life.schooling)
        here = people[MALE, age] + people[FEMALE, age]
        total += gain * place.tax_profile[age] * here
        gains += gain
        fewer = fewer_qualified(age, year, effects, life.schooling) / 100.0
        unqualified += effects[STAYS_AT_HOME] * fewer * here
    record[year, SKILLS] = 100.0 * (1.0 + gains / (LAST_WORKING_AGE - LAST_SCHOOL_AGE))
    below = life.below[year % 2]
    grown = max(1.0, below[TOTAL] - between(below, 0, LAST_CHILD))
    record[year, BASIC_ONLY] = within(record[0, BASIC_ONLY] + 100.0 * unqualified / grown)
    return float(total)
