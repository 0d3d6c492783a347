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
    EMPLOYED,
    UNEMPLOYMENT_RATE,
    HOUSE_PRICE_INDEX,
    COVERAGE_EARLY_CHILDHOOD,
    COVERAGE_BASIC_EDUCATION,
    COVERAGE_UPPER_SECONDARY,
    SPENDING_LEISURE,
    SPENDING_ENVIRONMENT,
    REPAIR_DEBT,
    MUNICIPAL_JOBS,
    NET_OPERATING_COST,
    INCOME_TAX_RATE,
    TAX_REVENUE,
    STATE_GRANT,
    ANNUAL_MARGIN,
    DEPRECIATION,
    RESULT,
    INVESTMENT,
    CASH_FLOW,
    LOANS,
    CASH,
    FIXED_ASSETS,
    ACCUMULATED_SURPLUS,
    DIGITAL_REACH,
    PARTICIPATION,
    TRUST,
    EXCLUSION,
    LEVER_CAPACITY,
    LEVER_LEISURE,
    LEVER_ENVIRONMENT,
    LEVER_BUSINESS,
    LEVER_UPKEEP,
    LEVER_DIGITAL,
    LEVER_ENGAGEMENT,
    LEVER_TAX_CHANGE,
    LEVER_SAVING,
) = range(46)
INDICATORS = 46

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
) = range(14)
WORLD_COLUMNS = 14

#: Areas of net operating cost. The first three have places (capacity) and need by age.
(
    EARLY_CHILDHOOD,
    BASIC_EDUCATION,
    UPPER_SECONDARY,
    LEISURE,
    ENVIRONMENT,
    BUSINESS,
    ADMINISTRATION,
) = range(7)
AREAS = 7
SCHOOLS = 3
#: Ages in need of places, first and last: early childhood, basic (with pre-primary), upper secondary.
FIRST_AGE = (1, 6, 16)
LAST_AGE = (5, 15, 18)

#: Levers: what the council sets each year. Ambitions are spending per user, share of today's.
(
    AIM_EARLY,  # places aimed at, share of base-year need; this and the two next, by school area
    AIM_BASIC,
    AIM_UPPER,
    AMBITION_EDUCATION,
    AMBITION_LEISURE,
    AMBITION_ENVIRONMENT,
    AMBITION_BUSINESS,
    AMBITION_ADMINISTRATION,
    UPKEEP,  # share of the yearly wear that is renewed
    INVESTMENT_KEPT,  # share that is kept of today's net investment above wear (or below it)
    DIGITAL,  # real euros per resident a year
    ENGAGEMENT,  # real euros per resident a year
    TAX_RATE,  # municipal income tax, percent
) = range(13)
LEVERS = 13

#: Stocks of a life beside its population.
(
    S_LOANS,  # euros
    S_CASH,  # euros
    S_ASSETS,  # book value of fixed assets, euros
    S_SURPLUS,  # accumulated surplus, euros
    S_REPAIR_DEBT,  # real euros
    S_USERS,  # residents for whom spending is sized
    S_JOBS,  # jobs more or fewer than when going on as today, not from population
    S_PARTICIPATION,  # turnout, percent
    S_TRUST,  # index 0–100
    S_EXCLUSION,  # percent
    S_DEFICIT_YEARS,  # years in a row with an accumulated deficit
    S_CHILD_RATIO,  # seen: yearly ratio of ages 1–15 to ages 0–14 of the year before
    S_NEWBORN,  # seen: mean of newborn residents of late years, persons
    S_SAVING,  # general saving decided so far, share of flexible spending
    S_LEISURE,  # ambition before saving, share of today's spending per user
    S_ENVIRONMENT,
    S_BUSINESS,
) = range(17)
STOCKS = 17

#: What the base year looked like, kept through a life.
(
    B_POPULATION,  # persons
    B_WORKING_AGE,  # persons aged 18–64
    B_TAX_PROFILE,  # sum of the tax profile over residents
    B_OUT_SHARE,  # moves out to other municipalities a year, share of residents
    B_COST,  # net operating cost, euros
    B_NEED,  # residents in need of places; this and the two next columns, one for each school area
) = range(6)
BASE_COLUMNS = B_NEED + SCHOOLS


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
    tax_profile: Floats  # [age] taxed earnings relative to the mean of the age profile
    income_tax_rate: float  # percent
    income_tax_base: float  # euros a year
    corporate_tax: float  # euros a year
    property_tax: float  # euros a year
    grant_prices: Floats  # [age] calculated cost per resident of that age, euros a year
    grant_share: float  # grant percentage / 100
    grant_other: float  # the rest of the grant, euros a year
    equalisation_rate: float  # mean income tax rate of the country / 100
    equalisation_mean: Floats  # [year] the country's calculated tax, real euros per resident
    equalisation_added: float  # share of the gap added below the mean
    equalisation_deducted: float  # share of the excess deducted above the mean
    financial_income: float  # net financial income without interest on loans, euros a year
    depreciation: float  # euros a year
    fixed_assets: float  # book value, euros
    investment: float  # net investment of a normal year, euros
    loans: float  # euros
    cash: float  # euros
    accumulated_surplus: float  # euros
    employed: float  # residents
    labour_force: float  # residents
    jobs: float  # in the municipality
    municipal_jobs: float
    repair_debt: float  # euros
    digital: float  # euros per resident a year spent today
    engagement: float  # euros per resident a year spent today
    participation: float  # turnout, percent
    trust: float  # index 0–100
    exclusion: float  # percent at risk of low income
