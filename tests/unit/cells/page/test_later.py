"""Modules that have not come yet are noticed, and found once they are here."""

import importlib
import sys
import zipfile

import pytest

from cells.page import later


@pytest.fixture
def expecting():
    """Missed modules are noticed."""
    later.expect()
    yield
    if later.Later in sys.meta_path:
        later.arrived()
    later.take_missed()


@pytest.mark.usefixtures("expecting")
def test_a_module_that_is_nowhere_is_missed_once():
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("a_module_that_is_nowhere")
    assert later.take_missed()
    assert not later.take_missed()


@pytest.mark.usefixtures("expecting")
def test_a_module_that_is_here_is_not_missed():
    importlib.import_module("wave")
    assert not later.take_missed()


@pytest.mark.usefixtures("expecting")
def test_what_came_after_it_was_missed_is_found(tmp_path, monkeypatch):
    archive = tmp_path / "library.zip"
    with zipfile.ZipFile(archive, "w"):
        pass
    monkeypatch.syspath_prepend(archive)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("came_after_it_was_missed")
    with zipfile.ZipFile(archive, "w") as whole:
        whole.writestr("came_after_it_was_missed.py", "here = True")
    later.arrived()
    assert importlib.import_module("came_after_it_was_missed").here
    del sys.modules["came_after_it_was_missed"]
