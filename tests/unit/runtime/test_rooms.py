"""The rooms of site/runtime: who may import from whom, types included."""

import re
from pathlib import Path

import pytest

RUNTIME = Path(__file__).parents[3] / "site" / "runtime"
ROOMS = ["words", "config", "python", "state", "page", "figure", "chart", "cell", "visit", "lab", "labs", "main"]
"""Each may import from those before it: from where Python runs to what a page begins with."""
LEAST = [
    ("page", "python"),
    ("page", "state"),
    ("state", "page"),
    ("chart", "state"),
    ("labs", "state"),
    ("labs", "cell"),
]
"""And these never, though the order would allow some: state has no page in it, and labs talk to `host` alone."""
IMPORT = re.compile(r'(?:from|import\(|import) ?"(\.[^"]+)"')


def room(path):
    return path.relative_to(RUNTIME).parts[0].removesuffix(".mjs")


def arrows():
    for path in sorted(RUNTIME.rglob("*.mjs")):
        for target in IMPORT.findall(path.read_text(encoding="utf-8")):
            yield path, (path.parent / target).resolve()


def test_each_room_is_named_here():
    assert {room(path) for path in RUNTIME.iterdir()} == set(ROOMS)


def test_each_import_leads_to_a_file():
    assert [(str(path), str(target)) for path, target in arrows() if not target.is_file()] == []


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_from_those_before_it_alone(name):
    allowed = ROOMS[: ROOMS.index(name) + 1]
    found = [
        f"{path.relative_to(RUNTIME)} imports {target.relative_to(RUNTIME)}"
        for path, target in arrows()
        if room(path) == name and room(target) not in allowed
    ]
    assert found == []


@pytest.mark.parametrize(("one", "other"), LEAST)
def test_what_is_apart_stays_apart(one, other):
    assert [str(path) for path, target in arrows() if (room(path), room(target)) == (one, other)] == []
