"""The fonts of the site and of its formulas: what pages show in one small file each; of formulas, the rest apart.

A letter that the text's font lacks is shown in the reader's own: no output of a cell makes the page fetch anything.
Code is set in what the reader's machine has.
"""

import io
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from string import ascii_lowercase, digits

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from tools.base import files, places

_MADE = places.BUILD / "fonts"
"""Fonts by what they were made of."""
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_TEXT = f"{_ASCII}\u00a0\u2009\u200b\u202f§¨©®°±²³µ¶·×÷éöüßäÄÖÜηθμσ–—‘’‚“”„•…′″↑→↓←−⋅∂∑∗√∣≈≤≥≠∞"
"""What the text of the site is written with; others come in the reader's font."""
_WORDS = f"{_ASCII}\u00a0éöüßäÄÖÜ–—‘’‚“”„…−"
"""What is stressed in it, and headings: words."""
_FORMULAS = {
    "KaTeX_Math-Italic.woff2": f"{ascii_lowercase}HLPTWXβηθμσϵ",
    "KaTeX_Main-Regular.woff2": f"{ascii_lowercase}{digits}AEFHLPSTWX\u00a0\u200b !()*+,-./:;<=>[]{{|}}"
    "¨±·×…′←→∂∑∗−∞∣≈≤≥⋅",
}
"""What those of the site are written with; others come in a second file."""


@dataclass(frozen=True)
class Face:
    """A font of the text: an npm package, its sheet with the rule, its file, and what of its weights is kept."""

    package: str
    sheet: str
    file: str
    weights: tuple[int, int] | int | None = None
    text: str = _TEXT


FACES = (
    Face("@fontsource-variable/inter", "index.css", "inter-latin-wght-normal.woff2", (400, 750)),
    Face("@fontsource-variable/inter", "wght-italic.css", "inter-latin-wght-italic.woff2", 400, _WORDS),
    Face("@fontsource/fraunces", "600.css", "fraunces-latin-600-normal.woff2", None, _WORDS),
)
"""The text, what is stressed in it, and headings."""
_RULE = re.compile(r"@font-face ?\{.*?\}", re.DOTALL)
_FORMULA = re.compile(r"url\(fonts/(KaTeX_Ma(?:in|th)-\w+\.woff2)\)")


def install() -> set[str]:
    """Put the text's fonts and fonts.css into site/vendor/fonts; give the names of the files."""
    made: dict[str, bytes] = {}
    rules = []
    for face in FACES:
        package = places.NODE_MODULES / face.package
        rule = next(rule for rule in _RULE.findall((package / face.sheet).read_text()) if face.file in rule)
        rule = rule.replace("font-display: swap", "font-display: optional")  # a text that changes its lines is no help
        rule = re.sub(r", url\([^)]*\.woff\) format\('woff'\)", "", rule).replace("url(./files/", "url(")
        content = (package / "files" / face.file).read_bytes()
        made[f"fonts/{face.file}"] = _light(content, face.text, face.weights)
        rules.append(_split(rule, face.file, content, face.text)[1])
    return _put({**made, "fonts/fonts.css": "\n".join(rules).encode()})


def install_formulas() -> set[str]:
    """Put KaTeX's style sheet and fonts there, in the one format that every browser of today reads."""
    dist = places.NODE_MODULES / "katex" / "dist"
    sheet = re.sub(r',url\(fonts/[\w-]+\.(?:woff|ttf)\) format\("\w+"\)', "", (dist / "katex.min.css").read_text())
    made: dict[str, bytes] = {}

    def split(rule: re.Match[str]) -> str:
        found = _FORMULA.search(rule[0])
        if found is None:
            return rule[0]
        content = (dist / "fonts" / found[1]).read_bytes()
        made[f"katex/fonts/rest/{found[1]}"] = content
        text = _FORMULAS.get(found[1], _TEXT)
        made[f"katex/fonts/{found[1]}"] = _light(content, text)
        return "".join(_split(rule[0], found[1], content, text))

    made["katex/katex.min.css"] = _RULE.sub(split, sheet).encode()
    for font in sorted((dist / "fonts").glob("*.woff2")):
        if f"katex/fonts/{font.name}" not in made:
            made[f"katex/fonts/{font.name}"] = _light(font.read_bytes(), None)
    return _put(made)


def _put(made: dict[str, bytes]) -> set[str]:
    for name, content in made.items():
        files.put(places.VENDOR / name, content)
    return set(made)


def _split(rule: str, file: str, content: bytes, text: str = _TEXT) -> tuple[str, str]:
    """The rules of a font's two files: the rest, and what pages show."""
    characters = set(TTFont(io.BytesIO(content)).getBestCmap())
    shown = characters & set(map(ord, text))
    rule = re.sub(r"\s*unicode-range: [^;]+;|;?\s*\}$", "", rule)
    rest = f"{rule.replace(file, f'rest/{file}')};unicode-range:{_ranges(characters - shown)}}}"
    return rest, f"{rule};unicode-range:{_ranges(shown)}}}"


def _ranges(codes: Iterable[int]) -> str:
    """Characters as CSS names them.

    >>> _ranges([0x78, 0x61, 0x62, 0x63])
    'U+61-63,U+78'
    """
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)


def _light(content: bytes, text: str | None = _TEXT, weights: tuple[int, int] | int | None = None) -> bytes:
    """A font with those characters and weights alone, or with all; made once, for it takes long."""
    makers = [metadata.version(name) for name in ("brotli", "fonttools")]
    there = _MADE / files.fingerprint(content, repr((text, weights)), Path(__file__), *makers)
    if not there.is_file():
        files.put(there, _made_light(content, text, weights))
    return there.read_bytes()


def _made_light(content: bytes, text: str | None, weights: tuple[int, int] | int | None) -> bytes:
    """The same, made the same each time, and without hints."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    options = Options(layout_features=["kern", "tnum", "ccmp"], hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap() if text is None else map(ord, text))
    subsetter.subset(font)
    if weights is not None:
        font = instancer.instantiateVariableFont(font, {"wght": weights})
    font.flavor = "woff2"
    light = io.BytesIO()
    font.save(light)
    return light.getvalue()
