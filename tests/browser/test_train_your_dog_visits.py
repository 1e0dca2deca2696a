"""Visits to the lab “Train your dog”: before Python, after a reload, by a link, on a telephone, without JavaScript."""

import re

import pytest

from at_once import expect
from cells_in_page import PYTHON_STARTS, cell, enter, source, type_instead
from dog_in_page import open_page, put, reaches
from lab_in_page import figure, lab, number, press, state, summary
from tools.base import places

PAGE = (places.ROOT / "site" / "train-your-dog.md").read_text(encoding="utf-8")


def test_before_python_the_start_is_in_sight_and_can_be_read(page):
    open_page(page)
    state(page, "idle")
    expect(page.locator("html")).to_have_attribute("data-python", "off")
    assert (number(page, "epoch"), number(page, "test-loss")) == (0, pytest.approx(1.3, abs=0.1))
    expect(lab(page).get_by_role("img", name="Plane of noise over fur")).to_be_visible()
    expect(
        lab(page).get_by_role("img", name=re.compile("300 records to learn from and 100 for the test"))
    ).to_be_visible()
    expect(lab(page).get_by_role("img", name="Loss in nats, at epoch 0: training 1.302, test 1.301.")).to_be_visible()
    expect(lab(page).locator("[data-part=curves] path.train").first).to_have_attribute("d", re.compile("h0$"))
    assert lab(page).locator("[data-part=network] canvas").count() == 2 + 4 + 4


def test_a_reload_brings_the_training_back(page):
    open_page(page)
    put(page, "hidden", "3")
    press(page, "Train")
    reaches(page, 3)
    press(page, "Pause", "paused")
    stood, loss = number(page, "epoch"), number(page, "test-loss")
    page.reload()
    state(page, "paused")
    assert (number(page, "epoch"), number(page, "test-loss")) == (stood, loss)
    expect(lab(page).locator("[name=hidden]")).to_have_value("3")
    expect(summary(page)).to_contain_text("Your training is back")
    press(page, "Resume")
    reaches(page, stood + 2)


def test_a_link_has_all_settings_and_runs_nothing_by_itself(dog, new_context):
    put(dog, "data", "rings")
    put(dog, "hidden", "6,5")
    put(dog, "learning_rate", 0.25)
    type_instead(dog, "update", source(dog, "update") + "\n# mine")
    press(dog, "Copy link")
    expect(summary(dog)).to_contain_text("Link with your edits copied")
    link = dog.evaluate("navigator.clipboard.readText()")
    other = new_context().new_page()
    other.goto(link)
    expect(lab(other)).to_contain_text("This link brings settings")
    for name, value in {"data": "rings", "hidden": "6,5", "learning_rate": "0.25", "batch_size": "10"}.items():
        expect(lab(other).locator(f"[name={name}]")).to_have_value(value)
    expect(lab(other)).to_contain_text("Code from a link has not run: “Update: a step downhill”")
    expect(other.locator("html")).to_have_attribute("data-python", "off")
    press(other, "Step")
    expect(lab(other).get_by_role("heading", name="Step 1, in numbers")).to_be_visible(timeout=PYTHON_STARTS)
    assert lab(other).evaluate("lab => lab.value.layers.map(([, bias]) => bias.length)") == [6, 5, 4]


def test_a_link_with_an_edited_weight_begins_with_it(dog, new_context):
    lab(dog).locator("[data-place='0 0 0']").click(force=True)
    box = lab(dog).get_by_label("weight from fur to neuron 1", exact=True)
    enter(box, "7.5", "Enter")
    expect(summary(dog)).to_contain_text("is 7.5 now")
    press(dog, "Copy link")
    expect(summary(dog)).to_contain_text("copied")
    other = new_context().new_page()
    other.goto(dog.evaluate("navigator.clipboard.readText()"))
    press(other, "Step")
    expect(lab(other).get_by_role("heading", name="Step 1, in numbers")).to_be_visible(timeout=PYTHON_STARTS)
    assert lab(other).evaluate("lab => lab.value.lesson.before[0][0][0][0]") == 7.5


