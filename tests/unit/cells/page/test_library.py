"""What the cells of a site may import: the engine knows nothing of it that the site did not say."""

import subprocess
import sys
from pathlib import Path

import pytest

import primer  # noqa: F401 - and NumPy with it: readers' Python has both at hand
from cells.page import library
from cells.page.library import Library, LibraryError
from cells.page.runner import run_cell

PY = Path(__file__).parents[4] / "py"


def hint_of(source):
    (error,) = [output for output in run_cell("here", source, {}) if output["type"] == "error"]
    return error["hint"]


def test_what_is_no_list_of_names_is_refused():
    with pytest.raises(LibraryError, match=r"expected a list of names, such as \[numpy\], got 'numpy'"):
        Library.of("", "numpy")


@pytest.mark.parametrize(
    ("source", "here", "elsewhere"),
    [
        (
            "import pandas",
            "A cell can import numpy, primer and Python's standard",
            "A cell can import Python's standard",
        ),
        ("np.exp(1)", "NumPy is not imported in this cell", "Nothing is called 'np'"),
        ("import nunpy", "Did you mean 'numpy'?", "A cell can import Python's standard library."),
        ("[2, 1].shape", "np.array", "nothing called 'shape'"),
        ("-[2, 1]", "np.array", ""),
    ],
)
def test_a_hint_names_packages_only_where_the_site_has_them(source, here, elsewhere):
    assert here in hint_of(source)
    library.use(Library())
    told = hint_of(source)
    assert elsewhere in told and "np." not in told and "NumPy" not in told


def test_a_package_that_the_engine_knows_nothing_of_may_be_named_all_the_same():
    library.use(Library("lessons", ("sympy",)))
    assert library.known == () and "A cell can import sympy, lessons and Python's" in hint_of("import pandas")


def test_the_names_of_the_sites_own_packages_are_put_back_and_no_others(tmp_path, monkeypatch):
    for name in ("ours", "strange"):
        (tmp_path / f"{name}.py").write_text("def help(): return 1")
    monkeypatch.syspath_prepend(tmp_path)
    library.use(Library("ours"))
    run_cell("here", "import ours, strange\nours.help = strange.help = None", {})
    assert sys.modules.pop("ours").help is not None and sys.modules.pop("strange").help is None


def test_the_page_reads_from_the_file_that_is_packed_what_the_site_said(tmp_path, monkeypatch):
    from tools.python import pack

    (tmp_path / "lessons.py").write_text("x = 1")
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "python.zip").write_bytes(pack.python_zip(PY, Library("lessons", ("sympy",))))
    script = "import cells.page.host; from cells.page import library; print(library.here)"
    ran = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": str(tmp_path / "python.zip")}, capture_output=True, text=True
    )
    assert ran.stdout == "Library(name='lessons', packages=('sympy',))\n", ran.stderr


def test_a_python_whose_numpy_does_not_compute_does_not_wake(monkeypatch):
    import numpy

    from cells.page import host

    assert "version" in host.wake(True)
    monkeypatch.setattr(numpy, "exp", lambda x: numpy.ones(3))
    with pytest.raises(RuntimeError, match=r"its NumPy does not compute: expected \[0.7054, .*, here \[0.3333"):
        host.wake(True)


def test_a_rehearsal_runs_a_cell_of_each_package_and_keeps_nothing():
    from cells.page import host, names

    host.rehearse()
    assert host._programs == {} and names._known == {}


def test_a_rehearsal_that_goes_wrong_is_told(monkeypatch):
    from cells.page import host

    monkeypatch.setattr(host, "_REHEARSED", "y = 1 / 0")
    with pytest.raises(RuntimeError, match=r"a rehearsal went wrong: line 1[\s\S]*ZeroDivisionError"):
        host.rehearse()
