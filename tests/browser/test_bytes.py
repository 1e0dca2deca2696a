"""No byte too many: what a page is before Python, and what a first visit fetches, counted where it is sent."""

import gzip
from collections import Counter

import pytest

from at_once import expect
from cells_in_page import COURSE, MOUNT, PYTHON_STARTS, SITE, settled
from tools.serving.static_server import Tally, serving

CACHED = {"Cache-Control": "max-age=600"}


PAGES = (*COURSE, *(f"de/{address}" for address in COURSE), "reference/code/", "licences/")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_before_python_is_at_most_250_kilobytes(new_context, address):
    context = new_context()
    context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page = context.new_page()
    got = []
    page.on("requestfinished", lambda request: got.append(request.url))
    page.goto(address, wait_until="networkidle")
    size = 0
    for url in {one.split("?")[0].split("#")[0] for one in got if one.startswith("http")}:
        path = SITE / url.split(MOUNT, 1)[1]
        content = (path / "index.html" if path.is_dir() else path).read_bytes()
        size += len(content if path.suffix == ".woff2" else gzip.compress(content, 6))
    assert len(got) > 5
    assert size <= 250_000, size
    assert not [url for url in got if "/rest/" in url], "a formula has a character that py/tools/content/fonts.py lacks"
    assert not [url for url in got if "-python.js" in url], "what Python says comes with it"


@pytest.fixture
def first_visit(browser, browser_context_args, site_url):
    """A first visit that presses Run at once, to a host that compresses as hosts do: the page then, and the tally."""
    assert site_url
    tally = Tally()
    with serving(SITE, MOUNT, compresses=True, headers=CACHED, tally=tally) as address:

        def come(script=""):
            context = browser.new_context(**{**browser_context_args, "service_workers": "allow", "base_url": address})
            context.add_init_script(script)
            page = context.new_page()
            tally.answers.clear()
            tally.n_bytes = 0
            page.goto("softmax/")
            page.locator("py-cell#softmax [data-action=run]").click()
            settled(page, "softmax", "done")
            return page, tally

        yield come
        for context in browser.contexts:
            context.close()


def test_a_first_visit_with_everything_for_offline_is_13_megabytes_in_85_requests_and_nothing_twice(first_visit):
    page, tally = first_visit()
    expect(page.locator("html")).to_have_attribute("data-offline", "ready", timeout=PYTHON_STARTS)
    assert tally.n_bytes <= 13e6
    assert len(tally.answers) <= 85
    assert not [path for path, _ in tally.answers if path.startswith(("de/", "runtime/words/"))], "German is for others"
    times = Counter(path for path, _ in tally.answers if path.startswith("vendor/"))
    assert [path for path, number in times.items() if number > 1] == []
    assert not {"vendor/start/stdlib.zst", "vendor/pyodide/pyodide.asm.wasm", "vendor/python.zip"} & set(times)


def test_on_a_metered_link_nothing_is_fetched_but_what_the_first_result_needs(first_visit):
    page, tally = first_visit("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    needed = {path for path, _ in tally.answers}
    expect(page.locator("html")).to_have_attribute("data-offline", "visited", timeout=PYTHON_STARTS)
    charts_that_follow = {"vendor/vega.mjs", "vendor/purify.mjs", "runtime/chart/chart-config.json"}
    assert {path for path, _ in tally.answers} - needed <= {"service-worker.js", *charts_that_follow}
    assert not [path for path in needed if "rest.zst" in path or "editor" in path]
    assert tally.n_bytes <= 7e6
