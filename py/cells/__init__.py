"""Runnable cells: a Markdown fence becomes a cell, the cells of a page become one program.

``page`` runs such a program, at the build as in the reader's browser; ``build`` makes pages of it.
"""
