"""`primer.drawing.network_picture` under the name that it had before."""

from primer.drawing.network_picture import *
