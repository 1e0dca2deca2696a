"""What a person does with a drawing that answers to the hand, as functions for the tests."""

import re

from playwright.sync_api import Locator, Page

from cells_in_page import output, source

NUMBER = r"[-+]?\d+(?:\.\d+)?"


def handle(page: Page, id: str, name: str) -> Locator:
    return output(page, id).get_by_role("slider", name=name, exact=True)


def value(page: Page, id: str, name: str) -> float:
    """What the code of a cell sets a parameter to."""
    found = re.search(rf"^{name} = ({NUMBER})", source(page, id), re.M)
    assert found, f"{id} sets no {name}"
    return float(found[1])


def middle(handle: Locator) -> tuple[float, float]:
    """Where the knob of a handle is on the screen."""
    handle.scroll_into_view_if_needed()
    box = handle.locator(".knob").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pull(page: Page, handle: Locator, right: float, down: float = 0) -> None:
    """Drag a handle by so many pixels."""
    x, y = middle(handle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()
