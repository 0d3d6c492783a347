"""What a person reads: words in three languages, tables, charts, pages and files.

Enters: datasets of futures. Leaves: terminal tables, self-contained HTML, CSV and NetCDF files.
"""
