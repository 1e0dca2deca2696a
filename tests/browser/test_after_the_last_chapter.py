"""A visit to the two pages after the last chapter: a window slides, a training stops, a network writes."""

import re

import pytest

from at_once import expect
from cells_in_page import FULL, PYTHON_STARTS, button, drag, output, run, settled


def test_the_window_is_slid_by_keys_and_the_products_follow(page):
    page.goto("today/")
    figure = output(page, "window").locator("figure")
    before = figure.get_attribute("aria-label")
    window = output(page, "window").get_by_role("slider", name="the window")
    window.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(figure).to_have_attribute("aria-label", re.compile(r"at row 10 and column 13\. "), timeout=PYTHON_STARTS)
    settled(page, "window", "done")
    numbers = [[float(one) for one in re.findall(r"−?\d+", part.replace("−", "-"))] for part in _parts(figure)]
    assert [a * b for a, b in zip(numbers[0], numbers[1], strict=True)] == numbers[2]
    assert figure.get_attribute("aria-label") != before


def _parts(figure):
    """What the window sees, its weights, and their products, as the figure tells them."""
    told = figure.get_attribute("aria-label").replace("−", "-")
    return re.search(r"It sees (.*?)\. Times (.*?) that is (.*?), together", told).groups()


def test_the_ball_is_laid_elsewhere_by_keys_and_rolls_from_there(page):
    page.goto("today/")
    figure = output(page, "ways").locator("figure")
    output(page, "ways").get_by_role("slider", name="the ball").focus()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    told = r"laid at \(−1\.60, 0\.90\), where the loss is 21\.53\. Step 40 leads to \(−0\.38, 0\.00\)"
    expect(figure).to_have_attribute("aria-label", re.compile(told), timeout=PYTHON_STARTS)


def test_a_training_is_stopped_while_it_goes_on_and_the_page_answers(page):
    page.goto("today/")
    button(page, "convolutional", "Run").click()
    settled(page, "convolutional", "running")
    button(page, "convolutional", "Stop").click()
    settled(page, "convolutional", "stopped")
    expect(output(page, "convolutional")).to_contain_text("new breeds 0.")  # what the build computed stays
    run(page, "photo")
    expect(output(page, "photo")).to_contain_text("a dog of 20 by 20 pixels")


def test_dogs_photographed_in_the_dark_fill_the_album_with_the_night(plain):
    plain.goto("next-word/")
    rows = output(plain, "evening-table").locator("tbody tr")
    (dogs_by_day, dogs_by_night), (others_by_day, others_by_night) = (
        [float(cell.inner_text()) for cell in rows.nth(k).locator("td").all()] for k in range(2)
    )
    assert max(dogs_by_day, others_by_day) < 0.1 < 0.9 < min(dogs_by_night, others_by_night)


@pytest.mark.skipif(not FULL, reason="a network trains first: FULL=1")
def test_a_low_temperature_makes_the_next_word_surer(page):
    page.goto("next-word/")

    def surest(temperature):
        drag(page, "next-word", "temperature", temperature, "done")
        label = output(page, "next-word").locator("[aria-label*=probability]").first
        expect(label).to_be_attached()
        shares = re.findall(r"(\d\.\d{4})", label.get_attribute("aria-label"))
        return float(shares[0])

    assert surest(0.1) > surest(0.7) > surest(2)
