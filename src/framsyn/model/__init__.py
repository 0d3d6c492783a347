"""One year in the life of a municipality, and the compiled kernel that lives it many times.

Enters: one municipality's start, its worlds, and postures, all as plain arrays. Leaves: indicators by
posture, draw and year. The equations are pure functions on the arrays of one life; the two data files,
`indicators.csv` and `postures.toml`, say what is read off a life and how the postures decide.
"""
