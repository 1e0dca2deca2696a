"""The page that says what the site is made of is true of what is installed."""

import json
import re

from primer.pictures.breeds import BREEDS
from tools.base import places
from tools.content import licences
from tools.pages import bundle

PAGE = licences.PAGE.read_text()


def test_the_page_is_current():
    assert licences.page() == PAGE, "a package changed: run make licences, and read what changed"


def test_every_package_in_a_bundle_is_named_with_its_release():
    for one in bundle.wanted():
        for path in bundle.inputs(one):
            if match := re.search(r".*node_modules/((?:@[^/]+/)?[^/]+)/", str(path)):
                version = json.loads((places.NODE_MODULES / match[1] / "package.json").read_text())["version"]
                assert f"{match[1]} {version}" in PAGE


def test_everybody_whose_icon_became_a_picture_is_thanked_with_its_licence():
    for breed in BREEDS:
        folder, _, icon = breed.icon.partition(":")
        if folder != "primer":
            part = next(part for part in PAGE.split("<details>") if f"{folder}, by {breed.author}," in part)
            assert f"{icon} ({breed.name})" in part and f"– {breed.licence}</summary>" in part


def test_every_part_comes_with_its_text():
    texts = re.findall(r"<summary>(.*?)</summary><pre[^>]*>(.*?)</pre></details>", PAGE, re.DOTALL)
    assert len(texts) == PAGE.count("<details>") > 30
    for name, text in texts:
        assert len(text) > 200, name
