"""What kept edits are found by: each page of the built site has the name of its file, or of the one it translates."""

from cells_in_page import SITE
from tools.base import places
from tools.pages.names import of as names_in


def test_every_page_with_cells_has_the_name_of_its_file_and_no_other(site_url):
    assert site_url
    found = {path: names for path, names in names_in(SITE).items() if path.endswith("index.html")}  # not a worksheet
    expected = {}
    for path in found:
        folder = path.removesuffix("index.html").removeprefix("de/").rstrip("/")  # the same cells in German
        expected[path] = {f"{folder or 'index'}.md"}
    assert found == expected
    with_cells = {
        path.name for path in (places.ROOT / "site").glob("*.md") if "```python run" in path.read_text(encoding="utf-8")
    }
    assert with_cells
    assert with_cells <= set.union(*found.values())
