"""What is made again only when something that it is made of has changed."""

from collections.abc import Callable, Iterable
from pathlib import Path

from tools.base import files


def once(
    stamp: Path, made_of: str | Callable[[], str], make: Callable[[], object], targets: Iterable[Path] = ()
) -> bool:
    """Call `make`, unless all that it makes stands there, untouched and made of the same.

    Parameters
    ----------
    stamp : Path
        Where it is written down, when it is whole, what it was made of.
    made_of : str or callable
        Stands for all of that; a callable is asked again afterwards, for who knows it only then.
    make : callable
        Makes the targets; when it raises, the stamp says nothing new.
    targets : iterable of Path
        Files that must be there as they were made. A folder with its stamp inside has none.

    Returns
    -------
    bool
        Whether anything was made.
    """
    targets = list(targets)

    def found() -> str:
        return " ".join([made_of if isinstance(made_of, str) else made_of(), *map(files.sha256, targets)])

    there = stamp.is_file() and all(path.is_file() for path in targets)
    if there and stamp.read_text() == found():
        return False
    make()
    files.put(stamp, found().encode())
    return True
