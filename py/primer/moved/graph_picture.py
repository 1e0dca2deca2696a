"""`primer.drawing.graph_picture` under the name that it had before."""

from primer.drawing.graph_picture import *
