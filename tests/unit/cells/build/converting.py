"""Pages converted as MkDocs does it, with cells."""

import textwrap
import types
from pathlib import Path
from typing import Any

import markdown

from cells.build.fences import format_fence, validate_fence

FENCE = {"name": "python", "class": "", "validator": validate_fence, "format": format_fence}


def converter(*extensions: str, **options: Any) -> markdown.Markdown:
    """Markdown with cells and these extensions; `options` are those of the cells."""
    configs = {
        "pymdownx.superfences": {"custom_fences": [FENCE]},
        "pymdownx.arithmatex": {"generic": True},
        "cells.build.markdown": options,
    }
    names = ["pymdownx.superfences", *extensions, "cells.build.markdown"]
    return markdown.Markdown(extensions=names, extension_configs=configs)


def convert(text: str) -> str:
    md = converter("pymdownx.details", "pymdownx.arithmatex", page="page", vendor="site/vendor")
    return md.convert(textwrap.dedent(text))


def at(md: markdown.Markdown, folder: Path, path: str) -> markdown.Markdown:
    """Tell it what MkDocs tells of a page, with what is read of that here."""
    file = types.SimpleNamespace(src_uri=path, abs_src_path=str(folder / path))
    md.treeprocessors.register(types.SimpleNamespace(file=file, run=lambda root: None), "relpath", 0)
    return md
