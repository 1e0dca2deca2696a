"""Where things stand: every path and address that more than one tool needs."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VENDOR = SITE / "vendor"
RUNTIME = SITE / "runtime"
PY = ROOT / "py"
BUILD = ROOT / "build"
BUILT_SITE = BUILD / "site"
LOGS = BUILD / "log"
NODE_MODULES = ROOT / "node_modules"
LIGHTHOUSE = PY / "tools" / "bench" / "lighthouse"
"""Its package.json and package-lock.json."""


def cache() -> Path:
    """Folder of fetched files that outlive a clone; what comes out of it is verified again."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "dog-primer"
