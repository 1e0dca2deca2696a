"""`make zensical`: the site as Zensical builds it, which comes after Material, visited by the tests of readers' visits.

It has a Python of its own, without MkDocs and Material, with what tests/zensical/requirements.txt locks. What is done
to pages after the build is what `make build` does.
"""

import os
import re
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.once import once
from tools.base.processes import install_locked, run_logged
from tools.base.progress import say
from tools.base.site import options
from tools.fetch import browser
from tools.make.build import build_pages
from tools.make.vendor import vendor

FOLDER = places.ROOT / "tests" / "zensical"
LOCK = FOLDER / "requirements.txt"
SITE = places.BUILD / "site-by-zensical"
VISITS = ("test_page_names.py", "test_softmax_page.py", "test_offline.py", "test_isolation.py")
"""Those of tests/browser that visit it: a chapter, a visit without a network, and what readers' code may not reach."""
_ENVIRONMENT = places.BUILD / "zensical"
_PYTHON = _ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _install() -> None:
    shutil.rmtree(_ENVIRONMENT, ignore_errors=True)
    venv.create(_ENVIRONMENT, with_pip=True)
    install_locked("Zensical", _PYTHON, LOCK, "--only-binary=:all:", log="zensical-pip")


def by_zensical(config_file: Path, site: Path, docs: Path | None = None) -> None:
    """Have Zensical make the pages; a warning is an error.

    Parameters
    ----------
    config_file : Path
        An mkdocs.yml whose docs_dir and site_dir are `!ENV [DOCS_DIR, …]` and `!ENV [SITE_DIR, …]`: Zensical has no
        other way to say them. Both must be below its folder.
    site : Path
        The folder that it makes.
    docs : Path, optional
        Where the pages are, if not where the configuration says.

    Raises
    ------
    ToolError
        If a page cannot be built.
    """
    root = config_file.parent
    folders = {"SITE_DIR": site, **({"DOCS_DIR": docs} if docs else {})}
    said = {name: folder.relative_to(root).as_posix() for name, folder in folders.items()}
    build: list[str | Path] = ["build", "--strict", "--clean", "--config-file", config_file]
    with files.alone(places.BUILD / "zensical.lock"):  # what it remembers is in one folder, whoever calls
        once(_ENVIRONMENT / "complete", f"{files.sha256(LOCK)} {sys.version}", _install)
        try:
            run_logged(
                "pages, by Zensical",
                [_PYTHON, "-m", "zensical", *build],
                log="zensical",
                advice="mend the page",
                environment={**os.environ, "PYTHONPATH": str(places.PY), **said},
            )
        except ToolError as error:
            raise ToolError(told((places.LOGS / "zensical.txt").read_text(encoding="utf-8")) or str(error)) from error
    options(config_file).use()  # in this process too, which finishes the site


def told(log: str) -> str:
    """Give what a failed build said for its author: a page's own error, else what Zensical warned of and ended with.

    >>> told("Build started\\nTraceback …\\nRuntimeError: Python error: PageError: a.md: no\\nname\\nTraceback …\\n")
    'a.md: no\\nname'
    >>> told("Build started\\nWarning: page does not exist\\nTraceback …\\nRuntimeError: Aborted\\n")
    'Warning: page does not exist\\nRuntimeError: Aborted'
    """
    log = re.sub(r"\x1b\[[0-9;]*m", "", log)  # colours, though nobody looks
    if page := re.search(r"(?ms)^RuntimeError: Python error: \w+: (.*?)(?=^Traceback|\Z)", log):
        return page[1].strip()
    words, _, trace = log.partition("Traceback")
    ended = re.findall("(?m)^RuntimeError: .*", trace)
    return "\n".join([words.removeprefix("Build started\n").strip(), *ended])


def main() -> None:
    """Build the site, and run the tests on it."""
    vendor()
    started = time.monotonic()
    build_pages(places.ROOT / "mkdocs.yml", SITE, generator=by_zensical)
    pages = sum(1 for _ in SITE.rglob("index.html"))
    say(f"{SITE.relative_to(places.ROOT)}: {pages} pages, {time.monotonic() - started:.1f} s")
    say(f"browser: {browser.obtain()}")
    tests = [FOLDER, *(places.ROOT / "tests" / "browser" / name for name in VISITS)]
    pytest = [sys.executable, "-m", "pytest", "--numprocesses=2", "--dist=loadfile"]
    environment = {**os.environ, "SITE_MADE_BY": "zensical"}
    sys.exit(subprocess.run([*pytest, *tests, *sys.argv[1:]], cwd=places.ROOT, env=environment).returncode)


if __name__ == "__main__":
    command(main)
