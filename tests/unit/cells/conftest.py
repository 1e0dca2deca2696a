"""What the tests of the cells share."""

import pytest

from tools.base import site

OPTIONS = site.options()


@pytest.fixture(autouse=True)
def this_site():
    """The options of this site, whatever a test before has built."""
    OPTIONS.use()
