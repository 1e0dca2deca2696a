"""`primer.drawing.walkthrough` under the name that it had before."""

from primer.drawing.walkthrough import *
