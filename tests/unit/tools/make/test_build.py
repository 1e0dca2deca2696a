"""A build that fails says why in one line and leaves the last good site."""

import pytest

from tools.base.errors import ToolError
from tools.make.build import build_pages

CONFIG = """
site_name: A trial
docs_dir: pages
theme: {name: null, custom_dir: theme}
plugins: []
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: python
          class: ""
          validator: !!python/name:cells.build.fences.validate_fence
          format: !!python/name:cells.build.fences.format_fence
  - cells.build.markdown
"""


@pytest.fixture
def trial(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "main.html").write_text("<title>trial</title>{{ page.content }}")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.md").write_text("# Fine\n")
    return tmp_path


def build(trial):
    build_pages(trial / "mkdocs.yml", trial / "site")


def test_a_built_site_takes_the_place_of_the_last_one(trial):
    build(trial)
    (trial / "pages" / "index.md").write_text("# Finer\n")
    build(trial)
    assert "Finer" in (trial / "site" / "index.html").read_text()
    assert sorted(path.name for path in trial.iterdir()) == ["mkdocs.yml", "pages", "site", "theme"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ('```python run id="wrong"\n1 / 0\n```\n', r"index\.md.*wrong[\s\S]*ZeroDivisionError"),
        ('```python run id="wrong" rows="3"\n1\n```\n', r"index\.md.*wrong[\s\S]*rows"),
        ("[nowhere](nowhere.md)\n", r"nowhere\.md"),
    ],
)
def test_a_failing_page_is_told_and_the_last_good_site_stays(trial, page, told):
    build(trial)
    (trial / "pages" / "index.md").write_text(page)
    with pytest.raises(ToolError, match=told):
        build(trial)
    assert "Fine" in (trial / "site" / "index.html").read_text()
    assert sorted(path.name for path in trial.iterdir()) == ["mkdocs.yml", "pages", "site", "theme"]
