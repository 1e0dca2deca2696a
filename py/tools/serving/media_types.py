"""Media types that Python's table lacks, or takes from the machine; browsers insist on them."""

import mimetypes

_TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".ipynb": "application/x-ipynb+json",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}


def register() -> None:
    """Tell Python's table, which every server here asks."""
    for ending, media_type in _TYPES.items():
        mimetypes.add_type(media_type, ending)
