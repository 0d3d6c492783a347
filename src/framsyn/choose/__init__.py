"""Choose: strategies that no other beats on every objective.

Enters: a problem (what can be chosen, within which bounds, and what each choice gives) and a budget. Leaves:
the front of choices found, how the search went, a short list that stands for the front, and what the front
is worth in worlds that the search never saw.
"""
