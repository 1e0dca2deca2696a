"""The teaching library of *A dog lover's primer to neural networks*: NumPy only, made to be read.

>>> from primer import softmax
>>> softmax([2.0, 1.0, -1.0]).round(4)
array([0.7054, 0.2595, 0.0351])
"""

from primer.activations import log_softmax, sigmoid, softmax
from primer.charts import Chart, bar_chart, line_chart, stacked_bars
from primer.formulas import Formula, softmax_formula
from primer.tables import Table

__all__ = [
    "Chart",
    "Formula",
    "Table",
    "bar_chart",
    "line_chart",
    "log_softmax",
    "sigmoid",
    "softmax",
    "softmax_formula",
    "stacked_bars",
]
