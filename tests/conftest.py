"""What every test can rely on."""

import os

import pytest
from hypothesis import settings

from tools.base import places

settings.register_profile("primer", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("primer")


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """A folder that stands for the project's and for the cache, so that a test touches neither."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(places, "LOGS", tmp_path / "log")
    return tmp_path
