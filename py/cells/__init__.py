"""Runnable cells: a Markdown fence becomes a cell, the cells of a page become one program.

The modules that the page's worker runs too (``names``, ``graph``, ``program``, ``runner``, ``errors``, ``hints``,
``parameters``, ``host``) import the standard library alone. ``markdown``, ``render`` and ``figures`` belong to the
build.
"""
