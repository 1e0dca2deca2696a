"""`primer.labs.training` under the name that it had before."""

from primer.labs.training import *
