"""A depression of the 1991–1994 kind: rare, built up over some years, slow to leave."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from framsyn.model.layout import Floats


@dataclass(frozen=True)
class CrisisLaw:
    """How depressions come and go.

    Attributes:
        hazard: probability that one begins in a year.
        build_years: years until it is deepest.
        size: mean depth, logits of the country's unemployment.
        size_sd: standard deviation of the depth as a share of `size`.
        persistence: part of it that is left a year later, after the deepest year.
    """

    hazard: float
    build_years: int
    size: float
    size_sd: float
    persistence: float

    def profile(self, years: int) -> Floats:
        """Part [year] of the depth that is felt in the year it begins and the following ones."""
        ahead = np.arange(1.0, years + 1.0)
        left = self.persistence ** np.maximum(ahead - self.build_years, 0.0)
        profile: Floats = np.minimum(ahead / self.build_years, 1.0) * left
        return profile

    def paths(self, begins: Floats, depth: Floats) -> Floats:
        """Depth [draw, year] in logits, 0 where there is none, from standard normals [draw, year].

        Args:
            begins: decides whether one begins in the year.
            depth: decides how deep one that begins in the year becomes.
        """
        least = NormalDist().inv_cdf(1.0 - self.hazard)
        sizes = np.where(begins > least, self.size * (1.0 + self.size_sd * depth), 0.0)
        paths = np.zeros_like(begins)
        if not sizes.any():
            return paths
        profile = self.profile(begins.shape[1])
        for year in range(begins.shape[1]):
            for ahead, part in enumerate(profile[: begins.shape[1] - year]):
                paths[:, year + ahead] += part * sizes[:, year]
        return paths

    def log_mean(self, years: int, loading: float) -> Floats:
        """Logarithm [year] of the mean of exp(loading · depth): what keeps a multiplier's mean at 1."""
        felt = loading * self.size * self.profile(years)
        grown = np.exp(felt + 0.5 * (self.size_sd * felt) ** 2)
        mean: Floats = np.cumsum(np.log1p(self.hazard * (grown - 1.0)))
        return mean
