"""The masters: drawn from the icons that `primer.pictures.breeds` names, the same each time."""

import zlib

import pytest

from primer.pictures.breeds import BREEDS
from tools.base import node, places
from tools.base.errors import ToolError
from tools.content import masters


@pytest.fixture(autouse=True, scope="module")
def _packages():
    node.install()


def test_what_stands_there_is_what_the_icons_give():
    assert masters.TARGET.read_bytes() == masters.masters()


def test_they_are_small():
    assert len(zlib.compress(masters.TARGET.read_bytes(), 9)) < 20_000


@pytest.mark.parametrize("icon", ["mdi:no-such-dog", "ph:no-such-dog"])
def test_an_icon_that_is_not_there_is_named(icon):
    with pytest.raises(ToolError, match=r"there is no icon .*no-such-dog.*breeds.py"):
        masters.drawing(icon)


def test_every_set_is_a_package_that_is_only_needed_here():
    package = (places.ROOT / "package.json").read_text()
    for name in {breed.icon.partition(":")[0] for breed in BREEDS} - {"mdi", "fontawesome", "primer"}:
        assert f'"@iconify-json/{name}"' in package[package.index("devDependencies") :]
