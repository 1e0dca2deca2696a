"""`make picture`: the README's picture, taken of the built site."""

import base64
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.base import places
from tools.base.errors import ToolError, command
from tools.base.progress import say
from tools.fetch import browser
from tools.serving.static_server import serving

PICTURE = places.ROOT / ".github" / "softmax.webp"
_MOST = 100_000  # bytes
_STARTS = 90_000  # milliseconds


def take(site: Path, picture: Path) -> int:
    """Visit the softmax chapter, run its first cells, and take what is seen then; give the bytes of the picture."""
    with serving(site, "/") as address, sync_playwright() as playwright:
        executable = browser.find()
        chromium = playwright.chromium.launch(executable_path=executable, args=list(browser.FLAGS))
        page = chromium.new_page(viewport={"width": 1280, "height": 960}, color_scheme="light")
        page.goto(f"{address}softmax/")
        cell = page.locator("py-cell#softmax")
        cell.locator("[data-action=run]").click()
        page.wait_for_selector("py-cell#chart[state=done]", timeout=_STARTS)
        cell.locator("input[name=dog]").fill("3")
        page.get_by_text("P(dog) = 0.7214").wait_for(timeout=_STARTS)
        cell.evaluate("(cell) => scrollTo(0, cell.getBoundingClientRect().top + scrollY - 120)")
        as_webp = {"format": "webp", "quality": 70}  # which Playwright's own screenshots cannot be
        taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", as_webp)
        picture.write_bytes(base64.b64decode(taken["data"]))
        chromium.close()
    size = picture.stat().st_size
    if size > _MOST:
        raise ToolError(f"{picture}: {size} bytes, expected at most {_MOST}; show less of the page, or a lower quality")
    return size


def main() -> None:
    """Take it, and say how large it is."""
    say(f"{PICTURE.relative_to(places.ROOT)}: {take(places.BUILT_SITE, PICTURE) / 1e3:.0f} kB")


if __name__ == "__main__":
    command(main)
