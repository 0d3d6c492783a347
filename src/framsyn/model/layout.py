"""Names of every axis and column in the arrays of the model.

Axes: `sex` 0 = male, 1 = female; `age` 0…100 in completed years, 100 = 100 and over; `year` 0 = base
year, stocks at 31 December and flows during the year. Money is in euros; "real" means base-year prices.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MALE, FEMALE = range(2)
SEXES = 2
AGES = 101
OPEN_AGE = AGES - 1

#: Areas of net operating cost. The first three have places and need by age; the first nine are the
#: brochure's services; health and social care is nobody's on the mainland since 2023.
(
    EARLY_CHILDHOOD,
    BASIC_EDUCATION,
    UPPER_SECONDARY,
    CULTURE,
    SPORT_YOUTH,
    ENVIRONMENT,
    SAFETY,
    BUSINESS,
    PARTICIPATION,
    ADMINISTRATION,
    HEALTH_SOCIAL,
) = range(11)
AREAS = 11
SERVICES = 9
SCHOOLS = 3
#: Ages in need of places, first and last: early childhood, basic (with pre-primary), upper secondary.
FIRST_AGE = (1, 6, 16)
LAST_AGE = (5, 15, 18)
#: Youth whom sport and youth work serve twice as much as others (Youth Act 1285/2016: under 29).
FIRST_YOUNG, LAST_YOUNG = 7, 28
FIRST_WORKING_AGE, LAST_WORKING_AGE = 18, 64
LAST_CHILD = 14  # of the share under 15, and of the children whose number is watched

#: Columns of a life's record: the rows of `indicators.csv`, in the same order.
(
    POPULATION,
    BIRTHS,
    DEATHS,
    MOVES_IN,
    MOVES_OUT,
    IMMIGRATION,
    EMIGRATION,
    SHARE_UNDER_15,
    SHARE_65_PLUS,
    JOBS,
    JOBS_TRADABLE,
    MUNICIPAL_JOBS,
    EMPLOYED,
    OUT_COMMUTERS,
    IN_COMMUTERS,
    UNEMPLOYMENT_RATE,
    EARNINGS_INDEX,
    INCOME_TAX_BASE,
    HOUSE_PRICE_INDEX,
    NEED,  # one column for each service from here, as the three next
) = range(20)
COVERAGE = NEED + SERVICES
STAFF = COVERAGE + SERVICES
QUALITY = STAFF + SERVICES
COST = QUALITY + SERVICES  # one column for each area from here
(
    CLOSED_PLACES,
    REPAIR_DEBT,
    OPERATING_INCOME,
    OPERATING_COST,
    NET_OPERATING_COST,
    INCOME_TAX_RATE,
    INCOME_TAX,
    CORPORATE_TAX,
    PROPERTY_TAX,
    TAX_REVENUE,
    GRANT_BY_AGE,
    GRANT_EQUALISATION,
    STATE_GRANT,
    FINANCIAL_INCOME,
    INTEREST,
    ANNUAL_MARGIN,
    DEPRECIATION,
    RESULT,
    INVESTMENT,
    CASH_FLOW,
    LOANS,
    CASH,
    FIXED_ASSETS,
    ACCUMULATED_SURPLUS,
    DEFICIT_YEARS,
    SERVICING_COVERAGE,
    DEFICIT_UNCOVERED,
    DEFICIT_TOO_LARGE,
    FOUR_LIMITS,
    DIGITAL_REACH,
    TURNOUT,
    COOPERATION,
    TRUST,
    COHESION,
    EXCLUSION,
    YOUTH_OUTSIDE,
    SAFETY_FELT,
    LEVER_CAPACITY,
    LEVER_EDUCATION,
    LEVER_CULTURE,
    LEVER_SPORT_YOUTH,
    LEVER_ENVIRONMENT,
    LEVER_SAFETY,
    LEVER_BUSINESS,
    LEVER_UPKEEP,
    LEVER_HOUSING,
    LEVER_DIGITAL,
    LEVER_ENGAGEMENT,
    LEVER_TAX_CHANGE,
    LEVER_SAVING,
) = range(COST + AREAS, COST + AREAS + 50)
INDICATORS = COST + AREAS + 50

#: Columns of a world: multipliers are 1 where nothing deviates from the forecast.
(
    W_FERTILITY,  # multiplier of age-specific fertility rates
    W_MORTALITY,  # multiplier of death probabilities
    W_MOVES_IN,  # multiplier of in-migration from other municipalities
    W_MOVES_OUT,  # multiplier of out-migration to other municipalities
    W_IMMIGRATION,  # multiplier of immigration
    W_EMIGRATION,  # multiplier of emigration
    W_EMPLOYMENT,  # multiplier of the employment rate
    W_EARNINGS,  # index of real earnings
    W_PRICE,  # index of prices
    W_COST,  # index of municipal costs relative to prices
    W_INTEREST,  # interest on loans, share a year
    W_GRANT,  # multiplier of the state grant's calculated part
    W_CORPORATE,  # multiplier of corporate tax, real
    W_TILT,  # factor on ages, to the power of their mobility: what the forecast's total asks beyond rates
    W_JOBS,  # multiplier of the municipality's jobs in primary production and industry
    W_LOCAL_COST,  # multiplier of the municipality's own operating cost and income
    W_LOCAL_INCOME,  # multiplier of the municipality's own taxed income
    W_ONE_OFF,  # one-off items, real euros per resident
) = range(18)
WORLD_COLUMNS = 18

#: Levers: what the council sets each year. Ambitions are spending per user, share of today's, one for
#: each area from AMBITION on; that of participation is in real euros per resident (ENGAGEMENT).
(
    AIM_EARLY,  # places aimed at, share of base-year need; this and the two next, by school area
    AIM_BASIC,
    AIM_UPPER,
    AMBITION,
) = range(4)
ENGAGEMENT = AMBITION + PARTICIPATION
(
    UPKEEP,  # share of the yearly wear that is renewed
    INVESTMENT_KEPT,  # share that is kept of today's net investment above wear (or below it)
    HOUSING,  # land and housing, real euros per resident a year beyond today's
    DIGITAL,  # real euros per resident a year
    TAX_RATE,  # municipal income tax, percent
) = range(AMBITION + AREAS, AMBITION + AREAS + 5)
LEVERS = AMBITION + AREAS + 5

#: Stocks of a life beside its population.
(
    S_LOANS,  # euros
    S_CASH,  # euros
    S_ASSETS,  # book value of fixed assets, euros
    S_SURPLUS,  # accumulated surplus, euros
    S_REPAIR_DEBT,  # real euros
    S_JOBS,  # other jobs that decisions and people make beyond what a life as today has
    S_INDUCED,  # local jobs that tradable jobs have made or lost since the base year
    S_TURNOUT,  # percent
    S_TRUST,  # index 0–100; this and the three next
    S_COHESION,
    S_COOPERATION,
    S_SAFETY,
    S_DEFICIT_YEARS,  # years in a row with an accumulated deficit
    S_LIMITS_MET,  # 1 where the four limits of § 118 were met last year
    S_CHILD_RATIO,  # seen: yearly ratio of ages 1–15 to ages 0–14 of the year before
    S_ADULT_RATIO,  # seen: yearly ratio of ages 19–65 to ages 18–64 of the year before
    S_NEWBORN,  # seen: mean of newborn residents of late years, persons
    S_SAVING,  # general saving decided so far, share of flexible spending
) = range(18)
STOCKS = 18

#: What the base year looked like, kept through a life.
(
    B_POPULATION,  # persons
    B_WORKING_AGE,  # persons aged 18–64
    B_TAX_PROFILE,  # sum of the tax profile over residents
    B_TFR,  # total fertility rate, children per woman
    B_OUT_SHARE,  # moves out to other municipalities a year, share of residents
    B_COST,  # net operating cost, euros
    B_GROSS,  # operating cost, euros
    B_NEED,  # users by area; this and the next, one for each area
) = range(8)
B_GRANT_PRICE = B_NEED + AREAS  # mean calculated cost a child of each school area, euros
BASE_COLUMNS = B_GRANT_PRICE + SCHOOLS

#: Start values of the community, drawn for each life: no register holds all of them.
(
    C_TURNOUT,  # percent
    C_TRUST,  # index 0–100; this and the four next
    C_COHESION,
    C_COOPERATION,
    C_SAFETY,
    C_REACH,
    C_EXCLUSION,  # percent at risk of low income
    C_YOUTH,  # percent of youth outside work and study
) = range(8)
COMMUNITY = 8


class Rates(NamedTuple):
    """Demographic rates of one municipality over `years`; ages are those at the start of the year."""

    fertility: Floats  # [age] births per woman-year, at the age of the mother
    male_birth_share: float
    mortality: Floats  # [year, sex, age] probability of dying in the year
    mortality_newborn: Floats  # [year, sex] probability of dying before 31 December of birth year
    out_rate: Floats  # [year, sex, age] probability of moving to another municipality
    moves_in: Floats  # [year, sex, age] persons a year from other municipalities
    immigration: Floats  # [sex, age] persons a year
    emigration_rate: Floats  # [sex, age] probability of moving abroad


class Place(NamedTuple):
    """One municipality at the base year: everything a life starts from."""

    population: Floats  # [sex, age] persons at 31 December
    costs: Floats  # [area] net operating cost, real euros a year
    incomes: Floats  # [area] operating income, real euros a year
    tax_profile: Floats  # [age] taxed earnings relative to the mean of the age profile
    care_weights: Floats  # [age] need of health and social care relative to that of those under 65
    income_tax_rate: float  # percent
    income_tax_base: float  # euros a year
    corporate_tax: float  # euros a year
    property_tax: float  # euros a year
    grant_prices: Floats  # [age] calculated cost per resident of that age, euros a year
    grant_other: float  # grant beside ages and equalisation, euros a year
    equalisation_rate: float  # mean income tax rate of the country in the equalisation / 100
    equalisation_mean: Floats  # [year] the country's calculated tax, real euros per resident
    financial_income: float  # net financial income without interest on loans, euros a year
    depreciation: float  # euros a year
    fixed_assets: float  # book value, euros
    investment: float  # net investment of a normal year, euros
    loans: float  # euros
    group_loans: float  # loans of the municipal group, euros
    mean_group_loans: float  # the country's, real euros per resident
    cash: float  # euros
    accumulated_surplus: float  # euros
    employed: float  # residents
    labour_force: float  # residents
    jobs: float  # in the municipality
    jobs_tradable: float  # of which in primary production and industry
    jobs_trend: Floats  # [year] factor on jobs from the municipality's own past course
    municipal_jobs: float
    local_share: float  # share of jobs here that residents hold
    village_share: float  # share of residents outside urban settlements
    repair_debt: float  # euros
    digital: float  # euros per resident a year spent today
