"""The stream of dogs, trained: what it reaches, pictures that come past, and one seen closely."""

import base64
import math
import re

import numpy as np
import pytest

from at_once import expect
from cells_in_page import PYTHON_STARTS, spoken
from lab_in_page import figure, lab, number, press, state
from primer.labs.stream import begin, look, save, train
from primer.pictures import split
from primer.pictures.images import png
from stream_in_page import FIGURES, alert, open_page, part, said, stream


def test_before_anything_is_trained_the_belt_and_the_curves_show_what_the_build_saw(plain, page, phone):
    for one, count in ((plain, 8), (page, 8), (phone, 2)):
        one.goto("dog-stream/")
        there = one.locator("py-lab#dog-stream")
        expect(there.locator(".strip > li")).to_have_count(count)
        expect(there.locator("[data-part=untrained]")).to_contain_text(re.compile(r"it names \d of 8 correctly"))
        expect(there.locator(".built figcaption")).to_have_text([re.compile("when this page was built$")] * 2)
        expect(there.locator(".built path.test").first).to_have_attribute("d", re.compile("^M.*L"))


@pytest.fixture(scope="module")
def trained_visit(long_visit):
    """One visit in which the network of the page's own settings is trained, once for all tests that only look at it."""
    page = open_page(long_visit)
    press(page, "Train", "trained")
    return page


@pytest.fixture
def trained(trained_visit, guard):
    guard.watch(trained_visit.context)
    return trained_visit


def test_it_reaches_the_goal_on_new_photographs_and_is_honest_about_new_breeds(trained):
    assert number(trained, "test-accuracy") >= 0.97
    assert number(trained, "new-breeds-accuracy") < 0.7
    assert number(trained, "epoch") == 12
    built = trained.locator("[data-expr*='new breeds']").first.text_content()
    expect(lab(trained).locator(".built")).to_have_count(0)
    assert math.isclose(number(trained, "new-breeds-accuracy") * 100, float(built.rstrip("%")), abs_tol=1)
    expect(lab(trained).get_by_text("done", exact=True)).to_be_visible()


def test_the_confusion_matrices_add_up_to_the_accuracies(trained):
    for caption, name in (("New photographs", "test-accuracy"), ("New breeds", "new-breeds-accuracy")):
        rows = lab(trained).get_by_role("table").filter(has_text=caption).locator("tbody tr")
        counts = np.array([[int(text) for text in row.locator("td").all_inner_texts()] for row in rows.all()])
        assert counts.shape == (4, 4)
        assert counts.sum() == 1000
        assert math.isclose(np.trace(counts) / 1000, number(trained, name), abs_tol=1e-9)


def test_the_first_neurons_are_shown_as_pictures_that_say_for_what_they_speak(trained):
    neurons = part(trained, "inside").get_by_role("img")
    expect(neurons).to_have_count(32)
    expect(neurons.first).to_have_attribute(
        "aria-label", re.compile(r"^Neuron \d+, speaks for (toaster|bird|cat|dog)$")
    )
    assert neurons.first.evaluate("c => new Set(c.getContext('2d').getImageData(0, 0, 20, 20).data).size") > 20


def test_the_dogs_of_the_stream_go_into_the_album_and_the_threshold_moves_precision_and_recall(trained):
    stream(trained, 60)
    tally = r"(\d+) dogs? and (\d+) others? saved, (\d+) dogs? missed"
    expect(part(trained, "tally")).to_contain_text(re.compile(tally))
    dogs, others, missed = map(int, re.search(tally, part(trained, "tally").inner_text()).groups())
    expect(figure(trained, "album-count")).to_have_text(str(dogs + others))
    assert math.isclose(number(trained, "precision"), dogs / (dogs + others), abs_tol=1e-3)
    assert math.isclose(number(trained, "recall"), dogs / (dogs + missed), abs_tol=1e-3)
    lab(trained).locator("[name=threshold]").fill("0")
    expect(figure(trained, "recall")).to_have_text("1.000")
    expect(part(trained, "untrained")).to_be_hidden()
    share = (dogs + missed) / number(trained, "seen")
    expect(figure(trained, "precision")).to_have_text(f"{share:.3f}")
    lab(trained).locator("[name=threshold]").fill("1")
    expect(part(trained, "tally")).to_contain_text(f"0 dogs and 0 others saved, {dogs + missed} dogs missed")
    expect(figure(trained, "album-count")).to_have_text(str(dogs + others))
    lab(trained).locator("[name=threshold]").fill("0.5")


