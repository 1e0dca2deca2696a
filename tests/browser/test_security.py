"""The policy of the pages holds, and nothing on the site needs what it refuses."""

import random
import re
import string

import pytest

from at_once import expect
from cells_in_page import FEW, FULL, SITE, button, cell, drag, output, run, run_instead, settled, type_instead
from nasty import formulas, markups
from tools.serving.static_server import serving

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
    expect(output(page, "scores").locator("svg").first).to_be_visible()
    page.get_by_role("button", name="Dark mode").click()
    page.get_by_role("link", name="The second chapter takes it apart").click()
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
    button(page, "chart", "Run").click()
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
    folder = SITE
    headers = dict(re.findall(r"^  ([\w-]+): (.+)$", (folder / "_headers").read_text(), re.M))
    with serving(folder, "/primer-site/", headers=headers) as address:
        yield address


def test_python_editor_and_charts_work_where_the_host_sends_the_policy_too(watched, guard, strict_host):
    guard.allow("request to elsewhere: " + re.escape(strict_host))
    watched.goto(strict_host + "softmax/")
    run(watched, "chart")
    drag(watched, "softmax", "duck", -3)
    settled(watched, "chart", "done")
    run_instead(watched, "rounding", "print(6 * 7)")
    expect(output(watched, "rounding")).to_have_text("42\n")
    assert violations(watched) == []


EXAMINE = """async ({ texts, kind, base }) => {
    const rich = await import(`${base}runtime/cell/rich.mjs`);
    window.pwned ??= (number) => (window.caught ??= []).push(number);
    const place = document.createElement("div");
    document.body.append(place);
    const addresses = ["src", "href", "xlink:href", "srcset", "poster", "background", "action", "formaction", "data",
        "cite", "longdesc", "ping", "xml:base", "codebase", "manifest", "profile"];
    const tags = "script iframe frame object embed applet base meta link style form input button textarea select a use "
        + "animate animatetransform set foreignobject template portal fencedframe py-cell custom-x";
    const forbidden = new Set(tags.split(" "));
    const touched = new Set("data-drag data-name data-why data-marks-cell data-marks-code".split(" "));
    const bad = [];
    for (const text of texts) {
        try {
            if (kind === "latex") (await rich.formula(text))(place);
            else place.replaceChildren(await rich.markup(text, kind));
        } catch (error) {
            bad.push([String(error), text]);
        }
        for (const node of place.querySelectorAll("*")) {
            const isForbidden = kind !== "latex" && forbidden.has(node.localName.toLowerCase());
            if (isForbidden) bad.push([`<${node.localName}>`, text]);
            for (const { name, value } of node.attributes) {
                const offence = [`${name}=${value}`, text];
                const bare = value.replace(/[\\u0000-\\u0020]/g, "");
                const own = /^(#|data:image\\/(png|jpeg|gif|webp);)/i.test(bare);
                if (/^on/i.test(name)) bad.push(offence);
                else if (addresses.includes(name.toLowerCase()) && !own) bad.push(offence);
                else if (/^data-/.test(name) && !(kind === "svg" && touched.has(name))) bad.push(offence);
                else if (name === "style" && /elsewhere|position|image-set/i.test(value)) bad.push(offence);
                else if (/url\\s*\\(\\s*(?!["']?#)/i.test(value) && name !== "title") bad.push(offence);
            }
        }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    place.remove();
    // The browser tells of these already where DOMPurify reads the text, in a document without scripts.
    const refused = (window.violations ?? []).filter((one) => !/^(script-src-attr|base-uri)/.test(one));
    return { bad: bad.slice(0, 5), caught: window.caught ?? [], violations: refused };
}"""


@pytest.mark.parametrize(("kind", "seed"), [("html", 1), ("svg", 2), *([("html", 3), ("svg", 4)] if FULL else [])])
def test_no_output_can_become_script_or_reach_out(watched, guard, site_url, kind, seed):
    guard.allow("inline event handler|base URI|base-uri")
    asked = []
    watched.goto("softmax/")
    watched.wait_for_load_state("networkidle")
    texts = list(markups(3000 if FULL else 500, seed))
    watched.evaluate(EXAMINE, {"texts": texts[:1], "kind": kind, "base": site_url})  # the library comes
    watched.on("request", lambda request: asked.append(request.url))
    for start in range(0, len(texts), 500):
        batch = {"texts": texts[start : start + 500], "kind": kind, "base": site_url}
        assert watched.evaluate(EXAMINE, batch) == {"bad": [], "caught": [], "violations": []}
    assert [url for url in asked if not url.startswith("data:")] == []


def test_no_formula_can_become_script_or_reach_out(watched, site_url):
    watched.goto("softmax/")
    batch = {"texts": list(formulas(1000, 5)), "kind": "latex", "base": site_url}
    assert watched.evaluate(EXAMINE, batch) == {"bad": [], "caught": [], "violations": []}


MARKUP = "</script><img src=x onerror=pwned(40)><script>pwned(41)</script>"


def test_a_shared_link_can_bring_code_and_words_alone(watched, site_url):
    encode = "async ([base, edits]) => (await import(`${base}runtime/state/link.mjs`)).encode(edits)"
    watched.goto(FEW)
    for edits in ({"softmax": MARKUP}, {MARKUP: "1"}, {"softmax": f'"""{MARKUP}"""'}, [MARKUP], MARKUP):
        fragment = watched.evaluate(encode, [site_url, edits])
        watched.goto("about:blank")
        watched.goto(f"{FEW}{fragment}")
        if isinstance(edits, dict) and "softmax" in edits:
            code = cell(watched, "softmax").locator("[data-part=code]")
            expect(code).to_contain_text("<img src=x onerror=pwned(40)>")
        else:
            expect(watched.locator(".link-notice")).to_contain_text("cannot be shown")
        assert watched.locator("img[src=x]").count() == 0
        assert violations(watched) == []


def test_ten_thousand_damaged_links_are_refused_in_words(watched, site_url):
    watched.goto("softmax/")
    rng = random.Random(6)
    good = watched.evaluate(
        "async (base) => (await import(`${base}runtime/state/link.mjs`)).encode({ softmax: 'print(1)\\n'.repeat(20) })",
        site_url,
    )
    letters = string.ascii_letters + string.digits + "-_.=+/%<>\"'#\x00é"

    def damaged():
        text = list(good if rng.random() < 0.7 else "#v1." + "".join(rng.choices(letters, k=rng.randint(0, 200))))
        for _ in range(rng.randint(1, 5)):
            at = rng.randrange(len(text))
            text[at : at + rng.randint(0, 3)] = rng.choices(letters, k=rng.randint(0, 3))
            text = text or ["#"]
        return "".join(text)

    for _ in range(5):
        wrong = watched.evaluate(
            """async ([base, fragments]) => {
                const { decode } = await import(`${base}runtime/state/link.mjs`);
                const wrong = [];
                for (const fragment of fragments) {
                    await decode(fragment, ["softmax"]).then(
                        (edits) => Object.keys(edits).every((id) => id === "softmax") || wrong.push(fragment),
                        (error) => error.constructor === Error && /^(it |this page|the code)/.test(error.message)
                            || wrong.push(`${fragment}: ${error}`));
                }
                return wrong.slice(0, 5);
            }""",
            [site_url, [damaged() for _ in range(2000)]],
        )
        assert wrong == []
