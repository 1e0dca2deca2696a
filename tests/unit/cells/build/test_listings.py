"""A listing has an element for each colour only, is read as it was, and is marked alike by cells and by fences."""

import re
from html import unescape
from pathlib import Path

import markdown
import pytest

from cells.build.listings import highlight_console, highlight_python, listing, shown_lines
from cells.page.parameters import parameters_of

ROOT = Path(__file__).parents[4]
SOURCE = "a = (1\n+ f'{b} {c}')  # why\nimport numpy as np\n"


def words(html):
    return unescape(re.sub("<[^>]*>", "", html))


def test_names_spaces_and_punctuation_have_no_element_and_what_has_one_colour_has_one():
    html = highlight_python("a == (1)\nb = f(x)  [0]\n")
    assert html == (
        '<div class="highlight"><pre><span></span><span><code>'
        'a == (<span class="mi">1</span>)\nb = f(x)  [<span class="mi">0</span>]\n'
        "</code></span></pre></div>"
    )


def test_what_an_f_string_puts_in_has_the_colour_of_the_string_and_its_own_spaces_stay_its_own():
    html = highlight_python("f'{b} {c}'")
    assert 'class="si"' not in html
    assert '<span class="s2">{</span>b<span class="s2">}</span>' in html


@pytest.mark.parametrize("path", sorted((ROOT / "py" / "cells" / "page").glob("*.py")), ids=lambda path: path.name)
def test_no_letter_is_lost(path):
    source = path.read_text(encoding="utf-8")
    assert words(highlight_python(source)) == source.strip("\n") + "\n"


@pytest.mark.parametrize("source", ["\n\n  a\n", "a  \n", "", " ", "(", "( )", " (  ) "])
def test_spaces_at_the_ends_stay(source):
    assert words(highlight_python(source)).rstrip("\n") == source.rstrip("\n")


def test_a_fence_is_marked_as_a_cell_is():
    extensions = ["cells.build.listings", "pymdownx.superfences"]
    assert markdown.markdown(f"```python\n{SOURCE}```", extensions=extensions) == highlight_python(SOURCE)
    assert markdown.markdown(f"```python\n{SOURCE}```", extensions=extensions[::-1]) == highlight_python(SOURCE)


@pytest.mark.parametrize("language", ["", "bash", "text"])
def test_no_listing_is_one_that_materials_script_measures(language):
    html = markdown.markdown(f"```{language}\na b\n```", extensions=["cells.build.listings", "pymdownx.superfences"])
    assert re.search(r"<pre><span></span><span><code>.*</code></span></pre>", html, re.DOTALL)
    assert "<pre><span></span><span><code>" in highlight_console(">>> 1\n1\n")


def test_code_that_stands_further_in_is_a_listing_too_and_stays_as_it_is_written():
    html = markdown.markdown("Words:\n\n    a <b> &amp;\n\n    c\n", extensions=["cells.build.listings"])
    assert html.endswith(
        '<div class="highlight"><pre><span></span><span><code>a &lt;b&gt; &amp;amp;\n\nc\n</code></span></pre></div>'
    )


def test_code_within_a_line_is_left_as_it_is():
    extensions = ["cells.build.listings", "pymdownx.inlinehilite"]
    html = markdown.markdown("`#!python a = 1`", extensions=extensions)
    assert html == markdown.markdown("`#!python a = 1`", extensions=["pymdownx.highlight", "pymdownx.inlinehilite"])


def test_operators_have_the_colour_of_punctuation():
    """Listings take the one for the other."""
    style = (ROOT / "site" / "css" / "tokens.css").read_text(encoding="utf-8")
    colours = [re.findall(rf"--md-code-hl-{kind}-color: ([^;]+);", style) for kind in ("operator", "punctuation")]
    assert colours[0] == colours[1]
    assert len(colours[0]) == 1


def test_lines_that_do_not_teach_are_marked_and_all_lines_are_there():
    source = "import numpy as np\n\nx = 1\ny = 2\nprint(x)"
    html = listing(source, [], shown_lines("3-4", source))
    assert words(html).rstrip("\n") == source
    first, last = html.split('<span data-part="folded">')[1:]
    assert words(first).startswith("import numpy as np\n\nx = 1")
    assert "</span>\n</span>\nx " in first, "it ends before the line that is shown, and leaves it its place"
    assert last.endswith("\n</span></code></span></pre></div>")


@pytest.mark.parametrize("value", ["-2.5", "3", '"dog"', "True", '"a # b"'])
def test_a_literal_with_a_control_is_marked_apart_from_what_describes_the_control(value):
    kind = {'"': "string", "T": "boolean"}.get(value[0], "number")
    source = f'_x = [1]\ncut = {value}  # @param {{type:"{kind}"}}\n'
    html = listing(source, parameters_of(source))
    tail = re.search(r'<span data-part="tail">(.*?)</span></span>$', html, re.MULTILINE)
    assert words(tail[1]).strip().startswith("# @param")
    literal = re.search(r'<span data-literal="cut">(.*?)</span><span data-part="tail">', html)
    assert (literal and words(literal[1])) == (value if kind == "number" else None)
    assert words(html) == source
