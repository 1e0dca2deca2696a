"""The teaching library of *A dog lover's primer to neural networks*: NumPy only, made to be read.

>>> from primer import softmax
>>> softmax([2.0, 1.0, -1.0]).round(4)
array([0.7054, 0.2595, 0.0351])
"""

from primer.activations import (
    heaviside,
    heaviside_gradient,
    relu,
    relu_gradient,
    sigmoid,
    sigmoid_gradient,
    tanh,
    tanh_gradient,
)
from primer.charts import Chart, bar_chart, line_chart, stacked_bars
from primer.formulas import Formula, softmax_formula
from primer.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_of_probs,
    cross_entropy_of_probs_gradient,
    loss_and_slope,
)
from primer.probabilities import log_softmax, log_softmax_gradient, softmax, softmax_gradient
from primer.tables import Table

__all__ = [
    "Chart",
    "Formula",
    "Table",
    "bar_chart",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "cross_entropy_of_probs",
    "cross_entropy_of_probs_gradient",
    "heaviside",
    "heaviside_gradient",
    "line_chart",
    "log_softmax",
    "log_softmax_gradient",
    "loss_and_slope",
    "relu",
    "relu_gradient",
    "sigmoid",
    "sigmoid_gradient",
    "softmax",
    "softmax_formula",
    "softmax_gradient",
    "stacked_bars",
    "tanh",
    "tanh_gradient",
]
