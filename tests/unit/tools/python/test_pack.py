"""python.zip: the same bytes from the same sources, and nothing in it that a browser lacks."""

import io
import os
import subprocess
import sys
import zipfile

import pytest

from cells.page.library import Library
from tools.base import places
from tools.base.errors import ToolError
from tools.python import pack

LESSONS = Library("lessons", ("numpy",))


@pytest.fixture(autouse=True)
def found(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)


def names(packed):
    return zipfile.ZipFile(io.BytesIO(packed)).namelist()


SOURCES = {
    "cells/__init__.py": "",
    "cells/page/__init__.py": "",
    "cells/page/host.py": "from cells.page import runner\nimport json",
    "cells/page/runner.py": "from cells.page.names import x",
    "cells/page/names.py": "x = 1",
    "cells/build/render.py": "import markdown",
    "lessons/__init__.py": "from lessons.softmax import softmax",
    "lessons/softmax.py": "import numpy as np\nsoftmax = np.exp",
}


def test_it_holds_what_runs_a_page_and_the_library(tree):
    packed = pack.python_zip(tree(SOURCES), LESSONS)
    assert names(packed) == [*sorted(SOURCES.keys() - {"cells/build/render.py"}), "cells/page/library.json"]


def test_what_editors_and_type_checkers_leave_in_the_library_is_not_packed(tree, tmp_path):
    before = names(pack.python_zip(tree(SOURCES), LESSONS))
    left = (".softmax.py.swp", "softmax.py~", "py.typed", "__pycache__/softmax.pyc", "measures.npy")
    tree({f"lessons/{name}": "" for name in left})
    assert set(names(pack.python_zip(tmp_path, LESSONS))) - set(before) == {"lessons/measures.npy"}


def test_words_in_other_languages_are_not_packed_for_pages_that_do_not_speak_them(tree, tmp_path):
    before = names(pack.python_zip(tree(SOURCES), LESSONS))
    tree({"lessons/words/de.json": "{}", "lessons/words/__init__.py": "", "lessons/kinds.json": "[]"})
    added = set(names(pack.python_zip(tmp_path, LESSONS))) - set(before)
    assert added == {"lessons/words/__init__.py", "lessons/kinds.json"}


def test_a_library_may_be_one_module(tree, tmp_path):
    tree({**SOURCES, "small.py": "x = 1"})
    assert "small.py" in names(pack.python_zip(tmp_path, Library("small")))


def test_a_library_that_is_not_there_is_told(tree):
    with pytest.raises(ToolError, match="library: expected a module or package that can be imported, found no nowhere"):
        pack.python_zip(tree(SOURCES), Library("nowhere"))


def test_what_is_imported_of_pythons_own_is_known(tree):
    changed = {**SOURCES, "lessons/softmax.py": "import numpy as np\nfrom importlib.util import find_spec"}
    assert pack.imported(tree(changed), LESSONS) == ["importlib.util", "json"]


def test_the_same_sources_give_the_same_bytes(tree, tmp_path):
    one = pack.python_zip(tree(SOURCES), LESSONS)
    for name in SOURCES:
        os.utime(tmp_path / name, (0, 0))
    assert pack.python_zip(tmp_path, LESSONS) == one


def test_a_module_that_a_browser_lacks_is_refused_with_its_line(tree):
    changed = {**SOURCES, "cells/page/runner.py": "import json\nimport yaml"}
    with pytest.raises(ToolError, match=r"cells/page/runner.py, line 2 imports yaml; what a page runs"):
        pack.python_zip(tree(changed), LESSONS)


@pytest.mark.parametrize(
    "imported", ["import cells.build.render", "from cells.build import render", "from ..build import x"]
)
def test_what_a_page_runs_does_not_need_the_build(tree, imported):
    changed = {**SOURCES, "cells/page/runner.py": imported}
    with pytest.raises(ToolError, match=r"cells/page/runner.py, line 1 imports cells\.build"):
        pack.python_zip(tree(changed), LESSONS)


def test_the_packed_host_imports_with_the_standard_library_alone(tmp_path):
    (tmp_path / "python.zip").write_bytes(pack.python_zip())
    script = f"import sys; sys.path.insert(0, {str(tmp_path / 'python.zip')!r}); import cells.page.host"
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, cwd=tmp_path)
    assert ran.stderr == ""


def test_what_is_served_is_what_the_sources_give():
    assert (places.VENDOR / "python.zip").read_bytes() == pack.python_zip()


def test_the_pictures_masters_are_read_out_of_the_zip(tmp_path):
    (tmp_path / "python.zip").write_bytes(pack.python_zip())
    program = "import primer.pictures.breeds as b; print(b.__file__, b.masters().shape)"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(tmp_path / "python.zip")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "python.zip" in ran.stdout and "(48, 48, 48)" in ran.stdout
