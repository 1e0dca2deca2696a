"""What the cells of this site may import besides Python's own: the library of its lessons, and packages.

A site says it in its options (``library``, ``packages``); nothing here names one. At the build they are taken from
there, in the page from a file beside this one that is packed with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from cells.page.package import Package


class LibraryError(ValueError):
    """An option that names no library or package."""


@dataclass(frozen=True)
class Library:
    """The names of both; empty where a site has none."""

    name: str = ""
    packages: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: Any, packages: Any) -> Library:
        """Check what stands in options.

        Raises
        ------
        LibraryError
            If it is not a name that can be imported, or not a list of those.
        """
        if not isinstance(name, str) or (name and not name.isidentifier()):
            raise LibraryError(f"library: expected a name that can be imported, such as lessons, got {name!r}")
        if not isinstance(packages, list | tuple):
            raise LibraryError(f"packages: expected a list of names, such as [numpy], got {packages!r}")
        for package in packages:
            if not isinstance(package, str) or not package.isidentifier():
                raise LibraryError(f"packages: expected names that can be imported, got {package!r}")
        return cls(name, tuple(packages))

    @property
    def all(self) -> tuple[str, ...]:
        """Packages first."""
        return (*self.packages, *filter(None, [self.name]))


here = Library()
"""Those of this site."""
known: tuple[Package, ...] = ()
"""Its packages of which the engine knows something."""
ours = frozenset({"cells"})
"""All of them, and the engine itself."""


def use(library: Library) -> None:
    """From now on, cells are those of a site with this library."""
    global here, known, ours
    here, known, ours = library, tuple(known_of(library.packages)), frozenset({"cells", *library.all})


def known_of(packages: Iterable[str]) -> Iterator[Package]:
    """What the engine knows of these packages, where it knows something."""
    for package in packages:
        module = f"cells.page.packages.{package}"
        try:
            yield import_module(module).PACKAGE
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
