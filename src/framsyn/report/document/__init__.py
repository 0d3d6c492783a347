"""A report before it has a format: blocks of text, tables and charts, in which every number knows its source.

Enters: texts of the catalogues, and numbers with their traces. Leaves: a `Document`, which the formats set as
PDF, web page, word-processing file or workbook without deciding anything of what it says.
"""
