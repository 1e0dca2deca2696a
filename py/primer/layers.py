r"""The layers of a network: each computes forwards, remembers what it needs, and hands the error back.

A layer takes one record, shape (n_in,), or a batch, shape (n_samples, n_in). ``backward`` is given
the slope of the loss with respect to what ``forward`` returned last, and returns the slope with
respect to what it was given: the mirror of the article. See Goodfellow, Bengio and Courville, *Deep
Learning* (2016), section 6.5.

Training lives here, so nothing is checked but shapes, and nothing copied without need: a NaN runs
through and shows in the loss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats


class Layer(Protocol):
    """What a network asks of a layer."""

    def forward(self, inputs: Floats) -> Floats:
        """Compute the outputs and remember what `backward` will need."""
        ...

    def backward(self, d_outputs: Floats) -> Floats:
        """Turn the slope of the outputs into the slope of the inputs."""
        ...


@runtime_checkable
class Weighted(Layer, Protocol):
    """What a network asks of a layer that learns: weights and a bias, and the slope of the loss for each."""

    weights: Floats
    bias: Floats
    d_weights: Floats
    d_bias: Floats

    def backward_to_parameters(self, d_outputs: Floats) -> None:
        """Set `d_weights` and `d_bias` alone: nobody asks for the slope of the inputs."""
        ...


class Dense:
    r"""Neurons that all look at all inputs: a weighted sum and a bias each.

    .. math:: \text{outputs} = X W + b

    Parameters
    ----------
    weights : array_like, shape (n_in, n_out)
        One column a neuron.
    bias : array_like, shape (n_out,)

    Attributes
    ----------
    d_weights, d_bias : ndarray
        The slopes of the loss, after `backward`; before, zeros.

    Raises
    ------
    ValueError
        If the shapes disagree.

    Examples
    --------
    >>> dense = Dense([[1.0], [2.0]], [0.5])
    >>> dense.forward(np.array([[10.0, 1.0]]))
    array([[12.5]])
    >>> dense.backward(np.array([[1.0]]))
    array([[1., 2.]])
    >>> dense.d_weights
    array([[10.],
           [ 1.]])
    """

    def __init__(self, weights: ArrayLike, bias: ArrayLike) -> None:
        self.weights, self.bias = as_floats(weights, "weights"), as_floats(bias, "bias")
        if self.weights.ndim != 2 or self.bias.shape != self.weights.shape[1:]:
            raise ValueError(
                "weights must have shape (n_in, n_out) and bias (n_out,), "
                f"got {self.weights.shape} and {self.bias.shape}; give each neuron a column and a bias"
            )
        self.d_weights, self.d_bias = np.zeros_like(self.weights), np.zeros_like(self.bias)

    def forward(self, inputs: Floats) -> Floats:
        """Weigh and add; (..., n_in) becomes (..., n_out)."""
        if inputs.shape[-1:] != self.weights.shape[:1]:
            raise ValueError(
                f"inputs must have {len(self.weights)} numbers a record, one for each row of the weights, "
                f"got shape {inputs.shape}"
            )
        self.inputs = inputs
        outputs: Floats = inputs @ self.weights
        outputs += self.bias
        return outputs

    def backward(self, d_outputs: Floats) -> Floats:
        """Set `d_weights` and `d_bias`, and return the slope of the inputs."""
        self.backward_to_parameters(d_outputs)
        d_inputs: Floats = d_outputs @ self.weights.T  # (..., n_in)
        return d_inputs

    def backward_to_parameters(self, d_outputs: Floats) -> None:
        """Set `d_weights` and `d_bias` alone: the first layer of a network has nobody to tell more."""
        if d_outputs.ndim == 1:
            self.d_weights, self.d_bias = np.outer(self.inputs, d_outputs), d_outputs
        else:
            self.d_weights = self.inputs.T @ d_outputs  # (n_in, n_out), summed over the batch
            self.d_bias = d_outputs.sum(axis=0)


class ReLU:
    """`relu` of each input; the error passes where the neuron fired."""

    def forward(self, inputs: Floats) -> Floats:
        """Cut off what is below 0."""
        self.outputs: Floats = np.maximum(inputs, 0)
        return self.outputs

    def backward(self, d_outputs: Floats) -> Floats:
        """Pass the error on where the output was above 0."""
        d_inputs: Floats = d_outputs * (self.outputs > 0)
        return d_inputs


class Tanh:
    """`tanh` of each input; the error shrinks where the neuron was sure."""

    def forward(self, inputs: Floats) -> Floats:
        """Squash to between −1 and 1."""
        self.outputs: Floats = np.tanh(inputs)
        return self.outputs

    def backward(self, d_outputs: Floats) -> Floats:
        """Multiply the error by the slope, 1 - tanh²."""
        d_inputs: Floats = d_outputs * (1 - self.outputs * self.outputs)
        return d_inputs


class Sigmoid:
    """`sigmoid` of each input; the error shrinks where the neuron was sure."""

    def forward(self, inputs: Floats) -> Floats:
        """Squash to between 0 and 1."""
        outputs: Floats = 0.5 * np.tanh(0.5 * inputs) + 0.5  # cannot overflow, and has no branches
        self.outputs = outputs
        return outputs

    def backward(self, d_outputs: Floats) -> Floats:
        """Multiply the error by the slope, sigmoid (1 - sigmoid)."""
        d_inputs: Floats = d_outputs * (self.outputs * (1 - self.outputs))
        return d_inputs


class Linear:
    """Each input as it is: layers without a bend between them are no more than one layer."""

    def forward(self, inputs: Floats) -> Floats:
        """Return the inputs."""
        return inputs

    def backward(self, d_outputs: Floats) -> Floats:
        """Return the error."""
        return d_outputs


ACTIVATIONS: dict[str, type[ReLU] | type[Tanh] | type[Sigmoid] | type[Linear]] = {
    "relu": ReLU,
    "tanh": Tanh,
    "sigmoid": Sigmoid,
    "linear": Linear,
}


def first_weights(sizes: Sequence[int], activation: str, rng: np.random.Generator) -> Iterator[Floats]:
    """Draw the weights of each layer, the first one first: `he_weights` before a relu, else `glorot_weights`.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, neurons of each hidden layer, classes.
    activation : str
        One of `ACTIVATIONS`, between the layers.
    rng : numpy.random.Generator

    Raises
    ------
    ValueError
        If there is no such activation.
    """
    if activation not in ACTIVATIONS:
        raise ValueError(f"unknown activation {activation!r}; known: {', '.join(ACTIVATIONS)}")
    for layer, (n_in, n_out) in enumerate(pairwise(sizes), 1):
        draw = he_weights if activation == "relu" and layer < len(sizes) - 1 else glorot_weights
        yield draw(n_in, n_out, rng)


def he_weights(n_in: int, n_out: int, rng: np.random.Generator) -> Floats:
    r"""Draw first weights for `ReLU`: normal, mean 0, standard deviation :math:`\sqrt{2 / n_\text{in}}`.

    He, Zhang, Ren and Sun, *Delving deep into rectifiers* (2015), equation 10: so the numbers
    neither swell nor fade from layer to layer when half of the neurons are silent.

    Parameters
    ----------
    n_in, n_out : int
        Inputs and neurons.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of float64, shape (n_in, n_out)
    """
    return rng.normal(0.0, np.sqrt(2.0 / n_in), size=(n_in, n_out))


def glorot_weights(n_in: int, n_out: int, rng: np.random.Generator) -> Floats:
    r"""Draw first weights for the other layers: uniform within :math:`\pm\sqrt{6 / (n_\text{in} + n_\text{out})}`.

    Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks*
    (2010), equation 16. Parameters and result are those of `he_weights`.
    """
    limit = np.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_in, n_out))
