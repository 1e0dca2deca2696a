"""What a page fetches before Python, made small and few: one style sheet, one script, and the font at once.

Each request costs a slow link a round trip, and each module that imports another one more.
"""

import json
import os.path
import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError
from tools.base.node import environment, node
from tools.pages.policy import in_head

_SHEET = "css/page.css"
_SCRIPT = "runtime/main.mjs"
_PYTHON = "runtime/python/launch.mjs"
"""Begins before the page is there, and makes ready what Python needs; the script imports it."""
_LABS = ("runtime/labs/train-your-dog/train-your-dog.mjs",)
"""Fetched by the pages that have one; the stream's comes bundled in vendor/."""
_EARLY = "runtime/visit/early.mjs"
"""Stands in the head of every page."""
_OTHERS = ("assets/", "vendor/")
"""Whose styles are for more than this site has."""
_PIECED = ("tabbed-control--prev", "tabbed-control--next")
"""Names that Material's script pieces together, so that they stand nowhere."""
_LINK = re.compile(r'<link rel="stylesheet" href="(?!https?:)([^"?#]+)">\n?')
_URL = re.compile(r"""url\((["']?)(?!data:|https?:|#)([^)"']+)\1\)""")
_MATERIAL = re.compile(r'<script (?=src="[^"]*assets/javascripts/bundle\.)')
_FONT = re.compile(r"url\(([^)]*vendor/fonts/[^)]+\.woff2)\)")

# What would have a browser style or lay out all of a page again. Material's sheet forbids transitions where its script
# asks for that, as it does at every start; the script names the colours' scheme twice (css/site.css has it); it puts
# each table into a wrapper, which counts for all that stands beside the table: so each has a place of its own.
_STILL = re.compile(r"\[data-md-color-switching\] \*[^{}]*\{[^{}]*\}")
_SCHEME = (b'("meta",{name:"color-scheme"})', b'("meta",{name:"md-color-scheme"})')
# The search's index, an eighth of what a page fetches, is fetched when the search is opened, as Material's script does
# in a page that is a file, and when an address asks for words to be marked, not on each page in case one does.
_INDEX = (
    (b'L($(location.protocol!=="file:"),Je("search"))', b'L($(!1),Je("search"))'),
    (
        b'z([t,r.pipe(Q(we()),g(o=>!!o.searchParams.get("h")))])',
        b'r.pipe(Q(we()),g(o=>!!o.searchParams.get("h")),b(n=>t.pipe(m(o=>[o,n]))))',
    ),
)
_TABLE = re.compile(r"^<table>$.*?^</table>$", re.DOTALL | re.MULTILINE)

# A link within a heading is read with it, each time ("Move a score ¶"): it stands beside it instead.
_HEADING = re.compile(r'(<h([1-6])\b[^>]*>)(.*?)<a class="headerlink" href="([^"]*)" title="([^"]*)">&para;</a></h\2>')
_HEADED = r'<div class="headed">\1\3</h\2><a class="headerlink" href="\4" aria-label="\5">&para;</a></div>'

_BLOCK = re.compile(r"\s*</?(?:p|ul|ol|li)>\s*")
_NO_WORD = re.compile("</?code>|\u200b")  # formulas are full of spaces without a width
_LISTING = re.compile(r"<pre>.*?</pre>\s*", re.DOTALL)


def lighten(site: Path) -> None:
    """Change a built site in place. The modules stay beside the script that is made of them, for who reads them."""
    _minify([*sorted((site / "runtime").rglob("*.mjs")), *sorted((site / "css").glob("*.css"))], site)
    for script in (*_LABS, _SCRIPT, _PYTHON):
        if (site / script).is_file():
            _bundle(site / script, () if script == _PYTHON else (site / _PYTHON,))
    early = _inlined(site / _EARLY)
    pages = {path: in_head(path.read_text(encoding="utf-8"), early) for path in site.rglob("*.html")}
    sheets = _sheets(site, pages)
    if sheets:
        parts = (_kept(sheet, _moved(site / sheet, site / _SHEET)) for sheet in sheets)
        style = _purged(_STILL.sub("", "\n".join(parts)), site)
        files.put(site / _SHEET, style.encode())
        fonts = [os.path.normpath(os.path.join("css", found)) for found in _FONT.findall(style)]  # noqa: PTH118 - of a URL
        for path, html in pages.items():
            files.put(path, _lighter(html, sheets, fonts).encode())
    for bundle in site.glob("assets/javascripts/bundle.*.min.js"):
        content = bundle.read_bytes()
        for old, new in (_SCHEME, *_INDEX):
            content = content.replace(old, new)
        files.put(bundle, content)
    _lighten_search(site / "search" / "search_index.json")


def sources(site: Path) -> set[Path]:
    """The files of a light site that no page asks for: what its sheet and its script are made of."""
    if not (site / _SHEET).is_file():
        return set()
    made = {site / _SHEET, site / _SCRIPT, site / _PYTHON, *(site / lab for lab in _LABS)}
    sheets = (path for parts in ("css", *_OTHERS) for path in (site / parts).rglob("*.css"))
    return {*sheets, *(site / "runtime").rglob("*.mjs")} - made


