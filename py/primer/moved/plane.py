"""`primer.drawing.plane` under the name that it had before."""

from primer.drawing.plane import *
