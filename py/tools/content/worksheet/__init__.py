"""A chapter on paper: its questions, trials and exercises as a worksheet, and a sheet of answers."""
