"""The table of what readers' browsers keep: every file that a page may ask for, by its hash."""

import hashlib
import json

import pytest

from tools.pages import offline


@pytest.fixture
def site(tree):
    files = ("index.html", "a/index.html", "404.html", "runtime/x.mjs", "runtime/x.mjs.map", offline.BUNDLE)
    return tree({name: f"<head></head>{name}" for name in files} | {"_headers": ""})


def listed(site):
    first, _, rest = (site / offline.SCRIPT).read_text().partition("\n")
    assert rest == f"<head></head>{offline.BUNDLE}"
    return json.loads(first.removeprefix("self.site = ").removesuffix(";"))["files"]


def test_pages_are_marked_and_listed_as_they_are_in_the_end(site):
    offline.add(site)
    files = listed(site)
    assert sorted(files) == ["a/index.html", "index.html", "runtime/x.mjs"]
    for name, (sha256, size) in files.items():
        content = (site / name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (sha256, size)
    assert '<meta name="offline"' in (site / "a" / "index.html").read_text()


def test_the_worker_changes_if_and_only_if_the_site_does(site):
    offline.add(site)
    before = listed(site)
    (site / "runtime" / "x.mjs").write_text("changed")
    assert offline.table(site) != {name: tuple(file) for name, file in before.items()}


def test_a_page_that_says_so_is_not_kept(site):
    (site / "a" / "index.html").write_text('<head><meta name="kept" content="no"></head>a')
    assert set(offline.table(site)) == {"index.html", "runtime/x.mjs"}
