"""What the state grant gives by unemployment and by foreign language: parts of `grant_other_eur`.

Act 618/2021 §§ 7–8: calculated cost = price × residents × the local rate over the country's, and price ×
speakers of foreign languages; the grant is the year's percentage of it. The country's sums are the law's
for the year, and each municipality gets its share of them: no more than the law explains, whatever else is
in the rest.
"""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor, anchor_year
from framsyn.calibrate.economy import labour_force, unemployment
from framsyn.calibrate.fact_table import ESTIMATED, FactTable, column, fact_table
from framsyn.calibrate.languages import foreign_language_share
from framsyn.calibrate.places import Places, open_places
from framsyn.law.components import calculated_parts
from framsyn.law.parameters import Law, value
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

UNEMPLOYMENT, LANGUAGE = "costs_unemployment_eur", "costs_foreign_language_eur"


def grant_criteria_facts(tables: Tables, population: Floats) -> FactTable:
    """Grant by unemployment and by foreign language, EUR a year; none in self-governing regions.

    Args:
        tables: the folder of tables.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    force, force_status = labour_force(places)
    unemployed, status = unemployment(places, force)
    speakers = foreign_language_share(places)
    return fact_table(
        {
            "grant_unemployment_eur": column(
                shared_out(places, UNEMPLOYMENT, places.size * unemployed / force),
                np.maximum(np.maximum(status, force_status), ESTIMATED),
            ),
            "grant_foreign_language_eur": column(
                shared_out(places, LANGUAGE, places.size * speakers.values), speakers.status
            ),
        }
    )


def shared_out(places: Places, criterion: str, counted: Floats) -> Floats:
    """[P] EUR: the year's grant of a criterion, by what it counts; none where the law does not reach."""
    year = anchor_year()
    here = ~places.exempt
    counted = np.where(here, counted, 0.0)
    if counted.sum() <= 0.0:
        return np.zeros(len(counted))
    residents = places.population[here].sum(axis=(0, 1))
    parts = {part.id: part.eur for part in calculated_parts(Law.standing(), year, residents)}
    scale = residents.sum() / anchor("population")
    grant = parts[criterion] * scale * value("state_grant_pct", year).value / 100.0
    found: Floats = grant * counted / counted.sum()
    return found
