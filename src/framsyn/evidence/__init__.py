"""The register of effect sizes: prior, lag, asymmetry and strength letter of every behavioural coefficient.

Enters: the register's data files, `findings.csv` of research, `loops.csv` of the loops with estimates on
Finnish data, and `assumptions.csv` of our own. Leaves: effects by id, as the model draws them.
"""
