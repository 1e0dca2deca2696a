import json
import re
import types

import pytest
from converting import convert, converter
from markdown.preprocessors import Preprocessor

from cells.page.errors import PageError


def cell(source, options='id="a"'):
    return f"```python run {options}\n{source}\n```\n\n"


def programs(html):
    return [json.loads(island) for island in re.findall(r'data-part="program"[^>]*>(.*?)</template>', html)]


def test_a_fence_becomes_an_element_with_its_code_controls_and_outputs():
    html = convert(cell('x = 2.0  # @param {type:"slider", min:0, max:4, step:0.5}\nprint(x)\nx'))
    assert '<py-cell id="a" page="page" state="static" role="group" controls aria-label="a">' in html
    assert '<input type="range" id="a-x" name="x" autocomplete="off" min="0" max="4" step="0.5" value="2.0">' in html
    assert '<pre data-output="stream" data-name="stdout">2.0\n</pre><pre data-output="text">2.0</pre>' in html
    (program,) = programs(html)
    assert program["defines"] == ["x"]
    assert program["outputs"][1] == {"type": "result", "data": {"text/plain": "2.0"}}


def test_a_picture_stands_once_in_a_page_unless_it_is_more_than_a_picture_or_not_what_is_shown():
    picture = "class P:\n    def _repr_svg_(self):\n        return {!r}\nP()"
    for svg, kept in (("<svg><path/></svg>", None), ("<p><svg></svg></p>", "<p><svg></svg></p>")):
        html = convert(cell(picture.format(svg)))
        assert html.count("<svg") == 1
        assert programs(html)[0]["outputs"][0]["data"]["image/svg+xml"] == kept


def test_a_cell_and_its_buttons_are_called_by_its_title():
    html = convert(cell("x = 1", 'id="a" title="Bird & dog"'))
    assert 'role="group" aria-label="Bird &amp; dog">' in html
    for action, name in (("run", "Run"), ("stop", "Stop"), ("reset", "Reset"), ("link", "Copy link")):
        assert f'data-action="{action}" aria-label="{name}: Bird &amp; dog"' in html


def test_the_code_that_is_shown_is_the_code_that_runs():
    source = "a = '<b>&amp;\\n'\n\nif a:\n    print(a)  # ünï"
    html = convert(cell(source))
    shown = re.search(r"<code>(.*?)</code>", html, re.DOTALL)[1]
    text = re.sub(r"<[^>]+>", "", shown).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert text.replace("&#39;", "'").replace("&amp;", "&").rstrip("\n") == source
    assert programs(html)[0]["source"] == source


def test_nothing_in_a_cell_can_end_the_script_that_carries_it():
    html = convert(cell("print('</script><b>')"))
    assert "</script><b>" not in html.replace("&lt;/script&gt;&lt;b&gt;", "")
    assert programs(html)[0]["outputs"][0]["text"] == "</script><b>\n"


def test_cells_may_read_from_cells_further_down():
    html = convert(cell("print(x)") + cell("x = 3", 'id="b"'))
    assert [p["outputs"] for p in programs(html)] == [[{"type": "stream", "name": "stdout", "text": "3\n"}], []]


def test_a_number_in_the_text_comes_from_the_code():
    html = convert("It is `{python} x['k']:.2f`, before its cell.\n\n" + cell("x = {'k': 2 / 3}"))
    assert '<p>It is <span data-expr="x[&#x27;k&#x27;]:.2f" page="page">0.67</span>, before its cell.</p>' in html


def test_a_cell_inside_a_fold_is_a_cell():
    html = convert('??? question "Predict"\n    Text\n\n    ```python run id="a"\n    print(7)\n    ```\n')
    assert "7\n</pre>" in html
    assert html.index("<details") < html.index("<py-cell") < html.index("</details>")


def test_a_fence_without_run_stays_code():
    assert "py-cell" not in convert('```python title="x"\nx = nobody\n```')


def test_formulas_are_set_without_javascript():
    html = convert(
        "Inline $e^{z}$.\n\n$$\n\\sum_i p_i < 1\n$$\n\n"
        + cell("class F:\n    def _repr_latex_(self): return '$$a<b$$'\nF()")
    )
    assert html.count("<math") == 3
    assert "\\(" not in html and "\\[" not in html


