"""All states of a cell on one page, in light and in dark: each is told in words, and nothing is cut off."""

from at_once import expect
from cells_in_page import PYTHON_STARTS, arrive, button, cell, error, settled, start, status, type_instead


def all_states(page):
    """Bring each cell of the page into its state."""
    arrive(page, "test-pages/cells/")
    page.evaluate(
        """async (edits) => {
            const runtime = new URL(".", document.querySelector('script[src*="runtime/main.mjs"]').src).href;
            location.hash = await (await import(`${runtime}state/link.mjs`)).encode(edits);
        }""",
        {"foreign": "import math\n\nx = 5\nprint(math.tau)"},
    )
    expect(cell(page, "foreign")).to_have_attribute("foreign", "")
    start(page, "broken", "print(dukc)", "error")
    type_instead(page, "edited", "treats = 4")
    for id, answer in (("wrong", "total = 2"), ("right", "sum_of_two = 2")):
        type_instead(page, id, answer)
        page.locator(f"py-exercise[for={id}]").get_by_role("button", name="Check", exact=True).click()
        expect(page.locator(f"py-exercise[for={id}]")).to_have_attribute("verdict", id)
    start(page, "waits", "while True: pass")
    button(page, "waits", "Stop").click()
    settled(page, "waits", "stopped")
    start(page, "runs", "while True: pass")
    expect(status(page, "runs")).to_contain_text("Running", timeout=PYTHON_STARTS)
    expect(button(page, "runs", "Stop")).to_be_visible()


def test_all_states_at_once(page, axe):
    all_states(page)
    told = {id: status(page, id).inner_text() for id in ("edited", "stale", "broken", "waits", "foreign", "runs")}
    assert told == {
        "edited": "Edited. Run shows what it does.",
        "stale": "“Edited” has changed and not run. Run runs both.",
        "broken": "Stopped by an error.",
        "waits": "Stopped. Change the code if you like, then Run.",
        "foreign": "From a link, and has not run. Read it, then Run; or Reset.",
        "runs": "Running, for 30 s at most …",
    }
    axe(page, and_at_night=True)
    clipped = page.locator("py-cell [data-part=status]").evaluate_all(
        "(all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1).map((one) => one.textContent)"
    )
    assert clipped == []


def test_while_python_comes_it_says_how_much_of_how_much(page, axe):
    held = []
    page.route("**/vendor/start/*.zst", lambda route: held.append(route))
    page.goto("test-pages/cells/")
    button(page, "idle", "Run").click()
    settled_height = cell(page, "idle").locator("[data-part=bar]").bounding_box()["height"]
    expect(status(page, "idle")).to_contain_text("MB")
    expect(cell(page, "idle")).to_have_attribute("state", "loading")
    assert cell(page, "idle").locator("[data-part=bar]").bounding_box()["height"] == settled_height == 44
    axe(page, and_at_night=True)
    for route in held:
        route.continue_()


def test_without_a_network_it_says_so_and_offers_to_try_again(page, axe, guard):
    guard.allow("Failed to load resource|could not|ERR_")
    page.route("**/vendor/**", lambda route: route.abort())
    page.goto("test-pages/cells/")
    button(page, "idle", "Run").click()
    expect(error(page, "idle")).to_contain_text("Python could not be loaded")
    expect(error(page, "idle").get_by_role("button", name="Retry")).to_be_visible()
    axe(page, and_at_night=True)
