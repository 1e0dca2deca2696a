"""What a site says of itself under ``cells.build.markdown`` in its mkdocs.yml, read and checked here alone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from cells.page import library
from cells.page.errors import PageError
from cells.page.library import Library, LibraryError

WHERE = "cells.build.markdown"


@dataclass(frozen=True)
class Options:
    """All of them, with what holds where a site says nothing. Folders are below the one that the build runs in."""

    name: str = "cells"
    """What readers' browsers keep for the site is named by it, so another one begins anew."""
    labs: Mapping[str, str] = field(default_factory=dict)
    """The module of each lab, below the site's root, by the id of its element."""
    library: str = ""
    """The lessons' own library, which cells may import."""
    packages: tuple[str, ...] = ()
    """Other packages that they may import."""
    memory: str = ""
    """Folder of what cells gave when they ran last; none: they always run."""
    notebooks: str = ""
    """Folder of the notebooks that are made of pages, and put beside them; none: there are none."""
    runtime: str = "docs/runtime"
    """Folder of the JavaScript that runs in the page; the build draws and checks by the same tables."""
    vendor: str = "docs/vendor"
    """Folder of what the page uses and others made."""
    page: str = ""
    """The page's path, where it is converted by itself and no site generator says it."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """Of pages that are not English: the language by the folder in which they stand, such as `de: de`."""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Options:
        """Check what stands in a site's configuration.

        Raises
        ------
        PageError
            If there is no such option, or it cannot be what it says.
        """
        known = [one.name for one in fields(cls)]
        for name, value in given.items():
            if name not in known:
                raise PageError(f"{WHERE}: unknown option {name!r}; known: {', '.join(known)}")
            if name == "labs":
                _check_labs(value)
            elif name == "languages":
                _check_languages(value)
            elif name != "packages" and not isinstance(value, str):
                raise PageError(f"{WHERE}: {name}: expected a text, got {value!r}")
        options = cls(**{**given, "packages": tuple(_names(given.get("packages", ())))})
        if not re.fullmatch(r"[\w-]+", options.name):
            raise PageError(f"{WHERE}: name: expected letters, digits and hyphens, got {options.name!r}")
        _library(options)
        return options

    def use(self) -> None:
        """From now on, this process builds a site with these options."""
        global _here
        _here = self
        library.use(_library(self))


def here() -> Options:
    """Those of the site that is being built."""
    return _here


def language_in(path: str) -> str:
    """The language of a page by its path below docs_dir, as HTML names it."""
    return _here.languages.get(path.partition("/")[0], "en")


def source_of(path: str) -> str:
    """The path of the English page that a page is a translation of; its own, if it is none."""
    folder, _, rest = path.partition("/")
    return rest if folder in _here.languages else path


def runtime_json(*path: str) -> dict[str, Any]:
    """What stands in a file among the page's JavaScript.

    Raises
    ------
    PageError
        If it is not there.
    """
    return _read(runtime(*path))


def runtime(*path: str) -> Path:
    """A file among the page's JavaScript.

    Raises
    ------
    PageError
        If it is not there.
    """
    return _there("runtime", Path(_here.runtime, *path))


def vendor(*path: str) -> Path:
    """A file of what others made.

    Raises
    ------
    PageError
        If it is not there.
    """
    return _there("vendor", Path(_here.vendor, *path))


_here = Options()


@cache
def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _there(option: str, path: Path) -> Path:
    if not path.is_file():
        raise PageError(f"{WHERE}: {option}: expected a folder with {path.name}, found no {path.absolute()}")
    return path


def _check_labs(given: Any) -> None:
    paths = given.values() if isinstance(given, Mapping) else [None]
    if not all(isinstance(path, str) and path.endswith(".mjs") for path in paths):
        raise PageError(
            f"{WHERE}: labs: expected the path of a module by each lab's id, such as a: labs/a.mjs, got {given!r}"
        )


def _check_languages(given: Any) -> None:
    said = given.items() if isinstance(given, Mapping) else [(None, None)]
    if not all(isinstance(one, str) and re.fullmatch(r"[\w-]+", one) for pair in said for one in pair):
        raise PageError(f"{WHERE}: languages: expected the language by each folder, such as de: de, got {given!r}")


def _names(given: Any) -> Any:
    return given if isinstance(given, list | tuple) else (given,)


def _library(options: Options) -> Library:
    try:
        return Library.of(options.library, options.packages)
    except LibraryError as error:
        raise PageError(f"{WHERE}: {error}") from None
