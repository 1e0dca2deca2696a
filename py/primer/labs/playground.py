"""Training in slices, for a lab that draws between them: the reader's own functions, and all numbers of a step.

The state of a training is a plain dictionary that outlives the calls. The functions come anew with
every call, so that an edit counts from the next step on:

- ``forward(layers, X, activation)`` returns the outputs of all layers, the inputs first and the logits last;
- ``backward(layers, outputs, labels, activation)`` returns the loss and, for each layer, the slopes
  of its weights and bias;
- ``update(layers, gradients, learning_rate)`` returns the new layers.

Layers are pairs of weights, shape (n_in, n_out), and bias, shape (n_out,).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from primer.arrays import Floats, Integers
from primer.data import KINDS
from primer.labs.fields import LAB, form
from primer.labs.given import Layers, alike, as_layers, as_loss_and_gradients, as_outputs
from primer.labs.settings import Pace, Settings
from primer.losses import loss_and_slope

INPUTS = ("fur", "noise")
GRID = 40
"""Cells along each side of the pictures."""
REACH = 1.2
"""The pictures go from -REACH to REACH in both directions."""
RECORDS_TOLD = 6
"""Records of a batch whose numbers are told one by one."""

Report = dict[str, Any]


class Training:
    """One call's look at a training; see the module's text.

    Parameters
    ----------
    state : dict
        What outlives the call: made by `begin`, or, in a fresh Python, from its entry ``"kept"``.
    forward, backward, update : callable
        The reader's.

    Examples
    --------
    A network whose functions do nothing still has its first numbers:

    >>> training = Training({}, lambda layers, X, activation: [X, X @ np.zeros((2, 4))], None, None)
    >>> report = training.begin(hidden="", seed=3)
    >>> report["epoch"], round(report["test_loss"], 4)  # ln 4: four kinds, and not a clue
    (0, 1.3863)
    """

    def __init__(
        self,
        state: dict[str, Any],
        forward: Callable[..., Any],
        backward: Callable[..., Any],
        update: Callable[..., Any],
    ) -> None:
        self.state, self.forward, self.backward, self.update = state, forward, backward, update
        if "settings" not in state and "kept" in state:
            self._restore(state["kept"])

    def begin(self, weights: Sequence[Any] | None = None, **settings: Any) -> Report:
        """Draw records and first weights; `weights`, where given, are pairs of lists to begin with instead.

        Returns
        -------
        dict
            `report`, and under ``"points"`` the records as lists: ``X_train``, ``X_test``, ``labels_train``,
            ``labels_test``.
        """
        self._draw(Settings(**settings))
        if weights is not None:
            self.state["layers"] = as_layers(weights, self.state["layers"])
        self.state.update(epoch=0, position=0, steps=0, best=None)
        return {**self.report(), "points": self._points()}

    def train(self, learning_rate: float, batch_size: int, milliseconds: float = 20.0) -> Report:
        """Learn to the end of the epoch, but no longer than `milliseconds`. Returns `report`."""
        deadline = time.perf_counter() + milliseconds / 1000
        while not (ran_away := self._step(learning_rate, batch_size)):
            if self.state["position"] == 0 or time.perf_counter() > deadline:
                break
        return self.report(ran_away)

    def step(self, learning_rate: float, batch_size: int) -> Report:
        """Learn from one batch. Returns `report`, and all numbers of the step under ``"lesson"``."""
        lesson: Report = {}
        ran_away = self._step(learning_rate, batch_size, lesson)
        return {**self.report(ran_away), "lesson": lesson}

    def set_weight(self, layer: int, row: int, column: int, value: float) -> Report:
        """Set one weight, or, for row -1, one bias; columns are neurons. Returns `report`."""
        layers = [(weights.copy(), bias.copy()) for weights, bias in self.state["layers"]]
        weights, bias = layers[layer]
        if row < 0:
            bias[column] = value
        else:
            weights[row, column] = value
        self.state["layers"] = layers
        return self.report()

    def back(self) -> Report:
        """Go back to where the training loss was lowest, of the moments that were shown. Returns `report`."""
        if self.state["best"]:
            best = self.state["best"]
            layers = as_layers(best["layers"], self.state["layers"])
            self.state.update(layers=layers, epoch=best["epoch"], position=best["position"], steps=best["steps"])
        return self.report()

    def report(self, ran_away: Report | None = None) -> Report:
        """How well the network does, what it looks like, and what a fresh Python needs to go on.

        ``regions`` has, row by row from the top, the probability of each class in `GRID` times `GRID`
        places, as a byte; ``neurons`` one such picture for each hidden neuron, 128 for an output of 0.
        """
        state = self.state
        told: Report = {name: state[name] for name in ("epoch", "position", "steps")}
        told["layers"] = [[weights.tolist(), bias.tolist()] for weights, bias in state["layers"]]
        told["ran_away"] = ran_away
        with np.errstate(all="ignore"):
            for part in ("train", "test"):
                told[f"{part}_loss"], told[f"{part}_accuracy"] = self._measure(part)
            told["regions"], told["neurons"] = self._pictures()
        if not ran_away and (state["best"] is None or told["train_loss"] <= state["best"]["train_loss"]):
            names = ("epoch", "position", "steps", "layers", "train_loss")
            state["best"] = {name: told[name] for name in names}
        told["best"] = state["best"] and {name: state["best"][name] for name in ("epoch", "train_loss")}
        told["keep"] = {
            "settings": asdict(state["settings"]),
            "best": state["best"],
            **{name: told[name] for name in ("epoch", "position", "steps", "layers")},
        }
        return told

    def _step(self, learning_rate: float, batch_size: int, lesson: Report | None = None) -> Report | None:
        """Learn from the next batch; if the numbers run away, leave the layers as they are and say so."""
        state = self.state
        layers: Layers = state["layers"]
        chosen = self._order()[state["position"] : state["position"] + int(batch_size)]
        X, labels, activation = state["X_train"][chosen], state["labels_train"][chosen], state["settings"].activation
        with np.errstate(all="ignore"):
            outputs = self._outputs(layers, X)
            given = self.backward(layers, outputs, labels, activation)
            loss, gradients = as_loss_and_gradients(given, layers)
            new = alike(self.update(layers, gradients, learning_rate), layers, "update")
        if lesson is not None:
            lesson.update(_lesson(X, labels, outputs[-1], float(loss), gradients, layers))
        if not np.isfinite(loss) or not all(np.isfinite(array).all() for pair in new for array in pair):
            largest = max(float(np.abs(array).max()) for pair in layers for array in pair)
            return {"loss": float(loss), "largest_weight": largest, "step": state["steps"] + 1}
        state["layers"] = new
        state["steps"] += 1
        state["position"] += len(chosen)
        if state["position"] >= len(state["X_train"]):
            state["epoch"], state["position"] = state["epoch"] + 1, 0
        return None

    def _order(self) -> Integers:
        """The order of the records in this epoch: by seed and epoch alone, so that a training goes on from anywhere."""
        state = self.state
        if state.get("shuffled") != state["epoch"]:
            rng = np.random.default_rng([state["settings"].seed, 1 + state["epoch"]])
            state["order"], state["shuffled"] = rng.permutation(len(state["X_train"])), state["epoch"]
        order: Integers = state["order"]
        return order

    def _outputs(self, layers: Layers, X: Floats) -> list[Floats]:
        return as_outputs(self.forward(layers, X, self.state["settings"].activation), layers, len(X))

    def _measure(self, part: str) -> tuple[float, float]:
        X, labels = self.state[f"X_{part}"], self.state[f"labels_{part}"]
        if not len(X):
            return float("nan"), float("nan")
        logits = self._outputs(self.state["layers"], X)[-1]
        return loss_and_slope(logits, labels)[0], float((logits.argmax(axis=1) == labels).mean())

    def _pictures(self) -> tuple[bytes, bytes]:
        outputs = self._outputs(self.state["layers"], _places())
        probs = _softmax(outputs[-1])  # (GRID * GRID, n_classes)
        regions = np.nan_to_num(255 * probs).astype(np.uint8).tobytes()
        if len(outputs) == 2:
            return regions, b""
        hidden = np.concatenate(outputs[1:-1], axis=1).T  # (n_neurons, GRID * GRID)
        scale = np.maximum(np.abs(hidden).max(axis=1, keepdims=True), 1)
        return regions, np.nan_to_num(128 + 127 * hidden / scale, nan=128).astype(np.uint8).tobytes()

    def _points(self) -> Report:
        names = ("X_train", "X_test", "labels_train", "labels_test")
        return {name: self.state[name].tolist() for name in names}

    def _draw(self, settings: Settings) -> None:
        layers = settings.layers()
        X_train, X_test, labels_train, labels_test = settings.points()
        self.state.clear()
        self.state.update(settings=settings, layers=layers, X_train=X_train, X_test=X_test)
        self.state.update(labels_train=labels_train, labels_test=labels_test)

    def _restore(self, kept: Report) -> None:
        self._draw(Settings(**kept["settings"]))
        self.state.update({name: kept[name] for name in ("epoch", "position", "steps", "best")})
        self.state["layers"] = as_layers(kept["layers"], self.state["layers"])


@dataclass(frozen=True)
class Opening:
    """How a training begins, as a page shows it before Python is there: an output that the lab reads.

    Parameters
    ----------
    report : dict
        What `Training.begin` returned.
    """

    report: Report

    def __repr__(self) -> str:
        points = self.report["points"]
        counts = f"{len(points['labels_train'])} records to learn from, {len(points['labels_test'])} for the test"
        return f"The lab begins with {counts}, and a test loss of {self.report['test_loss']:.4f} nats."

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        report = {name: value for name, value in self.report.items() if name != "keep"}
        report["points"] = {name: np.round(values, 3) for name, values in report["points"].items()}
        report["layers"] = [[np.round(values, 4) for values in pair] for pair in report["layers"]]
        opening = {"kinds": KINDS, "inputs": INPUTS, "grid": GRID, "reach": REACH, "report": report}
        opening["fields"] = [*form(Settings, restarts=True), *form(Pace)]
        return {LAB: opening, "text/plain": repr(self)}


def _places() -> Floats:
    """The middles of the pictures' cells, row by row from the top: shape (GRID * GRID, 2)."""
    middles = (np.arange(GRID) + 0.5) / GRID * 2 * REACH - REACH
    return np.column_stack([np.tile(middles, GRID), np.repeat(-middles, GRID)])


def _softmax(logits: Floats) -> Floats:
    """`primer.softmax` without its checks: numbers that ran away come out as NaN."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs: Floats = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probs


def _lesson(X: Floats, labels: Integers, logits: Floats, loss: float, gradients: Layers, layers: Layers) -> Report:
    """All numbers of a step, for the page to show; ``surprise`` is the loss of one record, in nats."""
    probs = _softmax(logits)
    errors = probs.copy()
    errors[np.arange(len(labels)), labels] -= 1
    return {
        "n_records": len(labels),
        "loss": loss,
        "records": [
            {
                "place": X[i].tolist(),
                "kind": int(labels[i]),
                "logits": logits[i].tolist(),
                "probabilities": probs[i].tolist(),
                "errors": errors[i].tolist(),
                "surprise": -float(np.log(probs[i, labels[i]])) if probs[i, labels[i]] > 0 else float("inf"),
            }
            for i in range(min(len(labels), RECORDS_TOLD))
        ],
        "gradients": [[weights.tolist(), bias.tolist()] for weights, bias in gradients],
        "before": [[weights.tolist(), bias.tolist()] for weights, bias in layers],
    }
