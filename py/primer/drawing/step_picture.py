"""The network at one step of a `Walkthrough`: every number that is known by then, in its place, to be asked."""

from __future__ import annotations

from typing import Any

from primer.drawing.marks import named
from primer.drawing.steps import STEPS, flows, step_number
from primer.drawing.svg import EDGE, FLOWS_BACK, INK, PAPER, ROW, WIDTH, Drawing, Element, Why, number, plate, text
from primer.drawing.walkthrough import Quantity, Walkthrough
from primer.words import say

_TOPS = (40, 220, 430, 532)  # of the boxes: inputs, neurons, classes, loss; a phone shows all of it below the step
_HEIGHTS = (54, 84, 84, 54)
_GIVEN = {name: f"{name} =" for name in ("weights_1", "bias_1", "weights_2", "bias_2")}
_MADE_AT = {name: step for step, one in enumerate(STEPS, 1) for name in one.makes} | dict.fromkeys(_GIVEN, 1)


def step_picture(walk: Walkthrough, step: int, *, cell: str = "", given: str = "") -> Drawing:
    """Draw the network with all that the steps so far have computed.

    From top to bottom: inputs, hidden neurons, classes, loss. Numbers of the way back are slopes and have a ∂ before
    them. What this step made is lit. Every number answers where it came from.

    Parameters
    ----------
    walk : Walkthrough
    step : int
        From 1.
    cell : str
        The id of the cell whose lines compute the numbers: those of this step are marked there.
    given : str
        The id of the cell where the weights are given, if it is another.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If there is no such step.
    """
    now = step_number(step)
    place = say("Step {step} of {steps}", step=step, steps=len(STEPS))
    return _Picture(walk, step, cell, given or cell).drawing(place, now.title, Why("", now.code, cell))


