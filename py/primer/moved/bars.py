"""`primer.drawing.bars` under the name that it had before."""

from primer.drawing.bars import *
