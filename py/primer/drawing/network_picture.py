"""A small network as a picture: its neurons in layers from top to bottom, and every number on its edges."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats
from primer.drawing.marks import named
from primer.drawing.svg import (
    FLOWS_BACK,
    INK,
    PAPER,
    ROW,
    WIDTH,
    Drawing,
    Element,
    Why,
    breadth,
    number,
    plate,
    text,
)
from primer.words import say

Layers = Sequence[ArrayLike | None] | None
"""One array a layer (or a gap between layers), or None where nothing is known yet."""


def network_picture(
    names: Sequence[Sequence[str]],
    weights: Sequence[ArrayLike],
    *,
    values: Layers = None,
    biases: Layers = None,
    d_values: Layers = None,
    d_weights: Layers = None,
    d_biases: Layers = None,
    why: Mapping[str, Why | str] | None = None,
    lit: Collection[str] = (),
    digits: int = 2,
    marks: Why | None = None,
) -> Drawing:
    """Draw a network with the numbers of one record.

    Every number has a name, by which it can be given an answer and be lit: ``value 1 0`` is neuron 0 of layer 1,
    ``weight 1 2 0`` the weight from neuron 2 of layer 1 to neuron 0 of the next, ``bias 1 0`` the bias of neuron 0 of
    layer 1; gradients have a ``d_`` before it, as in ``d_weight 1 2 0``.

    Parameters
    ----------
    names : sequence of sequence of str
        What the neurons are called, layer by layer.
    weights : sequence of array_like, shape (n_in, n_out) each
        One for each gap between two layers.
    values : sequence of array_like, shape (n,) each, optional
        What the neurons give, layer by layer; None for a layer that has not been computed.
    biases : sequence of array_like, shape (n_out,) each, optional
        Those of each layer but the first.
    d_values, d_weights, d_biases : as above, optional
        The slopes of the loss.
    why : mapping of str to Why or str, optional
        What numbers answer, by their names.
    lit : collection of str, optional
        Names of the numbers that stand out.
    digits : int
        Decimals.
    marks : Why, optional
        Lines of code that are marked, as in `Drawing`.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If the shapes do not fit the names.

    Examples
    --------
    >>> network_picture([["size"], ["dog"]], [[[0.5]]], values=[[2.0], None])
    Network with layers of 1 and 1 neurons. size: value 2.00. From size to dog: weight 0.50.
    """
    sizes = [len(layer) for layer in names]
    if len(sizes) < 2 or 0 in sizes:
        raise ValueError(f"a network has two layers or more, each with a neuron or more, got layers of {sizes}")
    gaps = list(itertools.pairwise(sizes))
    w = _arrays(weights, gaps, "weights")
    d_w = _arrays(d_weights, gaps, "d_weights")
    kinds = {
        "value": _arrays(values, [(n,) for n in sizes], "values"),
        "d_value": _arrays(d_values, [(n,) for n in sizes], "d_values"),
        "bias": [None, *_arrays(biases, [(n,) for n in sizes[1:]], "biases")],
        "d_bias": [None, *_arrays(d_biases, [(n,) for n in sizes[1:]], "d_biases")],
    }
    answers, said = why or {}, []

    def rows(at: int, k: int) -> list[tuple[str, float]]:
        """The numbers in a neuron's box."""
        return [(kind, float(array[k])) for kind, arrays in kinds.items() if (array := arrays[at]) is not None]

    def breadth_of(at: int, k: int) -> float:
        numbers = (breadth(_PREFIX[kind] + number(value, digits)) + 10 for kind, value in rows(at, k))
        return max(breadth(names[at][k]) + 16, *numbers, 0) + 12

    width = max(WIDTH, *(max(78, breadth_of(at, k) + 2) * size for at, size in enumerate(sizes) for k in range(size)))
    edges, plates, nodes = Element("g", data_name="edges"), Element("g"), Element("g")

    def chip(name: str, label: str, value: float, x: float, y: float) -> Element:
        style: dict[str, Any] = FLOWS_BACK if name.startswith("d_") else {}
        content = _PREFIX[name.partition(" ")[0]] + number(value, digits)
        return plate(name, label, content, x, y, answers.get(name), lit=name in lit, **style)

    top = 6.0
    for at, layer in enumerate(names):
        n_rows = len(rows(at, 0))
        height = 28 + ROW * n_rows + (6 if n_rows else 0)
        for k, name in enumerate(layer):
            x, here, broad = _across(k, sizes[at], width), rows(at, k), breadth_of(at, k)
            box = {"x": x - broad / 2, "y": top, "width": broad, "height": height, "rx": 9}
            nodes.add(Element("rect", **box, fill=PAPER, stroke=INK, stroke_width=1.5))
            nodes.add(named(x, top + 15, name))
            for row, (kind, value) in enumerate(here):
                label = say("{what} of {name}", what=say(WORDS[kind]), name=name)
                nodes.add(chip(f"{kind} {at} {k}", label, value, x, top + 28 + ROW * (row + 0.5)))
            told = ", ".join(f"{say(WORDS[kind])} {number(value, digits)}" for kind, value in here)
            said += [f"{name}: {told}."] if told else []
        top += height
        if at == len(gaps):
            break
        gap, slopes = w[at], d_w[at]
        assert gap is not None
        tall = float(ROW if slopes is None else 2 * ROW)
        wide = 10 + max(
            breadth(_PREFIX[kind] + number(float(v), digits))
            for kind, array in (("weight", gap), ("d_weight", slopes))
            if array is not None
            for v in array.ravel()
        )
        places, space = _places(sizes[at], sizes[at + 1], width, wide, tall)
        for (i, j), (x, y) in places.items():
            weight = float(gap[i, j])
            start, end = _across(i, sizes[at], width), _across(j, sizes[at + 1], width)
            edges.add(_edge(weight / (np.abs(gap).max() or 1), (start, top), (end, top + space)))
            ends = {"a": layer[i], "b": names[at + 1][j]}
            told = say("From {a} to {b}: weight {weight}", **ends, weight=number(weight, digits))
            first = top + y - tall / 2 + ROW / 2
            label = say("weight from {a} to {b}", **ends)
            plates.add(chip(f"weight {at} {i} {j}", label, weight, x, first))
            if slopes is not None:
                slope = float(slopes[i, j])
                told += say(", slope of the loss {slope}", slope=number(slope, digits))
                label = say("slope of the loss with the weight from {a} to {b}", **ends)
                plates.add(chip(f"d_weight {at} {i} {j}", label, slope, x, first + ROW))
            said.append(f"{told}.")
        top += space
    has_slopes = any(array is not None for array in [*d_w, *kinds["d_value"], *kinds["d_bias"]])
    legend = Element("g", _sample(12, top + 20, False), text(36, top + 20, say("weight below 0"), anchor="start"))
    if has_slopes:
        legend.add(text(164, top + 20, "∂", **FLOWS_BACK))
        legend.add(text(174, top + 20, say("slope of the loss"), anchor="start"))
    layers = say(" and ").join([", ".join(map(str, sizes[:-1])), str(sizes[-1])])
    description = say("Network with layers of {layers} neurons. {said}", layers=layers, said=" ".join(said))
    return Drawing(width, top + 36, description, edges, plates, nodes, legend, marks=marks)


