"""Where things stand: every path and address that more than one tool needs.

In a site of an author's own these tools are the package `cells.tools`, and what they need stands beside it.
"""

import os
from pathlib import Path

_TOP = Path(__file__).resolve().parents[2]
ENGINE = _TOP / "engine"
INSTALLED = ENGINE.is_dir()
"""Whether they are that package: the root is then where an author builds, which is the folder of mkdocs.yml."""
ROOT = Path.cwd() if INSTALLED else _TOP.parent
PY = _TOP.parent if INSTALLED else _TOP
BUILD = ROOT / (".cells" if INSTALLED else "build")
SITE = ROOT / "site"
VENDOR = (BUILD if INSTALLED else SITE) / "vendor"
RUNTIME = (ENGINE if INSTALLED else SITE) / "runtime"
NODE_MODULES = (ENGINE if INSTALLED else ROOT) / "node_modules"
READY = ENGINE / "ready"
"""What takes long and is the same for every site: an engine that is installed has brought it."""
SERVED = ENGINE / "site"
"""What every site serves, as it lies there."""
BUILT_SITE = BUILD / "site"
LOGS = BUILD / "log"
LIGHTHOUSE = PY / "tools" / "bench" / "lighthouse"
"""Its package.json and package-lock.json."""


def cache() -> Path:
    """Folder of fetched files that outlive a clone; what comes out of it is verified again."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "dog-primer"
