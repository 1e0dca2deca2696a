"""What the tests of the cells share."""

import pytest

from cells.page import words
from cells.page.guard import restore_builtins
from tools.base import site

OPTIONS = site.options()


@pytest.fixture(autouse=True)
def this_site():
    """The options of this site, English words and no doctest's "_", whatever a test before has built."""
    restore_builtins()
    OPTIONS.use()
    words.use("en", {})
