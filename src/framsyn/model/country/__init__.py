"""A coupled country: every municipality in the same draw, and whoever leaves one arrives in another."""

from framsyn.model.country.year import Bench, keep_columns, live_country, new_bench

__all__ = ["Bench", "keep_columns", "live_country", "new_bench"]
