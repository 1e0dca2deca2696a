"""`make pdf`: the site with each chapter as a PDF beside it, tagged (headings, alternative texts), with bookmarks."""

import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.progress import bar, say
from tools.content import words, worksheets
from tools.fetch import browser
from tools.make.build import build, by_mkdocs
from tools.serving.static_server import serving

_TAKEN = re.compile(r'(<p class="take-along".*?([\w-]+)\.py".*?)\.</p>', re.DOTALL)
"""What a page can be taken along as, and the name of its Python file, which its PDF has, too."""
_LINK = '<a href="{}.pdf" type="application/pdf">'
_PAPER = re.compile(_LINK.format(r"([\w-]+)"))
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_READY = """async ([served, read]) => {
  await document.fonts.ready;
  for (const figure of document.querySelectorAll("figure[role=img]")) {
    const picture = figure.querySelector(":scope > svg");
    if (!picture) continue;
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", figure.getAttribute("aria-label"));
    picture.removeAttribute("aria-hidden");
    figure.setAttribute("role", "none");
    figure.removeAttribute("aria-label"); // or it would be told twice
  }
  const here = location.href;
  for (const link of document.querySelectorAll("a[href]")) {
    if (link.href.startsWith(`${here}#`)) link.setAttribute("href", link.hash);
    else if (link.href.startsWith(served)) link.href = read + link.href.slice(served.length);
  }
}"""
"""Chromium writes an alternative text into a PDF where the picture itself has one, not what stands around it; and its
links have to lead to where the site will be read, not to where it is printed."""


def link(site: Path) -> None:
    """Have the pages of a site that is being built lead to their PDFs, each beside its page, in the page's language."""
    for page in site.rglob("index.html"):
        html = page.read_text(encoding="utf-8")
        text = words.say("as a PDF", words.language_of(html))
        linked, number = _TAKEN.subn(r"\1, " + _LINK.format(r"\2") + f"{text}</a>.</p>", html)
        if number:
            files.put(page, linked.encode())


def _papers(site: Path) -> Iterator[tuple[str, str, Path]]:
    """List the pages that lead to a PDF, with their worksheets: their places below the site's root, that root, and
    where the PDF goes.
    """
    for page in sorted(site.rglob("index.html")):
        html = page.read_text(encoding="utf-8")
        found, address = _PAPER.search(html), _CANONICAL.search(html)
        if found and address:
            below = "" if page.parent == site else f"{page.parent.relative_to(site).as_posix()}/"
            yield below, address[1].removesuffix(below), page.with_name(f"{found[1]}.pdf")
            for sheet in worksheets.beside(page):
                yield f"{below}{sheet.name}", address[1].removesuffix(below), sheet.with_suffix(".pdf")


def draw(site: Path, chromium: Browser) -> list[Path]:
    """Print the pages that lead to a PDF, as a reader would who changed nothing.

    Raises
    ------
    ToolError
        If no page does.
    """
    made = []
    page = chromium.new_page(service_workers="block")
    with serving(site) as address:
        for below, read, paper in _papers(site):
            page.goto(address + below)
            page.evaluate(_READY, [address, read])
            page.pdf(path=paper, format="A4", tagged=True, outline=True, prefer_css_page_size=True)
            made.append(paper)
    page.close()
    worksheets.link(site)
    if not made:
        raise ToolError(f"{site}: expected pages that lead to a PDF, found none")
    return made


def with_links(config_file: Path, site: Path, docs: Path | None = None) -> None:
    """Make the pages as always, and have them lead to their PDFs."""
    by_mkdocs(config_file, site, docs)
    link(site)


def main() -> None:
    """Build the site, and print it."""
    build(with_links)
    executable = browser.find()
    if not executable:
        raise ToolError("there is no Chromium; run: make pdf")
    with bar("pdf"), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(browser.FLAGS))
        made = draw(places.BUILT_SITE, chromium)
        chromium.close()
    size = sum(path.stat().st_size for path in made) / 1e6
    say(f"{len(made)} PDFs of pages and worksheets, {size:.1f} MB, beside their pages")


if __name__ == "__main__":
    command(main)
