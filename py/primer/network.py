"""A network of layers that tells classes apart: the dog that the reader trains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from primer.arrays import Floats, Integers, as_floats, class_numbers
from primer.dropout import Dropout
from primer.layers import ACTIVATIONS, Dense, Layer, Weighted, first_weights
from primer.losses import loss_and_slope
from primer.probabilities import softmax


class Network:
    """Layers one after another, and softmax cross-entropy at the end.

    Parameters
    ----------
    layers : sequence of Layer
        The first one that has weights learns first, the last one gives the logits.

    Attributes
    ----------
    layers : list of Layer
        As they were given.
    weighted : list of Layer
        Those of them that have weights.

    Raises
    ------
    ValueError
        If the last layer has no weights: there would be no logits.

    Examples
    --------
    >>> from primer import Dropout, ReLU
    >>> network = Network([Dense(np.eye(2), [0.0, 0.0]), ReLU(), Dropout(0.5), Dense(np.ones((2, 3)), np.zeros(3))])
    >>> network
    Network of 4 layers, 15 parameters
    >>> network.forward(np.array([[1.0, 2.0]]))
    array([[3., 3., 3.]])
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = list(layers)
        self.weighted = [layer for layer in self.layers if isinstance(layer, Weighted)]
        if not self.layers or not isinstance(self.layers[-1], Weighted):
            got = type(self.layers[-1]).__name__ if self.layers else "no layer"
            raise ValueError(f"the last layer must have weights, to give the logits, got {got}; end with a Dense")

    def __repr__(self) -> str:
        return f"Network of {len(self.layers)} layers, {self.n_parameters} parameters"

    @property
    def n_parameters(self) -> int:
        """How many numbers learning changes."""
        return sum(value.size for value in self.parameters.values())

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """The width of its weights."""
        return self.weighted[0].weights.dtype

    @property
    def parameters(self) -> dict[str, Floats]:
        """Weights and biases by name, ``weights_1``, ``bias_1``, ``weights_2``, …: the arrays themselves."""
        return {
            f"{kind}_{i}": value
            for i, layer in enumerate(self.weighted, 1)
            for kind, value in (("weights", layer.weights), ("bias", layer.bias))
        }

    @property
    def gradients(self) -> dict[str, Floats]:
        """The slope of the loss for each of the `parameters`, under the same names."""
        return {
            f"{kind}_{i}": value
            for i, layer in enumerate(self.weighted, 1)
            for kind, value in (("weights", layer.d_weights), ("bias", layer.d_bias))
        }

    def set_parameters(self, parameters: Mapping[str, ArrayLike]) -> None:
        """Copy numbers into the network, for example those of one that was trained before.

        Raises
        ------
        ValueError
            If a name or a shape is not this network's, or a number is NaN. Nothing is changed then.
        """
        own = self.parameters
        given = {name: as_floats(value, name) for name, value in parameters.items()}
        for name, value in given.items():
            if name not in own:
                raise ValueError(f"no parameter is called {name!r}; this network has {', '.join(own)}")
            if value.shape != own[name].shape:
                raise ValueError(f"{name} must have shape {own[name].shape}, got {value.shape}")
        for name, value in given.items():
            own[name][...] = value

    def forward(self, X: Floats) -> Floats:
        """Logits of a batch, (n_samples, n_in) to (n_samples, n_classes), or of one record."""
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, d_logits: Floats) -> None:
        """Hand the slope of the logits back through all layers, which sets `gradients`."""
        first = self.layers.index(self.weighted[0])  # what comes before it has nothing to learn
        for layer in self.layers[:first:-1]:
            d_logits = layer.backward(d_logits)
        self.weighted[0].backward_to_parameters(d_logits)

    def input_gradient(self, d_logits: Floats) -> Floats:
        """`backward`, and on to the inputs: how each input moved the loss. Shape of the inputs."""
        for layer in reversed(self.layers):
            d_logits = layer.backward(d_logits)
        return d_logits

    def loss_and_gradients(self, X: Floats, labels: Integers) -> tuple[float, dict[str, Floats]]:
        """One training step but for the update: forward, loss, backward.

        Parameters
        ----------
        X : ndarray, shape (n_samples, n_in)
            In the width of the network; at least one record.
        labels : ndarray of int, shape (n_samples,)
            Class numbers.

        Returns
        -------
        tuple of float and dict
            The mean cross-entropy in nats (NaN if the numbers ran away), and `gradients`.
        """
        if X.ndim != 2 or labels.shape != X.shape[:1] or not len(X):
            raise ValueError(
                "X must have shape (n_samples, n_in) and labels (n_samples,), at least one record, "
                f"got {X.shape} and {labels.shape}; for one record, give X[i : i + 1] and labels[i : i + 1]"
            )
        with self._dropping_out():
            loss, d_logits = loss_and_slope(self.forward(X), labels)
            self.backward(d_logits)
        return loss, self.gradients

    @contextmanager
    def _dropping_out(self) -> Iterator[None]:
        """Neurons are left out while the network learns, and only then."""
        layers = [layer for layer in self.layers if isinstance(layer, Dropout)]
        for layer in layers:
            layer.is_on = True
        try:
            yield
        finally:
            for layer in layers:
                layer.is_on = False

    def loss(self, X: ArrayLike, labels: ArrayLike) -> float:
        """Mean cross-entropy in nats of a batch, without learning from it; 0.0 for a batch of none."""
        inputs = as_floats(X, "X")
        numbers = class_numbers(labels, len(self.weighted[-1].bias))
        if inputs.ndim != 2 or numbers.shape != inputs.shape[:1]:
            raise ValueError(
                f"X must have shape (n_samples, n_in) and labels (n_samples,), got {inputs.shape} and {numbers.shape}"
            )
        return loss_and_slope(self.forward(inputs), numbers)[0] if len(inputs) else 0.0

    def predict_probs(self, X: ArrayLike) -> Floats:
        """Probability of each class: (..., n_in) to (..., n_classes)."""
        return softmax(self.forward(as_floats(X, "X")))

    def predict(self, X: ArrayLike) -> Integers:
        """Return the class number with the largest logit: (..., n_in) to (...,)."""
        numbers: Integers = self.forward(as_floats(X, "X")).argmax(axis=-1)
        return numbers


