"""What is shown where somebody passes on a page's address: its title beside its own first drawing, as it was built."""

import re
from html import unescape
from importlib import metadata
from pathlib import Path

import vl_convert
from fontTools.ttLib import TTFont

from primer.colours import by_day, token
from primer.drawing.animals import dog, placed
from primer.drawing.svg import Drawing, Element
from tools.base import files, places
from tools.content.pictures import png

NAME = "card.png"
WIDTH, HEIGHT = 1200, 630
"""As those who show them ask for (The Open Graph protocol names no size; these are everybody's)."""
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_FIGURE = re.compile(r'<figure data-output="(?:svg|chart)"[^>]*>(?=<svg)')
_SVG = re.compile(r"<(/?)svg\b")
_SITE = re.compile(r'property="og:site_name" content="([^"]*)"')
_ASKED = 'property="og:image"'
_FONTS = {
    "serif": "@fontsource/fraunces/files/fraunces-latin-600-normal.woff2",
    "sans": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
}
"""Those of the site's headings and of its text."""
_STORE = places.BUILD / "cache" / "cards"


def draw(site: Path) -> None:
    """Put one beside each page of a built site that names it."""
    fonts: dict[str, str] = {}
    makers = (metadata.version("vl-convert-python"), places.ROOT / "package-lock.json")  # which names the fonts
    for page in sorted(site.rglob("index.html")):
        html = page.read_text(encoding="utf-8")
        if _ASKED not in html:
            continue
        fonts = fonts or _fonts()
        svg = card(html, fonts)
        kept = _STORE / f"{files.fingerprint(svg, *makers)}.png"
        if not kept.is_file():
            files.put(kept, png(svg))
        files.put(page.with_name(NAME), kept.read_bytes())


def card(html: str, fonts: dict[str, str]) -> str:
    """Lay out one page's card, as SVG in the colours by day.

    Parameters
    ----------
    html : str
        The page, as the generator wrote it.
    fonts : dict of str to str
        Families for ``serif`` and ``sans``.
    """
    title = _words(_TITLE.search(html))
    lines = _lines(title, 17)
    first = HEIGHT / 2 + 40 - 39 * (len(lines) - 1)
    words = {"font_family": fonts["serif"], "font_size": 70, "font_weight": 600, "fill": token("ink")}
    parts = [
        Element("rect", width=WIDTH, height=HEIGHT, fill=token("paper")),
        placed(dog(), 64, 52, 92),
        Element("text", _words(_SITE.search(html)), x=172, y=108, font_size=26, fill=token("ink-soft")),
        *(Element("text", line, x=64, y=first + 78 * k, **words) for k, line in enumerate(lines)),
        Element("rect", x=690, y=60, width=450, height=510, rx=24, fill=token("surface")),
    ]
    picture = _figure(html)
    if not picture:
        parts += [placed(dog(p), 740 + 116 * k, 260, 120) for k, p in enumerate((0, 0.5, 1))]
    text = Drawing(WIDTH, HEIGHT, title, *parts).svg
    text = text.replace(
        'font-family="var(--md-text-font-family, system-ui, sans-serif)"', f'font-family="{fonts["sans"]}"'
    )
    return by_day(f"{text.removesuffix('</svg>')}{picture}</svg>")


def _figure(html: str) -> str:
    """Place the page's first drawing on the card's surface; an empty text if there is none."""
    found = _FIGURE.search(html)
    if not found:
        return ""
    depth, end = 0, found.end()
    for tag in _SVG.finditer(html, found.end()):
        depth += -1 if tag[1] else 1
        end = tag.end() + 1
        if depth == 0:
            break
    svg = _unnamed(html[found.end() : end])
    if "viewBox" in svg[: svg.index(">")]:
        return re.sub(r"^<svg", '<svg x="715" y="85" width="400" height="460"', _bare(svg), count=1)
    height = float(re.findall(r' height="(\d+)"', svg)[0])
    scaled = re.sub(r"^<svg", f'<svg width="300" height="{height:g}"', _bare(svg), count=1)
    return f'<g transform="translate(715 {315 - 0.66 * height:g}) scale(1.33)">{scaled}</g>'


def _bare(svg: str) -> str:
    head, rest = svg[: svg.index(">")], svg[svg.index(">") :]
    return re.sub(r' (?:width|height|class|role|aria-\w+|data-[\w-]+|font-family)="[^"]*"', "", head) + rest


def _unnamed(svg: str) -> str:
    """Give the characters for what HTML alone has names for."""
    return re.sub(r"&(?!amp;|lt;|gt;|quot;|apos;|#)(\w+);", lambda match: unescape(match[0]), svg)


def _words(found: re.Match[str] | None) -> str:
    text = re.sub(r"<a class=\"headerlink.*?</a>|<[^>]+>", "", found[1]) if found else ""
    return " ".join(unescape(text).replace("\u00ad", "").split())


def _lines(words: str, most: int) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _fonts() -> dict[str, str]:
    """Have the two fonts of the site at hand for what makes pixels; give their families."""
    families = {}
    for name, file in _FONTS.items():
        font = TTFont(places.NODE_MODULES / file)
        font.flavor = None
        families[name] = str(font["name"].getDebugName(16) or font["name"].getDebugName(1))
        with files.whole(_STORE / "fonts" / f"{name}.ttf") as neighbour:
            font.save(neighbour)
    vl_convert.register_font_directory(str(_STORE / "fonts"))
    return families
