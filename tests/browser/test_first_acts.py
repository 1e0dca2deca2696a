"""Nothing that a reader does is lost, from the first paint on: neither before the page's script has come nor after.

Each visit is a fresh browser's over a real slow link, its service worker on. What the server has sent says which moment
it is, no clock, and every kind of act is done at each of the five. Most kinds add up (a slider is moved by one step at
each), so that the end of a visit says whether one of them was lost.
"""

import re
from contextlib import ExitStack

import pytest

from at_once import expect
from cells_in_page import FULL, MOUNT, PYTHON_STARTS, SITE, button, cell, control, copy_link, output, settled, source
from figures_in_page import pull, value
from gates import Gate, answering
from lab_in_page import figure, lab, press, state
from tools.serving.slow_link import Link, slowed
from tools.serving.static_server import serving

LINKS = {
    "50 ms, 20 Mbit": Link(round_trip=50, megabits=20),
    "150 ms, 1.6 Mbit": Link(round_trip=150, megabits=1.6),
    "400 ms, 0.4 Mbit": Link(round_trip=400, megabits=0.4),
}
# What the server has sent says which moment it is, however quick the link: the slower ones are for FULL=1. Python's
# 8 MB take 40 s at 1.6 Mbit and 160 s at 0.4: there every act is carried out as far as the page itself can.
if not FULL:
    LINKS = dict(list(LINKS.items())[:1])
WITH_RESULTS = {"50 ms, 20 Mbit", "150 ms, 1.6 Mbit"}
MOMENTS = ("first paint", "script asked for", "half of it there", "elements defined", "Python on its way")
BEFORE = MOMENTS[:3]
HEARD = "Heard: the page, then Python …"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"


class Reader:
    """A fresh browser at the end of a slow link, and what the server holds back."""

    def __init__(self, browser, browser_context_args, guard, link, stack):
        gates = [Gate("runtime/main.mjs"), Gate("train-your-dog.mjs"), Gate("dog-stream.mjs"), Gate("pyodide.zst")]
        self.script, *self.labs, self.python = gates
        for gate in gates:
            stack.callback(gate.open)
        site = stack.enter_context(serving(SITE, MOUNT, compresses=True, answer=answering(*gates)))
        self.url = stack.enter_context(slowed(site, link))
        guard.origin = self.url.removesuffix(MOUNT)
        options = {**browser_context_args, "service_workers": "allow", "base_url": self.url}
        self.context = stack.enter_context(browser.new_context(**options))
        guard.watch(self.context)
        self.page = self.context.new_page()

    def moments(self, path):
        """Come to each moment in turn."""
        self.page.goto(path, wait_until="commit")
        self.page.wait_for_function(PAINTED)
        yield MOMENTS[0]
        self.script.wait()
        yield MOMENTS[1]
        self.script.let_half()
        yield MOMENTS[2]
        self.script.open()
        self.page.wait_for_function("() => document.querySelector('py-cell')?.hears")
        yield MOMENTS[3]
        for one in self.labs:
            one.open()
        self.page.wait_for_function("() => document.querySelector('py-lab')?.hears ?? true")
        self.python.wait()
        expect(self.page.locator("html")).to_have_attribute("data-python", "loading")
        yield MOMENTS[4]


@pytest.fixture
def reader(browser, browser_context_args, guard, site_url):
    assert site_url
    with ExitStack() as stack:
        yield lambda link: Reader(browser, browser_context_args, guard, LINKS[link], stack)


RUNS = dict(zip(MOMENTS, ("pictures", "odd", "line", "network", "forever"), strict=True))
CHECKS = dict(zip(BEFORE, ("cat-detector", "one-lesson", "bird-or-cat"), strict=True))
CHOICES = dict(zip(MOMENTS, ("cat", "bird", "toaster", "dog", "bird"), strict=True))


