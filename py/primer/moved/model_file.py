"""`primer.labs.model_file` under the name that it had before."""

from primer.labs.model_file import *
