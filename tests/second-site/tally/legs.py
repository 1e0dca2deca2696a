"""What sheep stand on."""


def legs(sheep: int) -> int:
    """Four each."""
    return 4 * sheep
