"""After one visit the site works with no network; a newer version waits until the reader takes it up."""

import json
import re
import shutil
from contextlib import ExitStack

import pytest

from at_once import expect
from cells_in_page import MOUNT, SITE, cell, drag, output, run, type_instead
from hostile import FETCH
from tools.base import site
from tools.pages import offline
from tools.serving.static_server import serving

KEPT = 120_000
"""Milliseconds within which everything has been kept on any machine."""
OTHER_WAYS = re.compile(r"python\.zip|stdlib|packages|\.whl|asm\.wasm|lock\.json")
"""Files of Python that a start from the snapshot does without."""

FOUND = ".md-search-result__item, [role=option]"
"""What the search found: Material's, or Zensical's."""


class Host:
    """A host of a copy of the site, which can be switched off and be given another version."""

    def __init__(self, folder):
        self.folder = folder
        self._stack = ExitStack()
        self.url = self._stack.enter_context(serving(folder, MOUNT))

    def off(self):
        self._stack.close()

    def change(self, path, old, new, name="dog-primer"):
        """Publish a version in which `old` in one file is `new`, of a site with this name."""
        file = self.folder / path
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))
        script = self.folder / offline.SCRIPT
        table = {"name": name, "files": offline.table(self.folder), "apart": offline.apart(self.folder)}
        _, _, rest = script.read_text().partition("\n")
        script.write_text(f"self.site = {json.dumps(table)};\n{rest}")


@pytest.fixture
def host(site_url, tmp_path):
    assert site_url
    site.options().use()  # the site may have been built by another process
    folder = tmp_path / "site"
    shutil.copytree(SITE, folder, copy_function=shutil.copy)
    one = Host(folder)
    yield one
    one.off()


@pytest.fixture
def reader(browser, browser_context_args, host):
    """A browser that may keep things, and a page in it."""
    with browser.new_context(**{**browser_context_args, "service_workers": "allow", "base_url": host.url}) as context:
        errors = []
        context.on("weberror", lambda error: errors.append(str(error.error)))
        yield context.new_page()
        assert errors == []


def visit(page, address="./"):
    """Come for the first time, and stay until everything is kept."""
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("data-offline", "ready", timeout=KEPT)


def find(page, words):
    """Search by keys, and wait for what is found; Zensical's field takes a moment to open."""
    page.keyboard.press("/")
    expect(page.locator("input:focus")).to_be_visible()
    page.keyboard.type(words)
    expect(page.locator(FOUND).first).to_be_visible()


def kept(page):
    """Addresses of what is kept, by path, with the hash."""
    return page.evaluate(
        """async () => {
            const name = (await caches.keys()).find((name) => name.startsWith("dog-primer "));
            return (await (await caches.open(name)).keys()).map(({ url }) => url);
        }"""
    )


