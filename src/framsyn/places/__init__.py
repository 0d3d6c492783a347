"""What is known about municipalities: their names, the tables about them, and the shipped bundle.

Enters: folders of tables in the schema of `tables.csv`, and the bundle file. Leaves: checked tables,
the bundle, and single municipalities found by code or by any of their names.
"""
