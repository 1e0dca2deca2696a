"""`primer.pictures.breeds` under the name that it had before."""

from primer.pictures.breeds import *
