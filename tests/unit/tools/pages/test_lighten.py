"""A finished site starts lightly: what would have a browser style all of a page again is taken out."""

import re

import pytest

from tools.base import places
from tools.pages import lighten

PAGE = """<!doctype html>
<html><head><meta charset="utf-8">
<link rel="stylesheet" href="assets/stylesheets/main.css">
<link rel="stylesheet" href="css/site.css">
<script src="assets/javascripts/bundle.1.min.js"></script>
</head><body>
<p>Before</p>
<table>
<thead><tr><th>Animal</th></tr></thead>
</table>
<table class="mine">
</table>
</body></html>
"""
SHEET = (
    "[data-md-color-switching] *,[data-md-color-switching] :after{transition-duration:0s!important}"
    ".twinkling{animation:twinkle 1s}@keyframes twinkle{to{opacity:0}}"
)
THEIRS = ".banner{color:var(--banner)}kbd{color:var(--key)}:root{--banner:red;--key:blue}.tabbed-control--next{top:0}"
NOT_HERE = ("md-tag--", "md-source__fact--")
"""What Material's script would name on a site with tags, or a repository."""
SCRIPT = 'let o=x("meta",{name:"color-scheme"}),r=x("meta",{name:"theme-color"})'


@pytest.fixture
def site(tmp_path):
    """A site of one page, lightened."""
    there = {
        "index.html": PAGE,
        "assets/stylesheets/main.css": THEIRS,
        "css/site.css": SHEET,
        "assets/javascripts/bundle.1.min.js": SCRIPT,
        "vendor/purify.mjs": 'const allowed = ["b", "kbd"]',
        "runtime/page/at-first.mjs": "export const there = true;",
        "runtime/visit/early.mjs": 'import { there } from "../page/at-first.mjs"; globalThis.early = { there };',
    }
    for name, text in there.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    lighten.lighten(tmp_path)
    return tmp_path


def test_what_keeps_early_acts_stands_in_the_page_before_its_sheet_and_is_whole(site):
    before, _, after = (site / "index.html").read_text().partition("<link rel=")
    assert re.search(r"<script>.*globalThis\.early=\{there:", before), "a sheet would hold it up"
    assert "import" not in before
    assert "globalThis.early" not in after


def test_a_table_has_a_place_of_its_own_and_one_with_a_class_keeps_its(site):
    html = (site / "index.html").read_text()
    assert re.search(r'<div class="table"><table>\n<thead>.*</thead>\n</table></div>', html)
    assert html.count('<div class="table">') == 1


def test_a_link_to_a_section_stands_beside_its_heading_and_is_not_read_with_it():
    html = '<h2 id="a">A <code>b</code><a class="headerlink" href="#a" title="Link to this section">&para;</a></h2>'
    assert lighten._HEADING.sub(lighten._HEADED, html) == (
        '<div class="headed"><h2 id="a">A <code>b</code></h2>'
        '<a class="headerlink" href="#a" aria-label="Link to this section">&para;</a></div>'
    )


def test_the_sheet_asks_for_no_styling_of_everything(site):
    assert "data-md-color-switching" not in (site / "css" / "page.css").read_text()


def test_of_others_styles_only_those_are_kept_that_may_be_used(site):
    style = (site / "css" / "page.css").read_text()
    assert "banner" not in style, "no page has one"
    assert "kbd{color:var(--key)}" in style, "an output may hold one"
    assert ":root{--key:blue}" in style
    assert ".tabbed-control--next{top:0}" in style, "Material's script makes one"


def test_our_own_styles_are_all_kept(site):
    assert ".twinkling{animation:twinkle 1s}@keyframes twinkle" in (site / "css" / "page.css").read_text()


def test_the_script_names_the_scheme_of_colours_to_nobody(site):
    script = (site / "assets" / "javascripts" / "bundle.1.min.js").read_text()
    assert script == SCRIPT.replace('"color-scheme"', '"md-color-scheme"')


def test_this_release_of_material_has_what_is_taken_out():
    """After an upgrade this says what to look at again."""
    material = next((places.ROOT / ".venv").glob("lib/python*/site-packages/material/templates/assets"))
    scripts = [path.read_bytes() for path in material.glob("javascripts/bundle.*.min.js")]
    for old, _ in (lighten._SCHEME, *lighten._INDEX):
        assert [script.count(old) for script in scripts] == [1], old
    pieced = {*re.findall(rb"([a-z-]+[a-z_]*--)\$\{", scripts[0])}
    assert pieced == {b"tabbed-control--", *(name.encode() for name in NOT_HERE)}
    sheets = "".join(path.read_text() for path in material.glob("stylesheets/*.css"))
    assert len(lighten._STILL.findall(sheets)) == 1
