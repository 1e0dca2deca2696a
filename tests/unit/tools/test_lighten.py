"""A finished site starts lightly: what would have a browser style all of a page again is taken out."""

import re

import pytest

from tools import lighten, places

PAGE = """<!doctype html>
<html><head><meta charset="utf-8">
<link rel="stylesheet" href="css/site.css">
<script src="assets/javascripts/bundle.1.min.js"></script>
</head><body>
<p>Before</p>
<table>
<thead><tr><th>Animal</th></tr></thead>
</table>
<table class="mine">
</table>
<pre><span></span><code><span class="n">dog</span> = 1
</code></pre>
<pre>plain</pre>
</body></html>
"""
SHEET = "[data-md-color-switching] *,[data-md-color-switching] :after{transition-duration:0s!important}a{color:red}"
SCRIPT = 'let o=x("meta",{name:"color-scheme"}),r=x("meta",{name:"theme-color"})'


@pytest.fixture
def site(tmp_path):
    """A site of one page, lightened."""
    for name, text in {"index.html": PAGE, "css/site.css": SHEET, "assets/javascripts/bundle.1.min.js": SCRIPT}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    lighten.lighten(tmp_path)
    return tmp_path


def test_a_table_has_a_place_of_its_own_and_one_with_a_class_keeps_its(site):
    html = (site / "index.html").read_text()
    assert re.search(r'<div class="table"><table>\n<thead>.*</thead>\n</table></div>', html)
    assert html.count('<div class="table">') == 1


def test_a_listing_is_no_child_of_its_pre(site):
    html = (site / "index.html").read_text()
    assert '<pre><span></span><span><code><span class="n">dog</span> = 1\n</code></span></pre>' in html
    assert "<pre>plain</pre>" in html


def test_the_sheet_asks_for_no_styling_of_everything(site):
    assert (site / "css" / "page.css").read_text().strip() == "a{color:red}"


def test_the_script_names_the_scheme_of_colours_to_nobody(site):
    script = (site / "assets" / "javascripts" / "bundle.1.min.js").read_text()
    assert script == SCRIPT.replace('"color-scheme"', '"md-color-scheme"')


def test_this_release_of_material_has_what_is_taken_out():
    """After an upgrade this says what to look at again."""
    material = next((places.ROOT / ".venv").glob("lib/python*/site-packages/material/templates/assets"))
    scripts = [path.read_bytes() for path in material.glob("javascripts/bundle.*.min.js")]
    assert [script.count(lighten._SCHEME[0]) for script in scripts] == [1]
    sheets = "".join(path.read_text() for path in material.glob("stylesheets/*.css"))
    assert len(lighten._STILL.findall(sheets)) == 1
