"""What is shown stands beside what is said about it, and the order of a page stays as it was written."""

import re

import pytest

from tools.pages.scenes import arrange, arranged

A, B = '<py-cell id="a"><p>x</p><svg><path d="M0 0"/></svg></py-cell>', '<py-cell id="b"><p>y</p></py-cell>'
EXERCISE = f'<py-exercise for="c">{B}<details><p>hint</p></details></py-exercise>'


def shape(page):
    """Scenes in brackets, with what is in them: letters for cells, words for text."""
    html = re.sub("<!--.*?-->", "", arranged(page))
    html = re.sub(r"<py-exercise.*?</py-exercise>", "C", html, flags=re.DOTALL)
    html = re.sub(r'<py-cell id="(\w)".*?</py-cell>', lambda m: m[1].upper(), html)
    html = re.sub(r"<py-lab>.*?</py-lab>", "LAB", html)
    html = html.replace('<div class="scene">', "[").replace('<div class="scene-text">', "(")
    html = html.replace('<div class="scene-figure">', "{").replace("</div>", "/")
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"<h1>t</h1><p>one</p>{A}<p>two</p>", "[ ( t one / { A / ( two / /"),
        (f"<h1>t</h1><h2>u</h2>{A}{B}", "[ ( t u / { A B / /"),
        (f"{A}<p>one</p><p>two</p>{B}<p>three</p>", "[ { A / ( one / / [ ( two / { B / ( three / /"),
        (f"{A}<p>one</p><h3>u</h3><p>two</p><p>three</p>{B}", "[ { A / ( one / / [ ( u two three / { B / /"),
        (f"{A}<p>one</p><ul><li>two</li></ul>{B}", "[ { A / ( one two / / [ { B / /"),
        (f"{A}<h2>u</h2><p>one</p><h2>v</h2>{B}", "[ { A / / ( u one / [ ( v / { B / /"),
        (f"<p>one</p><py-lab><p>lab</p></py-lab><p>two</p>{A}", "( one / LAB [ ( two / { A / /"),
        (f"<p>task</p>{EXERCISE}<p>more</p>", "[ ( task / { C / ( more / /"),
        ("<p>a > b</p>\n<!-- <p> -->\n<hr>text" + A, "[ ( a > b text / { A / /"),
    ],
)
def test_what_is_shown_takes_what_leads_to_it_and_what_follows(page, expected):
    assert shape(page) == expected


def test_nothing_is_lost_and_nothing_changes_its_place():
    table = "<table><tr><td>3</td></tr></table>"
    page = f"<h1>t</h1>\n<p>\u2028one<br></p>\n{A}\n<p>two</p>\n{table}\n{B}\n<pre>a\n  b</pre>"
    bare = re.sub(r'<div class="scene[^>]*">\n|\n</div>', "", arranged(page))
    assert re.sub(r"\n+", "\n", bare) == page


@pytest.mark.parametrize("head", ["", '<meta name="layout" content="scenes">'])
def test_a_page_is_arranged_where_its_theme_asks_for_it(head):
    page = f'{head}<main><article class="md-content__inner md-typeset">\n<p>one</p>{A}</article></main>'
    assert ("scene" in arrange(page).replace(head, "")) == bool(head)
