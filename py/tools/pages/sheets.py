"""One style sheet for all pages, of those that they name, without what nobody on this site needs."""

import os.path
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError
from tools.base.node import run_node
from tools.pages import material

SHEET = "css/page.css"
LINK = re.compile(r'<link rel="stylesheet" href="(?!https?:)([^"?#]+)">\n?')
_OTHERS = ("assets/", "vendor/")
"""Whose styles are for more than this site has."""
_URL = re.compile(r"""url\((["']?)(?!data:|https?:|#)([^)"']+)\1\)""")
_RULE = re.compile(r"([^{}]*\[(?:dir|data-md-color-(?:primary|accent))=[^{}]*)(\{[^{}]*\})")
_COMMA = re.compile(r",(?![^(]*\))")
_ASKED = re.compile(r"""\[(dir|data-md-color-(?:primary|accent))=["']?([\w-]+)["']?\]""")
_FONT = re.compile(r"url\(([^)]*vendor/fonts/[^)]+\.woff2)\)")


def named(site: Path, pages: dict[Path, str]) -> list[str]:
    """List the style sheets that all pages share, in their order."""
    found = {tuple(_below(site, link) for link in LINK.findall(html)) for html in pages.values()} - {()}
    if len(found) > 1:
        raise ToolError(f"the pages name different style sheets: {sorted(found)}; one sheet cannot stand for them")
    return list(found.pop()) if found else []


def make(site: Path, sheets: list[str], pages: Iterable[str], *, is_material: bool) -> list[str]:
    """Make one sheet of these for all pages; give the fonts that it asks for at once."""
    style = "\n".join(_kept(sheet, _moved(site / sheet, site / SHEET)) for sheet in sheets)
    style = material.still(style, is_material=is_material)
    if not places.INSTALLED:
        style = _worn(_purged(style, site), "".join(pages))
    files.put(site / SHEET, style.encode())
    return [os.path.normpath(os.path.join("css", found)) for found in _FONT.findall(style)]  # noqa: PTH118 - of a URL


def sources(site: Path) -> set[Path]:
    """List what the sheet is made of, and no page asks for."""
    return {path for parts in ("css", *_OTHERS) for path in (site / parts).rglob("*.css")} - {site / SHEET}


def _below(site: Path, link: str) -> str:
    """The part of an address that is the name of a file of the site."""
    parts = [part for part in link.split("/") if part not in ("", ".")]
    tails = ("/".join(parts[i:]) for i in range(len(parts)))
    return next((tail for tail in tails if (site / tail).is_file()), link)


def _moved(sheet: Path, place: Path) -> str:
    """A sheet's text with its addresses as they are from another place."""

    def address(match: re.Match[str]) -> str:
        target = os.path.normpath(sheet.parent / match[2])
        return f"url({os.path.relpath(target, place.parent)})"

    return _URL.sub(address, sheet.read_text(encoding="utf-8").replace('@charset "UTF-8";', "")).strip()


def _kept(sheet: str, style: str) -> str:
    """Our own styles, marked to be left as they are: readers' doings make names that nothing spells out."""
    return style if sheet.startswith(_OTHERS) else f"/*! purgecss start ignore */{style}/*! purgecss end ignore */"


def _worn(style: str, html: str) -> str:
    """A style without the rules for ways to read and colours of the bar that no page has: PurgeCSS keeps them all.

    >>> _worn("a[dir=rtl] b,i{top:0}[dir=rtl] :is(u,s){top:0}p{top:0}", '<body dir="ltr">')
    'i{top:0}p{top:0}'
    """

    def kept(rule: re.Match[str]) -> str:
        asked = {selector: _ASKED.findall(selector) for selector in _COMMA.split(rule[1])}
        here = [one for one, pairs in asked.items() if all(f'{name}="{value}"' in html for name, value in pairs)]
        return f"{','.join(here)}{rule[2]}" if here else ""

    return _RULE.sub(kept, style)


def _purged(style: str, site: Path) -> str:
    """A style without the rules of others for what no page has, no script makes and no output may hold (PurgeCSS).

    The names that an output may hold are found in the script that sanitises it.
    """
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "page.css"
        sheet.write_text(style, encoding="utf-8")
        holders = [f"{site}/{names}" for names in ("**/*.html", "assets/**/*.js", "runtime/**/*.mjs", "vendor/*.mjs")]
        program = places.NODE_MODULES / "purgecss" / "bin" / "purgecss.js"
        options = ("--content", *holders, "--safelist", *material.PIECED, "--variables", "--output", folder)
        run_node("the styles could not be made smaller", program, "--css", sheet, *options)
        return sheet.read_text(encoding="utf-8")