MOVES = """() => new Promise((done) => {
  const strip = document.querySelector("py-lab .strip");
  new MutationObserver((_, watch) => {
    if (strip.children.length < 2) return;
    watch.disconnect();
    queueMicrotask(() => done([...strip.children].map((one) => one.getAnimations().length)));
  }).observe(strip, {childList: true});
})"""


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", 1), ("reduce", 0)])
def test_the_belt_slides_on_where_there_is_time_and_motion_is_wanted(trained, motion, moves):
    trained.emulate_media(reduced_motion=motion)
    lab(trained).get_by_label("Pace", exact=True).select_option("brisk")
    press(trained, "Start stream")
    found = trained.evaluate(MOVES)
    press(trained, "Stop stream", "trained")
    trained.emulate_media(reduced_motion="no-preference")
    assert len(found) > 1
    assert {min(one, 1) for one in found} == {moves}, "one that has not come to its place may move twice"


def test_a_mistake_is_explained_down_to_its_logits(trained):
    if lab(trained).locator(".mistakes li").count() == 0:
        stream(trained, 60)
    mistake = lab(trained).locator(".mistakes button").first
    mistake.focus()
    trained.keyboard.press("Enter")
    told = part(trained, "explanation")
    expect(told).to_be_focused()
    rows = [row.locator("th, td").all_inner_texts() for row in told.locator("tbody tr").all()]
    logits, powers, shares = ([float(row[i].replace("−", "-")) for row in rows[:4]] for i in (1, 3, 4))
    expected = np.exp(np.array(logits) - max(logits))
    np.testing.assert_allclose(powers, expected, rtol=5e-3, atol=1e-12)
    np.testing.assert_allclose(shares, expected / expected.sum(), atol=2e-4)
    true = next(i for i, row in enumerate(rows) if "(true)" in row[0])
    loss = float(re.search(r"= ([\d.]+) nats", told.locator("[data-part=loss]").inner_text())[1])
    assert math.isclose(loss, -math.log(expected[true] / expected.sum()), rel_tol=5e-3)
    assert shares[true] < max(shares)
    expect(told.get_by_role("img")).to_have_count(2)
    told.get_by_role("button", name="Close").click()
    expect(told).to_be_hidden()


def test_a_picture_is_drawn_by_pointer_and_by_keys_and_the_network_says_what_it_sees(trained):
    own = part(trained, "own")
    own.get_by_role("button", name="Clear").click()
    board = own.get_by_role("application")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    trained.mouse.move(box["x"] + 40, box["y"] + 60)
    trained.mouse.down()
    trained.mouse.move(box["x"] + 150, box["y"] + 90, steps=4)
    trained.mouse.up()
    greys = "c => [...c.getContext('2d').getImageData(0, 0, 20, 20).data].filter((_, i) => i % 4 === 0)"
    drawn = board.evaluate(greys)
    assert sum(grey < 128 for grey in drawn) > 10
    expect(own.locator("[data-part=verdict]")).to_contain_text("It says: ")
    own.get_by_role("button", name="Clear").click()
    board.focus()
    for key in ("ArrowLeft", "ArrowUp", "Space", "ArrowDown", "Space", "ArrowDown"):
        trained.keyboard.press(key)
    expect(spoken(trained)).to_contain_text("Row 12, column 10, paper")
    assert [i for i, grey in enumerate(board.evaluate(greys)) if grey < 128] == [9 * 20 + 9, 10 * 20 + 9]


