"""The site that the tests visit: built once for all that run them, for the address at which it is served.

Material's instant navigation compares links with the addresses in the site map, so the site must know its own.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cells_in_page import MOUNT, SITE
from tools.base import places
from tools.make.build import build_pages, by_mkdocs
from tools.make.zensical import by_zensical
from tools.serving.static_server import serving

GENERATORS = {"mkdocs": by_mkdocs, "zensical": by_zensical}
"""What may make the pages that are tested; $SITE_MADE_BY names one, `make zensical` the second."""
TEST_PAGES = "test-pages"
"""Where `pages/`, which readers never see, is in the site of the tests: `page.goto("test-pages/figures/")`."""
_USE, _LOCK, _LOG = (SITE.with_name(f"{SITE.name}.{name}") for name in ("use", "lock", "log"))
"""What is held while tests visit it and while it is being built, and what the build says."""


@contextmanager
def served() -> Iterator[str]:
    """Serve it under a sub-path, as GitHub Pages does, and have another process build it; gives the address."""
    if not (places.VENDOR / "manifest.json").is_file():
        raise RuntimeError("site/vendor is not there; run: make build")
    places.BUILD.mkdir(exist_ok=True)
    with _USE.open("w") as use:
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuntimeError(f"other tests visit {SITE}; wait for their end, or: git worktree add") from None
        with _built() as address:
            yield address


@contextmanager
def _built() -> Iterator[str]:
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.mkdir()
    (SITE / "index.html").touch()  # answers until the site takes its place
    with serving(SITE, MOUNT) as address, _LOCK.open("w") as lock, _LOG.open("w") as log:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = os.pathsep.join(map(str, (places.ROOT / "py", Path(__file__).parent)))
        environment = {**os.environ, "SITE_URL": address, "PYTHONPATH": path}
        options = {"env": environment, "pass_fds": [lock.fileno()], "stdout": log, "stderr": log}
        with subprocess.Popen([sys.executable, __file__], **options) as building:
            lock.close()  # the lock is the other's alone, and goes with it
            yield address
            building.terminate()


def until_built() -> None:
    """Wait for the process that builds it."""
    with _LOCK.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    if not (SITE / "sitemap.xml").is_file():
        raise RuntimeError(f"the site of the tests could not be built: {_LOG.read_text()}")


def _docs() -> Path:
    """Make a folder that is the site's and has the pages of the tests as well; Zensical follows no link to a folder."""
    docs = SITE.with_name(f"{SITE.name}.docs")
    shutil.rmtree(docs, ignore_errors=True)
    shutil.copytree(places.SITE, docs, copy_function=os.link)
    shutil.copytree(Path(__file__).with_name("pages"), docs / TEST_PAGES, copy_function=os.link)
    return docs


if __name__ == "__main__":
    generator = GENERATORS.get(made_by := os.environ.get("SITE_MADE_BY", "mkdocs"))
    if not generator:
        sys.exit(f"SITE_MADE_BY is {made_by!r}; expected one of: {', '.join(GENERATORS)}")
    build_pages(places.ROOT / "mkdocs.yml", SITE, docs=_docs(), generator=generator)
