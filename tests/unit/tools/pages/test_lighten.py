"""A finished site starts lightly: what would have a browser style all of a page again is taken out."""

import re

import pytest

from tools.pages import lighten, sheets


@pytest.fixture
def site(built):
    lighten.lighten(built)
    return built


def test_what_keeps_early_acts_stands_in_the_page_before_its_sheet_and_is_whole(site):
    before, _, after = (site / "index.html").read_text().partition("<link rel=")
    assert re.search(r"<script>.*globalThis\.early=\{there:", before), "a sheet would hold it up"
    assert "import" not in before
    assert "globalThis.early" not in after


def test_a_script_at_a_pages_end_is_asked_for_in_its_head_behind_the_sheet(site):
    head = (site / "index.html").read_text().partition("</head>")[0]
    sheet = '<link rel="stylesheet" href="css/page.css">'
    assert f'{sheet}\n<link rel="preload" href="assets/javascripts/bundle.1.min.js" as="script">' in head
    assert lighten._ahead('<script src="a.mjs" type="module"></script><script src="https://b.c/d.js">') == (
        '<link rel="modulepreload" href="a.mjs" as="script">\n'
    )


def test_a_table_has_a_place_of_its_own_and_one_with_a_class_keeps_its(site):
    html = (site / "index.html").read_text()
    assert re.search(r'<div class="table"><table>\n<thead>.*</thead>\n</table></div>', html)
    assert html.count('<div class="table">') == 1


def test_a_link_to_a_section_stands_beside_its_heading_and_is_not_read_with_it():
    html = '<h2 id="a">A <code>b</code><a class="headerlink" href="#a" title="Link to this section">&para;</a></h2>'
    assert lighten._HEADING.sub(lighten._headed, html) == (
        '<div class="headed"><h2 id="a">A <code>b</code></h2>'
        '<a class="headerlink" href="#a" aria-label="Link to this section: A b">&para;</a></div>'
    )


def test_of_others_styles_only_those_are_kept_that_may_be_used_and_all_of_ours(site):
    style = (site / "css" / "page.css").read_text()
    assert "data-md-color-switching" not in style, "it would have everything styled again"
    assert "banner" not in style, "no page has one"
    assert "kbd{color:var(--key)}" in style, "an output may hold one"
    assert ":root{--key:blue}" in style
    assert ".tabbed-control--next{top:0}" in style, "Material's script makes one"
    assert ".twinkling{animation:twinkle 1s}@keyframes twinkle" in style


def test_materials_script_waits_for_the_page(site):
    assert '<script defer src="assets/javascripts/bundle.1.min.js">' in (site / "index.html").read_text()


@pytest.mark.parametrize("link", ["css/site.css", "./css/site.css", "../css/site.css", "/below/css/site.css"])
def test_a_sheet_is_known_however_a_page_names_it(tmp_path, link):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "site.css").touch()
    pages = {tmp_path / "index.html": f'<link rel="stylesheet" href="{link}">'}
    assert sheets.named(tmp_path, pages) == ["css/site.css"]
