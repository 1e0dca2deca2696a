"""The page that says what the site is made of is true of what is installed."""

import json
import re

from tools import bundle, licences, places

PAGE = licences.PAGE.read_text()


def test_the_page_is_current():
    assert licences.page() == PAGE, "a package changed: run make licences, and read what changed"


def test_every_package_in_a_bundle_is_named_with_its_release():
    for one in bundle.wanted():
        for path in bundle.inputs(one):
            if match := re.search(r".*node_modules/((?:@[^/]+/)?[^/]+)/", str(path)):
                version = json.loads((places.NODE_MODULES / match[1] / "package.json").read_text())["version"]
                assert f"{match[1]} {version}" in PAGE


def test_every_part_comes_with_its_text():
    texts = re.findall(r"<summary>(.*?)</summary><pre[^>]*>(.*?)</pre></details>", PAGE, re.DOTALL)
    assert len(texts) == PAGE.count("<details>") > 30
    for name, text in texts:
        assert len(text) > 200, name
