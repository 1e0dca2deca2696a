"""What a reader chooses before a training of the playground begins, and what is drawn for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from primer.arrays import Floats, Integers
from primer.data import KINDS, Points, checkerboard, four_quadrants, rings, spirals, train_test_split
from primer.labs.fields import choice, number, text, whole
from primer.labs.given import Layers
from primer.layers import first_weights

DATA: dict[str, Callable[..., Points]] = {
    "four quadrants": four_quadrants,
    "checkerboard": checkerboard,
    "rings": rings,
    "spirals": spirals,
}


@dataclass(frozen=True)
class Settings:
    """What the reader chooses before a training begins.

    Attributes
    ----------
    data : str
        One of `DATA`.
    noise, test_share, seed
        `scatter` of `primer.four_quadrants`, and as for `primer.train_test_split`; the seed also draws the first
        weights and the order of the records.
    hidden : str
        Neurons of each hidden layer, as in ``"8,8"``; ``""`` is none.
    activation : str
        One of `primer.ACTIVATIONS`.
    """

    data: str = choice("four quadrants", "Data", DATA, group="Records")
    n_samples: int = 400
    noise: float = number(0.05, "Scatter", 0, 1, 0.05, group="Records")
    test_share: float = number(0.25, "Share for the test", 0.1, 0.9, 0.05, group="Records")
    seed: int = whole(1, "Seed", 0, 999_999, group="Records")
    hidden: str = text(
        "4",
        "Hidden neurons",
        r"\s*|\s*[1-8]\s*(,\s*[1-8]\s*){0,3}",
        "Hidden neurons are up to four numbers from 1 to 8, one for each layer, such as 8,8; nothing for none.",
        hint="such as 8,8",
        group="Network",
    )
    activation: str = choice("tanh", "Activation", ("tanh", "relu", "sigmoid"), group="Network")

    @property
    def sizes(self) -> list[int]:
        """Inputs, neurons of each hidden layer, classes."""
        return [2, *(int(part) for part in self.hidden.split(",") if part.strip()), len(KINDS)]

    def points(self) -> tuple[Floats, Floats, Integers, Integers]:
        """Draw the records: those to learn from and those to test with, as `primer.train_test_split` does."""
        if self.data not in DATA:
            raise ValueError(f"unknown data {self.data!r}; known: {', '.join(DATA)}")
        X, labels = DATA[self.data](self.n_samples, scatter=self.noise, seed=self.seed)
        return train_test_split(X, labels, test_share=self.test_share, seed=self.seed)

    def layers(self) -> Layers:
        """Draw the first weights."""
        drawn = first_weights(self.sizes, self.activation, np.random.default_rng([self.seed, 0]))
        return [(weights, np.zeros(weights.shape[1])) for weights in drawn]


@dataclass(frozen=True)
class Pace:
    """What each step is taken with, and how long it goes on: that may change in the middle of a training."""

    learning_rate: float = number(0.1, "Learning rate", 0, 1000, group="Training")
    batch_size: int = whole(10, "Batch size", 1, 400, hint="records", group="Training")
    epochs: int = whole(200, "Epochs to train", 1, 5000, 50, group="Training")
