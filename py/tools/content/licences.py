"""site/licences.md: what the site serves and others made, with versions, licences and their full texts."""

import html
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import material

from primer.pictures.breeds import BREEDS
from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.content import fonts
from tools.pages import bundle

PAGE = places.SITE / "licences.md"
_TEXTS = Path(__file__).parent / "licence_texts"

_HEAD = """\
---
title: What this site is made of
hide: [toc, navigation]
search:
  exclude: true
---
<!-- Written by `make licences` from the installed packages; tests/unit/tools holds it to them. -->

# What this site is made of

The text and the pictures of this site may be shared and changed by anybody who names it, under [CC BY
4.0](https://creativecommons.org/licenses/by/4.0/): copy a page for your class, and say that it is from *A dog lover's
primer to neural networks*. Its code, the snippets on the pages among it, is under the MIT licence. Everything below was
made by others, and is served from here as they allow. Thank you. Unfold a line to read its licence in full.
"""


@dataclass(frozen=True)
class Part:
    """Something that the site serves: its name, release, licence, and the licence's text."""

    name: str
    version: str
    licence: str
    text: str


# What lies inside compiled parts, without a file of its own in the packages that the rest is read from.
_INSIDE_PYODIDE = (
    ("Emscripten", "MIT", "Copyright (c) 2010-2025 Emscripten authors"),
    ("musl", "MIT", "Copyright © 2005-2025 Rich Felker, et al."),
    ("libffi", "MIT", "Copyright (c) 1996-2025 Anthony Green, Red Hat, Inc and others"),
    (
        "Expat",
        "MIT",
        "Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark Cooper\n"
        "Copyright (c) 2001-2025 Expat maintainers",
    ),
    ("mpdecimal", "BSD-2-Clause", "Copyright (c) 2008-2025 Stefan Krah. All rights reserved."),
    ("zlib", "Zlib", "Copyright (C) 1995-2025 Jean-loup Gailly and Mark Adler"),
    ("bzip2", "bzip2-1.0.6", "Copyright (C) 1996-2019 Julian R Seward. All rights reserved."),
    ("error-stack-parser, stackframe", "MIT", "Copyright (c) 2017 Eric Wendelin and other contributors"),
)
_INSIDE_MATERIAL = (
    ("clipboard", "MIT", "Copyright (c) Zeno Rocha"),
    ("escape-html", "MIT", "Copyright (c) 2012-2013 TJ Holowaychuk\nCopyright (c) 2015 Andreas Lubbe, Tiancheng Gu"),
    ("Lunr", "MIT", "Copyright (C) 2013 Oliver Nightingale"),
    ("focus-visible", "W3C", "Copyright © 2016 W3C® (MIT, ERCIM, Keio, Beihang)"),
)


def _inside(rows: Iterable[tuple[str, str, str]]) -> Iterator[Part]:
    for name, licence, notice in rows:
        yield Part(name, "", licence, f"{notice}\n\n{(_TEXTS / f'{licence.lower()}.txt').read_text()}")


def _licence_file(folder: Path) -> str:
    """Give the text of a package's licence, or of both where it offers two."""
    found = sorted(path for path in folder.iterdir() if re.match(r"(?i)licen[cs]e|copying", path.name))
    return "\n\n".join(path.read_text().strip() for path in found)


def _npm(name: str, *, text_of: str | None = None) -> Part:
    folder = places.NODE_MODULES / name
    described = json.loads((folder / "package.json").read_text())
    text = _licence_file(places.NODE_MODULES / text_of if text_of else folder)
    if not text:
        raise ToolError(f"{folder} has no licence file; say in py/tools/content/licences.py whose text is meant")
    return Part(name, described["version"], described["license"], text)


def _bundled(name: str) -> list[Part]:
    """List the packages that esbuild put into one of our bundles."""
    one = next((one for one in bundle.wanted() if one.name == name), None)
    if one is None:
        return []
    found = (re.search(r".*node_modules/((?:@[^/]+/)?[^/]+)/", str(path)) for path in bundle.inputs(one))
    packages = sorted({match[1] for match in found if match})
    return [_npm(package, text_of="vega" if package == "vega-interpreter" else None) for package in packages]


def _installed(distribution: str) -> tuple[str, str]:
    """Give release and licence text of an installed Python package."""
    found = metadata.distribution(distribution)
    texts = [path for path in found.files or () if re.match(r"(?i)licen[cs]e", path.name)]
    return found.version, "\n\n".join(Path(str(path.locate())).read_text().strip() for path in sorted(texts))


def _python() -> Iterator[Part]:
    mozilla = _npm("axe-core").text  # npm's pyodide has no licence file; this one is the same licence, whole
    pyodide = json.loads((places.NODE_MODULES / "pyodide" / "package.json").read_text())
    yield Part("Pyodide", pyodide["version"], pyodide["license"], mozilla)
    _, text = _installed("typing_extensions")  # which carries CPython's own
    lock = json.loads((places.NODE_MODULES / "pyodide" / "pyodide-lock.json").read_text())
    version, _, _ = lock["info"]["python"].rpartition(".")
    yield Part("CPython and its standard library", version, "PSF-2.0", text)
    yield from _inside(_INSIDE_PYODIDE)
    yield from _numpy(next((places.VENDOR / "pyodide").glob("numpy-*.whl")))
    yield _npm("zstddec")  # the decoder in vendor/start/zstd.wasm


