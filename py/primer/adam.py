r"""Adam: gradient descent in which every parameter has a step of its own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from primer.arrays import Floats


class Adam:
    r"""Move each parameter by about the learning rate, whatever the size of its slope.

    .. math:: \begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1) g \\
        s &\leftarrow \beta_2 s + (1 - \beta_2) g^2 \\
        w &\leftarrow w - \eta \, \frac{m / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \epsilon} \end{aligned}

    :math:`g` is the slope of the loss, :math:`t` counts the steps from 1. :math:`m` is a running mean of the slopes and
    :math:`s` of their squares; both begin with 0, which the divisions by :math:`1 - \beta^t` make up for. Kingma and
    Ba, *Adam: a method for stochastic optimization* (2014), algorithm 1.

    Parameters
    ----------
    learning_rate : float
        :math:`\eta`, 0 or above.
    beta_1, beta_2 : float
        From 0 to below 1: how much of each running mean is kept.
    epsilon : float
        :math:`\epsilon`, above 0: so that nothing is divided by 0.

    Attributes
    ----------
    means, squares : dict of str to ndarray
        :math:`m` and :math:`s` of each parameter, by name.
    n_steps : int
        :math:`t`, the steps taken.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> parameters = {"w": np.array([1.0, 1.0])}
    >>> Adam(0.1).step(parameters, {"w": np.array([2.0, -0.002])})
    >>> parameters["w"].round(4)
    array([0.9, 1.1])
    """

    def __init__(
        self, learning_rate: float = 0.001, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-8
    ) -> None:
        self.learning_rate, self.beta_1, self.beta_2 = float(learning_rate), float(beta_1), float(beta_2)
        self.epsilon = float(epsilon)
        if not 0 <= self.learning_rate < np.inf:
            raise ValueError(f"learning_rate must be a number of 0 or above, got {learning_rate}; try 0.001")
        for name, beta, usual in (("beta_1", self.beta_1, 0.9), ("beta_2", self.beta_2, 0.999)):
            if not 0 <= beta < 1:
                raise ValueError(f"{name} must be at least 0 and below 1, got {beta:g}; try {usual}")
        if not 0 < self.epsilon < np.inf:
            raise ValueError(f"epsilon must be a number above 0, got {epsilon}; try 1e-8")
        self.means: dict[str, Floats] = {}
        self.squares: dict[str, Floats] = {}
        self.n_steps = 0

    def step(self, parameters: Mapping[str, Floats], gradients: Mapping[str, Floats]) -> None:
        """Change `parameters` in place, each by the gradient of the same name."""
        self.n_steps += 1
        for name, value in parameters.items():
            gradient = gradients[name]
            if name not in self.means:
                self.means[name], self.squares[name] = np.zeros_like(value), np.zeros_like(value)
            mean, square = self.means[name], self.squares[name]
            mean *= self.beta_1
            mean += (1 - self.beta_1) * gradient
            square *= self.beta_2
            square += (1 - self.beta_2) * gradient * gradient
            spread = np.sqrt(square / (1 - self.beta_2**self.n_steps)) + self.epsilon
            value -= self.learning_rate * (mean / (1 - self.beta_1**self.n_steps)) / spread
