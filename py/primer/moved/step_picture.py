"""`primer.drawing.step_picture` under the name that it had before."""

from primer.drawing.step_picture import *
