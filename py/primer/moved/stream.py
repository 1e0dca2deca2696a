"""`primer.labs.stream` under the name that it had before."""

from primer.labs.stream import *