def _numpy(wheel: Path) -> Iterator[Part]:
    """Read the licences that NumPy's wheel carries: its own, and those of what is inside it."""
    with zipfile.ZipFile(wheel) as archive:
        about = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        described = archive.read(about).decode()
        version, licence = (re.search(rf"^{key}: (.+)$", described, re.M) for key in ("Version", "License-Expression"))
        base = about.replace("METADATA", "licenses/")
        for name in sorted(name.removeprefix(base) for name in archive.namelist() if name.startswith(base)):
            text = archive.read(base + name).decode(errors="replace").strip()
            folder, _, file = name.rpartition("/")
            if not folder:
                yield Part("NumPy", version[1] if version else "", licence[1] if licence else "", text)
            elif file:
                special = re.sub(r"_?(LICENSE|COPYING)(\.\w+)?$", "", file)
                yield Part(f"in NumPy: {special or folder.removeprefix('numpy/')}", "", "", text)


def _pages() -> Iterator[Part]:
    version, text = _installed("mkdocs-material")
    yield Part("Material for MkDocs", version, "MIT", text)
    icons = Path(material.__file__).parent / "templates" / ".icons"
    yield Part("Material Design Icons", "", "Apache-2.0", (icons / "material" / "LICENSE").read_text().strip())
    yield Part("RxJS", "", "Apache-2.0", (places.NODE_MODULES / "dompurify" / "LICENSE").read_text())
    yield from _inside(_INSIDE_MATERIAL)
    yield _npm("tslib")


# Sets of icons whose packages carry no licence text: what their authors write above it.
_ICON_NOTICES = {
    "fluent-emoji-high-contrast": "Fluent Emoji\nCopyright (c) Microsoft Corporation.",
    "ph": "Copyright (c) 2023 Phosphor Icons",
    "lucide-lab": "Copyright (c) Lucide Contributors",
    "icon-park-solid": "IconPark, by ByteDance",
    "emojione-monotone": "EmojiOne, by Emoji One",
    "game-icons": "Game-icons.net",
    "fontawesome": "Font Awesome Free, by Fonticons, Inc.",
    "mdi": "Material Design Icons, by Pictogrammers",
}


def _pictures() -> Iterator[Part]:
    """List the icons that the small pictures are made of, one part an author's set."""
    apache = (Path(material.__file__).parent / "templates" / ".icons" / "material" / "LICENSE").read_text().strip()
    icons: dict[tuple[str, str, str], list[str]] = {}
    for breed in BREEDS:
        folder, _, icon = breed.icon.partition(":")
        if folder != "primer":  # drawn for this site
            icons.setdefault((folder, breed.author, breed.licence), []).append(f"{icon} ({breed.name})")
    for (folder, author, licence), names in icons.items():
        path = places.NODE_MODULES / "@iconify-json" / folder / "package.json"
        version = json.loads(path.read_text())["version"] if path.is_file() else metadata.version("mkdocs-material")
        own = apache if licence == "Apache-2.0" else (_TEXTS / f"{licence.lower()}.txt").read_text()
        text = f"Icons by {author}: {', '.join(names)}\n\n{_ICON_NOTICES[folder]}\n\n{own}"
        yield Part(f"{folder}, by {author},", version, licence, text)


def _sections() -> Iterator[tuple[str, list[Part]]]:
    yield "Python in the page", list(_python())
    yield "The editor", _bundled("editor")
    yield "Charts", _bundled("vega")
    yield "Without a network", _bundled("service-worker")
    yield "The album of the stream", _bundled("dog-stream")
    faces = [_npm(package) for package in dict.fromkeys(face.package for face in fonts.FACES)]
    yield (
        "Formulas, safe HTML, QR codes, the fonts",
        [*_bundled("katex"), *_bundled("purify"), *_bundled("sharing"), *faces],
    )
    yield "The small pictures of toasters, birds, cats and dogs", list(_pictures())
    yield "The pages around it", list(_pages())


def _grouped(parts: Iterable[Part]) -> dict[tuple[str, str], list[Part]]:
    """Bring together what has one licence with one text."""
    groups: dict[tuple[str, str], list[Part]] = {}
    for part in parts:
        groups.setdefault((part.licence, " ".join(part.text.split())), []).append(part)
    return groups


def page() -> str:
    """Write the whole page."""
    lines = [_HEAD]
    for title, parts in _sections():
        lines.append(f"## {title}\n")
        for (licence, _), group in _grouped(parts).items():
            names = ", ".join(f"{part.name} {part.version}".strip() for part in group)
            summary = html.escape(names + (f" – {licence}" if licence else ""))
            text = html.escape("\n".join(line.rstrip() for line in group[0].text.splitlines()))
            pre = f'<pre style="white-space: pre-wrap">{text}</pre>'
            lines.append(f"<details><summary>{summary}</summary>{pre}</details>\n")
    return "\n".join(lines)


def main() -> None:
    """Write the page, after a package changed."""
    files.put(PAGE, page().encode())


if __name__ == "__main__":
    command(main)