def test_readers_who_want_less_motion_get_fewer_pictures(new_context):
    page = new_context(reduced_motion="reduce").new_page()
    open_page(page)
    expect(figure(page, "epoch")).to_be_visible()
    page.evaluate(
        "() => { window.drawn = 0; new MutationObserver(() => window.drawn++).observe("
        "document.querySelector('[data-figure=epoch]'), { childList: true, subtree: true, characterData: true }) }"
    )
    put(page, "epochs", 60)
    press(page, "Train", "trained")
    assert number(page, "epoch") == 60
    assert page.evaluate("window.drawn") < 30


def test_on_a_small_telephone_it_fits_and_is_touched(phone):
    open_page(phone)
    lab(phone).get_by_role("button", name="Step", exact=True).tap()
    expect(lab(phone).get_by_role("heading", name="Step 1, in numbers")).to_be_visible(timeout=PYTHON_STARTS)
    lab(phone).locator("[data-place='0 -1 0']").tap()
    expect(lab(phone).get_by_label("bias of neuron 1", exact=True)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    for one in lab(phone).locator("button").all():
        if one.is_visible():
            assert one.bounding_box()["height"] >= 43.5


BETWEEN = """() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const [plane, loss] = [box("[data-part=plane]"), box("[data-part=charts] > :first-child")];
  scrollBy(0, Math.min(plane.top, loss.top) - box(".md-header").bottom);
  const [head, bar] = [box(".md-header").bottom, box("py-lab > [data-part=bar]")];
  const inside = ["[data-part=plane]", "[data-part=charts] > :first-child"].map(box);
  return {ends: innerHeight - bar.bottom, height: bar.height,
          seen: inside.map(({top, bottom}) => top >= head - 1 && bottom <= bar.top + 1)};
}"""


@pytest.mark.parametrize("has_fonts", [True, False])
def test_on_a_telephone_its_buttons_are_pinned_below_the_plane_and_the_loss(new_context, guard, has_fonts):
    page = new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True).new_page()
    if not has_fonts:  # slow to come: the browser's own are wider
        page.route(re.compile(r"\.woff2"), lambda route: route.abort())
        guard.allow("ERR_FAILED")
    open_page(page)
    found = page.evaluate(BETWEEN)
    assert found["seen"] == [True, True]
    assert abs(found["ends"]) <= 1
    assert found["height"] < 70  # one row of buttons


def test_each_number_has_its_steps_for_fingers_and_for_keys(page):
    open_page(page)
    settings = lab(page).get_by_role("group", name="Settings of the training")
    numbers = settings.locator("input[type=number]")
    expect(settings.get_by_role("button", name="Learning rate: more")).to_be_visible()  # comes by script
    assert settings.get_by_role("button").count() == 2 * numbers.count() > 0
    rate, batch = settings.locator("[name=learning_rate]"), settings.locator("[name=batch_size]")
    settings.get_by_role("button", name="Learning rate: more").click()
    expect(rate).to_have_value("0.3")
    rate.press("ArrowDown")
    rate.press("ArrowDown")
    expect(rate).to_have_value("0.03")
    settings.get_by_role("button", name="Batch size: less").click()
    expect(batch).to_have_value("9")
    enter(batch, "1000")
    expect(settings.get_by_text("Batch size is a whole number from 1 to 400.")).to_be_visible()


def test_accessible_with_the_numbers_of_a_step_and_an_open_weight(page, axe):
    open_page(page)
    press(page, "Step")
    expect(lab(page).get_by_role("heading", name="Step 1, in numbers")).to_be_visible(timeout=PYTHON_STARTS)
    lab(page).locator("[data-place='0 -1 0']").click()
    axe(page, and_at_night=True)


def test_without_javascript_the_page_says_what_the_lab_is_and_shows_what_training_leads_to(plain):
    plain.goto("train-your-dog/")
    expect(lab(plain)).to_contain_text("with JavaScript on, a network learns before your eyes")
    expect(cell(plain, "by-epoch").locator("[data-output=svg] svg")).to_be_visible()
    expect(cell(plain, "by-epoch")).to_contain_text("test accuracy =")
