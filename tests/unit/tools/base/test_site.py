"""What mkdocs.yml says of the cells is read before MkDocs runs, and told where it is wrong."""

import pytest

from cells.build.options import Options
from cells.page.library import Library
from tools.base import site
from tools.base.errors import ToolError


def config(folder, text):
    path = folder / "mkdocs.yml"
    path.write_text("site_name: !ENV [NAME, A trial]\nmarkdown_extensions:\n" + text)
    return path


def test_the_library_and_the_packages_are_those_that_it_names(tmp_path):
    said = config(
        tmp_path, "  - abbr\n  - cells.build.markdown:\n      library: lessons\n      packages: [numpy, sympy]\n"
    )
    assert site.library(said) == Library("lessons", ("numpy", "sympy"))


@pytest.mark.parametrize("line", ["  - cells.build.markdown\n", "  - cells.build.markdown:\n"])
def test_a_site_need_not_have_any(tmp_path, line):
    assert site.options(config(tmp_path, line)) == Options()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("  - abbr\n", "mkdocs.yml: expected cells.build.markdown, which makes cells, under markdown_extensions"),
        ("  - cells.build.markdown:\n      libary: a\n", "mkdocs.yml: cells.build.markdown: unknown option 'libary'"),
    ],
)
def test_what_is_lacking_or_strange_is_told(tmp_path, lines, told):
    with pytest.raises(ToolError, match=told):
        site.library(config(tmp_path, lines))
