"""The kinds of report: what each tells, in which order, and when a sentence is true.

Enters: what has been lived and evaluated of one municipality (`Material`) and the words of a language.
Leaves: a `Document`.
"""
