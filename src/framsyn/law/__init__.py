"""Dated rules that bind a municipality: state grant, taxes, balance.

Enters: dated parameters from data files, the shipped ones or a user's edited copy (`Law`). Leaves: pure
functions of amounts, each with its paragraph, and the path of the rules over the years (`law_path`).
"""
