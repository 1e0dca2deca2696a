"""The frame of a page: what stays in view, and how high the bar above is."""

import pytest

from cells_in_page import cell


def test_what_is_shown_stays_in_view_while_the_text_about_it_goes_by(page):
    page.goto("softmax/")
    scene = page.locator(".scene").filter(has=cell(page, "steps"))
    text, shown = scene.locator(".scene-text").first.bounding_box(), cell(page, "steps").bounding_box()
    assert shown["x"] >= text["x"] + text["width"]
    assert shown["y"] == pytest.approx(text["y"], abs=2)
    page.evaluate("(by) => scrollTo(0, by)", text["y"] + text["height"] * 0.2)
    bar = page.locator(".md-header").bounding_box()
    assert cell(page, "steps").bounding_box()["y"] == pytest.approx(bar["y"] + bar["height"] + 16, abs=3)
    page.set_viewport_size({"width": 900, "height": 900})
    text, shown = scene.locator(".scene-text").first.bounding_box(), cell(page, "steps").bounding_box()
    assert shown["x"] == pytest.approx(text["x"], abs=1)
    assert shown["y"] >= text["y"] + text["height"]


def test_the_bar_above_is_56_pixels_high_on_a_telephone(phone):
    phone.goto("softmax/")
    assert phone.locator(".md-header").bounding_box()["height"] == 56
