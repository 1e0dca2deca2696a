"""What the tests of the cells share."""

import pytest

from cells.page import words
from cells.page.guard import restore_builtins
from tools.base import site

OPTIONS = site.options()


@pytest.fixture(autouse=True)
def this_site():
    """The options of this site, no doctest's "_", whatever a test before has built; English words, afterwards, too."""
    restore_builtins()
    OPTIONS.use()
    words.use("en", {})
    yield
    words.use("en", {})
