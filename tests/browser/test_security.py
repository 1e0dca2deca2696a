"""The policy of the pages holds, and nothing on the site needs what it refuses."""

import re

import pytest
from playwright.sync_api import expect

from cells_in_page import cell, drag, output, run, settled, type_instead
from tools import places
from tools.static_server import serving

ADDRESSES = ["./", "softmax/", "licences/", "404.html"]

WATCH = """addEventListener("securitypolicyviolation", (event) =>
    (window.violations ??= []).push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));"""


@pytest.fixture
def watched(page):
    """A page that writes down what its policy refuses."""
    page.add_init_script(WATCH)
    return page


def violations(page):
    return page.evaluate("window.violations ?? []")


def visit_everything(page):
    """Do all that a reader can do on the site."""
    page.goto("./")
    page.evaluate("window.sameVisit = true")
    run(page, "scores")
    drag(page, "scores", "duck", 0)
    expect(output(page, "scores").locator("svg")).to_be_visible()
    page.get_by_title("Switch to dark").click()
    page.get_by_role("link", name="Start with softmax").click()
    expect(page.locator("h1")).to_contain_text("Scores to probabilities")
    assert page.evaluate("window.sameVisit"), "the page was loaded anew: instant navigation is off"
    page.keyboard.press("f")
    page.keyboard.type("probabilities")  # Material listens to keys
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Escape")
    type_instead(page, "rounding", "import numpy as np\n")
    page.keyboard.type("np.argm")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("argmax")
    page.keyboard.press("Escape")
    type_instead(page, "rounding", "from primer import formula\nprint(1)")
    cell(page, "chart").get_by_role("button", name="Run", exact=True).click()
    settled(page, "chart", "done")


def test_a_whole_visit_breaks_the_policy_nowhere(watched):
    visit_everything(watched)
    assert violations(watched) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_a_policy_that_refuses_inline_scripts_eval_and_other_origins(watched, guard, address):
    guard.allow("Content Security Policy|Refused|violates|request to elsewhere")
    watched.goto(address)
    tried = watched.evaluate(
        """async () => {
            const script = Object.assign(document.createElement("script"), { textContent: "window.injected = 1" });
            document.head.append(script);
            const holder = document.createElement("div");
            holder.innerHTML = "<img src='data:image/png;base64,AA==' onerror='window.injected = 2'>";
            document.body.append(holder);
            const elsewhere = Object.assign(document.createElement("script"), { src: "http://localhost:9/x.js" });
            document.head.append(elsewhere);
            // In a timer: what the test itself evaluates may evaluate more.
            const evaluated = await new Promise((resolve) => setTimeout(() => {
                try { resolve(new Function("return true")()); } catch { resolve(false); }
            }));
            const fetched = await fetch("http://localhost:9/").then(() => true, () => false);
            await new Promise((resolve) => setTimeout(resolve, 200));
            return { injected: window.injected ?? null, evaluated, fetched };
        }"""
    )
    assert tried == {"injected": None, "evaluated": False, "fetched": False}
    refused = " ".join(violations(watched))
    for directive in ("script-src-elem: inline", "script-src-attr", "script-src-elem: http", "connect-src: http"):
        assert directive in refused, refused


@pytest.fixture
def strict_host(site_url):
    """A host that sends the policy as a header with every file, workers included."""
    folder = places.BUILD / "site-under-a-path"
    headers = dict(re.findall(r"^  ([\w-]+): (.+)$", (folder / "_headers").read_text(), re.M))
    with serving(folder, "/primer-site/", headers=headers) as address:
        yield address


def test_python_editor_and_charts_work_where_the_host_sends_the_policy_too(watched, guard, strict_host):
    guard.allow("request to elsewhere: " + re.escape(strict_host))
    watched.goto(strict_host + "softmax/")
    run(watched, "chart")
    drag(watched, "softmax", "duck", -3)
    settled(watched, "chart", "done")
    type_instead(watched, "rounding", "print(6 * 7)")
    run(watched, "rounding")
    expect(output(watched, "rounding")).to_have_text("42\n")
    assert violations(watched) == []
