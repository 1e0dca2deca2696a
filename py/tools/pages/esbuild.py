"""esbuild, which bundles scripts and makes scripts and styles small; each call of it is this one."""

from pathlib import Path

from tools.base import places

OPTIONS = (
    "--minify",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",  # site/licences.md has the notices, whole
    "--log-level=warning",
)
MODULE = ("--bundle", "--format=esm")


def esbuild(*arguments: str | Path) -> list[str | Path]:
    """Give the program with these arguments, for node."""
    return [places.NODE_MODULES / "esbuild" / "bin" / "esbuild", *arguments, *OPTIONS]
