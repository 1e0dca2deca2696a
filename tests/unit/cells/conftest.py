"""What the tests of the cells share."""

import pytest

from cells.page import words
from tools.base import site

OPTIONS = site.options()


@pytest.fixture(autouse=True)
def this_site():
    """The options of this site and English words, whatever a test before has built."""
    OPTIONS.use()
    words.use("en", {})
