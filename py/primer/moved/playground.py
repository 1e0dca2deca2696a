"""`primer.labs.playground` and its settings under the name that they had before."""

from primer.labs.playground import *
from primer.labs.settings import *