def test_hidden_code_is_folded_not_gone():
    assert "<summary>Show the code</summary>" in convert(cell("x = 1", 'id="a" hidden'))


def test_a_page_for_authors_shows_a_cell_in_a_longer_fence():
    shown = f"````markdown\n{cell('nobody')}````\n\n"
    html = convert(shown + cell("print('ran')", 'id="b"'))
    assert "nobody" in html
    assert html.count("<py-cell") == 1
    with pytest.raises(PageError, match="a fence was not read as a cell: ```python run id=a"):
        convert(shown + "```python run id=a\n1\n```")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (cell("1 / 0"), r'page, cell "a", line 1: ZeroDivisionError: division by zero\n    line 1\n        1 / 0'),
        (cell("x = (1"), r'cell "a", line 1: SyntaxError'),
        (cell("x = 1") + cell("x = 2", 'id="b"'), 'cell "b", line 1: \'x\' is defined in cell "a" already'),
        (cell("x = y") + cell("y = x", 'id="b"'), 'cell "a": the cells need each other in a circle'),
        (cell("print(nobody)"), "cell \"a\": it reads 'nobody', which no cell of this page defines"),
        (
            cell("1", 'id="a" rows="3"'),
            "cell \"a\": unknown option 'rows'; known: id, run, hidden, title, show, covered, try",
        ),
        (cell("1\n2", 'id="a" show="3"'), "show names line 3, but the cell has the lines 1 to 2"),
        (cell("1\n2", 'id="a" show="2-1"'), "show names line 2-1, but"),
        (cell("1\n2", 'id="a" show="one"'), "show names lines that stay in sight, as in show=\"1 3-5\", got 'one'"),
        (cell("1\n2", 'id="a" show="1-2"'), "show names 2 of 2 lines: leave it out"),
        (cell("1\n2", 'id="a" show="1" hidden'), "hidden folds all of its lines away"),
        (cell("1", ""), "a cell needs an id"),
        (cell("1", 'id="A b"'), "a cell needs an id of small letters"),
        (cell("1") + cell("2"), 'cell "a": this id is on the page already'),
        (cell("1", 'id="a" hidden="yes"'), "'hidden' is a bare word"),
        (cell('x = 1  # @param {type:"colour"}'), "cell \"a\", line 1: unknown type 'colour'"),
        (cell("from math import *"), "hides what it defines"),
        ("It is `{python} nobody`.", r"inline `\{python\} nobody`: it reads 'nobody'"),
        ("It is `{python} 1 +`.", r"inline `\{python\} 1 \+`: SyntaxError"),
        ("It is `{python} x.y`.\n\n" + cell("x = 1"), "inline `{python} x.y`: AttributeError".replace("{", r"\{")),
        ("$$\n\\frac{1\n$$", "KaTeX cannot read the formula"),
        ("```python run id=a\n1\n```", "a fence was not read as a cell: ```python run id=a"),
        ("```{.python .run}\n1\n```", "a fence was not read as a cell"),
    ],
)
def test_what_is_wrong_stops_the_build_and_is_named(text, message):
    with pytest.raises(PageError, match=message):
        convert(text)


class _Context(Preprocessor):
    """What Zensical registers, with what is read of it here."""

    page = types.SimpleNamespace(path="deep/softmax.md")

    def run(self, lines):
        return lines


def test_a_page_has_the_name_that_zensical_gives_it():
    md = converter()
    md.preprocessors.register(_Context(md), "rendering_context", 0)
    assert '<py-cell id="a" page="deep/softmax.md"' in md.convert(cell("1"))


def test_a_page_without_a_name_stops_the_build_for_all_such_pages_would_be_one():
    with pytest.raises(PageError, match="a page with cells has no name: expected MkDocs' processor 'relpath'"):
        converter().convert(cell("1"))


def test_no_line_begins_with_the_mark_behind_a_formula_and_a_formula_with_places_to_break_keeps_them():
    html = convert("The score $k$; a sum ($s$), and $a = b + c$.")
    assert len(re.findall(r'<span class="joined">\(?<span data-search-exclude><span class="katex">', html)) == 2
    assert re.search(r"</span></span>;</span> a sum", html)
    assert not re.search(r"\.</span></p>", html)
