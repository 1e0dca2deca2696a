"""The built site in each engine. A test fails on a console error, a broken policy, or a request to elsewhere.

`reader` is somebody with a fresh profile in one engine; `visit` is one who goes through all pages in one long visit and
stays on each for all tests of it. Every test is run once for each engine, most chapters in Chromium apart, one engine
after the other: two at once would take each other's processors.
"""

import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reader import MOUNT, SITE, Reader
from tools.base import places
from tools.make.build import build_pages
from tools.serving.static_server import serving
from with_chromium import Chromium
from with_firefox import Firefox
from with_webkit import WebKit

ENGINES = {one.name: one for one in (WebKit, Firefox, Chromium)}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine_name" in metafunc.fixturenames:
        metafunc.parametrize("engine_name", list(ENGINES), scope="session")


CHAPTERS_IN_CHROMIUM = {"softmax/", "perceptron/"}
"""One with sliders and one with handles, beside the others' times: tests/browser holds all of them in Chromium."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out of Chromium's part the chapters that tests/browser visits already."""
    held = [item for item in items if _is_held(item)]
    config.hook.pytest_deselected(items=held)
    items[:] = [item for item in items if item not in held]


def _is_held(item: pytest.Item) -> bool:
    given = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    is_chapter = item.path.name == "test_chapters.py" and given.get("engine_name") == Chromium.name
    return is_chapter and given["path"] not in CHAPTERS_IN_CHROMIUM


@pytest.fixture(scope="session")
def site_url() -> Iterator[str]:
    """Address of the site, built for that address, so that it has instant navigation."""
    if not (places.VENDOR / "manifest.json").is_file():
        pytest.fail("site/vendor is not there; run: make build")
    SITE.mkdir(parents=True, exist_ok=True)
    (SITE / "index.html").touch()  # answers until the site takes its place
    with serving(SITE, MOUNT) as address:
        with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
            patch.setenv("SITE_URL", address)
            warnings.simplefilter("default")  # what MkDocs itself uses is not this project's to mend
            build_pages(places.ROOT / "mkdocs.yml", SITE)
        yield address


def _open(name: str, address: str, waits: bool = True) -> Iterator[Reader]:
    one = Reader(ENGINES[name](waits), address)
    try:
        yield one
    finally:
        one.engine.close()


@pytest.fixture(scope="session")
def open_visit(engine_name: str, site_url: str) -> Iterator[Callable[[str], Reader]]:
    """Give the reader of a page, who goes on when the tests are about another, and leaves each as it was built."""
    here: dict[str, str] = {}
    for one in _open(engine_name, site_url):

        def opened(path: str, one: Reader = one) -> Reader:
            if here.get("path") != path:
                if here:
                    one.reset()
                one.open(path)
                here["path"] = path
            return one

        yield opened


@pytest.fixture
def visit(open_visit: Callable[[str], Reader], path: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """The page `path` in a long visit, guarded."""
    yield from _guarded(open_visit(path), request)


@pytest.fixture
def reader(engine_name: str, site_url: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Somebody who has never been here, guarded."""
    for one in _open(engine_name, site_url):
        yield from _guarded(one, request)


@pytest.fixture
def hasty(engine_name: str, site_url: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Somebody who has never been here, and waits for no page to load; guarded."""
    for one in _open(engine_name, site_url, waits=False):
        yield from _guarded(one, request)


def _guarded(one: Reader, request: pytest.FixtureRequest) -> Iterator[Reader]:
    allowed: list[str] = []
    one.allow = allowed.append
    one.record = lambda what, value: request.node.user_properties.append((f"{one.engine.name}: {what}", value))
    one.record("version", one.engine.version)
    yield one
    told = [offence for offence in one.offences() if not any(re.search(pattern, offence) for pattern in allowed)]
    if told:
        pytest.fail("the page did what no page may do:\n" + "\n".join(told), pytrace=False)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was measured, engine by engine."""
    table: dict[str, dict[str, Any]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", []):
                engine, _, what = name.partition(": ")
                table.setdefault(what, {})[engine] = value
    if not table:
        return
    terminalreporter.section("what was measured, on this machine")
    terminalreporter.write_line(f"{'':42}" + "".join(f"{name:>14}" for name in ENGINES))
    for what, values in table.items():
        terminalreporter.write_line(f"{what:42}" + "".join(f"{values.get(name, '–'):>14}" for name in ENGINES))
