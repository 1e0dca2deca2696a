"""The built site in a real browser. A test fails on a console error, a page error, or a request to elsewhere.

A page to drive is asked for by name: `page` (a desktop), `phone`, `dark`, `plain` (JavaScript off); all are
addressed relative to the site (`page.goto("softmax/")`). `axe(page)` fails on accessibility violations. A test that
provokes an error says which: `guard.allow("Failed to load resource")`.
"""

import os
import re
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import album_in_page
import dog_in_page
from at_once import expect
from cells_in_page import MOUNT, PYTHON_STARTS, SITE, run
from tools.base import places
from tools.fetch import browser as chromium
from tools.make.build import build_pages, by_mkdocs
from tools.make.zensical import by_zensical
from tools.serving.static_server import serving

LONG = ("test_second_site.py", "test_write_a_page.py")
"""Files that one worker is busy with for long: they begin first, or the other waits for them at the end."""
GENERATORS = {"mkdocs": by_mkdocs, "zensical": by_zensical}
"""What may make the pages that are tested; $SITE_MADE_BY names one, `make zensical` the second."""
TEST_PAGES = "test-pages"
"""Where `pages/`, which readers never see, is in the site of the tests: `page.goto("test-pages/figures/")`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture(scope="session")
def site_url() -> Iterator[str]:
    """Address of the site, built for that address and served under a sub-path, as GitHub Pages does.

    Material's instant navigation compares links with the addresses in the site map, so the site must know its own.
    """
    if not (places.VENDOR / "manifest.json").is_file():
        pytest.fail("site/vendor is not there; run: make build")
    generator = GENERATORS.get(made_by := os.environ.get("SITE_MADE_BY", "mkdocs"))
    if not generator:
        pytest.fail(f"SITE_MADE_BY is {made_by!r}; expected one of: {', '.join(GENERATORS)}")
    docs = _with_test_pages(SITE.with_name(f"{SITE.name}.docs"))
    SITE.mkdir(parents=True, exist_ok=True)
    (SITE / "index.html").touch()  # answers until the site takes its place
    with serving(SITE, MOUNT) as address:
        with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
            patch.setenv("SITE_URL", address)
            warnings.simplefilter("default")  # what MkDocs itself uses is not this project's to mend
            build_pages(places.ROOT / "mkdocs.yml", SITE, docs=docs, generator=generator)
        yield address


def _with_test_pages(docs: Path) -> Path:
    """Make a folder that is the site's and has the pages of the tests as well; Zensical follows no link to a folder."""
    shutil.rmtree(docs, ignore_errors=True)
    shutil.copytree(places.SITE, docs, copy_function=os.link)
    shutil.copytree(Path(__file__).with_name("pages"), docs / TEST_PAGES, copy_function=os.link)
    return docs


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = chromium.find()
    if not executable:
        pytest.fail("there is no Chromium; run: make test")
    # Not by context.route: that would switch the browser's cache off.
    nowhere_else = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    flags = [*chromium.FLAGS, nowhere_else]
    return {**browser_type_launch_args, "executable_path": str(executable), "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], site_url: str) -> dict[str, Any]:
    return {
        **browser_context_args,
        "base_url": site_url,
        "locale": "en-GB",
        "permissions": ["clipboard-read", "clipboard-write"],
        "service_workers": "block",  # what one fetches, `page.route` does not see; test_offline.py lets them in
    }


_MEMORY = "Object.defineProperty(navigator, 'deviceMemory', {value: %d, configurable: true})"
"""How many gigabytes a page believes that the machine has: 2 are too few for a Python that stands ready."""


class Guard:
    """Writes down what no page may do, and says it when the test ends."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.offences: list[str] = []
        self._allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Let pass, in this test, what the regular expression finds."""
        self._allowed.append(pattern)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", lambda message: message.type == "error" and self._note("console", message.text))
        context.on("weberror", lambda error: self._note("page", error.error.stack or error.error.message))
        context.on("request", lambda request: self._request(request.url))

    def _request(self, url: str) -> None:
        if not url.startswith((f"{self.origin}/", "data:", "blob:")):
            self._note("request to elsewhere", url)

    def _note(self, kind: str, text: str) -> None:
        self.offences.append(f"{kind}: {text}")

    def verdict(self) -> str:
        """Say what was written down and not allowed, one a line."""
        told = [offence for offence in self.offences if not any(re.search(one, offence) for one in self._allowed)]
        return "\n".join(told)


@pytest.fixture
def guard(site_url: str) -> Iterator[Guard]:
    one = Guard(site_url.removesuffix(MOUNT))
    yield one
    if verdict := one.verdict():
        pytest.fail(f"the page did what no page may do:\n{verdict}", pytrace=False)


@pytest.fixture
def new_context(guard: Guard, new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """Make a context as pytest-playwright does, guarded.

    Its machine has little memory, so that nothing stands ready that the test may not need; `roomy` has more.
    """

    def guarded(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.add_init_script(_MEMORY % 2)
        guard.watch(context)
        return context

    return guarded


@pytest.fixture
def roomy(page: Page) -> Page:
    """A desktop with memory for a Python that stands ready."""
    page.add_init_script(_MEMORY % 8)
    return page


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    """A small telephone, touched."""
    size = {"width": 360, "height": 740}
    return new_context(viewport=size, device_scale_factor=2, is_mobile=True, has_touch=True).new_page()


@pytest.fixture
def dark(new_context: Callable[..., BrowserContext]) -> Page:
    """A desktop whose reader prefers dark."""
    return new_context(color_scheme="dark").new_page()


@pytest.fixture
def plain(new_context: Callable[..., BrowserContext]) -> Page:
    """A browser with JavaScript off."""
    return new_context(java_script_enabled=False).new_page()


_NOTHING_FADES = """() => !document.getAnimations().some(
    (one) => one instanceof CSSTransition && one.effect.target.checkVisibility())"""
"""What is in a closed fold stands still in the middle of a transition."""


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """A check of a page as it stands, once no colour is on its way to another: no violation of any of axe's rules."""
    source = (places.NODE_MODULES / "axe-core" / "axe.min.js").read_text()

    def check(page: Page) -> None:
        page.evaluate(source)
        page.wait_for_function(_NOTHING_FADES)
        violations = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        if violations:
            told = "\n".join(map(_told, violations))
            pytest.fail(f"{page.url}: {len(violations)} violations\n{told}", pytrace=False)

    return check


def _told(violation: dict[str, Any]) -> str:
    """Say what rule was violated, and by which elements in what way."""
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        lines += [f"    {node['target']}", *(f"        {line}" for line in node["failureSummary"].splitlines()[1:3])]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def long_visit(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page that all tests of a file go on with; what watches over it is told by each test."""
    with browser.new_context(**browser_context_args) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def visit(request: pytest.FixtureRequest, long_visit: Page) -> Page:
    """One long visit in which Python has started: to the file's `CHAPTER`, a path and a cell, or to softmax."""
    path, id = getattr(request.module, "CHAPTER", ("softmax/", "softmax"))
    long_visit.goto(path)
    run(long_visit, id)
    return long_visit


@pytest.fixture
def warm(visit: Page, guard: Guard) -> Page:
    """The page in a long visit, every cell as it was built, and Python ready."""
    guard.watch(visit.context)
    visit.evaluate("() => document.querySelectorAll('py-cell').forEach((cell) => cell.reset())")
    expect(visit.locator("html")).to_have_attribute("data-python", "ready", timeout=PYTHON_STARTS)
    busy = "py-cell[stale], py-cell[state=running], py-cell[state=queued]"
    changed = f"html[data-behind], py-cell[edited], {busy}, [data-undrawn]"
    expect(visit.locator(changed)).to_have_count(0, timeout=PYTHON_STARTS)
    return visit


@pytest.fixture(scope="module")
def dog_visit(long_visit: Page) -> Page:
    """One long visit to “Train your dog”, in which Python has started."""
    dog_in_page.open_page(long_visit)
    run(long_visit, "lab")
    return long_visit


@pytest.fixture
def dog(dog_visit: Page, guard: Any) -> Page:
    """The lab at its start."""
    guard.watch(dog_visit.context)
    dog_in_page.at_the_start(dog_visit)
    return dog_visit


@pytest.fixture
def album(page: Page) -> Page:
    album_in_page.open_album(page)
    return page


@pytest.fixture
def five(album: Page) -> Page:
    """The page with five dogs in its album."""
    album_in_page.do(album, "await album.add(dogs(5))", name="own")
    album_in_page.count(album, 5)
    return album
