"""From tables to bundle: base population, local rates, baselines of finance and economy, uncertainty.

Enters: checked tables. Leaves: the bundle, in which every figure is observed, estimated or assumed.
"""
