"""Evaluate: where a municipality stands, why a number is what it is, whether a decline feeds itself.

Enters: a municipality from the bundle, what its people have assessed. Leaves: its indicators with their
percentiles among all and among peers, and its place among the visions.

Enters: a municipality, a posture, an indicator and a year. Leaves: the change since the
base year split into named causes that sum to it, each with its evidence, law, parameters and facts; the
part of a decline that is its own feedback; the last year in which turning still works; how likely the
criteria of §§ 110 and 118 are and what drives them (`warning`); which published figures tell which future is
coming (`outlook`, `signposts`); and what newly published ones say (`monitor`).
"""
