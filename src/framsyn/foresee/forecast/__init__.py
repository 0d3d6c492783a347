"""The forecast: what the past of every municipality says of its coming years, with honest uncertainty.

Enters: a folder of tables and a base year; nothing dated later is read. Leaves: expected population by
year, sex and single age, the spread around it, and draws in which births, deaths and moves of country,
region and municipality wander together. Going on as today (`as_is`) reproduces it.
"""
