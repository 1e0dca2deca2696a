"""`primer.drawing.walkthrough`, its steps and its writing under the name that they had before."""

from primer.drawing.steps import *
from primer.drawing.walkthrough import *
from primer.drawing.writing import *
