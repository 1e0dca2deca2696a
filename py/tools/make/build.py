"""`make build`: site/vendor, then MkDocs; a build that fails leaves the site of the last one in place."""

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from cells.build.memory import tally
from cells.page.errors import PageError
from tools.author.finish import finish
from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.progress import bar, say
from tools.content import belt, cards, exercises, found, reference, sentences, stations, stream, worksheets
from tools.make.vendor import vendor
from tools.pages import material, policy
from tools.python import start


class _Warnings(logging.Handler):
    """Keep what MkDocs warns of until its bar is gone; pages that cannot be built are told by their exception."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if not line.startswith(("Error reading page", "Error building page")):
            self.lines.append(f"{record.levelname.lower()}: {line}")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _swap(new: Path, place: Path) -> None:
    """Put a folder in the place of another; the old one goes."""
    old = place.with_name(f"{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        os.replace(place, old)
    os.replace(new, place)
    shutil.rmtree(old, ignore_errors=True)


Generator = Callable[[Path, Path, Path | None], None]
"""Makes pages as an mkdocs.yml says, in a folder, of what stands in another one if not where that says."""


def by_mkdocs(config_file: Path, site: Path, docs: Path | None = None) -> None:
    """Have MkDocs make the pages; a warning is an error.

    Raises
    ------
    ToolError
        If a page cannot be built: what the page's error says, or what MkDocs warned of.
    """
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        elsewhere = {"docs_dir": str(docs)} if docs else {}
        config = load_config(str(config_file), site_dir=str(site), strict=True, **elsewhere)
        if config.theme.name == "material" and config.theme.custom_dir:
            ours, theirs, *_ = map(Path, config.theme.dirs)
            material.check_templates(ours, theirs)
        mkdocs_build(config)
    except Exception as error:
        told = next((cause for cause in _causes(error) if isinstance(cause, PageError)), None)
        if told:
            raise ToolError(str(told)) from error
        if isinstance(error, (MkDocsException, SystemExit)):
            raise ToolError("\n".join([*warnings.lines, str(error)])) from error
        raise
    finally:
        logger.removeHandler(warnings)


def build_pages(
    config_file: Path, site: Path, *, keeps: bool = True, docs: Path | None = None, generator: Generator = by_mkdocs
) -> str:
    """Build the pages strictly, with all that is done to them afterwards; an error leaves `site` as it was.

    Parameters
    ----------
    config_file : Path
        An mkdocs.yml.
    site : Path
        The folder that the built site takes the place of.
    keeps : bool
        Whether readers' browsers shall keep the site, so that it works without a network.
    docs : Path, optional
        Where the pages are, if not where the configuration says.
    generator : callable
        What makes the pages.

    Returns
    -------
    str
        The Content-Security-Policy that every page has.

    Raises
    ------
    ToolError
        If a page cannot be built, or two have one name.
    """
    new = site.with_name(f"{site.name}.new")
    try:
        if config_file.parent == places.ROOT:
            reference.write()
            belt.write()
            stations.write()
            stream.write()
            exercises.write()
            sentences.write()
        generator(config_file, new, docs)
        cards.draw(new)
        if config_file.parent == places.ROOT:
            found.write(new)
        text = finish(new, keeps=keeps)
        if config_file.parent == places.ROOT:
            worksheets.write(new, text)
        _swap(new, site)
        return text
    finally:
        shutil.rmtree(new, ignore_errors=True)


def build(generator: Generator = by_mkdocs) -> None:
    """Build the whole site."""
    started = time.monotonic()
    vendor()
    with bar("pages"):
        keeps = "SERVED" not in os.environ  # not where a person writes: what is written must be seen at once
        text = build_pages(places.ROOT / "mkdocs.yml", places.BUILT_SITE, keeps=keeps, generator=generator)
    for name, content in policy.host_files(text).items():
        files.put(places.BUILD / "headers" / name, content.encode())
    pages = sum(1 for _ in places.BUILT_SITE.rglob("index.html"))
    done = f"{tally.pages} with Python executed ({tally.cells} cells), {tally.remembered} unchanged"
    say(f"build/site: {pages} pages, {done}, {time.monotonic() - started:.1f} s")
    start.warn()


if __name__ == "__main__":
    command(build)
