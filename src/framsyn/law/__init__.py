"""Dated rules that bind a municipality: state grant, taxes, balance.

Enters: dated parameters from data files. Leaves: pure functions of amounts, each with its paragraph.
"""
