"""What a person does with a cell, as functions for the tests."""

import os
import re

from playwright.sync_api import Locator, Page, Worker

from at_once import expect
from tools.base import places

SITE = places.BUILD / "site-of-the-tests"
"""The site that the tests visit, and that none of them changes."""
MOUNT = "/primer-site/"
"""The path below which it is served, as GitHub Pages does."""
CHAPTERS = ("perceptron/", "softmax/", "cross-entropy/", "backpropagation/", "train-your-dog/", "dog-stream/")
LESSONS = ("first-steps/", *CHAPTERS, "today/", "next-word/")
COURSE = ("./", *LESSONS, "reference/")
"""Addresses, in the order of reading: the chapters, all pages that teach, and all of the course."""
FULL = bool(os.environ.get("FULL"))
"""Whether what takes long and nearly never finds anything is tried, too: `FULL=1 make test`, as on every push."""
LEARNING = {"dog-stream", "today", "next-word"}
"""Pages of which one cell trains for ten seconds and more; what they show is compared with the build if FULL."""
FEW = "test-pages/softmax/"
"""A page of the tests with a few cells of the chapter on softmax: what moves there has one follower, not fifteen."""
NOTHING_FADES = """() => !document.getAnimations().some(
    (one) => one instanceof CSSTransition && one.effect.target.checkVisibility())"""
"""What is in a closed fold stands still in the middle of a transition."""
PYTHON_STARTS = 90_000
"""Milliseconds within which Python has started on any machine; a wait ends as soon as it has."""


def cell(page: Page, id: str) -> Locator:
    return page.locator(f"py-cell#{id}")


def output(page: Page, id: str) -> Locator:
    return cell(page, id).locator("[data-part=output]")


def error(page: Page, id: str) -> Locator:
    return cell(page, id).locator("[data-part=error]")


def button(page: Page, id: str, name: str) -> Locator:
    """One of the cell's own buttons: its accessible name goes on with the cell's title ("Run: Three scores")."""
    return cell(page, id).get_by_role("button", name=re.compile(f"^{name}: "))


def control(page: Page, id: str, name: str) -> Locator:
    """What sets a parameter: a slider, a choice, a field."""
    return cell(page, id).locator(f"[name={name}]")


def copy_link(page: Page, id: str) -> None:
    """Press Copy link, in the menu of what is rarely wanted."""
    button(page, id, "More").click()
    button(page, id, "Copy link").click()


def status(page: Page, id: str) -> Locator:
    """The line of words beside the cell's buttons."""
    return cell(page, id).locator("[data-part=status]")


def spoken(page: Page) -> Locator:
    """What the page's one announcer said last."""
    return page.locator("[data-part=announcer]")


def arrive(page: Page, address: str) -> None:
    """Go to a page, and wait until its script is there."""
    page.goto(address)
    expect(spoken(page)).to_be_attached()


def settings(page: Page) -> Locator:
    """What a reader can set, at the end of a page, opened."""
    section = page.get_by_role("region", name="Settings of the snippets")
    if not section.locator("details").evaluate("(one) => one.open"):
        section.get_by_text("Settings", exact=True).click()
    return section


def run(page: Page, id: str) -> None:
    """Press Run and wait until the cell is done."""
    button(page, id, "Run").click()
    settled(page, id, "done")


def settled(page: Page, id: str, state: str) -> None:
    """Wait until the cell is in this state and shows what belongs to it."""
    if state != "running":
        expect(page.locator("html[data-behind]")).to_have_count(0, timeout=PYTHON_STARTS)
    expect(cell(page, id)).to_have_attribute("state", state, timeout=PYTHON_STARTS)
    expect(cell(page, id).locator("[data-undrawn]")).to_have_count(0)


def type_instead(page: Page, id: str, source: str) -> None:
    """Open the editor, select all and type, as a person does."""
    code = cell(page, id).locator("[data-part=code]")
    code.click()
    editor = code.locator(".cm-content")
    expect(editor).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(source)


def source(page: Page, id: str) -> str:
    return str(cell(page, id).evaluate("cell => cell.source"))


def drag(page: Page, id: str, name: str, value: float, then: str = "") -> None:
    """Move a slider to a value, as a pointer does: through input events; wait until the cell is in a state `then`."""
    cell(page, id).locator(f"input[name={name}]").fill(str(value))
    if then:
        settled(page, id, then)


def enter(field: Locator, text: object, key: str = "Tab") -> None:
    """Type into a field, and leave it by a key."""
    field.fill(str(text))
    field.press(key)


def by_night(page: Page) -> None:
    """Have the page's reader prefer dark from now on."""
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.wait_for_function(NOTHING_FADES)  # no colour is on its way to another


def is_python(worker: Worker) -> bool:
    """Whether a worker is one of ours; the other is the search's."""
    return "search" not in worker.url


def start(page: Page, id: str, source: str, then: str = "") -> None:
    """Type a source and run it; wait until the cell is in a state `then`, if one is named."""
    type_instead(page, id, source)
    page.keyboard.press("Control+Enter")
    if then:
        settled(page, id, then)


def run_instead(page: Page, id: str, source: str) -> None:
    """Type a source, press Run and wait until the cell is done."""
    type_instead(page, id, source)
    run(page, id)


def all_works(page: Page) -> None:
    """The same cell runs on, another does, and the numbers are the right ones."""
    run_instead(page, "rounding", "import numpy as np\nprint(len([1, 2]), np.exp(0.0), sum([1.5, 2]))")
    expect(output(page, "rounding")).to_have_text("2 1.0 3.5\n")
    expect(error(page, "rounding")).to_be_empty()
    run(page, "softmax")
    expect(output(page, "softmax")).to_contain_text("P(duck) = 0.7054\nP(dog) = 0.2595\nP(cat) = 0.0351\nsum = 1.0000")


def the_next_works(page: Page) -> None:
    """Another cell runs on, and its numbers are the right ones."""
    run(page, "softmax")
    expect(output(page, "softmax")).to_contain_text("P(duck) = 0.7054")
    expect(error(page, "softmax")).to_be_empty()
