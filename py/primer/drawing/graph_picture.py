"""A computation as a graph: what is computed from what, from top to bottom, with every value and gradient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from primer.drawing.svg import (
    FLOWS_BACK,
    INK,
    LINE,
    PAPER,
    ROW,
    TEXT,
    WIDTH,
    Drawing,
    Element,
    Why,
    breadth,
    plate,
    text,
)
from primer.words import say

GAP, SPACE = 18, 40
"""Units between two nodes beside each other, and between two rows."""


@dataclass(frozen=True)
class GraphNode:
    """One step of a computation.

    Parameters
    ----------
    name : str
        Its own in the graph.
    label : str
        What is written at the top: the name of a variable, or what is done.
    parents : sequence of str
        Names of the nodes that it is computed from, in order.
    value, gradient : str
        The numbers, as they are to be seen; several lines are told apart by line breaks. An empty one is left out.
    why, d_why : Why or str, optional
        What value and gradient answer.
    lit : bool
        Whether it stands out.
    """

    name: str
    label: str
    parents: Sequence[str] = ()
    value: str = ""
    gradient: str = ""
    why: Why | str | None = None
    d_why: Why | str | None = None
    lit: bool = False


def graph_picture(nodes: Sequence[GraphNode], *, marks: Why | None = None) -> Drawing:
    """Draw a computation.

    Parameters
    ----------
    nodes : sequence of GraphNode
        In any order; every parent is among them, and none is computed from itself.
    marks : Why, optional
        Lines of code that are marked, as in `Drawing`.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If a name comes twice, a parent is missing or the graph has a circle.

    Examples
    --------
    >>> graph_picture([GraphNode("w", "w", value="2"), GraphNode("y", "square", ["w"], "4", "1")])
    Graph of 2 steps. w: value 2. square of w: value 4, slope 1.
    """
    known = {node.name: node for node in nodes}
    if len(known) != len(nodes):
        twice = next(n.name for k, n in enumerate(nodes) if n.name in {other.name for other in nodes[:k]})
        raise ValueError(f"each name may come once, got {twice!r} twice")
    for node in nodes:
        if lacking := [parent for parent in node.parents if parent not in known]:
            raise ValueError(f"{node.name!r} is computed from {lacking[0]!r}, which is not among the nodes")
    if not nodes:
        raise ValueError("a graph has one node or more, got none")
    rows = _rows(known)
    middles = _across(known, rows)
    left = min(middles[k] - _size(known, k)[0] / 2 for row in rows for k in row)
    right = max(middles[k] + _size(known, k)[0] / 2 for row in rows for k in row)
    width = max(WIDTH, right - left + 8)
    shift = (width - (right - left)) / 2 - left
    tops: dict[Key, float] = {}
    bottoms: dict[Key, float] = {}
    top = 6.0
    for row in rows:
        height = max(_size(known, k)[1] for k in row)
        for k in row:
            own = _size(known, k)[1] if isinstance(k, str) else height  # an edge passes through the whole row
            tops[k], bottoms[k] = top + (height - own) / 2, top + (height + own) / 2
        top += height + SPACE
    drawn, edges = Element("g"), Element("g", fill="none", stroke=TEXT, stroke_width=1.5)
    for key, node in known.items():
        drawn.add(*_box(node, middles[key] + shift, tops[key], _size(known, key)))
    for upper, lower in _links(known, rows):
        a, b = middles[upper] + shift, middles[lower] + shift
        start, end = bottoms[upper], tops[lower]
        edges.add(_curve(a, start, b, end, is_end=lower in known))
        if lower not in known:  # through the row, past the nodes beside it
            edges.add(Element("path", d=f"M{b:.2f} {end:.2f}V{bottoms[lower]:.2f}"))
    said = " ".join(_told(node, known) for node in nodes)
    description = say("Graph of {steps} steps. {said}", steps=len(nodes), said=said)
    return Drawing(width, top - SPACE + 8, description, edges, drawn, marks=marks)


Key = str | tuple[str, str, int]
"""A node, or a place that an edge passes on its way from one to another."""


def _rows(known: dict[str, GraphNode]) -> list[list[Key]]:
    """Nodes in rows, each below all that it is computed from; inputs stand right above where they are used."""
    depth: dict[str, int] = {}
    while len(depth) < len(known):
        ready = [k for k, node in known.items() if k not in depth and all(p in depth for p in node.parents)]
        if not ready:
            raise ValueError(f"the graph has a circle through {next(k for k in known if k not in depth)!r}")
        for k in ready:
            depth[k] = max((depth[p] + 1 for p in known[k].parents), default=0)
    for k, node in known.items():
        below = [depth[other.name] for other in known.values() if k in other.parents]
        if not node.parents and below:
            depth[k] = min(below) - 1
    rows: list[list[Key]] = [[] for _ in range(max(depth.values()) + 1)]
    for k in known:
        rows[depth[k]].append(k)
    for node in known.values():
        for parent in dict.fromkeys(node.parents):
            for at in range(depth[parent] + 1, depth[node.name]):
                rows[at].append((parent, node.name, at))
    return rows


def _links(known: dict[str, GraphNode], rows: list[list[Key]]) -> list[tuple[Key, Key]]:
    """Every piece of an edge, from one row to the next."""
    place = {key: at for at, row in enumerate(rows) for key in row}
    links: list[tuple[Key, Key]] = []
    for node in known.values():
        for parent in dict.fromkeys(node.parents):
            way: list[Key] = [parent]
            way += [(parent, node.name, at) for at in range(place[parent] + 1, place[node.name])]
            links += zip(way, [*way[1:], node.name], strict=True)
    return links


def _across(known: dict[str, GraphNode], rows: list[list[Key]]) -> dict[Key, float]:
    """The middle of each node: near its neighbours above and below, and on no other (after Sugiyama et al., 1981)."""
    near: dict[Key, list[Key]] = {key: [] for row in rows for key in row}
    for upper, lower in _links(known, rows):
        near[upper].append(lower)
        near[lower].append(upper)
    middles: dict[Key, float] = {}
    for row in rows:
        _spread(known, row, middles, {key: float(k) for k, key in enumerate(row)})
    for turn in range(12):
        for row in rows if turn % 2 == 0 else rows[::-1]:
            wished = {k: sum(middles[o] for o in near[k]) / len(near[k]) if near[k] else middles[k] for k in row}
            row.sort(key=lambda key: wished[key])
            _spread(known, row, middles, wished)
    return middles


def _spread(known: dict[str, GraphNode], row: list[Key], middles: dict[Key, float], wished: dict[Key, float]) -> None:
    """Put a row as near to where its nodes wish to be as they can all be."""
    right, late = float("-inf"), 0.0
    for key in row:
        half = _size(known, key)[0] / 2
        middles[key] = max(wished[key], right + half)
        late += middles[key] - wished[key]
        right = middles[key] + half + GAP
    for key in row:
        middles[key] -= late / len(row)


def _size(known: dict[str, GraphNode], key: Key) -> tuple[float, float]:
    """Width and height; of a place that an edge passes, what keeps others off it."""
    if not isinstance(key, str):
        return 4.0, 4.0
    node = known[key]
    lines = [*node.value.split("\n"), *(f"∂ {line}" for line in node.gradient.split("\n"))]
    wide = max([breadth(node.label) * 1.08, *(breadth(line) + 10 for line in lines)]) + 14
    return wide, 28.0 + sum(_tall(number) for number in (node.value, node.gradient) if number) + 4


def _tall(number: str) -> float:
    return ROW + LINE * number.count("\n")


def _box(node: GraphNode, x: float, top: float, size: tuple[float, float]) -> list[Element]:
    width, height = size
    box = {"x": x - width / 2, "y": top, "width": width, "height": height, "rx": 9}
    parts = [Element("rect", **box, fill=PAPER, stroke=INK, stroke_width=2.5 if node.lit else 1.5)]
    parts.append(text(x, top + 15, node.label, font_weight=600, fill=INK))
    at = top + 28
    if node.value:
        label = say("value of {name}", name=node.label)
        parts.append(plate(f"value {node.name}", label, node.value, x, at + ROW / 2, node.why, lit=node.lit))
        at += _tall(node.value)
    if node.gradient:
        style: dict[str, Any] = FLOWS_BACK
        label = say("slope at {name}", name=node.label)
        seen = "∂ " + node.gradient.replace("\n", "\n∂ ")
        parts.append(plate(f"d_value {node.name}", label, seen, x, at + ROW / 2, node.d_why, lit=node.lit, **style))
    return parts


def _curve(a: float, start: float, b: float, end: float, *, is_end: bool) -> Element:
    """An edge from one row to the next; with a head where it ends."""
    stop = end - 8 if is_end else end
    bend = (start + stop) / 2
    line = Element("path", d=f"M{a:.2f} {start:.2f}C{a:.2f} {bend:.2f} {b:.2f} {bend:.2f} {b:.2f} {stop:.2f}")
    if not is_end:
        return line
    return Element("g", line, Element("path", d=f"M{b:.2f} {end:.2f}l-4.5-9h9z", fill=TEXT, stroke="none"))


def _told(node: GraphNode, known: dict[str, GraphNode]) -> str:
    parents = say(" and ").join(known[parent].label for parent in node.parents)
    name = say("{name} of {parents}", name=node.label, parents=parents) if parents else node.label
    numbers = [say("value {value}", value=node.value)] if node.value else []
    numbers += [say("slope {slope}", slope=node.gradient)] if node.gradient else []
    return f"{name}: {', '.join(numbers)}.".replace("\n", ", ") if numbers else f"{name}."
