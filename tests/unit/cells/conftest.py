"""What the tests of the cells share."""

import pytest

from cells.build.options import Options


@pytest.fixture(autouse=True)
def this_site():
    """The library and the packages of this site, whatever a test before has built."""
    Options.of({"library": "primer", "packages": ["numpy"]}).use()
