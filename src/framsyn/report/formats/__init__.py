"""The formats of a report: PDF, web page, word-processing file and workbook, as bytes.

Enters: a `Document`. Leaves: bytes that are the same for the same document.
"""
