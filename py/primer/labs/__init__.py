"""What the labs of the site ask for: trainings in slices, the stream, and networks as files."""
