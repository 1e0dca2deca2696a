"""What is changed in Material's own files, and so expected of them: a release that has it no more stops the build.

Most of it would have a browser style or lay out all of a page again, at each start.
"""

import re
from pathlib import Path

from tools.base import files
from tools.base.errors import ToolError

PIECED = ("tabbed-control--prev", "tabbed-control--next")
"""Names that Material's script pieces together, so that they stand nowhere, of what the site has."""
_OF_OTHERS = ("md-tag--", "md-source__fact--")
"""What it would name on a site with tags, or a repository."""
_PIECES = re.compile(rb"([a-z-]+[a-z_]*--)\$\{")

_GENERATOR = re.compile(r'<meta name="generator" content="[^"]*mkdocs-material-([^",]*)')
_TAG = re.compile(r'<script (?=src="[^"]*assets/javascripts/bundle\.)')
_STILL = re.compile(r"\[data-md-color-switching\] \*[^{}]*\{[^{}]*\}")
"""Its sheet forbids transitions where its script asks for that, as it does at every start."""
_CHANGES = (
    # It names the colours' scheme twice (css/site.css has it).
    (b'("meta",{name:"color-scheme"})', b'("meta",{name:"md-color-scheme"})'),
    # The search's index, an eighth of what a page fetches, is fetched when the search is opened, as in a page that is a
    # file, and when an address asks for words to be marked, not on each page in case one does.
    (b'L($(location.protocol!=="file:"),Je("search"))', b'L($(!1),Je("search"))'),
    # So is the script of its worker, a twentieth: this one is made when it is told something, maybe on another page.
    (
        b"let r=Mn(e);",
        b"e=new URL(e,document.baseURI);"
        b"let w,r=Mn(e,Object.assign(new EventTarget,{postMessage(t){w||(w=new Worker(e),w.onmessage=({data:t})=>"
        b'this.dispatchEvent(new MessageEvent("message",{data:t}))),w.postMessage(t)}}));',
    ),
    # There is an index for each language, and a page says which is its own (py/theme/main.html).
    (
        b'new URL("search/search_index.json",',
        b'new URL(document.querySelector("meta[name=search-index]")?.content??"search/search_index.json",',
    ),
    (
        b'z([t,r.pipe(Q(we()),g(o=>!!o.searchParams.get("h")))])',
        b'r.pipe(Q(we()),g(o=>!!o.searchParams.get("h")),b(n=>t.pipe(m(o=>[o,n]))))',
    ),
    # The page that a visit begins with is there already: the first step to a place on it fetched it once more and put
    # it in place anew, with all that was done on it lost if the page's own script had not come.
    (b't.pipe(ne("pathname"),b(a=>xr(a', b't.pipe(Q(we()),ne("pathname"),Ie(1),b(a=>xr(a'),
    (b's.pipe(b(()=>t),ne("hash"))', b's.pipe(Q(0),b(()=>t),ne("hash"))'),
)
_DIAGRAMS = re.compile(rb'(var \w+=)"\.node circle[^"]*"')
"""How diagrams look, which no page has."""
_ALTERNATES = re.compile(
    rb'function \w+\(\{document\$:e\}\)(?=\{let t=new Map;e\.pipe\(\w+\(\(\)=>\w+\("link\[rel=alternate\])'
)
"""What asks, at each page, for all pages of sites in other languages; Zensical has it too, by another name."""
_UNUSED = (b"function Ti({document$:e})", b"function Ci(e,t)", b"function ki(e,t)")
"""What would for versions and repositories; elsewhere other functions have these names."""


def release(html: str) -> str | None:
    """Give the release of Material that made a page; another generator's files are changed where they are alike."""
    found = _GENERATOR.search(html)
    return found[1] if found else None


def _expect(found: object, expected: object, what: str) -> None:
    if found != expected:
        raise ToolError(
            f"Material's {what}: expected {expected!r}, found {found!r}; this release is another one than the build "
            "knows: look at what it does now, and mend py/tools/pages/material.py"
        )


def still(style: str, *, is_material: bool) -> str:
    """Take out of a sheet what stops all transitions."""
    style, number = _STILL.subn("", style)
    if is_material:
        _expect(number, 1, "sheet, rules for [data-md-color-switching]")
    return style


def deferred(html: str, *, is_material: bool) -> str:
    """Have Material's script wait for the page."""
    html, number = _TAG.subn("<script defer ", html)
    if is_material:
        _expect(number, 1, "page, elements that fetch its script")
    return html


def change(site: Path, *, is_material: bool) -> None:
    """Change the script of a built site."""
    scripts = sorted(site.glob("assets/javascripts/bundle.*.min.js"))
    if is_material:
        _expect(len(scripts), 1, "files assets/javascripts/bundle.*.min.js")
    for path in scripts:
        content = path.read_bytes()
        if is_material:
            pieces = {piece.decode() for piece in _PIECES.findall(content)}
            _expect(sorted(pieces), sorted({"tabbed-control--", *_OF_OTHERS}), "script, names that it pieces together")
        alternates = _ALTERNATES.findall(content)
        if is_material:
            _expect(len(alternates), 1, "script, functions that ask for pages in other languages")
            for head in _UNUSED:
                _expect(content.count(head), 1, f"script, occurrences of {head.decode()}")
        for head in (*alternates, *(_UNUSED if is_material else ())):
            content = _without(content, head)
        content, number = _DIAGRAMS.subn(rb'\1""', content)
        if is_material:
            _expect(number, 1, "script, styles of diagrams")
        for old, new in _CHANGES:
            if is_material:
                _expect(content.count(old), 1, f"script, occurrences of {old.decode()}")
            content = content.replace(old, new)
        files.put(path, content)


def _without(script: bytes, head: bytes) -> bytes:
    """A script in which a function does nothing.

    >>> _without(b"function a(e){if(e){b()}}function b(){}", b"function a(e)")
    b'function a(e){}function b(){}'
    """
    before, found, rest = script.partition(head)
    depth = 0
    for at, sign in enumerate(rest):
        depth += (sign == ord("{")) - (sign == ord("}"))
        if depth == 0:
            return before + found + b"{}" + rest[at + 1 :]
    return script


def check_templates(ours: Path, theirs: Path) -> None:
    """Hold our templates to Material's whose place they take: one of another name would say nothing, unless ours do."""
    paths = sorted(ours.rglob("*.html"))
    included = "".join(path.read_text(encoding="utf-8") for path in paths)
    for name in (path.relative_to(ours).as_posix() for path in paths):
        _expect((theirs / name).is_file() or f'"{name}"' in included, True, f"templates, one at {name}")
