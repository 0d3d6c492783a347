"""Names of every axis and column in the arrays of the model.

Axes: `sex` 0 = male, 1 = female; `age` 0…100 in completed years, 100 = 100 and over; `year` 0 = base
year, stocks at 31 December and flows during the year. Money is in euros; "real" means base-year prices.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import rows

Floats = NDArray[np.float64]

MALE, FEMALE = range(2)
SEXES = 2
AGES = 101
OPEN_AGE = AGES - 1

#: Ids of the areas of net operating cost and of the indicators, in the order of their tables.
AREA_IDS = tuple(row["id"] for row in rows("framsyn.model", "areas.csv"))
INDICATOR_IDS = tuple(row["id"] for row in rows("framsyn.model", "indicators.csv"))
AREAS, INDICATORS = len(AREA_IDS), len(INDICATOR_IDS)


def area_of(identity: str) -> int:
    """The number of an area.

    Raises:
        ValueError: `areas.csv` has no such row.
    """
    return AREA_IDS.index(identity)


#: Areas. The first three have places and need by age; the first twelve are the brochure's services; health
#: and social care is nobody's on the mainland since 2023.
EARLY_CHILDHOOD = area_of("early_childhood")
BASIC_EDUCATION = area_of("basic_education")
UPPER_SECONDARY = area_of("upper_secondary")
LIBRARY = area_of("library")
ART = area_of("art")
CULTURE = area_of("culture")
SPORT_YOUTH = area_of("sport_youth")
ENVIRONMENT = area_of("environment")
SAFETY = area_of("safety")
BUSINESS = area_of("business")
EMPLOYMENT = area_of("employment")
PARTICIPATION = area_of("participation")
ADMINISTRATION = area_of("administration")
HEALTH_SOCIAL = area_of("health_social")
SERVICES = 12
SCHOOLS = 3
#: Ages in need of places, first and last: early childhood, basic (with pre-primary), upper secondary.
FIRST_AGE = (1, 6, 16)
LAST_AGE = (5, 15, 18)
#: Youth whom sport and youth work serve twice as much as others (Youth Act 1285/2016: under 29).
FIRST_YOUNG, LAST_YOUNG = 7, 28
FIRST_WORKING_AGE, LAST_WORKING_AGE = 18, 64
#: Ages of families: children, and those who are most often their parents; first and last of each span.
FAMILY_AGES = ((0, 15), (25, 44))
#: Ages at school, and the first age that is an adult's.
FIRST_SCHOOL_AGE, LAST_SCHOOL_AGE = 7, 18
#: Youth of whom some stand outside work and study.
FIRST_YOUTH, LAST_YOUTH = 16, 29
LAST_CHILD = 14  # of the share under 15, and of the children whose number is watched


def column_of(identity: str) -> int:
    """The column of an indicator in a record.

    Raises:
        ValueError: `indicators.csv` has no such row.
    """
    return INDICATOR_IDS.index(identity)


def first_column_of(identities: Sequence[str]) -> int:
    """The first column of indicators that must stand side by side, in this order, in `indicators.csv`.

    Raises:
        ValueError: one is missing, or they stand apart.
    """
    columns = [column_of(identity) for identity in identities]
    if columns != list(range(columns[0], columns[0] + len(columns))):
        raise ValueError(f"indicators.csv: {', '.join(identities)} must stand side by side")
    return columns[0]


#: Columns of a record, one for each indicator.
POPULATION = column_of("population")
FLOW_IDS = ("births", "deaths", "moves_in", "moves_out", "immigration", "emigration")
BIRTHS = first_column_of(FLOW_IDS)  # one for each flow of people
DEATHS = column_of("deaths")
MOVES_IN = column_of("moves_in")
MOVES_OUT = column_of("moves_out")
IMMIGRATION = column_of("immigration")
EMIGRATION = column_of("emigration")
SHARE_UNDER_15 = column_of("share_under_15")
SHARE_65_PLUS = column_of("share_65_plus")
JOBS = column_of("jobs")
JOBS_TRADABLE = column_of("jobs_tradable")
MUNICIPAL_JOBS = column_of("municipal_jobs")
EMPLOYED = column_of("employed")
OUT_COMMUTERS = column_of("out_commuters")
IN_COMMUTERS = column_of("in_commuters")
UNEMPLOYMENT_RATE = column_of("unemployment_rate")
EARNINGS_INDEX = column_of("earnings_index")
INCOME_TAX_BASE = column_of("income_tax_base_per_resident")
HOUSE_PRICE_INDEX = column_of("house_price_index")
HOMES = column_of("homes")
HOMES_COMPLETED = column_of("homes_completed")
VACANCY = column_of("vacant_homes")
SKILLS = column_of("skills")
BASIC_ONLY = column_of("basic_education_only")
LONG_TERM = column_of("long_term_unemployed")
FOREIGN_LANGUAGE = column_of("foreign_language")
NEED = first_column_of([f"need_{area}" for area in AREA_IDS[:SERVICES]])  # one for each service
COVERAGE = first_column_of([f"coverage_{area}" for area in AREA_IDS[:SERVICES]])  # one for each service
STAFF = first_column_of([f"staff_{area}" for area in AREA_IDS[:SERVICES]])  # one for each service
QUALITY = first_column_of([f"quality_{area}" for area in AREA_IDS[:SERVICES]])  # one for each service
COST = first_column_of([f"cost_{area}_per_resident" for area in AREA_IDS])  # one for each area
CLOSED_PLACES = column_of("closed_places")
REPAIR_DEBT = column_of("repair_debt_per_resident")
OPERATING_INCOME = column_of("operating_income_per_resident")
OPERATING_COST = column_of("operating_cost_per_resident")
NET_OPERATING_COST = column_of("net_operating_cost_per_resident")
INCOME_TAX_RATE = column_of("income_tax_rate")
INCOME_TAX = column_of("income_tax_per_resident")
CORPORATE_TAX = column_of("corporate_tax_per_resident")
PROPERTY_TAX = column_of("property_tax_per_resident")
TAX_REVENUE = column_of("tax_revenue_per_resident")
GRANT_BY_AGE = column_of("grant_by_age_per_resident")
GRANT_EQUALISATION = column_of("grant_equalisation_per_resident")
STATE_GRANT = column_of("state_grant_per_resident")
FINANCIAL_INCOME = column_of("financial_income_per_resident")
INTEREST = column_of("interest_per_resident")
ANNUAL_MARGIN = column_of("annual_margin_per_resident")
DEPRECIATION = column_of("depreciation_per_resident")
RESULT = column_of("result_per_resident")
INVESTMENT = column_of("investment_per_resident")
ASSET_SALES = column_of("asset_sales_per_resident")
CASH_FLOW = column_of("cash_flow_per_resident")
LOANS = column_of("loans_per_resident")
CASH = column_of("cash_per_resident")
FIXED_ASSETS = column_of("fixed_assets_per_resident")
ACCUMULATED_SURPLUS = column_of("accumulated_surplus_per_resident")
DEFICIT_YEARS = column_of("deficit_years")
SERVICING_COVERAGE = column_of("loan_servicing_coverage")
DEFICIT_UNCOVERED = column_of("deficit_uncovered")
DEFICIT_TOO_LARGE = column_of("deficit_too_large")
FOUR_LIMITS = column_of("four_limits_met")
PROCEDURE = column_of("assessment_procedure")
MERGED = column_of("merged")
DIGITAL_REACH = column_of("digital_reach")
TURNOUT = column_of("participation")
COOPERATION = column_of("cooperation")
TRUST = column_of("trust")
COHESION = column_of("cohesion")
EXCLUSION = column_of("exclusion")
YOUTH_OUTSIDE = column_of("youth_outside")
OFFENCES = column_of("offences")
SAFETY_FELT = column_of("safety")
LEVER_CAPACITY = column_of("lever_capacity")
LEVER_EDUCATION = column_of("lever_ambition_education")
LEVER_LIBRARY = column_of("lever_ambition_library")
LEVER_ART = column_of("lever_ambition_art")
LEVER_CULTURE = column_of("lever_ambition_culture")
LEVER_SPORT_YOUTH = column_of("lever_ambition_sport_youth")
LEVER_ENVIRONMENT = column_of("lever_ambition_environment")
LEVER_SAFETY = column_of("lever_ambition_safety")
LEVER_BUSINESS = column_of("lever_ambition_business")
LEVER_EMPLOYMENT = column_of("lever_ambition_employment")
LEVER_UPKEEP = column_of("lever_upkeep")
LEVER_HOUSING = column_of("lever_housing")
LEVER_PLANNING = column_of("lever_planning")
LEVER_INTEGRATION = column_of("lever_integration")
LEVER_DIGITAL = column_of("lever_digital")
LEVER_ENGAGEMENT = column_of("lever_engagement")
LEVER_TAX_CHANGE = column_of("lever_tax_change")
LEVER_SAVING = column_of("lever_saving")

#: Levers of spending per user in percent of the base year's.
AMBITION_LEVERS = (
    LEVER_EDUCATION,
    LEVER_LIBRARY,
    LEVER_ART,
    LEVER_CULTURE,
    LEVER_SPORT_YOUTH,
    LEVER_ENVIRONMENT,
    LEVER_SAFETY,
    LEVER_BUSINESS,
    LEVER_EMPLOYMENT,
)

#: Columns of a world: multipliers are 1 where nothing deviates from the forecast.
(
    W_FERTILITY,  # multiplier of age-specific fertility rates
    W_MORTALITY,  # multiplier of death probabilities
    W_MOVES_IN,  # multiplier of in-migration from other municipalities
    W_MOVES_OUT,  # multiplier of out-migration to other municipalities
    W_IMMIGRATION,  # multiplier of immigration
    W_EMIGRATION,  # multiplier of emigration
    W_UNEMPLOYMENT,  # logit of the unemployment rate; in the base year that of the rate then
    W_EARNINGS,  # index of real earnings
    W_PRICE,  # index of prices
    W_COST,  # index of municipal costs relative to prices
    W_INTEREST,  # interest on loans, share a year
    W_GRANT,  # multiplier of the state grant's calculated part
    W_CORPORATE,  # multiplier of corporate tax, real
    W_TILT,  # factor on ages, to the power of their mobility: what the forecast's total asks beyond rates
    W_JOBS,  # multiplier of the jobs that are not the municipality's own, before they answer to residents
    W_LOCAL_COST,  # multiplier of the municipality's own operating cost and income
    W_LOCAL_INCOME,  # multiplier of the municipality's own taxed income
    W_ONE_OFF,  # one-off items, real euros per resident
    W_COUNTRY_UNEMPLOYMENT,  # the country's unemployment rate against the base year's
    W_PROCEDURE,  # standard normal: whether loans above the ceiling begin an assessment procedure
    W_DISCRETIONARY,  # standard normal: whether the state grants what is applied for
    W_MERGER,  # standard normal: whether a procedure ends in a merger
    W_INVESTMENT,  # investment beyond or below the decided, real euros per resident
    W_TILTS,  # the tilt's factor on the ages of each kind of mobility; this and the next, one for each kind
) = range(24)
#: Kinds of mobility, see `mobility`.
TILT_KINDS = 10
W_AREA_COSTS = W_TILTS + TILT_KINDS  # factor on an area's cost beside the whole's; one for each area
WORLD_COLUMNS = W_AREA_COSTS + AREAS

#: Multipliers of demographic rates in one year of one life.
(
    M_FERTILITY,
    M_MORTALITY,
    M_MOVES_IN,
    M_MOVES_OUT,
    M_IMMIGRATION,
    M_EMIGRATION,
) = range(6)
MULTIPLIERS = 6

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
    HOUSING,  # land and homes, real euros per resident a year beyond today's
    PLANNING,  # planning and building control, share of today's
    INTEGRATION,  # integration of immigrants, real euros per resident a year beyond today's
    DIGITAL,  # real euros per resident a year
    TAX_RATE,  # municipal income tax, percent
) = range(AMBITION + AREAS, AMBITION + AREAS + 7)
LEVERS = AMBITION + AREAS + 7

#: Stocks of a life beside its population.
(
    S_LOANS,  # euros
    S_CASH,  # euros
    S_ASSETS,  # book value of fixed assets, euros
    S_SURPLUS,  # accumulated surplus, euros
    S_REPAIR_DEBT,  # real euros
    S_JOBS,  # jobs that decisions have made beyond the baseline's
    S_FOLLOWING,  # logarithm of how far jobs have followed people, beyond what they do at once
    S_HOMES,  # dwellings
    S_HOMES_NEEDED,  # dwellings that the people would need as densely as in the base year, less scrapping
    S_SPEAKERS,  # residents who speak another language than the country's
    S_INTEGRATED,  # immigrants whose programme was fuller than today's, net, persons
    S_TAX_PENDING,  # tax points that decline has asked for and no step has yet taken
    S_PROCEDURE,  # 1 in an assessment procedure
    S_MERGED,  # 1 when merged with a neighbour
    S_DISCRETIONARY,  # discretionary grant of the year, real euros per resident
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
) = range(26)
STOCKS = 26

#: What the base year looked like, kept through a life.
(
    B_POPULATION,  # persons
    B_WORKING_AGE,  # persons aged 18–64
    B_TAX_PROFILE,  # sum of the tax profile over residents
    B_TFR,  # total fertility rate, children per woman
    B_OUT,  # moves out to other municipalities a year, persons
    B_IN,  # moves in from other municipalities a year, persons
    B_IMMIGRATION,  # immigration a year, persons
    B_COST,  # net operating cost, euros
    B_GROSS,  # operating cost, euros
    B_NEED,  # users by area; this and the next, one for each area
) = range(10)
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


#: Signals: what later years answer to, most of them differences from the baseline in the same draw.
(
    G_SERVICES,  # quality of services that steer moves, share
    G_SCHOOLS,  # quality of early childhood and basic education, share
    G_STATUTORY,  # statutory services below the level where families leave, in tenths
    G_TAX,  # percentage points
    G_JOBS,  # logarithm of the ratio of jobs
    G_UNEMPLOYMENT,  # logarithm of the ratio of unemployment
    G_HOMES,  # residents housed in homes beyond the baseline's who would else not have come, persons
    G_CHEAP,  # logarithm by which homes are cheaper than at the baseline, in a slack market
    G_FALL,  # logarithm by which prices have fallen more in five years than at the baseline
    G_CLOSED,  # residents whose school has been decided to close, share
    G_COHESION,  # index points
    G_SAFETY,  # index points
    G_INTEGRATION,  # part of a full programme
    G_ALIGNMENT,  # areas of conduct at their upper quarter at once, share
    G_PREVENTION,  # spending on prevention beyond the base year's per resident, real euros
) = range(15)
SIGNALS = 15


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
    jobs_recovery: Floats  # [year] factor on jobs as the country's cycle reverts to its mean
    municipal_jobs: float
    local_share: float  # share of jobs here that residents hold
    village_share: float  # share of residents outside urban settlements
    repair_debt: float  # euros
    digital: float  # euros per resident a year spent today
    people_expected: Floats  # [year] residents that the forecast expects
    homes: float  # dwellings
    households: float  # occupied dwellings
    vacancy: float  # empty dwellings without second homes, share of dwellings
    house_price: float  # euros per square metre of old homes
    owner_share: float  # share of households that own their home
    short_share: float  # share of moves in from within 60 kilometres
    long_term_share: float  # of the unemployed
    asset_sales: float  # yearly proceeds that are not yet in the margin, euros
    growth_10y: float  # change of population in the ten years before, percent
    speakers: float  # residents who speak another language than the country's
    basic_only: float  # without a qualification after basic education, percent of those aged 15 and over
    offences: float  # known to the police per 1,000 residents, without traffic
    grant_unemployment: float  # part of `grant_other` by unemployment, euros a year
    grant_speakers: float  # part of `grant_other` by foreign languages, euros a year
    size_class: int  # 0 below 5,000 residents, 1 up to 20,000, 2 above
    self_governing: float  # 1 where the Local Government Act of the mainland does not hold
