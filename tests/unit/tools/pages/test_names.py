"""Readers' edits are kept by a page's name, so a site in which two pages have one is not made."""

import pytest

from tools.base.errors import ToolError
from tools.pages import names

CELL = '<py-cell id="softmax" page="{}" state="static"></py-cell>'


def write(site, **pages):
    for name, html in pages.items():
        (site / f"{name}.html").write_text(html)
    return site


def test_pages_of_different_names_pass_and_pages_without_cells_need_none(tmp_path):
    site = write(tmp_path, one=CELL.format("one.md") * 2, two=CELL.format("two.md"), three="<p>page=", four="<p>page=")
    names.check(site)
    assert names.of(site) == {"one.html": {"one.md"}, "two.html": {"two.md"}}


@pytest.mark.parametrize(
    "html", [CELL.format("page"), '<span data-expr="1" page="page">1</span>', '<py-exercise page="page" id="e">']
)
def test_a_name_that_two_pages_have_is_told_with_both(tmp_path, html):
    site = write(tmp_path, one=CELL.format("page"), two=html)
    with pytest.raises(ToolError, match=r"two\.html: .* of page, those of one\.html"):
        names.check(site)


def test_two_names_in_one_page_are_told(tmp_path):
    site = write(tmp_path, one=CELL.format("one.md") + CELL.format("two.md"))
    with pytest.raises(ToolError, match=r"one\.html: .* of one\.md, two\.md"):
        names.check(site)
