"""Python starts from a snapshot, from bytecode or plainly, each where the way before cannot be gone."""

import hashlib
import json
import re
import time

import numpy as np
import pytest

from at_once import expect
from cells_in_page import FEW, FULL, MOUNT, PYTHON_STARTS, button, cell, error, output, run, run_instead, settled, start
from tools.base import places
from tools.serving.slow_link import Link, slowed

WAYS = [("snapshot", None), ("bytecode", "start/snapshot.zst"), ("plain", "start/shared.zst")]
WAYS += [("plain", "start/zstd.wasm")] if FULL else []
"""Each way that is gone, and the file whose damage leads to it."""
STARTED = re.compile(r"Python started from (\w+) in \d+ ms")


def way_told(said):
    return [found[1] for found in map(STARTED.match, said) if found]


@pytest.fixture
def said(page):
    """What the console was told."""
    lines = []
    page.on("console", lambda message: lines.append(message.text))
    return lines


SECRET = "import os\nprint(os.urandom(8).hex())"
IMPORTS = """import fractions, html.parser, xml.dom.minidom, decimal, unittest, asyncio, email.message, sqlite3
import numpy as np
generator = np.random.default_rng(0)
print(round(float(generator.normal()), 4), np.fft.fft([1.0, 2.0]), np.ma.masked_array([1, 2], mask=[0, 1]).sum())
print(np.polynomial.Polynomial([1, 2])(3.0), np.linalg.svd(np.eye(2))[1], decimal.Decimal(1) / 7)
print(fractions.Fraction(1, 3) + 1)"""
COMMITTED = json.loads((places.ROOT / "tests" / "oracles" / "first_losses.json").read_text())
LOSSES = f"""from primer.labs.model_file import model_bytes, model_from
from primer.pictures import split
from primer.labs.training import Training
_training = Training(split(**{COMMITTED["split"]}).train, **{COMMITTED["training"]})
for _ in range(50): print(repr(_training.step()))
print(model_from(model_bytes(_training.network, picture_size=20)).network)"""


