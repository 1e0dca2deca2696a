"""`primer.drawing.variable_graph` under the name that it had before."""

from primer.drawing.variable_graph import *
