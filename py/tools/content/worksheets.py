"""Each chapter as a worksheet, and its answers, beside its built page; and the links to both for teachers."""

import json
import os
import re
import subprocess
from functools import partial
from pathlib import Path

from tools.base import files
from tools.base.errors import ToolError
from tools.base.node import node
from tools.content.words import language_of, say
from tools.content.worksheet.chapter import chapter_of
from tools.content.worksheet.paper import Paper
from tools.content.worksheet.results import tables
from tools.pages import policy

KINDS = ("worksheet", "answers")
_QR = Path(__file__).parent / "worksheet" / "qr.mjs"
_PLACE = re.compile(r'<span data-sheets="([^"]+)">.*?</span>', re.DOTALL)
_LINKS = ("Worksheet", "answers")


def name_of(page: Path, kind: str) -> Path:
    """Where a sheet of a built page lies: beside it, and by its name, for it is saved.

    >>> name_of(Path("softmax/index.html"), "answers").as_posix()
    'softmax/softmax-answers.html'
    """
    return page.with_name(f"{page.parent.name}-{kind}.html")


def beside(page: Path) -> list[Path]:
    """The sheets that were made of a page."""
    return [sheet for kind in KINDS if (sheet := name_of(page, kind)).is_file()]


def write(site: Path, rules: str) -> list[Path]:
    """Put them beside the pages of a finished site: nothing of a visit knows of them, and no browser keeps them.

    Parameters
    ----------
    site : Path
    rules : str
        The site's policy, which they have too.
    """
    chapters = {page: chapter_of(page.read_text(encoding="utf-8")) for page in sorted(site.rglob("*/index.html"))}
    found = {page: chapter for page, chapter in chapters.items() if chapter is not None}
    codes = drawn([chapter.address for chapter in found.values()])
    made = []
    for (page, chapter), code in zip(found.items(), codes, strict=True):
        paper = Paper(chapter, tables(chapter), code, f"{os.path.relpath(site, page.parent)}/")
        sheet, answers = (name_of(page, kind) for kind in KINDS)
        files.put(sheet, policy.with_policy(paper.sheet(tells=False), rules).encode())
        files.put(answers, policy.with_policy(paper.sheet(tells=True, other=sheet.name), rules).encode())
        made += [sheet, answers]
    link(site)
    return made


def link(site: Path) -> None:
    """Have the pages that ask for it lead to the sheets of a chapter beside them, and to their PDFs if there are some.

    They have ``<span data-sheets="softmax"></span>`` where the links shall be.

    Raises
    ------
    ToolError
        If there are no such sheets.
    """
    for page in sorted(site.rglob("*/index.html")):
        html = page.read_text(encoding="utf-8")
        if _PLACE.search(html):
            files.put(page, _PLACE.sub(partial(_offered, page, html), html).encode())


def _offered(page: Path, html: str, place: re.Match[str]) -> str:
    chapter, language = place[1], language_of(html)
    words = [say(text, language) for text in _LINKS]
    sheets = [name_of(page.parents[1] / chapter / "index.html", kind) for kind in KINDS]
    if lost := next((sheet for sheet in sheets if not sheet.is_file()), None):
        raise ToolError(f'{page}: data-sheets="{chapter}": expected {lost.name} to have been made, found none')

    def linked(path: Path, text: str) -> str:
        return f'<a href="{os.path.relpath(path, page.parent)}">{text}</a>'

    web = ", ".join(map(linked, sheets, words))
    papers = [path.with_suffix(".pdf") for path in sheets]
    if not all(path.is_file() for path in papers):
        return f'<span data-sheets="{chapter}">{web}</span>'
    paper = f"{say('as PDFs', language)}: {', '.join(map(linked, papers, words))}"
    return f'<span data-sheets="{chapter}">{web}; {paper}</span>'


def drawn(addresses: list[str]) -> list[str]:
    """Addresses as codes for a camera, as SVG, with 4 modules of quiet around them (ISO/IEC 18004)."""
    if not addresses:
        return []
    told = json.dumps(addresses)
    ran = subprocess.run([node(), _QR], input=told, capture_output=True, text=True, encoding="utf-8", check=False)
    if ran.returncode:
        raise ToolError(f"worksheets have no QR codes: {ran.stderr.strip()}")
    return [
        f'<svg viewBox="-4 -4 {one["size"] + 8} {one["size"] + 8}" shape-rendering="crispEdges" aria-hidden="true">'
        f'<path d="{one["path"]}"/></svg>'
        for one in json.loads(ran.stdout)
    ]
