"""Python starts from a snapshot, from bytecode or plainly, each where the way before cannot be gone."""

import hashlib
import json
import re

import pytest

from at_once import expect
from cells_in_page import PYTHON_STARTS, button, cell, error, output, run, settled, type_instead
from tools.base import places

WAYS = ["snapshot", "bytecode", "plain"]
STARTED = re.compile(r"Python started from (\w+) in \d+ ms")


def starts_from(page, way):
    page.evaluate("way => document.documentElement.dataset.start = way", way)


def way_told(said):
    return [found[1] for found in map(STARTED.match, said) if found]


@pytest.fixture
def said(page):
    """What the console was told."""
    lines = []
    page.on("console", lambda message: lines.append(message.text))
    return lines


@pytest.mark.parametrize("way", WAYS)
def test_each_way_gives_the_same_first_result(page, said, way):
    page.goto("softmax/")
    starts_from(page, way)
    run(page, "softmax")
    expect(output(page, "softmax")).to_contain_text("P(duck) = 0.7054")
    expect(output(page, "softmax")).to_contain_text("sum = 1.0000")
    assert way_told(said) == [way]


@pytest.mark.parametrize("way", WAYS)
def test_everything_can_be_imported_however_python_started(page, way):
    page.goto("softmax/")
    starts_from(page, way)
    type_instead(
        page,
        "rounding",
        """import fractions, html.parser, xml.dom.minidom, decimal, unittest, asyncio, email.message, sqlite3
import numpy as np
generator = np.random.default_rng(0)
print(round(float(generator.normal()), 4), np.fft.fft([1.0, 2.0]), np.ma.masked_array([1, 2], mask=[0, 1]).sum())
print(np.polynomial.Polynomial([1, 2])(3.0), np.linalg.svd(np.eye(2))[1], decimal.Decimal(1) / 7)
print(fractions.Fraction(1, 3) + 1)""",
    )
    run(page, "rounding")
    expect(output(page, "rounding")).to_have_text(
        "0.1257 [ 3.+0.j -1.+0.j] 1\n7.0 [1. 1.] 0.1428571428571428571428571429\n4/3\n"
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_traceback_shows_the_lines_of_the_cell_and_of_primer(page, way):
    page.goto("softmax/")
    starts_from(page, way)
    type_instead(page, "rounding", "import primer\nprimer.softmax([])")
    button(page, "rounding", "Run").click()
    settled(page, "rounding", "error")
    traceback = error(page, "rounding").locator("pre").text_content()
    assert "primer.softmax([])" in traceback
    assert re.search(r"primer/probabilities.py, line \d+, in softmax\n    \S", traceback)


@pytest.mark.parametrize("way", ["snapshot", "bytecode"])
def test_what_must_be_secret_is_not_the_same_in_two_visits(new_context, way):
    seen = set()
    for _ in range(2):
        page = new_context().new_page()
        page.goto("softmax/")
        starts_from(page, way)
        type_instead(page, "rounding", "import os\nprint(os.urandom(8).hex())")
        run(page, "rounding")
        seen.add(output(page, "rounding").inner_text())
    assert len(seen) == 2


def test_a_link_that_is_dear_is_given_the_fewest_bytes_and_nothing_ahead(page, said):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.goto("softmax/", wait_until="networkidle")
    assert not [url for url in asked if "pyodide" in url or "/start/" in url]
    run(page, "softmax")
    assert way_told(said) == ["bytecode"]
    assert not [url for url in asked if "rest.zst" in url]


@pytest.mark.parametrize(
    ("damaged", "way"),
    [("start/snapshot.zst", "bytecode"), ("start/shared.zst", "plain"), ("start/zstd.wasm", "plain")],
)
def test_a_damaged_file_is_refused_and_another_way_is_gone(page, said, damaged, way):
    def alter(route):
        body = bytearray(route.fetch().body())
        body[len(body) // 2] ^= 1
        route.fulfill(status=200, body=bytes(body), content_type="application/octet-stream")

    page.route(f"**/vendor/{damaged}", alter)
    page.goto("softmax/")
    run(page, "softmax")
    assert way_told(said) == [way]
    assert any(damaged in line and "sha256" in line for line in said)
    expect(error(page, "softmax")).to_be_empty()


@pytest.mark.parametrize("altered", ["start/pyodide.zst", "start/snapshot.zst"])
def test_what_was_sent_on_while_it_came_and_proves_damaged_does_not_count(page, said, altered):
    """Compiled or inflated on its way, before its hash is known; the file that is whole takes its place."""
    came = []

    def alter_once(route):
        body = bytearray(route.fetch().body())
        if not came:
            body[len(body) // 2] ^= 1
        came.append(altered)
        route.fulfill(status=200, body=bytes(body), content_type="application/octet-stream")

    page.route(f"**/vendor/{altered}", alter_once)
    page.goto("softmax/")
    run(page, "softmax")
    assert len(came) == 2
    assert way_told(said) == ["snapshot"]
    expect(output(page, "softmax")).to_contain_text("P(duck) = 0.7054")


def test_a_snapshot_of_another_pyodide_is_not_used(page, said):
    """The manifest vouches for the file, so what is inside it must be checked too."""

    def alter(route):
        manifest = route.fetch().json()
        manifest["start"]["image"] = "0" * 8
        route.fulfill(status=200, body=json.dumps(manifest), content_type="application/json")

    page.route("**/vendor/manifest.json", alter)
    page.goto("softmax/")
    run(page, "softmax")
    assert way_told(said) == ["bytecode"]


def test_a_server_that_stumbles_once_is_asked_again(page, said, guard):
    guard.allow("Failed to load resource")
    stumbles = []

    def stumble(route):
        if stumbles:
            route.continue_()
        else:
            stumbles.append(route.fulfill(status=503, body="busy"))

    page.route("**/vendor/start/pyodide.zst", stumble)
    page.goto("softmax/")
    run(page, "softmax")
    assert stumbles


def test_a_file_that_is_kept_from_an_older_site_is_fetched_anew(page, guard):
    """A browser may have kept a file that a newer manifest has another hash of."""
    answers = []

    def older_first(route):
        answers.append(route.request.url)
        if len(answers) == 1:
            route.fulfill(status=200, body="an older worker", content_type="text/javascript")
        else:
            route.continue_()

    page.route("**/vendor/worker.mjs", older_first)
    page.goto("softmax/")
    run(page, "softmax")
    assert len(answers) == 2


def test_a_start_that_hangs_gives_way_to_the_next(page, said):
    hanging = b"""addEventListener("message", ({ data: port }) => port.addEventListener("message", ({ data }) => {
        if (data.way === "snapshot") for (;;);
    }));"""

    def hang(route):
        route.fulfill(status=200, body=hanging + route.fetch().body(), content_type="text/javascript")

    def vouch(route):
        manifest = route.fetch().json()
        worker = hanging + (places.VENDOR / "worker.mjs").read_bytes()
        manifest["files"]["worker.mjs"] = {"bytes": len(worker), "sha256": hashlib.sha256(worker).hexdigest()}
        route.fulfill(status=200, body=json.dumps(manifest), content_type="application/json")

    page.clock.install()
    page.route("**/vendor/worker.mjs", hang)
    page.route("**/vendor/manifest.json", vouch)
    page.goto("softmax/")
    button(page, "softmax", "Run").click()
    status = cell(page, "softmax").locator("[data-part=status]")
    expect(status).to_contain_text("Starting Python", timeout=PYTHON_STARTS)
    with page.expect_console_message(lambda message: "no answer within 30 s" in message.text):
        page.clock.fast_forward(31_000)
    settled(page, "softmax", "done")
    assert way_told(said) == ["bytecode"]


def test_once_a_reader_is_there_all_is_fetched_and_compiled_and_no_python_begun(roomy, said):
    page = roomy
    page.goto("softmax/")
    with page.expect_request_finished(lambda request: request.url.endswith("start/snapshot.zst")):  # the last
        page.mouse.move(200, 200)
    expect(page.locator("iframe")).to_have_count(1)  # the frame that Python will run in
    expect(page.locator("html")).to_have_attribute("data-python", "off")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("document.querySelector('iframe').dataset.seen = ''")
    run(page, "softmax")
    assert way_told(said) == ["snapshot"]
    assert not [url for url in asked if re.search(r"vendor/(pyodide/|worker|start/(?!rest))", url)]
    expect(page.locator("iframe[data-seen]")).to_have_count(1)


def test_nothing_but_the_list_of_files_and_an_empty_worker_is_made_ready_for_a_page_that_nobody_reads(roomy):
    asked = []
    roomy.on("request", lambda request: asked.append(request.url))
    roomy.goto("softmax/", wait_until="networkidle")
    expect(roomy.locator("iframe")).to_have_count(1)
    made = [url for url in asked if re.search(r"vendor/(manifest|pyodide/|worker|start/|python)", url)]
    assert {url.rpartition("/")[2] for url in made} == {"manifest.json", "worker.mjs"}


def test_run_begins_python_before_the_rest_of_the_pages_script_is_there(page, said):
    held = []
    page.route("**/runtime/main.mjs", lambda route: held.append(route))
    page.goto("softmax/", wait_until="commit")
    with page.expect_request("**/start/snapshot.zst"):
        page.locator("py-cell#softmax [data-action=run]").click()
    assert held, "the script has come already"
    held.pop().continue_()
    run(page, "softmax")
    assert way_told(said) == ["snapshot"]


def test_a_machine_with_little_memory_keeps_nothing_ready(page):
    page.goto("softmax/")  # every page of these tests believes so; see conftest.py
    page.mouse.move(200, 200)
    page.wait_for_load_state("networkidle")
    expect(page.locator("iframe")).to_have_count(0)