def compiled_at_once_and_begun_by_nobody_but_the_reader(page):
    """What a Python that is kept is, when it was used before."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_request_finished(lambda request: request.url.endswith("start/snapshot.zst")):
        page.reload()
    expect(page.locator("iframe")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("data-python", "off")
    asked.clear()
    run(page, "scores")
    assert not [url for url in asked if re.search(r"vendor/(pyodide/|worker|start/(?!rest))", url)]


def test_after_one_visit_everything_works_without_a_network(reader, host):
    visit(reader)
    manifest = json.loads((host.folder / "vendor" / "manifest.json").read_text())
    there = set(kept(reader))
    for name, file in manifest["files"].items():
        is_kept = f"{host.url}vendor/{name}?sha256={file['sha256']}" in there
        assert is_kept == (f"vendor/{name}" in offline.table(host.folder) and not OTHER_WAYS.search(name)), name
    run(reader, "scores")
    compiled_at_once_and_begun_by_nobody_but_the_reader(reader)
    host.off()
    reader.context.set_offline(True)
    for address, id in (("./", "scores"), ("softmax/", "chart")):
        reader.goto(address)
        reader.reload()
        run(reader, id)
    drag(reader, "softmax", "duck", -3)
    expect(output(reader, "softmax")).to_contain_text("P(duck) = 0.0")
    type_instead(reader, "rounding", "import numpy as np\n")
    reader.keyboard.type("np.argm")
    expect(reader.locator(".cm-tooltip-autocomplete")).to_contain_text("argmax")
    reader.keyboard.press("Escape")
    fonts = reader.evaluate("async () => (await document.fonts.ready, [...document.fonts].map((font) => font.status))")
    assert "error" not in fonts
    expect(reader.locator(".katex:visible").first).to_be_visible()
    reader.goto("licences/?from=elsewhere#part")
    expect(reader.locator("h1")).to_be_visible()
    reader.goto("./")
    find(reader, "probabilities")
    reader.keyboard.press("Escape")
    reader.evaluate("window.sameVisit = true")
    reader.get_by_role("link", name="The second chapter takes it apart").click()
    expect(reader.locator("h1")).to_contain_text("Scores to probabilities")


def test_a_reader_of_german_keeps_the_pages_and_the_search_of_german_alone(reader, host):
    visit(reader, "de/softmax/")
    paths = {url.removeprefix(host.url).partition("?")[0] for url in kept(reader)}
    search = {"de/search/search_index.json"} & offline.table(host.folder).keys()  # Zensical has one for all
    assert {"de/", "de/perceptron/", "runtime/words/de.js", "licences/", *search} <= paths
    assert not paths & {"", "perceptron/", "search/search_index.json"}
    host.off()
    reader.context.set_offline(True)
    reader.goto("de/perceptron/")
    find(reader, "Schwellen")


def test_a_first_visit_fetches_nothing_for_later_but_what_starts_python_before_the_page_is_done(reader):
    reader.goto("./", wait_until="load")
    names = reader.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert not [name for name in names if name.endswith(("rest.zst", ".whl", "vega.mjs", "service-worker.js"))]


def test_who_saves_data_gets_nothing_ahead(browser, browser_context_args, host):
    with browser.new_context(**{**browser_context_args, "service_workers": "allow", "base_url": host.url}) as context:
        context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
        page = context.new_page()
        page.goto("./", wait_until="networkidle")
        page.wait_for_function("() => new Promise((resolve) => setTimeout(() => resolve(true), 2000))")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        run(page, "scores")
        expect(page.locator("html")).to_have_attribute("data-offline", "visited", timeout=KEPT)
        names = {url.partition("?")[0].removeprefix(host.url) for url in kept(page)}
        assert {"", "css/page.css", "vendor/start/stdlib.zst"} <= names, "what was fetched is kept"
        assert not {"softmax/", "vendor/start/rest.zst", "vendor/start/snapshot.zst", "vendor/vega.mjs"} & names
        host.off()
        page.reload()
        run(page, "scores")


def test_a_way_that_stops_working_gives_way_to_one_that_works_and_is_kept_in_its_place(reader, host):
    visit(reader)
    assert any("snapshot.zst" in url for url in kept(reader))
    reader.evaluate(
        """async () => {
            const cache = await caches.open((await caches.keys()).find((name) => name.startsWith("dog-primer ")));
            for (const key of await cache.keys()) if (key.url.includes("snapshot.zst")) await cache.delete(key);
        }"""
    )
    snapshot = host.folder / "vendor" / "start" / "snapshot.zst"
    snapshot.write_bytes(snapshot.read_bytes()[:-1] + b"x")
    reader.reload()
    run(reader, "scores")
    reader.wait_for_function(
        """async () => {
            const names = [];
            for (const name of await caches.keys()) {
                for (const { url } of await (await caches.open(name)).keys()) names.push(url);
            }
            const has = (file) => names.some((url) => url.includes(file));
            return ["stdlib.zst", "packages.zst", "rest.zst"].every(has) && !has("snapshot.zst");
        }""",
        timeout=KEPT,
    )
    expect(reader.locator("html")).to_have_attribute("data-offline", "ready", timeout=KEPT)
    host.off()
    reader.reload()
    run(reader, "scores")


def update(page):
    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")


def test_a_newer_version_is_offered_and_changes_nothing_until_it_is_taken_up(reader, host):
    visit(reader)
    before = len(kept(reader))
    host.change("softmax/index.html", "Scores to probabilities", "Scores to chances")
    update(reader)
    bar = reader.get_by_role("complementary", name="New version")
    expect(bar).to_contain_text("A new version of this site is ready", timeout=KEPT)
    assert len(kept(reader)) == before + 1, "what did not change was fetched again"
    reader.get_by_role("link", name="The second chapter takes it apart").click()
    expect(reader.locator("h1")).to_contain_text("Scores to probabilities")
    expect(reader.locator("html")).to_have_attribute("data-python", "off")  # the page listens
    run(reader, "softmax")
    second = reader.context.new_page()
    second.goto("softmax/")
    expect(second.locator("h1")).to_contain_text("Scores to probabilities")
    bar.get_by_role("button", name="Reload").click()
    expect(bar).to_contain_text("open in another tab")
    second.close()
    bar.get_by_role("button", name="Reload").click()
    expect(reader.locator("h1")).to_contain_text("Scores to chances", timeout=KEPT)
    expect(bar).to_have_count(0)
    assert len(kept(reader)) == before


def test_what_was_kept_under_an_older_name_is_taken_over_and_not_fetched_again(reader, host):
    host.change("softmax/index.html", "Scores to probabilities", "Scores to chances", name="primer")
    visit(reader)
    names = "async () => (await caches.keys()).map((name) => name.split(' ')[0])"
    assert reader.evaluate(names) == ["primer"]
    host.change("softmax/index.html", "Scores to chances", "Scores to probabilities")
    for path in ("perceptron/index.html", "vendor/start/snapshot.zst"):
        (host.folder / path).unlink()
    reader.context.new_cdp_session(reader).send("Network.clearBrowserCache")
    update(reader)
    bar = reader.get_by_role("complementary", name="New version")
    with reader.expect_navigation(timeout=KEPT):  # until then the page is the older one, and ready
        bar.get_by_role("button", name="Reload").click(timeout=KEPT)
    expect(reader.locator("html")).to_have_attribute("data-offline", "ready", timeout=KEPT)
    taken_over = "async () => (await caches.keys()).every((name) => name.startsWith('dog-primer '))"
    reader.wait_for_function(taken_over, timeout=KEPT)
    host.off()
    reader.goto("softmax/")
    expect(reader.locator("h1")).to_contain_text("Scores to probabilities")
    run(reader, "softmax")


def test_what_is_stored_is_told_and_cleared(reader):
    visit(reader)
    reader.evaluate("document.querySelector('py-cell').source = 'typed = 1'")  # and not yet kept
    reader.evaluate(
        """(path) => {
            localStorage.setItem("someone else", "stays");
            localStorage.setItem(`dog-primer/1${path}edit/softmax.md#softmax`, "goes");
        }""",
        MOUNT,
    )
    reader.get_by_role("button", name="Dark mode").click()
    reader.get_by_text("What is kept, and how to clear it").click()
    place = reader.locator("[data-storage]")
    expect(place).to_contain_text(re.compile(r"has stored [1-4]\d\.\d MB"))
    place.get_by_role("button", name="Clear what this site has stored").click()
    place.get_by_role("button", name="Yes, clear it all").click()
    expect(place).to_contain_text("Cleared")
    left = reader.evaluate(
        """async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
            Object.keys(localStorage)]"""
    )
    assert left == [0, 0, ["someone else"]]
    expect(reader.locator("py-cell[edited]")).to_have_count(0)  # forgotten: leaving the page keeps nothing again
    reader.goto("about:blank")
    reader.goto("softmax/")
    assert not reader.evaluate("Object.keys(localStorage).some((key) => key.includes('/edit/'))")


DAMAGE = """async (part) => {
  const name = (await caches.keys()).find((name) => name.startsWith("dog-primer "));
  const cache = await caches.open(name);
  const { url } = (await cache.keys()).find(({ url }) => url.includes(part + "?"));
  const whole = await cache.match(url);
  const bytes = new Uint8Array(await whole.arrayBuffer());
  bytes[bytes.length >> 1] ^= 1;
  await cache.put(url, new Response(bytes, { headers: whole.headers }));
}"""
IS_WHOLE = """async (part) => {
  const name = (await caches.keys()).find((name) => name.startsWith("dog-primer "));
  const cache = await caches.open(name);
  const { url } = (await cache.keys()).find(({ url }) => url.includes(part + "?"));
  const hash = await crypto.subtle.digest("SHA-256", await (await cache.match(url)).arrayBuffer());
  const found = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return found === new URL(url).searchParams.get("sha256");
}"""


def test_kept_files_that_were_damaged_are_found_by_their_hash_and_fetched_again(reader, host):
    visit(reader)
    damaged = ["vendor/start/pyodide.zst", "softmax/", "vendor/editor.mjs"]
    for path in damaged:
        reader.evaluate(DAMAGE, f"{MOUNT}{path}")
        assert not reader.evaluate(IS_WHOLE, f"{MOUNT}{path}")
    stop_worker(reader)
    reader.goto("softmax/")
    size = (host.folder / damaged[0]).stat().st_size
    assert reader.evaluate(FETCH, [host.url, damaged[0].removeprefix("vendor/")])["bytes"] == size
    cell(reader, "rounding").locator("[data-part=code]").click()
    expect(cell(reader, "rounding").locator(".cm-content")).to_be_focused(timeout=30_000)
    assert [path for path in damaged if not reader.evaluate(IS_WHOLE, f"{MOUNT}{path}")] == []


def stop_worker(page):
    """End the service worker, as the browser does after a while; it wakes at the next request."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


def test_an_altered_file_is_not_kept(reader, host):
    rest = host.folder / "vendor" / "start" / "rest.zst"
    rest.write_bytes(rest.read_bytes()[:-1] + b"x")
    told = []
    reader.on("console", lambda message: told.append(message.text))
    reader.goto("./")
    with reader.expect_console_message(lambda message: "not kept whole" in message.text, timeout=KEPT) as message:
        pass
    assert rest.name in message.value.text
    assert not any("rest.zst" in url for url in kept(reader))


def test_make_serve_takes_away_what_another_build_kept_at_its_address(reader, host):
    visit(reader)
    mark = '<meta name="offline" content="yes">'
    for page in host.folder.rglob("*.html"):
        page.write_text(page.read_text().replace(mark, ""))
    offline.remove(host.folder)
    reader.reload()
    expect(reader.locator("meta[name=offline]")).to_have_count(0, timeout=KEPT)  # it came back by itself
    reader.wait_for_load_state("networkidle")
    assert reader.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert reader.evaluate("caches.keys()") == []
