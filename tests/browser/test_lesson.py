"""What an address carries for a lesson: numbers that show at once, what is hidden, where it starts, a code to scan."""

import io

import pytest
import zxingcpp
from PIL import Image

from at_once import expect
from cells_in_page import FEW, button, cell, copy_link, drag, error, output, run, settled, source, status, type_instead
from test_first_links import fragment
from test_links import follow, notice

CHAPTER = (FEW, "softmax")


@pytest.fixture
def friend(new_context):
    return new_context().new_page()


def copied(page, id):
    copy_link(page, id)
    expect(status(page, id)).to_contain_text("copied")
    return page.evaluate("navigator.clipboard.readText()")


def scanned(page):
    """What a camera that sees the screen reads."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    return found.text


def test_numbers_that_were_set_by_controls_show_at_once(warm, friend):
    drag(warm, "softmax", "duck", 5, "done")
    friend.goto(copied(warm, "softmax"))
    settled(friend, "softmax", "done")
    expect(output(friend, "softmax")).to_have_text(output(warm, "softmax").inner_text())
    expect(notice(friend)).to_have_text("This link has set “Softmax of three scores”.")
    expect(cell(friend, "softmax").locator("input[name=duck]")).to_have_value("5")
    expect(cell(friend, "softmax")).not_to_have_attribute("foreign", "")


@pytest.mark.parametrize(
    ("old", "new"), [("duck = 2.0", "duck = 5.0; import js"), ("duck = 2.0", "duck = 1e9"), ("\n", "\nprint(1)\n")]
)
def test_code_among_the_numbers_waits(page, old, new):
    page.goto(FEW)
    theirs = source(page, "softmax").replace(old, new, 1)
    follow(page, fragment(softmax=theirs))
    expect(cell(page, "softmax")).to_have_attribute("foreign", "")
    assert source(page, "softmax") == theirs
    expect(page.locator("html")).to_have_attribute("data-python", "off")


def test_numbers_beside_code_wait_with_it(page):
    page.goto(FEW)
    theirs = source(page, "softmax").replace("duck = 2.0", "duck = 5.0")
    follow(page, fragment(softmax=theirs, rounding="print('theirs')"))
    expect(cell(page, "rounding")).to_have_attribute("foreign", "")
    expect(cell(page, "softmax")).not_to_have_attribute("foreign", "")
    expect(notice(page)).to_contain_text("This link changes one snippet")
    expect(page.locator("html")).to_have_attribute("data-python", "off")
    run(page, "softmax")
    expect(output(page, "rounding")).not_to_contain_text("theirs")


def test_ones_own_edit_is_kept_beside_numbers_of_a_link(warm):
    built = source(warm, "softmax")
    type_instead(warm, "softmax", f"{built}\nprint('mine')")
    run(warm, "softmax")
    follow(warm, fragment(softmax=built.replace("duck = 2.0", "duck = 5.0")))
    expect(output(warm, "softmax")).not_to_contain_text("mine")
    cell(warm, "softmax").get_by_role("button", name="Back to mine").click()
    assert source(warm, "softmax").endswith("print('mine')")


def test_a_teacher_hides_solutions_and_hints(page, guard):
    page.goto("softmax/?hide=solutions,hints")
    exercise = page.locator("py-exercise").first
    expect(exercise.locator("[data-action=check]")).to_be_visible()
    for name in ("Hint", "Show solution"):
        expect(exercise.get_by_role("button", name=name)).to_have_count(0)
    expect(notice(page)).to_have_count(0)
    page.goto("softmax/?hide=solutions")
    expect(exercise.get_by_role("button", name="Hint")).to_be_visible()
    page.goto("softmax/?hide=everything")
    expect(notice(page)).to_have_text("This address asks to hide “everything”; expected one of: solutions, hints.")


def test_an_address_starts_a_cell_and_goes_there(page):
    page.goto("softmax/?start=rounding")
    settled(page, "rounding", "done")
    expect(cell(page, "rounding")).to_be_in_viewport()
    assert page.evaluate("document.getElementById('rounding').outputs.length")
    page.goto("softmax/?start=roundin")
    expect(notice(page)).to_contain_text("This address asks to start “roundin”; this page has: ")
    expect(notice(page)).to_contain_text("rounding")


def test_an_address_that_starts_a_cell_gives_a_links_code_no_leave(page):
    page.goto("softmax/?start=rounding" + fragment(rounding="print('theirs')"))
    expect(cell(page, "rounding")).to_have_attribute("foreign", "")
    expect(page.locator("html")).to_have_attribute("data-python", "off")
    expect(output(page, "rounding")).not_to_contain_text("theirs")


def test_the_link_is_a_code_that_a_camera_reads_and_leads_to_the_same_numbers(warm, friend):
    drag(warm, "softmax", "duck", 5, "done")
    button(warm, "softmax", "More").click()
    button(warm, "softmax", "QR code").click()
    dialog = warm.get_by_role("dialog", name="QR code: Softmax of three scores")
    expect(dialog).to_be_visible()
    text = scanned(warm)
    expect(dialog.get_by_role("link")).to_have_attribute("href", text)
    warm.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    friend.goto(text)
    settled(friend, "softmax", "done")
    expect(output(friend, "softmax")).to_have_text(output(warm, "softmax").inner_text())


def test_a_link_that_no_camera_reads_is_refused_in_words(page):
    page.goto(FEW)
    type_instead(page, "rounding", "# " + "".join(chr(0x4E00 + 37 * k % 9000) for k in range(900)))
    button(page, "rounding", "More").click()
    button(page, "rounding", "QR code").click()
    expect(status(page, "rounding")).to_contain_text("Too much for a QR code: the link has ")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(error(page, "rounding")).to_be_empty()


def test_on_a_wall_one_part_stands_at_a_time_and_keys_turn_it(page, axe):
    page.goto("softmax/?view=slides")
    expect(page.locator(".md-header")).to_be_hidden()
    first, second = page.locator("#move-a-score"), page.locator("#the-formula-with-your-numbers-in-it")
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    bar = page.get_by_role("region", name="Slides")
    expect(bar).to_contain_text("1 of ")
    page.keyboard.press("ArrowRight")
    expect(second).to_be_visible()
    expect(first).to_be_hidden()
    expect(bar).to_contain_text("2 of ")
    axe(page)
    page.keyboard.press("PageUp")
    drag(page, "softmax", "duck", 5, "done")
    cell(page, "softmax").locator("input[name=duck]").press("ArrowRight")  # a control keeps its keys
    expect(first).to_be_visible()
    bar.get_by_role("button", name="Next").click()
    expect(second).to_be_visible()
    page.locator("body").press("End")
    expect(page.locator(".ending")).to_be_visible()  # and not what is to be taken along
    expect(page.locator(".take-along")).to_be_hidden()
    page.goto("teach/?view=slides")  # has no parts, and stays as it is
    expect(page.locator(".md-header")).to_be_visible()
    expect(bar).to_have_count(0)
    page.goto("softmax/?view=slides#what-rounding-does")
    expect(page.locator("#what-rounding-does")).to_be_visible()
    expect(first).to_be_hidden()


def test_on_a_wall_a_part_has_its_pictures_in_view_and_no_column_of_three_words(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("backpropagation/?view=slides")
    expect(page.get_by_role("region", name="Slides")).to_be_visible()
    for times, id in ((0, "split-picture"), (1, "tanh"), (1, "stepper")):
        for _ in range(times):
            page.keyboard.press("ArrowRight")
        box = output(page, id).locator("figure svg").first.bounding_box()
        assert 150 < box["height"] < 720 - box["y"], id
    line = output(page, "stepper").locator("pre").first.bounding_box()
    assert line["width"] > 240


def test_what_few_ask_for_and_cannot_be_had_takes_nothing_else_away(page, guard):
    guard.allow("Failed to load resource|ERR_FAILED")
    for name in ("lesson", "sharing", "work"):
        page.route(f"**/vendor/{name}.mjs", lambda route: route.abort())
    page.goto("softmax/?embed=softmax")
    expect(notice(page)).to_have_text("What this address asks for could not be fetched. You see the page as it is.")
    expect(cell(page, "rounding")).to_be_visible()
    run(page, "softmax")
    button(page, "softmax", "More").click()
    button(page, "softmax", "QR code").click()
    expect(status(page, "softmax")).to_have_text("What makes it could not be fetched. Are you online?")
    page.goto("hand-in/")
    expect(page.locator("[data-part=hand-in]")).to_contain_text("could not be fetched: it is kept")
