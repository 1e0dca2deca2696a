"""What a reader chooses before a training of the playground begins, and what is drawn for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from primer.arrays import Floats, Integers
from primer.data import KINDS, Points, checkerboard, four_quadrants, rings, spirals, train_test_split
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

    data: str = "four quadrants"
    n_samples: int = 400
    noise: float = 0.05
    test_share: float = 0.25
    seed: int = 1
    hidden: str = "4"
    activation: str = "tanh"

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
