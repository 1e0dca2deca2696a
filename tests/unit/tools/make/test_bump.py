"""Another Pyodide is taken whole or not at all, and what is left to do is said."""

import json
import shutil

import pytest

from tools.base import places
from tools.base.errors import ToolError
from tools.fetch import numpy_wheel
from tools.make import bump
from tools.python import start

OURS = places.NODE_MODULES / "pyodide"
BEFORE = {"Pyodide": "1.0.0", "Python": "3.14.0", "NumPy": "2.4.3", "ABI": "2026_0"}
SNAPSHOT, WORDINGS, FAILED = "the snapshot could not be made", "wordings.py", "failed: their words are above"


def stands():
    return {path: path.read_bytes() for path in (*bump._CHANGED, numpy_wheel.PINNED)}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A release that npm would bring: ours, with its lock changed."""
    folder = tmp_path / "pyodide"
    shutil.copytree(OURS, folder)
    monkeypatch.setattr(bump, "fetched", lambda version: folder)
    return folder


@pytest.mark.parametrize("version", ["", "314", "latest", "314.0.4; rm", "v314.0.4"])
def test_what_is_no_release_is_refused(version):
    with pytest.raises(ToolError, match=r"PYODIDE must be a release such as 314\.0\.4, got"):
        bump.fetched(version)


def test_what_it_has_is_read_from_its_own_lock():
    lock = json.loads((OURS / "pyodide-lock.json").read_text())
    found = bump.releases(OURS)
    assert (found["Python"], found["NumPy"]) == (lock["info"]["python"], lock["packages"]["numpy"]["version"])


def test_without_its_numpy_nothing_is_changed(scratch, package, no_index):
    before = stands()
    path = package / "pyodide-lock.json"
    lock = json.loads(path.read_text())
    lock["packages"]["numpy"] |= {"sha256": "0" * 64, "version": "99.0", "file_name": "numpy-99.0.whl"}
    path.write_text(json.dumps(lock))
    script = package / "pyodide.mjs"
    script.write_text('"https://127.0.0.1/pyodide/v${}"')
    with pytest.raises(ToolError, match=r"numpy-99\.0\.whl could not be had\. CDN: .*open-webui on PyPI: "):
        bump.take("99.0.0")
    assert stands() == before


def test_a_lock_that_fails_puts_everything_back(package, monkeypatch):
    before = stands()

    def fail(folder):
        assert '"pyodide": "99.0.0"' in (folder / "package.json").read_text()
        raise ToolError("no registry")

    monkeypatch.setattr(bump.lock, "npm_packages", fail)
    with pytest.raises(ToolError, match="no registry"):
        bump.take("99.0.0")
    assert stands() == before


@pytest.mark.parametrize(
    ("changed", "passed", "trouble", "told", "not_told"),
    [
        ({"Pyodide": "1.0.1"}, True, "", ["Pyodide 1.0.0 → 1.0.1", "make test"], [WORDINGS, FAILED, SNAPSHOT]),
        ({"Python": "3.15.0"}, True, "no preRun", [WORDINGS, f"{SNAPSHOT} (no preRun)"], [FAILED]),
        ({"NumPy": "2.5.0"}, False, "", ["NumPy's list of changes", FAILED], [SNAPSHOT]),
    ],
)
def test_what_is_left_to_do_is_what_is_new_or_failed(tmp_path, monkeypatch, changed, passed, trouble, told, not_told):
    monkeypatch.setattr(start, "TROUBLE", tmp_path / "trouble")
    if trouble:
        start.TROUBLE.write_text(trouble)
    left = "\n".join(bump.left({"before": BEFORE, "after": BEFORE | changed}, passed=passed))
    assert [words for words in told if words not in left] == []
    assert [words for words in not_told if words in left] == []
