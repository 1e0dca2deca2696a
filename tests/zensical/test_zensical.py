"""Zensical, too, stops at a page that is wrong, says which, and leaves the last good site."""

import pytest

from tools.base.errors import ToolError
from tools.make.build import build_pages
from tools.make.zensical import by_zensical

CONFIG = """
site_name: A trial
docs_dir: !ENV [DOCS_DIR, docs]
site_dir: !ENV [SITE_DIR, built]
theme: {name: material, font: false}
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: python
          class: ""
          validator: !!python/name:cells.build.fences.validate_fence
          format: !!python/name:cells.build.fences.format_fence
  - cells.build.markdown: {runtime: site/runtime, vendor: site/vendor}
"""
FINE = '# Fine\n\n```python run id="cell"\n1 + 1\n```\n'


@pytest.fixture
def trial(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "docs" / "deeper").mkdir(parents=True)
    for name in ("index.md", "second.md", "deeper/index.md"):
        (tmp_path / "docs" / name).write_text(FINE)
    return tmp_path


def build(trial):
    build_pages(trial / "mkdocs.yml", trial / "site", generator=by_zensical)


def test_pages_with_a_cell_of_one_name_have_names_of_their_own(trial):
    build(trial)
    for page, name in {"index": "index.md", "second/index": "second.md", "deeper/index": "deeper/index.md"}.items():
        assert f'<py-cell id="cell" page="{name}"' in (trial / "site" / f"{page}.html").read_text()


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ('```python run id="wrong"\n1 / 0\n```\n', r"^second\.md.*wrong[\s\S]*ZeroDivisionError"),
        ('```python run id="wrong" rows="3"\n1\n```\n', r"^second\.md.*wrong[\s\S]*rows"),
        ("[nowhere](nowhere.md)\n", r"second\.md:1[\s\S]*page does not exist"),
    ],
)
def test_a_failing_page_is_told_and_the_last_good_site_stays(trial, page, told):
    build(trial)
    (trial / "docs" / "second.md").write_text(page)
    with pytest.raises(ToolError, match=told):
        build(trial)
    assert "Fine" in (trial / "site" / "second" / "index.html").read_text()
    assert sorted(path.name for path in trial.iterdir() if path.name != ".cache") == ["docs", "mkdocs.yml", "site"]
