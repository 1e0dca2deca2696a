r"""One neuron that decides, and the rule by which it learns from its mistakes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, Integers, as_floats, class_numbers


class Lesson(NamedTuple):
    """What a `Perceptron` did with one record; weights and bias are those after it."""

    inputs: Floats  # (n_in,)
    label: int
    total: float
    decision: int
    error: int  # label - decision: -1, 0 or 1
    weights: Floats  # (n_in,)
    bias: float


class Perceptron:
    r"""A neuron that fires (1) when its weighted inputs and bias come to more than its threshold.

    .. math:: \text{decision} = [\, w \cdot x + b > \theta \,]

    Bias and threshold say the same twice, :math:`b = -\theta` would do; both are here since the story
    has both. Learning moves the bias and leaves the threshold.

    Parameters
    ----------
    weights : array_like, shape (n_in,)
        How much each input counts.
    bias : float
        What is added to the sum.
    threshold : float
        What the sum must exceed.

    Attributes
    ----------
    lessons : list of Lesson
        What it did with each record that it learned from, in order.

    Raises
    ------
    ValueError
        If the weights are not one row of numbers.

    Examples
    --------
    >>> dog = Perceptron([1.0, 1.0], threshold=1.5)  # furry and loud
    >>> dog.decide([[1, 1], [1, 0], [0, 0]])
    array([1, 0, 0])
    """

    def __init__(self, weights: ArrayLike, bias: float = 0.0, threshold: float = 0.0) -> None:
        self.weights = np.array(as_floats(weights, "weights"))
        if self.weights.ndim != 1:
            raise ValueError(f"weights must be one number an input, such as [1.0, 1.0], got shape {self.weights.shape}")
        self.bias, self.threshold = float(bias), float(threshold)
        self.lessons: list[Lesson] = []

    def __repr__(self) -> str:
        return f"Perceptron({self.weights.tolist()}, bias={self.bias:g}, threshold={self.threshold:g})"

    def total(self, X: ArrayLike) -> Floats:
        """Aggregate: the weighted sum with the bias, before the threshold; (..., n_in) to (...,).

        Raises
        ------
        ValueError
            If a record has not one number for each weight.
        """
        inputs = as_floats(X, "X")
        if inputs.shape[-1:] != self.weights.shape:
            raise ValueError(
                f"X must have {len(self.weights)} numbers a record, one for each weight, got shape {inputs.shape}"
            )
        totals: Floats = inputs @ self.weights + self.bias
        return totals

    def decide(self, X: ArrayLike) -> Integers:
        """1 where the total exceeds the threshold, else 0; (..., n_in) to (...,)."""
        return np.asarray(self.total(X) > self.threshold).astype(np.intp)

    def learn(self, inputs: ArrayLike, label: int, learning_rate: float = 1.0) -> Lesson:
        r"""Look at one record, and move the line if the decision was wrong.

        .. math:: w \leftarrow w + \eta\,(y - \text{decision})\,x, \qquad b \leftarrow b + \eta\,(y - \text{decision})

        Rosenblatt, *The perceptron* (1958), in the form of Bishop, *Pattern Recognition and Machine
        Learning* (2006), section 4.1.7.

        Parameters
        ----------
        inputs : array_like, shape (n_in,)
        label : int
            0 or 1.
        learning_rate : float
            :math:`\eta`, above 0.

        Returns
        -------
        Lesson
            Also kept in `lessons`.

        Raises
        ------
        ValueError
            If the shape or the label is wrong.

        Examples
        --------
        >>> neuron = Perceptron([0.0, 0.0])
        >>> neuron.learn([2.0, -1.0], 1).error
        1
        >>> neuron
        Perceptron([2.0, -1.0], bias=1, threshold=0)
        """
        x, truth = as_floats(inputs, "inputs"), class_numbers(label, 2, "label")
        if x.ndim != 1 or truth.ndim:
            raise ValueError(f"learn takes one record and one label, got shapes {x.shape} and {truth.shape}")
        total = float(self.total(x))
        decision = int(total > self.threshold)
        error = int(truth) - decision
        if error:
            self.weights = self.weights + learning_rate * error * x  # a new array: lessons keep the old one
            self.bias += learning_rate * error
        lesson = Lesson(x, int(truth), total, decision, error, self.weights, self.bias)
        self.lessons.append(lesson)
        return lesson

    def train(self, X: ArrayLike, labels: ArrayLike, n_epochs: int = 10, learning_rate: float = 1.0) -> list[int]:
        """Go through all records again and again, until one round brings no mistake.

        If a line separates the two kinds, it ends after finitely many mistakes (Novikoff, *On
        convergence proofs on perceptrons*, 1962); if none does, it never would, hence `n_epochs`.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_in)
        labels : array_like of int, shape (n_samples,)
            0 or 1.
        n_epochs : int
            Rounds at most.
        learning_rate : float
            As for `learn`.

        Returns
        -------
        list of int
            Mistakes in each round; the last is 0 if it learned to separate them.

        Raises
        ------
        ValueError
            If shapes disagree or a label is neither 0 nor 1.

        Examples
        --------
        >>> Perceptron([0.0, 0.0]).train([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])
        [1, 3, 3, 2, 1, 0]
        """
        inputs, truth = as_floats(X, "X"), class_numbers(labels, 2)
        if inputs.ndim != 2 or truth.shape != inputs.shape[:1]:
            raise ValueError(
                "X must have shape (n_samples, n_in) and labels (n_samples,), "
                f"got {inputs.shape} and {truth.shape}; give one label a record"
            )
        mistakes: list[int] = []
        while len(mistakes) < n_epochs and 0 not in mistakes:
            errors = [self.learn(x, int(y), learning_rate).error for x, y in zip(inputs, truth, strict=True)]
            mistakes.append(sum(map(abs, errors)))
        return mistakes
