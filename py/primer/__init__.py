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
from primer.adam import Adam
from primer.autodiff import Variable
from primer.charts import Chart, bar_chart, stacked_bars
from primer.checking import check_gradient, check_network, largest_difference, numerical_gradient
from primer.convolution import AsPictures, AsRows, Convolution, MaxPool, first_kernels, slide
from primer.data import KINDS, checkerboard, four_quadrants, rings, spirals, train_test_split, xor
from primer.descent import GradientDescent, batches, descend, records, train_epoch, walk
from primer.dropout import Dropout
from primer.formulas import Formula, softmax_formula
from primer.layers import ACTIVATIONS, Dense, Linear, ReLU, Sigmoid, Tanh, glorot_weights, he_weights
from primer.line_charts import line_chart
from primer.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_of_probs,
    cross_entropy_of_probs_gradient,
    loss_and_slope,
)
from primer.metrics import accuracy, confusion_matrix, precision, recall
from primer.network import MLP, Network
from primer.operations import OPERATIONS, Operation
from primer.perceptron import Lesson, Perceptron
from primer.probabilities import log_softmax, log_softmax_gradient, softmax, softmax_gradient
from primer.tables import Table

__all__ = [
    "ACTIVATIONS", "KINDS", "MLP", "OPERATIONS", "Adam", "AsPictures", "AsRows", "Chart", "Convolution", "Dense",
    "Dropout", "Formula", "GradientDescent", "Lesson", "Linear", "MaxPool", "Network", "Operation", "Perceptron",
    "ReLU", "Sigmoid", "Table", "Tanh", "Variable", "accuracy", "bar_chart", "batches", "binary_cross_entropy",
    "binary_cross_entropy_gradient", "check_gradient", "check_network", "checkerboard", "confusion_matrix",
    "cross_entropy", "cross_entropy_gradient", "cross_entropy_of_probs", "cross_entropy_of_probs_gradient",
    "descend", "first_kernels", "four_quadrants", "glorot_weights", "he_weights", "heaviside", "heaviside_gradient",
    "largest_difference", "line_chart", "log_softmax", "log_softmax_gradient", "loss_and_slope",
    "numerical_gradient", "precision", "recall", "records", "relu", "relu_gradient", "rings", "sigmoid",
    "sigmoid_gradient", "slide", "softmax", "softmax_formula", "softmax_gradient", "spirals", "stacked_bars",
    "tanh", "tanh_gradient", "train_epoch", "train_test_split", "walk", "xor",
]  # fmt: skip

__path__.append(f"{__path__[0]}/moved")
"""Where a module moved into a room, its older name stands there: `primer.plane` is `primer.drawing.plane`."""
