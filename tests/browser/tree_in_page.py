"""A page as who hears it meets it: the browser's tree of roles and names."""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

NAMED = {
    "image", "Canvas", "link", "button", "textbox", "combobox", "slider", "spinbutton", "checkbox", "heading",
    "region",
}  # fmt: skip
LANDMARKS = {"navigation", "region", "search", "main", "banner", "contentinfo", "complementary"}
EXERCISE = ("group Exercise ", "group Aufgabe ")
TO_A_SECTION = ("Link to this section", "Link zu diesem Abschnitt")
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
    whole = [one for one in nodes if not any(above.startswith(EXERCISE) for above in one.path)]
    buttons = Counter(one.name for one in whole if one.role in ("button", "textbox", "slider", "spinbutton"))
    assert [name for name, count in buttons.items() if count > 1] == []
    anchors = Counter(one.name for one in nodes if one.name.startswith(TO_A_SECTION))
    assert [name for name, count in anchors.items() if count > 1 or name in TO_A_SECTION] == []
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
"""Names by which two things on the page are found."""
