"""Dropout: while a network learns, some of its neurons are left out, others each time."""

from __future__ import annotations

import numpy as np

from primer.arrays import Floats


class Dropout:
    r"""Leave out a random share of the neurons before it, and let the others speak louder for them.

    .. math:: \begin{aligned} \text{outputs} &= \frac{m \cdot \text{inputs}}{1 - p} \\
        m &= 0 \text{ with probability } p, \text{ else } 1 \end{aligned}

    Hinton, Srivastava, Krizhevsky, Sutskever and Salakhutdinov, *Improving neural networks by preventing co-adaptation
    of feature detectors* (2012). As in today's libraries the outputs are scaled while it learns, so that nothing is to
    be done afterwards.

    Parameters
    ----------
    share : float
        :math:`p`, from 0 to below 1: the share that is left out.
    seed : int or numpy.random.Generator
        What is drawn from; the same seed leaves out the same ones.

    Attributes
    ----------
    is_on : bool
        Whether any are left out. A network switches it on for each step of its learning; otherwise all neurons speak.

    Raises
    ------
    ValueError
        If the share is out of range.

    Examples
    --------
    >>> dropout = Dropout(0.5, seed=1)
    >>> dropout.forward(np.ones(4))
    array([1., 1., 1., 1.])
    >>> dropout.is_on = True
    >>> dropout.forward(np.ones(4))
    array([2., 2., 0., 2.])
    """

    def __init__(self, share: float, seed: int | np.random.Generator = 0) -> None:
        if not 0 <= share < 1:
            raise ValueError(f"share must be at least 0 and below 1, got {share}; try 0.5, which leaves out one half")
        self.share, self.is_on = float(share), False
        self._rng = np.random.default_rng(seed)

    def forward(self, inputs: Floats) -> Floats:
        """Leave some out, if it is on; the shape stays."""
        if not self.is_on:
            return inputs
        is_kept = self._rng.random(inputs.shape) >= self.share
        self.factors: Floats = (is_kept / (1 - self.share)).astype(inputs.dtype)
        outputs: Floats = inputs * self.factors
        return outputs

    def backward(self, d_outputs: Floats) -> Floats:
        """Pass the error on to those that spoke."""
        if not self.is_on:
            return d_outputs
        d_inputs: Floats = d_outputs * self.factors
        return d_inputs
