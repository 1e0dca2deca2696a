"""The Content-Security-Policy of the site: on every page, and as header files for hosts that send them.

Instant navigation keeps the policy of the page that a visit began with, so every page has the same one: it names the
inline scripts of them all.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from tools.base import files
from tools.base.errors import ToolError

# None of these lists names another origin. `blob:` is what the page itself has made: the worker that Python runs in,
# and the modules that it is handed, all under the page's own policy. 'unsafe-inline' is for styles alone: the editor,
# the charts and the formulas write style attributes and elements.
_DIRECTIVES: dict[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'", "'wasm-unsafe-eval'", "blob:"),
    "script-src-attr": ("'none'",),
    "worker-src": ("'self'", "blob:"),
    "frame-src": ("'self'", "blob:"),
    "connect-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "style-src": ("'self'", "'unsafe-inline'"),
    "font-src": ("'self'",),
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
}
_ALSO_SENT = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
_EXECUTED = ("", "module", "text/javascript", "application/javascript")
_PLACES = [re.compile(tag, re.IGNORECASE) for tag in ("<meta charset=[^>]*>", "<head[^>]*>", "<!doctype[^>]*>", "^")]

_HASH = re.compile(r"sha256-[A-Za-z0-9+/]{43}=")


class _Scripts(HTMLParser):
    """Collects the inline scripts of a page, and what no policy could let pass."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.inline: list[str] = []
        self.refused: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on"):
                self.refused.append(f"line {self.getpos()[0]}: <{tag} {name}=…>")
            if (value or "").strip().lower().startswith("javascript:"):
                self.refused.append(f'line {self.getpos()[0]}: <{tag} {name}="javascript:…">')
        given = dict(attrs)
        if tag == "script" and "src" not in given and (given.get("type") or "").lower() in _EXECUTED:
            self._open = []

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open is not None:
            self.inline.append("".join(self._open))
            self._open = None


def source_of(script: str) -> str:
    """Give what a policy calls an inline script: its hash.

    >>> source_of("alert('Hello, world.');")
    "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def inline_scripts(html: str, name: str) -> list[str]:
    """List a page's inline scripts.

    Raises
    ------
    ToolError
        If the page has an event attribute or a javascript: address, which the policy will refuse.
    """
    scripts = _Scripts()
    scripts.feed(html)
    scripts.close()
    if scripts.refused:
        raise ToolError(f"{name}, {scripts.refused[0]} is refused by the site's policy; move it into site/runtime")
    return scripts.inline


def hashes_in(modules: Iterable[Path]) -> list[str]:
    """List the hashes that the runtime's modules name: of scripts in frames that they make, which take this policy."""
    return [f"'{found}'" for path in modules for found in _HASH.findall(path.read_text(encoding="utf-8"))]


def policy(scripts: Iterable[str], hashes: Iterable[str] = ()) -> str:
    """Write the policy of a site with these inline scripts."""
    hashes = sorted({*hashes, *(source_of(script) for script in scripts)})
    extra = {"script-src": hashes}
    return "; ".join(" ".join((name, *sources, *extra.get(name, ()))) for name, sources in _DIRECTIVES.items())


def in_head(html: str, tag: str) -> str:
    """Put a tag into a page's head, before anything but the character set."""
    end = next(found.end() for place in _PLACES if (found := place.search(html)))
    return html[:end] + tag + html[end:]


def with_policy(html: str, text: str) -> str:
    """Put the policy into a page, before anything that it is about."""
    return in_head(html, f'<meta http-equiv="Content-Security-Policy" content="{text}">')


def reloading(page: bytes) -> bytes:
    """Let a page's policy pass its last inline script: the one by which MkDocs' server loads it anew."""
    html = page.decode()
    *_, script = inline_scripts(html, "page")
    return html.replace("; script-src ", f"; script-src {source_of(script)} ", 1).encode()


def _headers(text: str) -> dict[str, str]:
    return {"Content-Security-Policy": text, **_ALSO_SENT}


def host_files(text: str) -> dict[str, str]:
    """Write the policy as hosts read it: `_headers` for Netlify and Cloudflare Pages, snippets for nginx and Apache."""
    headers = _headers(text)
    return {
        "_headers": "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items()),
        "nginx.conf": "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items()),
        "apache.conf": "".join(f'Header always set {name} "{value}"\n' for name, value in headers.items()),
    }


def secure(site: Path) -> str:
    """Put one policy into every page of a built site, and `_headers` beside them; give the policy."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    scripts: list[str] = []
    for path, html in pages.items():
        scripts += inline_scripts(html, path.relative_to(site).as_posix())
    text = policy(scripts, hashes_in(sorted(site.glob("runtime/**/*.mjs"))))
    for path, html in pages.items():
        files.put(path, with_policy(html, text).encode())
    files.put(site / "_headers", host_files(text)["_headers"].encode())
    return text