def _lighten_search(index: Path) -> None:
    """Who searches waits for the index: words stay in it, listings of code do not.

    Of a name of the library it says what the name is for; parameters, errors and examples are one click further.
    """
    if index.is_file():
        whole = json.loads(index.read_bytes())
        for document in whole["docs"]:
            text = _LISTING.sub("", document["text"])
            if "#primer-" in document["location"]:
                text = text.partition("</p>")[0]
            document["text"] = _NO_WORD.sub("", _BLOCK.sub(" ", text)).strip()
        files.put(index, json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode())


def _minify(sources: list[Path], site: Path) -> None:
    """Take comments and spaces out: nearly half of what our own scripts and styles weigh."""
    if sources:
        _esbuild(*sources, f"--outdir={site}", f"--outbase={site}", "--out-extension:.js=.mjs")


def _bundle(script: Path, apart: Iterable[Path]) -> None:
    external = (f"--external:{path.resolve()}" for path in apart)
    _esbuild(script, "--bundle", "--format=esm", *external, f"--outfile={script}")


def _inlined(script: Path) -> str:
    """A script as an element, before the sheet: what stands after that waits for it, and so does the page."""
    if not script.is_file():
        return ""
    _esbuild(script, "--bundle", "--format=iife", f"--outfile={script}")
    return f"<script>{script.read_text(encoding='utf-8').strip()}</script>"


def _esbuild(*arguments: str | Path) -> None:
    esbuild = places.NODE_MODULES / "esbuild" / "bin" / "esbuild"
    options = ("--minify", "--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning")
    _run(esbuild, *arguments, *options, "--allow-overwrite")


def _run(program: Path, *arguments: str | Path) -> None:
    ran = subprocess.run([node(), program, *arguments], env=environment(), capture_output=True, text=True)
    if ran.returncode:
        raise ToolError(f"the scripts and styles could not be made smaller: {ran.stderr.strip()}")


def _kept(sheet: str, style: str) -> str:
    """Our own styles, marked to be left as they are: readers' doings make names that nothing spells out."""
    return style if sheet.startswith(_OTHERS) else f"/*! purgecss start ignore */{style}/*! purgecss end ignore */"


def _purged(style: str, site: Path) -> str:
    """A style without the rules of others for what no page has, no script makes and no output may hold (PurgeCSS).

    The names that an output may hold are found in the script that sanitises it.
    """
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "page.css"
        sheet.write_text(style, encoding="utf-8")
        holders = [f"{site}/{names}" for names in ("**/*.html", "assets/**/*.js", "runtime/**/*.mjs", "vendor/*.mjs")]
        program = places.NODE_MODULES / "purgecss" / "bin" / "purgecss.js"
        pieced = ("--safelist", *_PIECED)
        _run(program, "--css", sheet, "--content", *holders, *pieced, "--variables", "--output", folder)
        return sheet.read_text(encoding="utf-8")


def _sheets(site: Path, pages: dict[Path, str]) -> list[str]:
    """The style sheets that all pages share, in their order."""
    found = {_of(site, html) for html in pages.values()} - {()}
    if len(found) > 1:
        raise ToolError(f"the pages name different style sheets: {sorted(found)}; one sheet cannot stand for them")
    return list(found.pop()) if found else []


def _of(site: Path, html: str) -> tuple[str, ...]:
    return tuple(_below(site, link) for link in _LINK.findall(html))


def _below(site: Path, link: str) -> str:
    """The part of an address that is the name of a file of the site."""
    parts = link.strip("/").split("/")
    tails = ("/".join(parts[i:]) for i in range(len(parts)))
    return next((tail for tail in tails if (site / tail).is_file()), link)


def _moved(sheet: Path, place: Path) -> str:
    """A sheet's text with its addresses as they are from another place."""

    def address(match: re.Match[str]) -> str:
        target = os.path.normpath(sheet.parent / match[2])
        return f"url({os.path.relpath(target, place.parent)})"

    return _URL.sub(address, sheet.read_text(encoding="utf-8").replace('@charset "UTF-8";', "")).strip()


def _lighter(html: str, sheets: list[str], fonts: list[str]) -> str:
    links = list(_LINK.finditer(html))
    if not links:
        return html
    base = links[0][1].removesuffix(sheets[0])
    one = f'<link rel="stylesheet" href="{base}{_SHEET}">\n'
    html = html[: links[0].start()] + one + _LINK.sub("", html[links[0].start() :])
    preload = "".join(
        f'<link rel="preload" href="{base}{font}" as="font" type="font/woff2" crossorigin>' for font in fonts
    )
    html = _HEADING.sub(_HEADED, html)
    if "<py-cell" in html or "<py-lab" in html:
        preload += f'<script type="module" async src="{base}{_PYTHON}"></script>'
    html = _TABLE.sub(r'<div class="table">\g<0></div>', html)
    return _MATERIAL.sub("<script defer ", in_head(html, preload) if preload else html)