class _Picture:
    def __init__(self, walk: Walkthrough, step: int, cell: str, given: str) -> None:
        self.walk, self.step, self.cell, self.given = walk, step, cell, given
        self.said: list[str] = []

    def drawing(self, place: str, title: str, marks: Why) -> Drawing:
        layers = [self.walk.features, self.walk.neurons, self.walk.classes]
        centres = [_spread(len(names)) for names in layers]
        edges, labels = Element("g", data_name="edges"), Element("g", data_name="labels")
        for layer in (1, 2):
            self._connect(layer, centres[layer - 1], centres[layer], edges, labels)
        for k, x in enumerate(centres[2]):
            edges.add(_line(f"edge 3 {k}", x, _TOPS[2] + _HEIGHTS[2], WIDTH / 2, _TOPS[3], 1))
        boxes = Element("g", data_name="boxes")
        for x, name, i in _numbered(centres[0], layers[0]):
            boxes.add(_box(x, 0, 84, name), self._number("inputs", i, x, _row(0, 1)))
        for x, name, j in _numbered(centres[1], layers[1]):
            boxes.add(_box(x, 1, 132, name, x - 22), self._bias(1, j, x + 38))
            boxes.add(self._number("sums", j, x - 32, _row(1, 1)), self._number("hidden", j, x + 32, _row(1, 1)))
            boxes.add(self._number("d_sums", j, x - 32, _row(1, 2)), self._number("d_hidden", j, x + 32, _row(1, 2)))
        for x, name, k in _numbered(centres[2], layers[2]):
            boxes.add(_box(x, 2, 108, name, x - 26), self._bias(2, k, x + 26))
            boxes.add(self._number("logits", k, x - 26, _row(2, 1)), self._number("probs", k, x + 26, _row(2, 1)))
            boxes.add(self._number("d_logits", k, x - 22, _row(2, 2)))
        boxes.add(_box(WIDTH / 2, 3, 120, say("loss in nats")), self._loss())
        heading = [
            text(WIDTH / 2, 10, place, font_size=12),
            text(WIDTH / 2, 28, title, font_weight=600, fill=INK),
        ]
        description = f"{place}. {title}. {' '.join(self.said)}"
        flow = Element("g", data_name=f"flow {self.step} {' '.join(map(str, flows(self.step)))}".rstrip())
        height = _TOPS[3] + _HEIGHTS[3] + 4
        return Drawing(WIDTH, height, description, *heading, flow, edges, labels, boxes, marks=marks)

    def _connect(self, layer: int, upper: list[float], lower: list[float], edges: Element, labels: Element) -> None:
        top, bottom = _TOPS[layer - 1] + _HEIGHTS[layer - 1], _TOPS[layer]
        for i, x in enumerate(upper):
            for j, to in enumerate(lower):
                at = i * len(lower) + j
                weight = f"new_weights_{layer}" if self._known(f"new_weights_{layer}") else f"weights_{layer}"
                value = self.walk.quantities[weight][at].value
                edge = f"edge {layer} {i} {j}"
                edges.add(_line(edge, x, top, to, bottom, 1 + min(abs(value), 2), is_below=value < 0))
                along = 0.62 if abs(to - x) < 0.3 * WIDTH else 0.21  # what crosses is labelled near its beginning
                middle = (x + along * (to - x), top + along * (bottom - top))
                slope = f"d_weights_{layer}"
                lift = ROW / 2 if self._known(slope) else 0
                labels.add(self._number(weight, at, middle[0], middle[1] - lift))
                labels.add(self._number(slope, at, middle[0], middle[1] + lift))

    def _bias(self, layer: int, i: int, x: float) -> Element:
        name = f"new_bias_{layer}" if self._known(f"new_bias_{layer}") else f"bias_{layer}"
        return self._number(name, i, x, _row(layer, 0), sign=True)

    def _loss(self) -> Element:
        name = "loss_after" if self._known("loss_after") else "loss"
        return self._number(name, 0, WIDTH / 2, _row(3, 1), digits=4)

    def _known(self, name: str) -> bool:
        return _MADE_AT[name] <= self.step

    def _number(self, name: str, i: int, x: float, y: float, *, digits: int = 2, sign: bool = False) -> Element:
        """Show one number in its frame; nothing where it is not known yet."""
        if not self._known(name):
            return Element("g", data_name=f"{name} {i}")
        quantity: Quantity = self.walk.quantities[name][i]
        is_slope, is_new = name.startswith("d_"), name in step_number(self.step).makes
        written = number(quantity.value, digits)
        shown = f"∂ {written}" if is_slope else f"+{written}" if sign and not written.startswith("−") else written
        if is_new:
            self.said.append(f"{quantity.words}: {written}.")
        style: dict[str, Any] = FLOWS_BACK if is_slope else {}
        answer = Why(quantity.why, STEPS[_MADE_AT[name] - 1].code, self.cell)
        if name in _GIVEN:
            answer = Why(quantity.why, _GIVEN[name], self.given)
        return plate(f"{name} {i}", f"{quantity.words}, {shown}", shown, x, y, answer, lit=is_new, **style)


def _numbered(centres: list[float], names: list[str]) -> list[tuple[float, str, int]]:
    return [(x, name, i) for i, (x, name) in enumerate(zip(centres, names, strict=True))]


def _spread(n: int) -> list[float]:
    """Where n boxes stand beside each other."""
    return [WIDTH / n * (i + 0.5) for i in range(n)]


def _row(layer: int, row: int) -> float:
    """The middle of a row of a box; row 0 is the name's."""
    return _TOPS[layer] + 15 + ROW * row - (1 if row else 0)


def _line(name: str, x: float, y: float, to_x: float, to_y: float, width: float, *, is_below: bool = False) -> Element:
    ends = {"x1": x, "y1": y, "x2": to_x, "y2": to_y}
    dashes = "5 4" if is_below else None
    return Element("line", data_name=name, **ends, stroke=INK, stroke_width=width, stroke_dasharray=dashes)


def _box(x: float, layer: int, width: float, name: str, name_x: float | None = None) -> Element:
    top, height = _TOPS[layer], _HEIGHTS[layer]
    frame = Element("rect", x=x - width / 2, y=top, width=width, height=height, rx=8, fill=PAPER, stroke=EDGE)
    return Element("g", frame, named(x if name_x is None else name_x, top + 15, name))