class MLP(Network):
    """Dense layers with an activation between each two, and softmax cross-entropy at the end.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, neurons of each hidden layer, classes: ``[2, 8, 4]``. Without a hidden layer,
        ``[2, 4]``, it is softmax regression.
    activation : str
        Of the hidden layers: ``"relu"``, ``"tanh"``, ``"sigmoid"`` or ``"linear"``.
    seed : int or numpy.random.Generator
        What the first weights are drawn from; the same seed gives the same network.
    dtype : type
        ``np.float64``, or ``np.float32``: half the memory and about twice the speed.

    Attributes
    ----------
    layers : list of Layer
        Dense, activation, dense, …, dense.

    Raises
    ------
    ValueError
        If a size is not a whole number of at least 1, fewer than two are given, or the activation
        is unknown.

    Examples
    --------
    >>> network = MLP([2, 8, 4], seed=1)
    >>> network
    MLP([2, 8, 4], activation='relu'), 60 parameters
    >>> network.forward(np.zeros((5, 2))).shape
    (5, 4)
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: str = "relu",
        *,
        seed: int | np.random.Generator = 0,
        dtype: DTypeLike = np.float64,
    ) -> None:
        if len(sizes) < 2 or any(size != int(size) or size < 1 for size in sizes):
            raise ValueError(
                f"sizes must be at least two whole numbers of 1 or above, inputs first and classes last, "
                f"got {list(sizes)}; try [2, 8, 4]"
            )
        self.sizes, self.activation = [int(size) for size in sizes], activation
        rng = np.random.default_rng(seed)
        layers: list[Layer] = []
        self.dense: list[Dense] = []
        for weights in first_weights(self.sizes, activation, rng):
            if self.dense:
                layers.append(ACTIVATIONS[activation]())
            dense = Dense(weights.astype(dtype), np.zeros(weights.shape[1], dtype))
            self.dense.append(dense)
            layers.append(dense)
        super().__init__(layers)

    def __repr__(self) -> str:
        return f"MLP({self.sizes}, activation={self.activation!r}), {self.n_parameters} parameters"
