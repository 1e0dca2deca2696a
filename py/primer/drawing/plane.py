"""The plane: records as points, a network's decisions as regions, neurons as lines that the reader drags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from primer.arrays import Floats, as_floats
from primer.drawing.marks import MOST, arrow, grip, marks_of, reach, stroke, to
from primer.drawing.svg import (
    EDGE,
    GRID,
    INK,
    PAPER,
    TOUCH,
    WIDTH,
    Drag,
    Drawing,
    Element,
    handle,
    number,
    text,
    told,
    written,
)
from primer.drawing.ticks import check_axes, equal, places, spanned, ticks
from primer.words import decimal, say

LEFT, RIGHT, TOP, BOTTOM = 58, 14, 34, 46
SIDE = WIDTH - LEFT - RIGHT
"""Units along each side of the square."""
CELLS = 40
"""Cells along each side of the grid on which regions are found."""


class Plane:
    """A square of the plane, to put points, regions and lines on; each method returns the plane itself.

    Parameters
    ----------
    names : sequence of str, length n_classes
        What the classes are called, at most four. Each has a colour and a shape of its own.
    x, y : tuple of float
        Where each axis begins and ends.
    x_title, y_title : str
        What is measured along it.

    Examples
    --------
    >>> plane = Plane(["toaster", "dog"], x_title="size", y_title="fur")
    >>> plane.points([[0.2, 0.9], [-0.5, -0.5]], [1, 0]).vertical(0.1, "where small ends")
    Plane of fur (from -1 to 1) over size (from -1 to 1). 2 points: 1 toaster, 1 dog. \
