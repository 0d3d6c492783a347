"""One year in the life of a municipality, and the compiled kernel that lives it many times.

Enters: one municipality's start, its worlds, and postures, all as plain arrays. Leaves: indicators by
posture, draw and year. Pure functions on one life; no file, no text, no random generator lives here.
"""