def altered(page, file):
    """Have a file of site/vendor come with a bit of it turned."""

    def alter(route):
        body = bytearray(route.fetch().body())
        body[len(body) // 2] ^= 1
        route.fulfill(status=200, body=bytes(body), content_type="application/octet-stream")

    page.route(f"**/vendor/{file}", alter)


def printed(page, code):
    run_instead(page, "rounding", code)
    expect(error(page, "rounding")).to_be_empty()
    return output(page, "rounding").inner_text()


@pytest.mark.parametrize(("way", "damaged"), WAYS)
def test_each_way_is_gone_where_the_one_before_cannot_be_and_has_all_of_python(page, said, way, damaged):
    if damaged:
        altered(page, damaged)
    page.goto(FEW)
    secrets = {printed(page, SECRET)}
    assert way_told(said) == [way]
    assert not damaged or any(damaged in line and "sha256" in line for line in said), "it is refused, and named"
    run(page, "softmax")
    expect(output(page, "softmax")).to_contain_text("P(duck) = 0.7054")
    expect(output(page, "softmax")).to_contain_text("sum = 1.0000")
    told = printed(page, IMPORTS)
    assert told == "0.1257 [ 3.+0.j -1.+0.j] 1\n7.0 [1. 1.] 0.1428571428571428571428571429\n4/3\n"
    *losses, network = printed(page, LOSSES).split("\n")[:51]
    np.testing.assert_allclose([float(loss) for loss in losses], COMMITTED["losses"], rtol=0, atol=1e-9)
    assert network == "MLP([400, 32, 4], activation='relu'), 12964 parameters"
    start(page, "rounding", "import primer\nprimer.softmax([])", "error")
    traceback = error(page, "rounding").locator("pre").text_content()
    assert "primer.softmax([])" in traceback
    assert re.search(r"primer/probabilities.py, line \d+, in softmax\n    \S", traceback)
    if way != "plain":  # nothing of it was there before
        page.reload()
        secrets.add(printed(page, SECRET))
        assert len(secrets) == 2, "what must be secret is not the same in two visits"


def test_a_link_that_is_dear_is_given_the_fewest_bytes_and_nothing_ahead(page, said):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.goto(FEW, wait_until="networkidle")
    assert not [url for url in asked if "pyodide" in url or "/start/" in url]
    run(page, "softmax")
    assert way_told(said) == ["bytecode"]
    assert not [url for url in asked if "rest.zst" in url]


def test_the_first_large_file_is_asked_for_before_any_module_of_the_page_has_come_and_once(roomy, said):
    asked, waiting = [], []
    roomy.on("request", lambda request: asked.append(request.url.partition("/vendor/")[2]))
    roomy.route("**/runtime/*.mjs", lambda route: waiting.append(route))
    with roomy.expect_request("**/vendor/start/pyodide.zst"):
        roomy.goto(FEW, wait_until="commit")
    assert waiting
    roomy.unroute("**/runtime/*.mjs")  # lets those on
    run(roomy, "softmax")
    assert way_told(said) == ["snapshot"]
    assert asked.count("start/pyodide.zst") == 1


@pytest.mark.parametrize("file", ["start/pyodide.zst", "start/snapshot.zst"])
def test_what_was_sent_on_while_it_came_and_proves_damaged_does_not_count(page, said, file):
    """Compiled or inflated on its way, before its hash is known; the file that is whole takes its place."""
    came = []

    def alter_once(route):
        body = bytearray(route.fetch().body())
        if not came:
            body[len(body) // 2] ^= 1
        came.append(file)
        route.fulfill(status=200, body=bytes(body), content_type="application/octet-stream")

    page.route(f"**/vendor/{file}", alter_once)
    page.goto(FEW)
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
    page.goto(FEW)
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
    page.goto(FEW)
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
    page.goto(FEW)
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
    page.goto(FEW)
    button(page, "softmax", "Run").click()
    status = cell(page, "softmax").locator("[data-part=status]")
    expect(status).to_contain_text("Starting Python", timeout=PYTHON_STARTS)
    with page.expect_console_message(lambda message: "no answer within 30 s" in message.text):
        page.clock.fast_forward(31_000)
    settled(page, "softmax", "done")
    assert way_told(said) == ["bytecode"]


def has_begun(page):
    """Whether Python itself has: it takes away what could reach out."""
    (python,) = [worker for worker in page.workers if worker.url.startswith("blob:")]  # the search has one, too
    return python.evaluate("typeof fetch") == "undefined"


def made_ready(page):
    """Opens a page until all that a start needs has been fetched."""
    with page.expect_request_finished(lambda request: request.url.endswith("start/snapshot.zst")):  # the last
        page.goto(FEW)


def test_on_a_first_visit_all_is_fetched_and_no_python_begun(roomy, said):
    page = roomy
    made_ready(page)
    expect(page.locator("iframe")).to_have_count(1)  # the frame that Python will run in
    expect(page.locator("html")).to_have_attribute("data-python", "off")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("document.querySelector('iframe').dataset.seen = ''")
    assert not has_begun(page)
    run(page, "softmax")
    assert has_begun(page)
    assert way_told(said) == ["snapshot"]
    assert not [url for url in asked if re.search(r"vendor/(pyodide/|worker|start/(?!rest))", url)]
    expect(page.locator("iframe[data-seen]")).to_have_count(1)


def test_where_python_was_used_before_it_begins_before_it_is_asked_for(roomy):
    roomy.goto(FEW)
    run(roomy, "softmax")
    made_ready(roomy)
    until = time.monotonic() + PYTHON_STARTS / 1000
    while not has_begun(roomy) and time.monotonic() < until:
        roomy.evaluate("new Promise(requestIdleCallback)")
    assert has_begun(roomy)
    expect(roomy.locator("html")).to_have_attribute("data-python", "off")
    run(roomy, "softmax")


def test_a_page_that_nobody_sees_makes_nothing_ready_until_it_is_seen(roomy):
    roomy.add_init_script("""Object.defineProperty(document, "visibilityState", {
        configurable: true, value: "hidden"
    })""")
    asked = []
    roomy.on("request", lambda request: asked.append(request.url))
    roomy.goto(FEW, wait_until="networkidle")
    expect(roomy.locator("iframe")).to_have_count(0)
    made = [url for url in asked if re.search(r"vendor/(manifest|pyodide/|worker|start/|python)", url)]
    assert {url.rpartition("/")[2] for url in made} == {"manifest.json"}
    with roomy.expect_request_finished(lambda request: request.url.endswith("start/snapshot.zst")):
        roomy.evaluate("""() => {
            delete document.visibilityState;
            document.dispatchEvent(new Event("visibilitychange"));
        }""")


def test_in_a_hand_nothing_of_python_is_fetched_until_somebody_scrolls_and_then_all_of_it(roomy_phone):
    """It would hold up the first picture on a slow processor."""
    page, asked = roomy_phone, []
    page.on("request", lambda request: asked.append(request.url.rpartition("/vendor/")[2]))
    page.goto(FEW, wait_until="networkidle")
    expect(page.locator("iframe")).to_have_count(0)
    assert not [name for name in asked if re.match("pyodide/|worker|start/", name)]
    with page.expect_request_finished(lambda request: request.url.endswith("start/snapshot.zst")):
        page.evaluate("scrollBy(0, 100)")
    expect(page.locator("iframe[title=Python]")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("data-python", "off")


def test_from_a_host_that_is_far_large_files_give_way_to_the_page_until_python_is_wanted(roomy, guard, site_url):
    """One of them at a time as long as the page lacks its script; a press asks for the rest."""
    held, large = [], []
    roomy.route("**/runtime/main.mjs", lambda route: held.append(route))
    roomy.route("**/start/pyodide.zst", lambda route: held.append(route))
    roomy.on("request", lambda request: large.append(request.url) if request.url.endswith(".zst") else None)
    with slowed(site_url, Link(round_trip=50, megabits=20)) as far:
        guard.origin = far.removesuffix(MOUNT)
        with roomy.expect_request("**/start/pyodide.zst"):
            roomy.goto(f"{far}{FEW}", wait_until="commit")
        roomy.evaluate("new Promise(requestIdleCallback)")
        assert [url.rpartition("/")[2] for url in large] == ["pyodide.zst"]
        with roomy.expect_request("**/start/snapshot.zst"):
            roomy.locator("py-cell#softmax [data-action=run]").click()
        while held:
            held.pop().continue_()
        settled(roomy, "softmax", "done")
        roomy.close()  # before its host is gone


def test_pythons_place_and_the_first_files_are_asked_for_before_any_script_has_come_and_once(roomy, said):
    page, held, asked = roomy, [], []
    page.route("**/runtime/begin.mjs", lambda route: held.append(route))
    page.on("request", lambda request: asked.append(request.url.rpartition("/vendor/")[2]))
    with page.expect_request_finished(lambda request: request.url.endswith("worker.mjs")):
        page.goto(FEW, wait_until="commit")
    expect(page.locator("iframe[title=Python]")).to_have_count(1)
    page.locator("py-cell#softmax").wait_for()
    held.pop().continue_()
    run(page, "softmax")
    assert way_told(said) == ["snapshot"]
    assert [asked.count(name) for name in ("manifest.json", "worker.mjs")] == [1, 1]


def test_run_begins_python_before_the_rest_of_the_pages_script_is_there(page, said):
    held = []
    page.route("**/runtime/main.mjs", lambda route: held.append(route))
    page.goto(FEW, wait_until="commit")
    with page.expect_request("**/start/snapshot.zst"):
        page.locator("py-cell#softmax [data-action=run]").click()
    assert held, "the script has come already"
    held.pop().continue_()
    run(page, "softmax")
    assert way_told(said) == ["snapshot"]


def test_a_machine_with_little_memory_keeps_nothing_ready(page):
    page.goto(FEW)  # every page of these tests believes so; see conftest.py
    page.mouse.move(200, 200)
    page.wait_for_load_state("networkidle")
    expect(page.locator("iframe")).to_have_count(0)
