"""What makes the built site work without a network: the service worker, with a table of all files and their hashes."""

import json
from pathlib import Path

from cells.build.options import here
from tools.base import files
from tools.pages import lighten
from tools.pages.policy import in_head

BUNDLE = "vendor/service-worker.mjs"
SCRIPT = "service-worker.js"
"""In the site's root: a service worker may keep what stands below it, and no more."""
_MARK = '<meta name="offline" content="yes">'
_NOT_KEPT = b'<meta name="kept" content="no">'
"""On a page whose first lines say `offline: false` (py/theme/main.html)."""

# What no page asks for: maps for debuggers, search in languages that the site does not have, what hosts, robots and
# phones read, and what is taken along.
_LEFT_OUT = (
    *("*.map", "assets/javascripts/lunr/**/*", "404.html", SCRIPT, BUNDLE),
    *("card.png", "touch-icon.png", "_headers", "sitemap.xml.gz", "robots.txt", "feed.xml"),
    *("*.ipynb", "*-worksheet.html", "*-answers.html", "*.pdf", "*.py", "*-py3-none-any.whl"),
)

_REMOVER = """\
// In place of a service worker that another build left at this address: it goes, and what it kept with it.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const isOurs = (name) => name.endsWith(` ${self.registration.scope}`);
  for (const name of await caches.keys()) if (isOurs(name)) await caches.delete(name);
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: "window" })) await page.navigate(page.url);
})()));
"""


def table(site: Path) -> dict[str, tuple[str, int]]:
    """List what a reader's browser keeps: hash and bytes by path."""
    out = {path for pattern in _LEFT_OUT for path in site.rglob(pattern)} | lighten.sources(site)
    out -= {site / path for paths in apart(site).values() for path in paths}
    out |= {path for path in site.rglob("*.html") if _NOT_KEPT in path.read_bytes()}
    kept = sorted(path for path in site.rglob("*") if path.is_file() and path not in out)
    return {path.relative_to(site).as_posix(): (files.sha256(path), path.stat().st_size) for path in kept}


def apart(site: Path) -> dict[str, list[str]]:
    """List what readers of a language alone need, as beginnings of paths, by the folder of its pages."""
    folder = site / "assets" / "javascripts" / "lunr" / "min"
    return {
        f"{below}/": [
            f"{below}/",
            f"runtime/words/{language}",
            *(
                path.relative_to(site).as_posix()
                for path in (folder / f"lunr.{language}.min.js", folder / "lunr.stemmer.support.min.js")
                if path.is_file()
            ),
        ]
        for below, language in here().languages.items()
    }


def add(site: Path) -> None:
    """Mark every page as one that is kept, and write the service worker; the last thing that is done to a site."""
    bundle = site / BUNDLE
    for path in site.rglob("*.html"):
        files.put(path, in_head(path.read_text(encoding="utf-8"), _MARK).encode())
    said = {"name": here().name, "files": table(site), "apart": apart(site)}
    listed = json.dumps(said, separators=(",", ":"))
    files.put(site / SCRIPT, f"self.site = {listed};\n".encode() + bundle.read_bytes())


def remove(site: Path) -> None:
    """Write in its place one that takes an older one away: what is served must be what was built."""
    files.put(site / SCRIPT, _REMOVER.encode())
