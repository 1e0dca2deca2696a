"""What a page fetches before Python, made small and few: one style sheet, one script, and the font at once.

Each request costs a slow link a round trip, and each module that imports another one more.
"""

import json
import re
from html import escape
from pathlib import Path

from cells.build.options import Options, here
from tools.base import files, places
from tools.pages import material, scenes, scripts, search, sheets, words
from tools.pages.policy import in_head

# Material's script puts each table into a wrapper, which counts for all that stands beside the table and has a browser
# lay out all of that again: so each has a place of its own.
_TABLE = re.compile(r"^<table>$.*?^</table>$", re.DOTALL | re.MULTILINE)

# A link within a heading is read with it, each time ("Move a score ¶"): it stands beside it instead.
_HEADING = re.compile(r'(<h([1-6])\b[^>]*>)(.*?)<a class="headerlink" href="([^"]*)" title="([^"]*)">&para;</a></h\2>')

# Icons stand beside the word that they mean, and buttons have names: nothing is to be said of the picture. Nor is there
# of the labels without a word that Material lays over a page while its menu is open.
_ICON = re.compile(r'<svg (?=xmlns="http://www.w3.org/2000/svg" viewBox="[\d. -]+">)')
_TAG = re.compile(r"<[^>]*>")
_SCRIPT = re.compile(r'(<script\b[^>]*\bsrc="(?!https?:)([^"]+)"[^>]*>)')
_SEARCHED = " data-search-exclude"
"""For who made the search, and has."""
_LESSON = re.compile(r'"@type": ?"LearningResource",')
_MINUTES = re.compile(r"<span data-minutes>\D*(\d+)")
_OVERLAY = '<label class="md-overlay" '
_HIDDEN = 'aria-hidden="true" '


def lighten(site: Path) -> None:
    """Change a built site in place.

    Raises
    ------
    ToolError
        If something that is changed is not there any more.
    """
    if not places.INSTALLED:  # an engine that is installed has brought its scripts so
        scripts.minify(site)
        scripts.bundle(site)
    early, said = scripts.early(site), scripts.first_way(site) + _said(here())
    words.make(site)
    pages = {}
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        pages[path] = in_head(html, words.scripts_of(site, path, html) + early).replace("<html", f"<html{said}", 1)
    is_material = any(material.release(html) for html in pages.values())
    if links := sheets.named(site, pages):
        fonts = sheets.make(site, links, pages.values(), is_material=is_material)
        for path, html in pages.items():
            files.put(path, _lighter(html, links, fonts, is_material=is_material).encode())
    material.change(site, is_material=is_material)
    search.lighten(site)


def _said(options: Options) -> str:
    """What the page's runtime must know of the site, as an attribute of each page."""
    if (options.name, options.labs) == (Options.name, {}):
        return ""
    said = {"name": options.name, "labs": dict(options.labs)}
    return f' data-site="{escape(json.dumps(said, separators=(",", ":")))}"'


def sources(site: Path) -> set[Path]:
    """The files of a light site that no page asks for: what its sheet and its script are made of."""
    if not (site / sheets.SHEET).is_file():
        return set()
    return sheets.sources(site) | ({*site.glob("runtime/**/*.mjs")} - scripts.fetched(site))


def _lighter(html: str, links: list[str], fonts: list[str], *, is_material: bool) -> str:
    found = list(sheets.LINK.finditer(html))
    if not found:
        return html
    base = found[0][1].removesuffix(links[0])
    one = f'<link rel="stylesheet" href="{base}{sheets.SHEET}">\n' + _ahead(html)
    html = html[: found[0].start()] + one + sheets.LINK.sub("", html[found[0].start() :])
    preload = "".join(
        f'<link rel="preload" href="{base}{font}" as="font" type="font/woff2" crossorigin>' for font in fonts
    )
    if "<py-cell" in html or "<py-lab" in html:
        preload += f'<script type="module" async src="{base}{scripts.BEGIN}"></script>'
    html = _timed(html.replace(_SEARCHED, ""))
    html = _TABLE.sub(r'<div class="table">\g<0></div>', _HEADING.sub(_headed, scenes.arrange(html)))
    html = _ICON.sub(rf"\g<0>{_HIDDEN}", html).replace(_OVERLAY, _OVERLAY + _HIDDEN)
    return material.deferred(in_head(html, preload) if preload else html, is_material=is_material)


def _timed(html: str) -> str:
    """What catalogues of lessons read says how long the page takes, as the page does."""
    minutes = _MINUTES.search(html)
    return _LESSON.sub(rf'\g<0> "timeRequired": "PT{minutes[1]}M",', html, count=1) if minutes else html


def _ahead(html: str) -> str:
    """Ask for the scripts at a page's end when its beginning is here, behind its sheet: a long page comes in pieces."""
    links = (
        f'<link rel="{"modulepreload" if "module" in tag else "preload"}" href="{source}" as="script">\n'
        for tag, source in _SCRIPT.findall(html)
    )
    return "".join(links)


def _headed(found: re.Match[str]) -> str:
    """A heading with its link beside it, which says of which section it is: links are also listed by themselves."""
    name = " ".join(_TAG.sub("", found[3]).split()).replace('"', "&quot;")
    link = f'<a class="headerlink" href="{found[4]}" aria-label="{found[5]}: {name}">&para;</a>'
    return f'<div class="headed">{found[1]}{found[3]}</h{found[2]}>{link}</div>'
