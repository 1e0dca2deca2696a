"""A matrix with names on its rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import ArrayLike

from primer.colours import SIGNS, kind_of, token


class Table:
    """A matrix shown as a table, in Jupyter and on the pages of this site.

    Parameters
    ----------
    values : array_like, shape (n_rows, n_columns)
        Numbers; ``inf`` and ``nan`` are shown as such.
    rows, columns : sequence of str
        Their names, as many as there are rows and columns.
    digits : int
        Decimals shown.
    caption : str, optional
        What the table holds, and how its numbers were rounded.

    Raises
    ------
    ValueError
        If the shape of `values` and the names disagree.

    Examples
    --------
    >>> Table([[2.0, -1.0]], rows=["picture 1"], columns=["duck", "cat"], digits=1)
               duck   cat
    picture 1   2.0  -1.0
    """

    def __init__(
        self,
        values: ArrayLike,
        *,
        rows: Sequence[str],
        columns: Sequence[str],
        digits: int = 4,
        caption: str = "",
    ) -> None:
        self.values = np.asarray(values, dtype=np.float64)
        if self.values.shape != (len(rows), len(columns)):
            raise ValueError(
                f"values must have shape ({len(rows)}, {len(columns)}), one row a row name and one "
                f"column a column name, got {self.values.shape}"
            )
        self.rows, self.columns = list(rows), list(columns)
        self.digits, self.caption = digits, caption

    def _cells(self) -> list[list[str]]:
        return [[f"{value:z.{self.digits}f}" for value in row] for row in self.values]

    def __repr__(self) -> str:
        body = [[name, *cells] for name, cells in zip(self.rows, self._cells(), strict=True)]
        lines = [["", *self.columns], *body]
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
        text = ["  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines]
        return "\n".join([self.caption, *text] if self.caption else text)

    def _repr_html_(self) -> str:
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        head = "".join(f'<th scope="col">{_named(name)}</th>' for name in self.columns)
        body = "".join(
            f'<tr><th scope="row">{_named(name)}</th>' + "".join(f"<td>{_true(cell)}</td>" for cell in cells) + "</tr>"
            for name, cells in zip(self.rows, self._cells(), strict=True)
        )
        return f"<table>{caption}<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"


def _named(name: str) -> str:
    """A name, and before that of a kind its mark in its colour."""
    kind = kind_of(name)
    mark = f'<span aria-hidden="true" style="color:{token(kind)}">{SIGNS[kind]}</span> ' if kind else ""
    return mark + escape(name)


def _true(number: str) -> str:
    """A number with a true minus."""
    return number.replace("-", "−")
