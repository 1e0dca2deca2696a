"""`primer.labs.playground` under the name that it had before."""

from primer.labs.playground import *
