"""Engage: those who know the municipality answer, and their answers enter the computation.

Enters: files of answers to the self-assessment from officials, councillors, residents and firms. Leaves:
scores of the three dimensions of the position among the visions, and the start values of the community
that the municipality has assessed itself, each with its uncertainty; the gaps between groups; how reliable
the answers are. Groups too small to be shown never enter a figure.
"""
