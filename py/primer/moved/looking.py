"""`primer.pictures.looking` under the name that it had before."""

from primer.pictures.looking import *