_PREFIX = {"value": "", "d_value": "∂ ", "bias": "b ", "d_bias": "∂b ", "weight": "", "d_weight": "∂ "}
WORDS = {"value": "value", "d_value": "slope of the loss", "bias": "bias", "d_bias": "slope of the loss with the bias"}


def _arrays(given: Layers, shapes: Sequence[tuple[int, ...]], name: str) -> list[Floats | None]:
    """One array for each shape, or None; an error if one has another shape."""
    if given is None:
        return [None] * len(shapes)
    if len(given) != len(shapes):
        raise ValueError(f"{name} must have {len(shapes)} entries for these layers, got {len(given)}")
    arrays = [None if one is None else as_floats(one, f"{name}[{k}]") for k, one in enumerate(given)]
    for k, (array, shape) in enumerate(zip(arrays, shapes, strict=True)):
        if array is not None and array.shape != shape:
            raise ValueError(f"{name}[{k}] must have shape {shape} for these layers, got {array.shape}")
    return arrays


def _across(k: int, n: int, width: float) -> float:
    return width * (k + 0.5) / n


def _places(
    n_in: int, n_out: int, width: float, broad: float, tall: float
) -> tuple[dict[tuple[int, int], tuple[float, float]], float]:
    """Where the plates of a gap stand, each on its edge and none on another, and how high the gap must be."""
    pairs = [(i, j) for i in range(n_in) for j in range(n_out)]
    for rows in range(1, 2 * len(pairs) + 2):
        space = rows * (tall + 8) + 36
        taken: list[tuple[float, float]] = []
        places = {}
        for i, j in pairs:
            a, b = _across(i, n_in, width), _across(j, n_out, width)
            for row in sorted(range(rows), key=lambda row: abs(row - (rows - 1) / 2)):
                y = 18 + (row + 0.5) * (tall + 8)
                x = min(max(a + (b - a) * y / space, broad / 2 + 1), width - broad / 2 - 1)
                if all(abs(x - other) >= broad + 4 or abs(y - below) >= tall + 4 for other, below in taken):
                    taken.append((x, y))
                    places[i, j] = (x, y)
                    break
        if len(places) == len(pairs):
            return places, space
    return places, space


def _edge(share: float, start: tuple[float, float], end: tuple[float, float]) -> Element:
    """An edge, as broad as its weight's share of the largest one."""
    path = f"M{start[0]:.2f} {start[1]:.2f}L{end[0]:.2f} {end[1]:.2f}"
    return Element("path", d=path, stroke_width=1.25 + 2.75 * abs(share), **_ink(share >= 0))


def _sample(x: float, y: float, is_positive: bool) -> Element:
    return Element("path", d=f"M{x} {y:.2f}h18", stroke_width=2.5, **_ink(is_positive))


def _ink(is_positive: bool) -> dict[str, str | None]:
    return {"stroke": INK, "stroke_dasharray": None if is_positive else "5 4"}
