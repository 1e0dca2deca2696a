"""A page as who hears it meets it: the browser's tree of roles and names, read at three widths and in each state."""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import pytest

from at_once import expect
from cells_in_page import COURSE, error, settled, spoken, start
from lab_in_page import lab, press
from tools.base import places

WIDTHS = (1440, 820, 390)
BEHIND = sorted(f"behind/{file.stem}/" for file in (places.SITE / "behind").glob("*.md") if file.stem != "index")
PAGES = [*COURSE, "teach/", "behind/", *BEHIND, "licences/", "404.html"]
NAMED = {
    "image",
    "Canvas",
    "link",
    "button",
    "textbox",
    "combobox",
    "slider",
    "spinbutton",
    "checkbox",
    "heading",
    "region",
}
LANDMARKS = {"navigation", "region", "search", "main", "banner", "contentinfo", "complementary"}
PASSED_OVER = {"none", "generic", "InlineTextBox", "ListMarker", "LineBreak"}


class Node(NamedTuple):
    role: str
    name: str
    description: str
    level: int
    path: tuple[str, ...]
    """Roles and names of what it stands in, from the page down."""


def tree(page):
    """What is told of the page, in the order in which it is."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    known = {node["nodeId"]: node for node in nodes}
    found = []

    def read(id, path):
        node = known.get(id, {})
        role, name, description = (str(node.get(key, {}).get("value") or "") for key in ("role", "name", "description"))
        if node and not node["ignored"] and role not in PASSED_OVER:
            level = [one["value"]["value"] for one in node.get("properties", []) if one["name"] == "level"]
            found.append(Node(role, " ".join(name.split()), description, level[0] if level else 0, path))
            path = (*path, f"{role} {name}")
        for child in node.get("childIds", []):
            read(child, path)

    read(nodes[0]["nodeId"], ())
    return found


def is_clear(page):
    """Nothing is without a name, said twice, or called what another is called; headings step down one at a time."""
    nodes = tree(page)
    assert len(nodes) > 50
    assert [one for one in nodes if one.role in NAMED and not one.name] == []
    assert [one for one in nodes if one.name and one.name == one.description] == []
    assert [one for one in nodes if one.role == "image" and any(above.startswith("image ") for above in one.path)] == []
    marks = Counter((one.role, one.name) for one in nodes if one.role in LANDMARKS)
    assert [mark for mark, count in marks.items() if count > 1] == []
    assert {"banner", "navigation", "main", "contentinfo"} <= {role for role, _ in marks}
    # An exercise's own buttons are heard in the group that says which exercise it is.
    whole = [one for one in nodes if not any(above.startswith("group Exercise ") for above in one.path)]
    buttons = Counter(one.name for one in whole if one.role in ("button", "textbox", "slider", "spinbutton"))
    assert [name for name, count in buttons.items() if count > 1] == []
    anchors = Counter(one.name for one in nodes if one.name.startswith("Link to this section"))
    assert [name for name, count in anchors.items() if count > 1 or name == "Link to this section"] == []
    levels = [one.level for one in nodes if one.role == "heading"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert anchors or set(levels) == {1}
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    return nodes


TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}"""


@pytest.mark.parametrize("address", PAGES)
def test_at_rest_everything_has_a_name_of_its_own_and_is_said_once(page, address):
    page.goto(address)
    expect(spoken(page)).to_be_attached()
    expect(page.locator("py-lab:not([state])")).to_have_count(0)
    assert page.evaluate(TWICE) == [], "a cell, a lab or a heading could not be found by its name"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        is_clear(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_stop_of_a_keyboard_leads_past_all_that_stands_above_the_page(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("softmax/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main article') !== null")


@pytest.mark.parametrize("width", WIDTHS)
def test_with_an_error_and_the_editor_open_too_and_the_error_follows_its_cell(warm, width):
    page = warm
    page.set_viewport_size({"width": width, "height": 900})
    start(page, "softmax", "print(dukc)")
    settled(page, "softmax", "error")
    expect(error(page, "softmax")).to_contain_text("NameError")
    nodes = is_clear(page)
    inside = [one for one in nodes if any(above == "group Softmax of three scores" for above in one.path)]
    assert [one.role for one in inside if one.name == "Code of Softmax of three scores"] == ["textbox"]
    said = [one.name for one in inside if one.role == "StaticText"]
    assert sum(": name 'dukc' is not defined" in one for one in said) >= 1
    assert "button Line 1" in [f"{one.role} {one.name}" for one in inside]


@pytest.mark.parametrize("width", [820, 390])
def test_an_open_menu_has_each_page_once_and_a_search_that_covers_the_page_is_all_that_there_is(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("softmax/")
    expect(spoken(page)).to_be_attached()
    page.get_by_role("button", name="Menu", exact=True).press("Enter")
    expect(page.get_by_role("link", name="How wrong is it?", exact=True)).to_be_visible()
    nodes = tree(page)
    links = page.locator("#all-pages").get_by_role("link").all_inner_texts()
    assert links[0] == "Home"
    assert len(links) == len(set(links))
    assert not [one for one in nodes if one.role in NAMED and not one.name]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Search", exact=True).press("Enter")
    page.keyboard.type("logit")
    expect(page.get_by_role("link", name="Glossary, in Reference")).to_be_attached()
    nodes = tree(page)
    assert not [one for one in nodes if one.role == "article" and any(above.startswith("main") for above in one.path)]
    assert not [one for one in nodes if one.role in NAMED and not one.name]


def test_a_step_of_a_lab_tells_its_numbers_with_names(page):
    page.goto("train-your-dog/")
    press(page, "Step")
    expect(lab(page).get_by_role("heading", name="Step 1, in numbers")).to_be_visible(timeout=90_000)
    nodes = is_clear(page)
    assert [one for one in nodes if one.role == "columnheader" and not one.name] == []
