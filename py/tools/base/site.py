"""What mkdocs.yml says of the site's cells, for the tools that pack and list it: MkDocs itself runs after them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from cells.build.options import WHERE, Options
from cells.page.errors import PageError
from cells.page.library import Library
from tools.base import places
from tools.base.errors import ToolError

CONFIG = places.ROOT / "mkdocs.yml"
PLUGIN = "cells"
"""Where an author's own site says it: `tools.author.plugin`."""


def options(config_file: Path = CONFIG) -> Options:
    """Give what it says of the cells.

    Raises
    ------
    ToolError
        If the file names no extension for cells, or says something strange of it.
    """
    config = read(config_file)
    for name, given in (*named(config, "markdown_extensions"), *named(config, "plugins")):
        if name in (WHERE, PLUGIN):
            try:
                return Options.of(given or {})
            except PageError as error:
                raise ToolError(f"{config_file.name}: {error}") from None
    raise ToolError(f"{config_file.name}: expected {WHERE}, which makes cells, under markdown_extensions")


def read(config_file: Path) -> dict[str, Any]:
    """Give all that it says."""
    with config_file.open(encoding="utf-8") as file:
        config: dict[str, Any] = yaml_load(file, loader=get_yaml_loader())
    return config


def languages(config_file: Path = CONFIG) -> list[str]:
    """Give the languages that have pages in its nav; the first is that of all others' sources."""
    config = read(config_file)
    sections = {title for entry in config["nav"] for title, pages in entry.items() if not isinstance(pages, str)}
    named = (config.get("extra") or {}).get("languages", {})
    return ["en", *(code for code, said in named.items() if said["name"] in sections)]


def folders(config_file: Path = CONFIG) -> list[str]:
    """Give the folders of site/ in which pages are translations."""
    return list(options(config_file).languages)


def pages(language: str = "en", config_file: Path = CONFIG) -> list[tuple[str, str]]:
    """List the titles and paths of the pages in its nav, of one language."""
    config = read(config_file)
    nav = config["nav"]
    if language != "en":
        section = config["extra"]["languages"][language]["name"]
        nav = next((entry[section] for entry in nav if section in entry), [])
    return [(title, page) for entry in nav for title, page in entry.items() if isinstance(page, str)]


def named(config: dict[str, Any], part: str) -> Iterator[tuple[str, Any]]:
    """Give names and options, which a list may have together or a table."""
    listed = config.get(part) or ()
    for entry in [listed] if isinstance(listed, dict) else listed:
        yield from entry.items() if isinstance(entry, dict) else [(entry, None)]


def library(config_file: Path = CONFIG) -> Library:
    """Give the library and the packages that its cells may import."""
    said = options(config_file)
    return Library(said.library, said.packages)
