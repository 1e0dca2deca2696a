"""The built site in a real browser. A test fails on a console error, a page error, or a request to elsewhere.

A page to drive is asked for by name: `page` (a desktop), `phone`, `dark`, `plain` (JavaScript off); all are
addressed relative to the site (`page.goto("softmax/")`). `axe(page)` fails on accessibility violations. A test that
provokes an error says which: `guard.allow("Failed to load resource")`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import album_in_page
import dog_in_page
import site_of_the_tests
from at_once import expect
from cells_in_page import MOUNT, NOTHING_FADES, PYTHON_STARTS, by_night, run
from tools.base import places
from tools.fetch import browser as chromium

LONG = (
    "second_site every_page offline start never_freezes dog_stream_training exercises train_your_dog loses_nothing "
    "next_python train_your_dog_visits take_along two_hosts"
)
"""Files that one worker is busy with for long: they begin first, or the others wait for them at the end."""
OPEN = ExitStack()
"""What serves the site, where the tests are handed out to others that run them."""


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Serve the site for all that run tests, and tell each where."""
    if not hasattr(OPEN, "address"):
        OPEN.address = OPEN.enter_context(site_of_the_tests.served())
    node.workerinput["site"] = OPEN.address


def pytest_unconfigure() -> None:
    OPEN.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    first = [f"test_{name}.py" for name in LONG.split()]
    items.sort(key=lambda item: first.index(item.path.name) if item.path.name in first else len(first))


@pytest.fixture(scope="session")
def site_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of the site, when it is built."""
    with ExitStack() as stack:
        shared = getattr(request.config, "workerinput", {}).get("site")
        address = shared or stack.enter_context(site_of_the_tests.served())
        site_of_the_tests.until_built()
        yield address


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
def roomy_phone(phone: Page) -> Page:
    """A telephone with as much."""
    phone.add_init_script(_MEMORY % 8)
    return phone


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


_AXE = """async (options) => {
  const seen = new Set();
  const again = [...document.querySelectorAll("pre code span[class]")].filter((one) => {
    const look = [one.className, one.closest("[data-part]")?.dataset.part,
      ...(one.closest("py-cell, py-exercise")?.getAttributeNames() ?? [])].join();
    return seen.size === seen.add(look).size;
  });
  again.push(...[...document.querySelectorAll(".katex")].filter((one) => !one.closest("py-cell")).slice(5));
  for (const one of again) one.dataset.again = "";
  const { violations } = await axe.run({ exclude: [["[data-again]"]] }, options);
  for (const one of again) delete one.dataset.again;
  return violations;
}"""
"""Of words of code that look alike, thousands on a page, one is looked at; of formulas in the text, five."""


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """A check of a page as it stands, once no colour is on its way to another: all of axe's rules, some or but some.

    `and_at_night`: then its contrasts by night.
    """
    source = (places.NODE_MODULES / "axe-core" / "axe.min.js").read_text()

    def check(page: Page, rules: Sequence[str] = (), but: Sequence[str] = (), and_at_night: bool = False) -> None:
        page.evaluate(source)
        page.wait_for_function(NOTHING_FADES)
        options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in but}}
        options |= {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
        violations = page.evaluate(_AXE, options)
        if violations:
            told = "\n".join(map(_told, violations))
            pytest.fail(f"{page.url}: {len(violations)} violations\n{told}", pytrace=False)
        if and_at_night:
            by_night(page)
            check(page, rules=["color-contrast"])

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
