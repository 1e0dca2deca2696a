"""A page as a notebook and as a Python file: its words in plain Markdown, its cells whole."""

import json

import pytest

from cells.build.notebook import Carried, notebook, script
from cells.build.page import Fence

FENCE = '```python run id="a" title="One"\nb = 1\nb\n```'


def carried(text, **fences):
    cells = {"a": "b = 1\nb\n", **fences}
    return Carried(
        name="deep/page.md",
        text=text,
        library="lessons",
        fences={id: Fence(source, "One" if id == "a" else "", id == "hidden", []) for id, source in cells.items()},
        solutions={"half": "x = 2"},
        outputs={id: [] for id in [*cells, "half-check"]},
        values={"b:.1f": {"text": "1.0"}},
    )


def words(text):
    return [cell["source"] for cell in notebook(carried(text))["cells"] if cell["cell_type"] == "markdown"]


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("It is `{python} b:.1f` now", "It is 1.0 now"),
        ("a dog :material-dog: here", "a dog here"),
        ("[go](../other.md){ .button .large }", "[go](https://site.invalid/other/)"),
        ("[up](index.md#top) and [here](#there)", None),
        ("[far](https://example.org/a.md)", "[far](https://example.org/a.md)"),
        ('!!! note "Mind"\n\n    the gap', "**Mind**\n\nthe gap"),
        ("<div markdown>\nin\n</div>", "in"),
        ("*[NN]: neural network\nNN", "NN"),
        ("- It is a dog.\n- It takes <span data-minutes></span>.\n", "- It is a dog."),
        ("```sh\nls :material-dog: # as it is\n```", "```sh\nls :material-dog: # as it is\n```"),
        ('<py-lab id="x">\n<p>controls</p>\n</py-lab>', None),
    ],
)
def test_words_are_in_what_jupyter_knows(markdown, plain):
    found = words(markdown)[0]
    if plain is None:
        assert "https://site.invalid/deep/" in found and "<" not in found
    else:
        assert found == plain


def test_what_a_cell_reads_comes_before_it():
    text = 'Look:\n\n```python run id="late"\nb + 1\n```\n\nHow:\n\n' + FENCE
    cells = notebook(carried(text, late="b + 1\n"))["cells"]
    assert [cell["id"] for cell in cells if cell["cell_type"] == "code"] == ["cells-opening", "a", "late"]


def test_a_fold_stays_a_fold_unless_a_cell_is_in_it():
    assert words('??? question "Why `x`?"\n\n    Because.\n\nThen') == [
        "<details>\n<summary>Why <code>x</code>?</summary>\n\nBecause.\n\n</details>\n\nThen"
    ]
    inside = '??? example "Try"\n\n' + "\n".join(f"    {line}" for line in FENCE.split("\n")) + "\n\nThen"
    made = notebook(carried(inside))["cells"]
    assert [cell["source"] for cell in made if cell["id"] != "cells-opening"] == ["**Try**", "b = 1\nb", "Then"]


def test_an_exercise_is_a_cell_a_check_and_a_folded_solution():
    text = (
        'Do it.\n\n```python exercise id="half" title="Half"\nx = ...\n```\n\n'
        '```python check for="half"\nassert x\n```\n\n```python solution for="half"\nx = 2\n```'
    )
    page = carried(text, **{"half": "x = ...\n", "half-check": "checks(x)\n"})
    cells = notebook(page)["cells"]
    assert [(cell["id"], cell["metadata"].get("tags")) for cell in cells if cell["cell_type"] == "code"] == [
        ("cells-opening", None),
        ("half", ["cell", "exercise"]),
        ("half-check", ["cell", "check"]),
    ]
    assert "<summary>Solution</summary>\n\n```python\nx = 2\n```" in cells[-1]["source"]


def test_a_script_is_python_and_shows_last_values():
    text = script(carried(f"Word\n\n{FENCE}\n\nEnd"))
    compile(text, "script", "exec")
    assert "# %% One [cell=a]\nb = 1\n_shown(b)\n" in text
    assert "# %% [markdown]\n# End\n" in text


def test_a_notebook_is_json_of_format_4_5_with_ids_once():
    made = json.loads(json.dumps(notebook(carried(f"Word\n\n{FENCE}"))))
    ids = [cell["id"] for cell in made["cells"]]
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    assert len(ids) == len(set(ids)) and "a" in ids


def test_what_begins_it_stands_before_the_first_cell_even_where_no_words_do():
    assert [cell["id"] for cell in notebook(carried(f"{FENCE}\n\nEnd"))["cells"]][:2] == ["cells-opening", "a"]
