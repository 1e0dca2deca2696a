"""No byte too many: what a first visit fetches, counted where it is sent, by a host that compresses as hosts do."""

from collections import Counter

import pytest

from at_once import expect
from cells_in_page import PYTHON_STARTS, SITE, settled
from tools.serving.static_server import Tally, serving

MOUNT = "/primer-site/"
CACHED = {"Cache-Control": "max-age=600"}


@pytest.fixture
def first_visit(browser, browser_context_args, site_url):
    """A first visit that presses Run at once, to a host that counts: the page after its result, and the tally."""
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
