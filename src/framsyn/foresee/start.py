"""From a municipality of the bundle to the plain arrays that the kernel lives from."""

import numpy as np

from framsyn.law.parameters import value
from framsyn.model.layout import AGES, AREAS, FEMALE, OPEN_AGE, SEXES, Floats, Place, Rates
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality

COSTS = (
    "cost_early_childhood",
    "cost_basic_education",
    "cost_upper_secondary",
    "cost_leisure",
    "cost_environment",
    "cost_business",
    "cost_administration",
)
