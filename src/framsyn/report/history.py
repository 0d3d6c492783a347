"""What is known of the past, to be drawn before the futures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.places.municipality import Municipality

Floats = NDArray[np.float64]
Years = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class History:
    """Published past of one municipality; NaN = not published.

    Attributes:
        population_years: the years of `population`, rising.
        population: residents at 31 December.
        finance_years: the years of `annual_margin` and `loans`, rising.
        annual_margin: euros of the year per resident.
        loans: at 31 December, euros of the year per resident.
        offence_years: the years of `offences`, rising.
        offences: known to the police, per 1,000 residents.
    """

    population_years: Years
    population: Floats
    finance_years: Years
    annual_margin: Floats
    loans: Floats
    offence_years: Years
    offences: Floats

    def series(self, indicator: str) -> tuple[Years, Floats]:
        """Years and values of one indicator id; both empty where no past is kept."""
        empty = np.empty(0, dtype=np.int64), np.empty(0)
        return {
            "population": (self.population_years, self.population),
            "annual_margin_per_resident": (self.finance_years, self.annual_margin),
            "loans_per_resident": (self.finance_years, self.loans),
            "offences": (self.offence_years, self.offences),
        }.get(indicator, empty)


def history_of(m: Municipality) -> History:
    """The past of a municipality as its bundle keeps it."""
    bundle = m.bundle
    return History(
        population_years=bundle["history_years"].astype(np.int64),
        population=bundle["history_population"][m.index].astype(np.float64),
        finance_years=bundle["finance_years"].astype(np.int64),
        annual_margin=bundle["history_annual_margin"][m.index].astype(np.float64),
        loans=bundle["history_loans"][m.index].astype(np.float64),
        offence_years=bundle["offence_years"].astype(np.int64),
        offences=bundle["history_offences"][m.index].astype(np.float64),
    )
