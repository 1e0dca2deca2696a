"""What readers take along: each page's notebook and Python file beside it, and the lessons' library as a wheel."""

import re
from importlib import metadata
from pathlib import Path

from cells.build.lessons import files_of
from cells.build.notebook import ENDINGS, PACKAGE, SITE
from cells.build.options import Options, here
from tools.base import files, places
from tools.base.errors import ToolError
from tools.base.wheels import Project, packed

_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_PYTHON = ">=3.11"


def add(site: Path) -> None:
    """Put them into a built site.

    Raises
    ------
    ToolError
        If a page does not say its address: what is taken along finds back by it.
    """
    options = here()
    folder = Path(options.notebooks)
    if not options.notebooks or not folder.is_dir():
        return
    wheel = library(options)
    for made in sorted(path for ending in ENDINGS for path in folder.rglob(f"*{ending}")):
        name = made.relative_to(folder)
        below = name.parent if name.stem == "index" else name.with_suffix("")
        page = site / below / "index.html"
        if not page.is_file():  # of a page that is gone, or of another site that is built here
            continue
        root = _root(site, page)
        text = made.read_text(encoding="utf-8").replace(SITE, root)
        if wheel:
            text = text.replace(PACKAGE, f"{root}{wheel[0]}")
        files.put(page.with_name(name.name), text.encode())
    for page in site.rglob("index.html"):
        html = page.read_text(encoding="utf-8")
        if (offer := f'data-take="{SITE}"') in html:
            files.put(page, html.replace(offer, f'data-take="{_root(site, page)}"').encode())
    if wheel:
        files.put(site / wheel[0], wheel[1])


def library(options: Options) -> tuple[str, bytes] | None:
    """The wheel of the lessons' library, and its name; its release says which content it has."""
    if not options.library:
        return None
    entries = [(name, path.read_bytes()) for name, path in sorted(files_of(options.library).items())]
    content = files.fingerprint(*(part for name, data in entries for part in (name, data)))
    project = Project(
        name=options.library,
        version=f"0.{int(content[:8], 16)}",
        summary=f"What the lessons of {options.name} import",
        python=_PYTHON,
        licence="MIT",
        needs=tuple(map(_needed, options.packages)),
    )
    licence = [("licenses/LICENSE", path.read_bytes()) for path in [places.ROOT / "LICENSE"] if path.is_file()]
    return project.file, packed(project, entries, licence)


def _needed(package: str) -> str:
    """What cells import, in this series or a later one."""
    series = ".".join(metadata.version(package).split(".")[:2])
    return f"{package}>={series}"


def _root(site: Path, page: Path) -> str:
    below = page.parent.relative_to(site).as_posix() + "/" if page.parent != site else ""
    address = _CANONICAL.search(page.read_text(encoding="utf-8"))
    if address is None or not address[1].endswith(f"/{below}"):
        raise ToolError(
            f'{page}: expected <link rel="canonical"> with an address that ends in /{below}, got '
            f"{address[1] if address else 'none'}; set site_url in mkdocs.yml"
        )
    return address[1].removesuffix(below)
