"""`primer.pictures.transforms` under the name that it had before."""

from primer.pictures.transforms import *