def act(page, moment):
    """Do one act of each kind, and see that each is heard at once."""
    number = MOMENTS.index(moment) + 1
    is_early = moment in BEFORE

    button(page, RUNS[moment], "Run").click()
    expect(cell(page, RUNS[moment])).to_have_attribute("state", "loading")
    if is_early:
        expect(cell(page, RUNS[moment]).locator("[data-part=status]")).to_contain_text(HEARD)
        expect(page.locator("[data-part=announcer]")).to_have_text(HEARD)

    control(page, "weigh", "w_fur").press("ArrowRight")
    expect(cell(page, "weigh").locator("[data-for=w_fur]")).to_have_value(f"{1 + number / 10:g}")
    expect(cell(page, "weigh")).to_have_attribute("state", "loading")

    box = cell(page, "decide").locator("[data-for=bias]")
    box.press("End")
    box.press_sequentially(str(number))
    typed = "-0.5" + "".join(map(str, range(1, number + 1)))
    expect(box).to_have_value(typed)

    control(page, "weigh", "picture").select_option(CHOICES[moment])

    slider = control(page, "soft", "heaviness")
    slider.scroll_into_view_if_needed()
    wide = slider.bounding_box()
    page.mouse.click(wide["x"] + wide["width"] * number / 6, wide["y"] + wide["height"] / 2)
    twin = cell(page, "soft").locator("[data-for=heaviness]")
    assert float(twin.input_value()) == float(slider.input_value()) != 2

    before = float(control(page, "quadrants", "fur_cut").input_value())
    pull(page, cell(page, "quadrants").locator("[data-drag^=fur_cut]"), 12)
    assert float(control(page, "quadrants", "fur_cut").input_value()) > before

    code = cell(page, "slopes").locator("[data-part=code] [contenteditable]:visible")
    code.press("ControlOrMeta+End")
    page.keyboard.type(f"#{number}")
    expect(code).to_contain_text("".join(f"#{k}" for k in range(1, number + 1)))
    expect(cell(page, "slopes")).to_have_attribute("edited", "")
    page.keyboard.press("Control+Enter")
    expect(cell(page, "slopes")).to_have_attribute("state", "loading")

    copy_link(page, "lesson")
    lesson = control(page, "lesson", "step")
    lesson.press("ArrowRight")
    button(page, "lesson", "Reset").click()
    if is_early:
        exercise = page.locator(f"py-exercise[for={CHECKS[moment]}]")
        exercise.get_by_role("button", name="Check").click()
        expect(exercise.locator("[data-part=note]")).to_have_text("Checking …")
        expect(cell(page, CHECKS[moment])).to_have_attribute("state", "loading")


@pytest.mark.parametrize("link", LINKS)
def test_every_act_in_a_chapter_is_kept_shown_as_heard_and_carried_out(reader, link):
    """Eleven kinds of acts at five moments; over the quickest link until they have come to their results."""
    visitor = reader(link)
    page = visitor.page
    for moment in visitor.moments("perceptron/"):
        act(page, moment)
        if moment == "elements defined":
            expect(page.locator("html")).to_have_attribute("data-python", re.compile("loading|off"))
            assert page.evaluate("navigator.clipboard.readText()").startswith(f"{visitor.url}perceptron/#v1.")
            for id in (*list(RUNS.values())[:4], *CHECKS.values(), "weigh", "decide", "soft", "quadrants", "slopes"):
                expect(cell(page, id)).to_have_attribute("state", "loading")
    assert value(page, "weigh", "w_fur") == pytest.approx(1.5)
    assert value(page, "decide", "bias") == -0.512345
    assert 'picture = "bird"' in source(page, "weigh")
    assert value(page, "soft", "heaviness") == pytest.approx(0.5 + 19.5 * 5 / 6, abs=1)
    assert value(page, "quadrants", "fur_cut") > 0.3 + 4 * 0.05
    assert source(page, "slopes").endswith("#1#2#3#4#5")
    assert source(page, "lesson") == page.evaluate("document.querySelector('py-cell#lesson').built.source")
    expect(page.locator(".early-notice")).to_have_count(0)
    if link not in WITH_RESULTS:
        return
    visitor.python.open()
    for id in (*RUNS.values(), "weigh", "decide", "soft", "quadrants", "slopes"):
        settled(page, id, "done")
    for id in CHECKS.values():
        expect(page.locator(f"py-exercise[for={id}]")).to_have_attribute("verdict", "wrong", timeout=PYTHON_STARTS)
    expect(output(page, "weigh")).to_contain_text("fur:    1.5 *")


@pytest.mark.parametrize(
    ("path", "name", "link"),
    [
        *(("train-your-dog/", "Train", link) for link in LINKS),
        ("train-your-dog/", "Step", "50 ms, 20 Mbit"),
        ("dog-stream/", "Train", "50 ms, 20 Mbit"),
    ],
)
def test_a_lab_that_is_begun_before_its_own_script_has_come_begins(reader, path, name, link):
    """Begun, paused and begun again at each of the moments, its script held until the page's is there."""
    visitor = reader(link)
    page = visitor.page
    main = lab(page).locator("[data-action=train]")
    for moment in visitor.moments(path):
        if moment in MOMENTS[1:4]:
            main.click()
            expect(main).to_have_text("Train")
            expect(lab(page)).to_have_attribute("state", "idle")
        if moment != MOMENTS[4]:
            press(page, name)
            expect(lab(page).locator("[data-part=summary]")).to_have_text(HEARD)
        expect(main).to_have_text("Pause")
        state(page, "loading")
        expect(lab(page).get_by_role("button", name="Step", exact=True)).to_be_disabled()
    expect(main).to_be_focused() if name == "Train" else None
    if link in WITH_RESULTS and path == "train-your-dog/":
        visitor.python.open()
        if name == "Step":
            expect(lab(page)).to_contain_text("Its numbers stand below", timeout=PYTHON_STARTS)
            expect(lab(page).get_by_role("button", name="Step", exact=True)).to_be_focused()
        else:
            expect(figure(page, "epoch")).not_to_have_text("0", timeout=PYTHON_STARTS)
