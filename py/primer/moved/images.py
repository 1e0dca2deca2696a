"""`primer.pictures.images` under the name that it had before."""

from primer.pictures.images import *
