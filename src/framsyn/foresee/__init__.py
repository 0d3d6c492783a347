"""Worlds and futures: the draws of everything outside the council's power, and the lives lived in them.

Enters: a municipality from the bundle, postures, a seed. Leaves: an xarray dataset of futures.
"""
