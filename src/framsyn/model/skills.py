"""Skills: what early years and schools do to the earnings of those who grew up here, decades later.

The resources of each year are summed up; an age in a later year carries the mean of the years in which it was
at school, or in early childhood education. Those who moved away take it with them.
"""

from framsyn.model.coefficients import (
    EARLY_TO_SCHOOLING,
    SCHOOL_TO_WAGE,
    SCHOOLING_TO_WAGE,
    STAYS_AT_HOME,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    BASIC_EDUCATION,
    COVERAGE,
    EARLY_CHILDHOOD,
    FEMALE,
    FIRST_AGE,
    FIRST_SCHOOL_AGE,
    LAST_AGE,
    LAST_SCHOOL_AGE,
    LAST_WORKING_AGE,
    MALE,
    QUALITY,
    SKILLS,
    UPPER_SECONDARY,
    Floats,
    Place,
)
from framsyn.model.life import Life

#: Rows of `Life.schooling`: sums until each year of the change of schools' resources, of places per child.
RESOURCES, PLACES = range(2)
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
    """Add the year's resources of schools and places in early childhood education to their sums."""
    schooling, row = life.schooling, record[year]
    schooling[RESOURCES, year] = schooling[RESOURCES, year - 1] + school_resources(row, place)
    places = min(0.0, row[COVERAGE + EARLY_CHILDHOOD] / 100.0 - 1.0)
    more = (row[QUALITY + EARLY_CHILDHOOD] - 100.0) / 100.0
    schooling[PLACES, year] = schooling[PLACES, year - 1] + places + more


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
def earnings_of_skills(year: int, place: Place, effects: Floats, life: Life, record: Floats) -> float:
    """Taxed earnings that skills add, in units of the age profile; the mean gain by age becomes an index.

    Ages that left school before the base year carry nothing.
    """
    people, total, gains = life.people[year % 2], 0.0, 0.0
    last = min(LAST_WORKING_AGE, LAST_SCHOOL_AGE + year)
    for age in range(LAST_SCHOOL_AGE + 1, last + 1):
        gain = effects[STAYS_AT_HOME] * wage_gain(age, year, effects, life.schooling)
        total += gain * place.tax_profile[age] * (people[MALE, age] + people[FEMALE, age])
        gains += gain
    record[year, SKILLS] = 100.0 * (1.0 + gains / (LAST_WORKING_AGE - LAST_SCHOOL_AGE))
    return float(total)
