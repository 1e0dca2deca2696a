"""What mkdocs.yml says of the site's library, for the tools that pack and list it: MkDocs itself runs after them."""

from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from cells.build.options import WHERE, Options
from cells.page.errors import PageError
from cells.page.library import Library
from tools.base import places
from tools.base.errors import ToolError


def library(config_file: Path = places.ROOT / "mkdocs.yml") -> Library:
    """Give the library and the packages that its cells may import.

    Raises
    ------
    ToolError
        If the file names no extension for cells, or says something strange of it.
    """
    with config_file.open(encoding="utf-8") as file:
        config: dict[str, Any] = yaml_load(file, loader=get_yaml_loader())
    for extension in config.get("markdown_extensions", ()):
        if extension == WHERE:
            return Library()
        if isinstance(extension, dict) and WHERE in extension:
            try:
                options = Options.of(extension[WHERE] or {})
            except PageError as error:
                raise ToolError(f"{config_file.name}: {error}") from None
            return Library(options.library, options.packages)
    raise ToolError(f"{config_file.name}: expected {WHERE}, which makes cells, under markdown_extensions")
