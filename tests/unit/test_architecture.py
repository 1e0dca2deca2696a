"""The arrows: who may import whom."""

import ast
import re
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

PY = Path(__file__).parents[2] / "py"

ROOMS = {
    "base": set(),
    "fetch": {"base"},
    "python": {"base"},
    "pages": {"base"},
    "content": {"base", "pages"},
    "serving": set(),
    "author": {"base", "python", "pages", "content", "serving"},
    "make": {"base", "fetch", "python", "pages", "content", "serving", "author"},
    "bench": {"base", "fetch", "serving", "make"},
}
"""The rooms of `tools` in their order, and which of those before it each imports."""


def imported_by(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: import by full name"
            yield node.module


def tops(path):
    return {name.partition(".")[0] for name in imported_by(path)}


@pytest.mark.parametrize("path", sorted((PY / "primer").rglob("*.py")), ids=lambda p: p.name)
def test_primer_imports_numpy_alone(path):
    assert tops(path) <= {"primer", "numpy", *sys.stdlib_module_names}


LESSON_ROOMS = ("labs", "pictures", "drawing", "")
"""Of the library, from the outermost in; the last is what stands in no room."""


@pytest.mark.parametrize("room", LESSON_ROOMS)
def test_a_room_of_primer_knows_only_those_further_in(room):
    for path in (PY / "primer" / room).glob("*.py"):
        tos = [name.split(".")[1] for name in imported_by(path) if name.startswith("primer.")]
        assert {to if to in LESSON_ROOMS else "" for to in tos} <= {*LESSON_ROOMS[LESSON_ROOMS.index(room) :]}, path
        assert "moved" not in tos, path


@pytest.mark.parametrize("path", sorted((PY / "cells" / "page").rglob("*.py")), ids=lambda p: p.name)
def test_what_the_browser_runs_imports_the_standard_library_and_its_like_alone(path):
    names = set(imported_by(path))
    own = {name for name in names if name.startswith("cells")}
    assert all(f"{name}.".startswith("cells.page.") for name in own)
    assert {name.partition(".")[0] for name in names - own} <= sys.stdlib_module_names


def test_the_runner_knows_nothing_of_pages():
    own = {name for name in imported_by(PY / "cells" / "page" / "runner.py") if name.startswith("cells")}
    assert own <= {f"cells.page.{name}" for name in ("errors", "guard", "chance", "outputs", "reading")}


@pytest.mark.parametrize("path", sorted((PY / "cells").rglob("*.py")), ids=lambda p: p.name)
def test_cells_never_import_primer_or_tools(path):
    assert not tops(path) & {"primer", "tools", "numpy"}


def test_the_rooms_of_the_tools_have_one_order():
    before = set()
    for room, below in ROOMS.items():
        assert below <= before
        before.add(room)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_the_tools_says_its_question_and_imports_rooms_below_it_alone(room):
    said = ast.get_docstring(ast.parse((PY / "tools" / room / "__init__.py").read_text(encoding="utf-8")))
    assert said.endswith("?") and "\n" not in said
    for path in (PY / "tools" / room).rglob("*.py"):
        others = {name.split(".")[1] for name in imported_by(path) if name.startswith("tools.")} - {room}
        assert others <= ROOMS[room], path
        assert "tools" not in imported_by(path), f"{path}: import from a room"


def test_all_tools_stand_in_rooms():
    assert [path.name for path in (PY / "tools").glob("*.*")] == ["__init__.py"]
    assert {path.name for path in (PY / "tools").iterdir() if path.is_dir()} - {"__pycache__"} == set(ROOMS)


@pytest.mark.parametrize("path", sorted((PY / "cells").rglob("*.*")), ids=lambda p: p.name)
def test_cells_name_no_library_and_a_package_only_in_the_module_about_it(path):
    if path.suffix in (".py", ".mjs") and path.parent.name != "packages":
        said = re.sub(r"\[numpy\]", "", path.read_text(encoding="utf-8"))  # as an example of an option
        assert not re.search(r"numpy|\bnp\b|primer", said, re.IGNORECASE)


def test_the_tests_of_the_tools_stand_in_the_rooms_that_they_test():
    tests = PY.parent / "tests" / "unit" / "tools"
    assert {path.name for path in tests.iterdir() if path.is_dir()} - {"__pycache__"} <= set(ROOMS)
    assert [path.name for path in tests.glob("test_*.py")] == []


ENGINE = [
    *(path for room in ("pages", "python", "author") for path in sorted((PY / "tools" / room).rglob("*.*"))),
    *(path for path in sorted((PY.parent / "site" / "runtime").rglob("*.mjs")) if "labs" not in path.parts),
]
"""What every site is made with, an author's own too."""


@pytest.mark.parametrize("path", [path for path in ENGINE if path.suffix in (".py", ".mjs")], ids=lambda p: p.name)
def test_what_every_site_is_made_with_names_no_site_and_no_library(path):
    said = path.read_text(encoding="utf-8")
    assert not re.search("primer", said, re.IGNORECASE)
    assert path.name == "served.py" or not re.search("numpy", said, re.IGNORECASE)


def test_pytest_passes_over_no_folder_of_tests(pytestconfig):
    root, passed_over = PY.parent, pytestconfig.getini("norecursedirs")
    folders = {path.parent for top in (root / "tests", PY) for path in top.rglob("*.py")}
    assert len(folders) > 30
    names = {part for folder in folders for part in folder.relative_to(root).parts}
    assert {name for name in names if any(fnmatch(name, pattern) for pattern in passed_over)} == set()