Line, where small ends: size = 0.10.
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        x: tuple[float, float] = (-1.0, 1.0),
        y: tuple[float, float] = (-1.0, 1.0),
        x_title: str = "x",
        y_title: str = "y",
    ) -> None:
        if not 1 <= len(names) <= MOST:
            raise ValueError(f"a plane tells 1 to {MOST} classes apart, got {len(names)} names")
        check_axes(x=x, y=y)
        self.names, self.x, self.y, self.x_title, self.y_title = list(names), x, y, x_title, y_title
        self._marks = marks_of(self.names)
        self._regions = Element("g", data_name="regions", shape_rendering="crispEdges")
        self._points = Element("g", data_name="points", stroke=PAPER, stroke_width=1)
        self._lines = Element("g", data_name="lines")
        self._handles = Element("g", data_name="handles")
        self._said = [say("Plane of {y} over {x}.", y=spanned(y_title, y), x=spanned(x_title, x))]

    def points(self, X: ArrayLike, labels: ArrayLike) -> Plane:
        """Draw records.

        Parameters
        ----------
        X : array_like, shape (n_samples, 2)
            What is measured along x and y.
        labels : array_like of int, shape (n_samples,)
            The class of each record, in ``0 .. n_classes - 1``.
        """
        places = as_floats(X, "X")
        classes = self._classes(labels, "labels")
        if places.ndim != 2 or places.shape != (len(classes), 2):
            raise ValueError(f"X must have shape ({len(classes)}, 2), one row for each label, got {places.shape}")
        units = np.column_stack([self._across(places[:, 0]), self._down(places[:, 1])])  # (n_samples, 2)
        inside = ((units >= [LEFT, TOP]) & (units <= [LEFT + SIDE, TOP + SIDE])).all(axis=1)
        for k, (shape, colour) in enumerate(self._marks):
            path = "".join(shape(*unit) for unit in units[inside & (classes == k)])
            self._points.add(Element("path", data_name=f"points-{k}", fill=colour, d=path))
        counts = ", ".join(f"{int((classes == k).sum())} {name}" for k, name in enumerate(self.names))
        outside = int((~inside).sum())
        if outside:
            counts += say("; {count} outside of the plane", count=outside)
        self._said.append(say("{count} points: {counts}.", count=len(classes), counts=counts))
        return self

    def regions(self, classify: Callable[[Floats], ArrayLike]) -> Plane:
        """Colour every place by the class that a function gives it.

        Parameters
        ----------
        classify : callable
            Takes places, shape (n, 2), and returns the class of each, shape (n,), in ``0 .. n_classes - 1``. It is
            called once, with the middles of 1,600 cells.
        """
        middles = (np.arange(CELLS) + 0.5) / CELLS  # (CELLS,): from 0 to 1
        xs = self.x[0] + middles * (self.x[1] - self.x[0])
        ys = self.y[1] - middles * (self.y[1] - self.y[0])  # from the top down, as they are drawn
        grid = np.column_stack([np.tile(xs, CELLS), np.repeat(ys, CELLS)])  # (CELLS * CELLS, 2)
        classes = self._classes(classify(grid), "what classify returns")
        if classes.shape != (len(grid),):
            raise ValueError(
                f"classify must return one class for each of {len(grid)} places, got shape {classes.shape}"
            )
        rows = classes.reshape(CELLS, CELLS)
        for k, (_, colour) in enumerate(self._marks):
            path = runs(rows == k)
            self._regions.add(Element("path", data_name=f"region-{k}", fill=colour, fill_opacity="0.24", d=path))
        shares = ", ".join(f"{name} {decimal(f'{np.mean(classes == k):.0%}')}" for k, name in enumerate(self.names))
        self._said.append(say("Regions: {shares} of the plane.", shares=shares))
        return self

    def vertical(self, cut: float, label: str, *, drag: str = "") -> Plane:
        """Draw the line x = `cut`; `drag` names the parameter that the reader moves with it."""
        units = float(self._across(cut))
        per_x = (self.x[1] - self.x[0]) / SIDE
        drags = [Drag(drag, cut, per_x, 0)] if drag else []
        self._said.append(say("Line, {label}: {line}.", label=label, line=equal(self.x_title, cut)))
        return self._cut(label, (units, TOP), (units, TOP + SIDE), (units, TOP + SIDE - 18), drags, "x")

    def horizontal(self, cut: float, label: str, *, drag: str = "") -> Plane:
        """Draw the line y = `cut`; `drag` names the parameter that the reader moves with it."""
        units = float(self._down(cut))
        per_y = -(self.y[1] - self.y[0]) / SIDE
        drags = [Drag(drag, cut, 0, per_y)] if drag else []
        self._said.append(say("Line, {label}: {line}.", label=label, line=equal(self.y_title, cut)))
        return self._cut(label, (LEFT, units), (LEFT + SIDE, units), (LEFT + 18, units), drags, "y")

    def line(
        self, weights: ArrayLike, bias: float, label: str, *, drag_weights: Sequence[str] = (), drag_bias: str = ""
    ) -> Plane:
        """Draw the line on which a neuron's sum is 0, and its weights as an arrow that stands on it.

        The arrow points to where the sum is above 0. The reader drags the line to and fro with `drag_bias`; with
        `drag_weights` the tip of the arrow, which turns the line about the arrow's foot.

        Parameters
        ----------
        weights : array_like, shape (2,)
            What x and y are multiplied by.
        bias : float
            What is added.
        label : str
            What the line is called.
        drag_weights : sequence of str, length 2, optional
            The parameters that hold the weights.
        drag_bias : str, optional
            The parameter that holds the bias.
        """
        w = as_floats(weights, "weights")
        if w.shape != (2,):
            raise ValueError(f"weights must be two numbers, one for x and one for y, got shape {w.shape}")
        first, second, last = map(told, (*w, bias))
        line, ends = f"{first} · {self.x_title} + {second} · {self.y_title} + {last} = 0", self._ends(w, bias)
        if not ends:
            line = say("{line}, outside of the plane", line=line)
        is_one = say("Line, {label}: {line}.", label=label, line=line)
        self._said.append(is_one if w.any() else say("No line, {label}: both weights are 0.", label=label))
        centre = np.array([sum(self.x) / 2, sum(self.y) / 2])
        span = np.array([self.x[1] - self.x[0], self.y[1] - self.y[0]])
        # Where the line is nearest to the middle of the plane, or of what is seen of it.
        foot = centre - (w @ centre + bias) / (w @ w) * w if w.any() else centre
        if ends:
            foot = np.clip(foot, np.minimum(*ends), np.maximum(*ends))
        foot = np.clip(foot, [self.x[0], self.y[0]], [self.x[1], self.y[1]])
        foot, tip = self._arrow(foot, w * _ARROW * span.min(), ends)
        a, b = self.unit(foot), self.unit(tip)
        per_x, per_y = span / SIDE * [1, -1]
        if ends:
            self._lines.add(stroke(*(self.unit(end) for end in ends)))
        if ends or drag_weights:
            self._lines.add(*arrow(a, b))
        scale = 1 / (_ARROW * span.min())
        if drag_bias:
            drags = [Drag(drag_bias, bias, -w[0] * per_x, -w[1] * per_y)]
            self._handles.add(handle(say("{label}: to and fro", label=label), drags, *grip(*a)))
        if drag_weights:
            first, second = drag_weights
            drags = [Drag(first, float(w[0]), per_x * scale, 0), Drag(second, float(w[1]), 0, per_y * scale)]
            if drag_bias:  # the foot stays where it is
                drags.append(Drag(drag_bias, bias, -foot[0] * per_x * scale, -foot[1] * per_y * scale))
            self._handles.add(handle(say("{label}: weights", label=label), drags, *grip(*b, small=True)))
        return self

    def spot(self, place: ArrayLike, label: str, *, drag: Sequence[str] = ()) -> Plane:
        """Draw a ring about one place; `drag` names the two parameters that hold it."""
        at = as_floats(place, "place")
        if at.shape != (2,):
            raise ValueError(f"place must be two numbers, x and y, got shape {at.shape}")
        x, y = equal(self.x_title, at[0]), equal(self.y_title, at[1])
        self._said.append(say("Ring, {label}: {x}, {y}.", label=label, x=x, y=y))
        units = self.unit(at)
        stroke_of = {"stroke": TOUCH if drag else INK, "stroke_width": 2}
        ring = Element("circle", cx=units[0], cy=units[1], r=12, fill="none", **stroke_of)
        if not drag:
            self._lines.add(ring)
            return self
        per_x, per_y = (self.x[1] - self.x[0]) / SIDE, -(self.y[1] - self.y[0]) / SIDE
        drags = [Drag(drag[0], float(at[0]), per_x, 0), Drag(drag[1], float(at[1]), 0, per_y)]
        self._handles.add(handle(label, drags, reach(*units), ring))
        return self

    def drawing(self) -> Drawing:
        """The plane as it is now."""
        return Drawing(
            WIDTH,
            TOP + SIDE + BOTTOM,
            " ".join(self._said),
            self._legend(),
            self._regions,
            self.axes(),
            self._points,
            self._lines,
            self._handles,
        )

    def __repr__(self) -> str:
        return " ".join(self._said)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.drawing()._repr_mimebundle_()

    def _across(self, x: Any) -> Any:
        return LEFT + (x - self.x[0]) / (self.x[1] - self.x[0]) * SIDE

    def _down(self, y: Any) -> Any:
        return TOP + (self.y[1] - y) / (self.y[1] - self.y[0]) * SIDE

    def unit(self, place: Any) -> tuple[float, float]:
        """Where a place is in the drawing."""
        return float(self._across(place[0])), float(self._down(place[1]))

    def _classes(self, labels: ArrayLike, name: str) -> NDArray[np.intp]:
        classes = np.asarray(labels)
        if classes.ndim != 1 or classes.dtype.kind not in "biu":
            raise ValueError(f"{name} must be a row of whole numbers, got {classes.dtype} of shape {classes.shape}")
        wrong = (classes < 0) | (classes >= len(self.names))
        if wrong.any():
            last, at = len(self.names) - 1, int(np.argmax(wrong))
            raise ValueError(f"{name} must lie in 0..{last} for {last + 1} names, got {classes[at]} at position {at}")
        return classes.astype(np.intp)

    def _ends(self, w: Floats, bias: float) -> list[Floats]:
        """Where the line enters and leaves the square; empty if it does neither."""
        met = []
        for axis, (limits, others) in enumerate(((self.x, self.y), (self.y, self.x))):
            for limit in limits:
                if w[1 - axis] == 0:
                    continue
                other = -(bias + w[axis] * limit) / w[1 - axis]
                if others[0] <= other <= others[1]:
                    met.append(np.array([limit, other] if axis == 0 else [other, limit]))
        if len(met) < 2:
            return []
        far = max(met, key=lambda end: float(((end - met[0]) ** 2).sum()))
        return [met[0], far] if ((far - met[0]) ** 2).sum() > 0 else []

    def _arrow(self, foot: Floats, way: Floats, ends: list[Floats]) -> tuple[Floats, Floats]:
        """Where an arrow that stands on the line begins and ends: whole, if the square has room for it anywhere."""
        low, high = np.array([self.x, self.y]).T
        rim = 0.02 * (high - low)
        feet = foot[np.newaxis]
        if ends:
            feet = np.vstack([feet, ends[0] + np.linspace(0, 1, 201)[:, np.newaxis] * (ends[1] - ends[0])])
        room = np.where(way > 0, high - rim - feet, feet - low - rim)  # (n_feet, 2)
        lengths = np.abs(way) + 1e-12
        shares = np.clip((room / lengths).min(axis=1), 0, 1)  # of the arrow that fit
        best = int(np.lexsort((((feet - foot) ** 2).sum(axis=1), -shares))[0])
        return feet[best], feet[best] + way * shares[best]

    def _cut(
        self,
        label: str,
        start: tuple[float, float],
        end: tuple[float, float],
        hold: tuple[float, float],
        drags: list[Drag],
        axis: str,
    ) -> Plane:
        low, high = (LEFT, LEFT + SIDE) if axis == "x" else (TOP, TOP + SIDE)
        is_seen = low <= start[axis == "y"] <= high
        if not drags:
            if is_seen:
                self._lines.add(stroke(start, end))
            return self
        # The whole line can be taken hold of, not its grip alone.
        broad = Element("path", class_="reach", d=to(start, end), stroke="transparent", stroke_width=22)
        self._handles.add(handle(label, drags, broad, stroke(start, end), *grip(*hold)))
        return self

    def axes(self) -> Element:
        """The frame, with the ends of both axes and their titles."""
        axes, across, down = Element("g", data_name="axes"), ticks(*self.x), ticks(*self.y)
        axes.add(*(text(self._across(x), TOP + SIDE + 14, number(x, places(*self.x))) for x in across))
        axes.add(*(text(LEFT - 6, self._down(y), number(y, places(*self.y)), anchor="end") for y in down))
        for at in map(self._across, across[1:-1]):
            axes.add(Element("path", d=to((at, TOP), (at, TOP + SIDE)), stroke=GRID))
        for at in map(self._down, down[1:-1]):
            axes.add(Element("path", d=to((LEFT, at), (LEFT + SIDE, at)), stroke=GRID))
        axes.add(Element("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, fill="none", stroke=EDGE))
        axes.add(text(LEFT + SIDE / 2, TOP + SIDE + 34, self.x_title, font_weight=500))
        turned = f"rotate(-90 9 {written(TOP + SIDE / 2)})"
        return axes.add(text(9, TOP + SIDE / 2, self.y_title, font_weight=500, transform=turned))

    def _legend(self) -> Element:
        legend = Element("g", data_name="legend")
        widths = [20 + 7.6 * len(name) for name in self.names]
        gap = min(16.0, max(6.0, (WIDTH - 8 - sum(widths)) / max(1, len(widths) - 1)))
        at = max(4.0, LEFT + SIDE - sum(widths) - gap * (len(widths) - 1))
        for name, width, (shape, colour) in zip(self.names, widths, self._marks, strict=True):
            legend.add(Element("path", d=shape(at + 7, 14), fill=colour), text(at + 18, 14, name, anchor="start"))
            at += width + gap
        return legend


_ARROW = 0.16
"""Length of the arrow for weights of length 1, in sides of the plane."""


def runs(cells: NDArray[np.bool_]) -> str:
    """One path about all true cells; neighbours in a row are joined."""
    size = SIDE / CELLS
    padded = np.pad(cells.astype(np.int8), ((0, 0), (1, 1)))  # (CELLS, CELLS + 2)
    rows, edges = np.nonzero(np.diff(padded))  # row by row, starts and ends in turn
    xs = (LEFT + edges[::2] * size).tolist()
    ys = (TOP + rows[::2] * size).tolist()
    widths = ((edges[1::2] - edges[::2]) * size).tolist()
    down = f"v{size:.6g}h"
    return "".join(
        f"M{x:.6g} {y:.6g}h{width:.6g}{down}{-width:.6g}z" for x, y, width in zip(xs, ys, widths, strict=True)
    )
