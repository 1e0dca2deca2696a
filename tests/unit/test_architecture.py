"""The arrows of DESIGN.md: who may import whom."""

import ast
import sys
from pathlib import Path

import pytest

PY = Path(__file__).parents[2] / "py"
SHIPPED = [
    *("reading", "names", "graph", "program", "runner", "errors", "hints", "guard", "chance", "parameters"),
    *("later", "host", "loop", "hooks", "copies", "wordings", "inline"),
]


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


@pytest.mark.parametrize("module", SHIPPED)
def test_what_the_worker_runs_imports_the_standard_library_and_its_like_alone(module):
    names = set(imported_by(PY / "cells" / f"{module}.py"))
    own = {name for name in names if name.startswith("cells")}
    assert own <= {f"cells.{other}" for other in SHIPPED}
    assert {name.partition(".")[0] for name in names - own} <= sys.stdlib_module_names


def test_the_runner_knows_nothing_of_pages():
    own = {name for name in imported_by(PY / "cells" / "runner.py") if name.startswith("cells")}
    assert own <= {"cells.errors", "cells.hints", "cells.guard", "cells.chance"}


@pytest.mark.parametrize("path", sorted((PY / "cells").glob("*.py")), ids=lambda p: p.name)
def test_cells_never_import_primer_or_tools(path):
    assert not tops(path) & {"primer", "tools", "numpy"}