def own_file(page, content, name, media="image/png"):
    with page.expect_file_chooser() as asked:
        part(page, "own").get_by_role("button", name="Choose an image file").click()
    asked.value.set_files({"name": name, "mimeType": media, "buffer": content})


def test_an_image_file_is_looked_at_and_what_is_none_is_refused_in_words(trained):
    test = split(1, 20).test
    own = part(trained, "own")
    own_file(trained, png(np.repeat(np.repeat(test.pixels[3], 8, axis=0), 8, axis=1)), "dog.png")
    greys = "c => [...c.getContext('2d').getImageData(0, 0, 20, 20).data].filter((_, i) => i % 4 === 0)"
    expect(own.locator("[data-part=verdict]")).to_contain_text("It says: ")
    taken = np.array(own.get_by_role("application").evaluate(greys)).reshape(20, 20)
    assert np.abs(taken - test.pixels[3].astype(int)).mean() < 12, "the same picture, scaled down"
    own_file(trained, b"no image", "dog.png")
    expect(part(trained, "own-notice")).to_contain_text(
        "dog.png is not used: it is no image that your browser can read. Your picture is as it was."
    )
    assert (np.array(own.get_by_role("application").evaluate(greys)).reshape(20, 20) == taken).all()


def test_a_dropped_file_is_taken_too(trained):
    content = base64.b64encode(png(np.zeros((40, 20), np.uint8))).decode()
    part(trained, "own").evaluate(
        """(section, content) => {
            const data = new DataTransfer();
            const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
            data.items.add(new File([bytes], "tall.png", { type: "image/png" }));
            section.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        content,
    )
    board = part(trained, "own").get_by_role("application")
    middle = "c => c.getContext('2d').getImageData(10, 10, 1, 1).data[0]"
    trained.wait_for_function(
        "c => c.getContext('2d').getImageData(10, 10, 1, 1).data[0] === 0", arg=board.element_handle()
    )
    assert board.evaluate(middle) == 0
    assert board.evaluate("c => c.getContext('2d').getImageData(1, 10, 1, 1).data[0]") == 255, "it stands on paper"


def test_a_network_is_saved_to_a_file_that_python_reads_and_taken_up_again(trained):
    with trained.expect_download() as caught:
        press(trained, "Save network")
    content = caught.value.path().read_bytes()
    session = {"kept": {"file": base64.b64encode(content).decode()}}
    picture = split(1, 4).test.pixels[0]
    assert look(session, base64.b64encode(picture.tobytes()).decode())["guess"] in ("toaster", "bird", "cat", "dog")
    before = {name: figure(trained, name).inner_text() for name in FIGURES if name != "train-loss"}
    load(trained, content)
    said(trained, "my.dogs is loaded: trained")
    assert {name: figure(trained, name).inner_text() for name in before} == before
    state(trained, "trained")


def load(page, content):
    with page.expect_file_chooser() as asked:
        press(page, "Load network")
    asked.value.set_files({"name": "my.dogs", "mimeType": "application/octet-stream", "buffer": content})


@pytest.fixture(scope="module")
def file():
    session = {}
    begin(session, epochs=1, hidden=8)
    train(session)
    return save(session)


def turned(file, at):
    changed = bytearray(file)
    changed[at] ^= 255
    return bytes(changed)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda file: b"", "This is no saved network"),
        (lambda file: turned(file, -5), "not those that were saved"),
    ],
)
def test_a_damaged_network_is_refused_in_words_and_the_one_there_is_stays(trained, file, damage, words):
    """In which ways it can be damaged, tests/unit/primer/labs/test_model_file.py tries."""
    before = {name: figure(trained, name).inner_text() for name in FIGURES}
    load(trained, damage(file))
    expect(alert(trained)).to_contain_text(words, timeout=PYTHON_STARTS)
    expect(alert(trained)).to_contain_text("The network is as it was.")
    assert {name: figure(trained, name).inner_text() for name in FIGURES} == before
    state(trained, "trained")


def test_the_lab_is_accessible_when_it_is_full(trained, axe):
    axe(trained)
