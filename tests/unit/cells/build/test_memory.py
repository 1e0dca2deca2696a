"""A build executes the pages that changed, each of their cells once, and no others."""

import dataclasses

import pytest
from converting import converter

from cells.build import memory
from cells.page.errors import PageError


def page(cells, number=1):
    """A page on which each cell reads from the one before."""
    fences = [f'```python run id="c0"\nx0 = {number}\n```']
    fences += [f'```python run id="c{i}"\nx{i} = x{i - 1} + 1\nprint(x{i})\n```' for i in range(1, cells)]
    return "\n\n".join([*fences, f"The sum is `{{python}} x{cells - 1}:.1f`."])


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Build pages as one command does; give the HTML and what was done."""

    def run(*pages, folder=str(tmp_path / "cache")):
        tally = memory.Tally()
        monkeypatch.setattr("cells.build.executed.tally", tally)
        html = [converter(memory=folder, page="page").convert(one) for one in pages]
        return html, dataclasses.astuple(tally)

    return run


def test_only_the_page_that_changed_is_executed_again(build):
    first, done = build(page(3), page(5))
    assert done == (2, 8, 0)
    again, done = build(page(3), page(5))
    assert done == (0, 0, 2)
    assert again == first
    changed, done = build(page(3), page(5, number=7))
    assert done == (1, 5, 1)
    assert changed[0] == first[0]
    assert "11.0" in changed[1]


@pytest.mark.parametrize("cells", [10, 20, 40])
def test_each_cell_of_a_page_is_executed_once(build, cells):
    _, done = build(page(cells))
    assert done == (1, cells, 0)


def test_headings_do_not_execute_a_page_again(build):
    _, done = build("# One `{python} x2:.0f`\n\n## Two\n\n" + page(3) + "\n\n## Three\n")
    assert done == (1, 3, 0)


def test_words_around_the_cells_may_change(build):
    build(page(3))
    _, done = build("Another beginning.\n\n" + page(3))
    assert done == (0, 0, 1)


def test_other_python_below_executes_all_again(build, monkeypatch):
    build(page(3))
    monkeypatch.setattr(memory, "ground", lambda library: "another primer")
    _, done = build(page(3))
    assert done == (1, 3, 0)


def test_what_is_damaged_is_executed_again(build, tmp_path):
    first, _ = build(page(3))
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text(kept.read_text()[:-5])
    again, done = build(page(3))
    assert (again, done) == (first, (1, 3, 0))


def test_what_failed_is_not_remembered(build):
    broken = '```python run id="wrong"\n1 / 0\n```'
    for _ in range(2):
        with pytest.raises(PageError, match="ZeroDivisionError"):
            build(broken)


def test_without_a_folder_everything_is_executed(build):
    build(page(3), folder="")
    _, done = build(page(3), folder="")
    assert done == (1, 3, 0)
