"""How an author writes a question to be answered first, what it becomes, and what stops the build."""

import re
import textwrap

import pytest
from converting import convert
from test_markdown import cell
from test_notebook import carried

from cells.build.notebook import notebook, script
from cells.build.predictions import options_in
from cells.page.errors import PageError
from tools.base import places

SHARES = cell("shares = [0.7, 0.25, 0.05]", 'id="shares"')


def predicts(options, answer="So it is."):
    options = textwrap.indent(textwrap.dedent(options).strip("\n"), "    ")
    return f'??? question "Predict: who *leads*?"\n\n{options}\n\n    {answer}\n\n{SHARES}'


def element(html):
    return re.search(r"<py-prediction.*?</py-prediction>", html, re.DOTALL)[0]


def test_boxes_become_radio_buttons_below_the_question_and_the_answer_a_fold():
    html = element(convert(predicts("- [ ] The `cat`\n    > It has\n    > **0.05**.\n- [x] The dog")))
    assert 'kind="one" page="page"' in html
    assert '-asks">Predict: who <em>leads</em>?</legend>' in html
    boxes = re.findall(r'<label( data-right="")?><input[^>]* type="(\w+)" value="(\d)" /><span>(.*?)</span>', html)
    assert boxes == [("", "radio", "0", "The <code>cat</code>"), (' data-right=""', "radio", "1", "The dog")]
    fold = html[html.index("<details") :]
    assert '<p data-part="right">Right: The dog</p>' in fold
    assert '<li data-for="0"><q>The <code>cat</code></q> It has <strong>0.05</strong>.</li>' in fold
    assert "<p>So it is.</p>" in fold


def test_a_covered_cell_waits_for_the_last_prediction_above_it():
    covered = cell("print(shares)", 'id="told" covered')
    first = predicts("- [ ] The cat\n    > No.\n- [x] The dog")
    second = first.removesuffix(SHARES).replace("who *leads*", "who trails")
    html = convert(f"{first}\n{second}\n{covered}")
    ids = re.findall(r'<py-prediction id="([^"]+)"', html)
    assert len(ids) == 2
    assert re.findall(r'<py-cell id="(\w+)"[^>]* after="([^"]+)"', html) == [("told", ids[1])]
    assert html.count('data-part="cover"') == 1
    with pytest.raises(PageError, match=r'cell "told": it is covered .* there is none above'):
        convert(f"{SHARES}\n{covered}\n{second}")


def test_where_several_are_right_they_are_check_boxes():
    html = element(convert(predicts("- [x] The dog\n- [ ] The toaster\n- [x] The cat")))
    assert 'kind="some"' in html
    assert html.count('type="checkbox"') == 3
    assert "Right: The dog; The cat" in html


def test_a_number_is_what_the_code_of_the_page_comes_to():
    html = element(
        convert(
            predicts("""\
            - [x] `{python} shares[0] * 2:.1f` ± 0.1 nats, between -1 and 3
            - [ ] `{python} -shares[0]:.2f` ± 0.02
                > The wrong way round.
            """)
        )
    )
    assert 'kind="number"' in html
    assert re.search(
        r'<label data-within="0.1" id="guess-\w+-field"><span>Your guess, between −1 and 3</span><input[^>]*/>nats',
        html,
    )
    assert 'max="3" min="-1"' in html
    assert '<p data-part="right">It is <b data-truth="1.4">1.4</b> nats.</p>' in html
    wrong = '<b data-truth="-0.70">-0.70</b>'
    assert f'<li data-for="1" data-within="0.02"><q>{wrong}</q> The wrong way round.</li>' in html


def test_a_question_keeps_its_name_until_it_is_another_question():
    ids = [
        re.search(r'id="(guess-\w{8})"', convert(predicts(options, answer)))[1]
        for options, answer in [
            ("- [ ] A\n- [x] B", "One."),
            ("- [ ] A\n- [x] B", "Other words."),
            ("- [ ] A\n- [x] C", "One."),
        ]
    ]
    assert ids[0] == ids[1] != ids[2]


def test_a_fold_without_boxes_stays_one():
    assert "<py-prediction" not in convert('??? question "Why?"\n\n    - Because.\n\n' + SHARES)


def test_a_cell_in_the_answer_is_a_cell():
    html = convert('??? question "P"\n\n    - [ ] A\n    - [x] B\n\n    ```python run id="a"\n    print(7)\n    ```\n')
    assert html.index("<details") < html.index("<py-cell") < html.index("</details>")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("- [ ] A\n- [ ] B", "none of its options is right; mark that one: - [x]"),
        ("- [x] A\n- [x] B", "all of its options are right; write what one could think instead: - [ ]"),
        ("- [ ] A\n- [x]", "one of its options says nothing: expected - [ ] words"),
        ("- [ ] A\n\n- [x] B", "expected options one below the other, with no empty line between"),
        ("- [ ] A\n- B", "each with a box:\n    - [ ] The duck\n        > What is replied.\n    - [x] Nobody\ngot 'B'"),
        ("- [x] 0.7 ± 0.1", "expected a number that code computes, such as\n    - [x] `{python} likelihood:.2f`"),
        ("- [x] `{python} shares[0]` ± much", "got '`{python} shares[0]` ± much'"),
        ("- [x] `{python} shares[0]` ± 0.1\n- [ ] A", "it asks for a number, so each option is one, with ±; got 'A'"),
        (
            "- [x] `{python} shares[0]` ± 0.1\n- [x] `{python} shares[1]` ± 0.1",
            "it asks for a number, and two of them are right; expected one [x]",
        ),
        ("- [x] `{python} shares[0]` ± 0.1, between 3 and 1", "expected the smaller limit first, got between 3 and 1"),
        (
            "- [x] `{python} shares[0]` ± 0.1\n- [ ] `{python} shares[1]` ± 0.1",
            "has to be told why it is not that: write > and the reason below it",
        ),
    ],
)
def test_what_is_not_a_question_stops_the_build_and_says_what_to_write(options, says):
    with pytest.raises(PageError) as caught:
        convert(predicts(options))
    assert str(caught.value).startswith('page, prediction "Predict: who *leads*?": ')
    assert says in str(caught.value)


def test_a_truth_that_is_no_number_stops_the_build():
    with pytest.raises(PageError, match=r"page, `\{python\} 'a'` ± …: expected a number to guess, got 'a'"):
        convert(predicts("- [x] `{python} 'a'` ± 0.1"))


def test_a_curve_is_as_many_sliders_as_it_has_places():
    html = element(convert(predicts("- [x] `{python} shares` ± 0.1, at 3 places from -1 to 1, between 0 and 1")))
    assert 'kind="curve"' in html
    assert re.findall(r'max="(\S+)" min="(\S+)"[^>]*type="range" value="(\S+)" /><span>(.*?)<', html) == [
        ("1", "0", "0.5", at) for at in ("−1", "0", "1")
    ]
    assert 'It is <b data-truth="[0.7, 0.25, 0.05]">[0.7, 0.25, 0.05]</b>.' in html


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("- [x] `{python} shares` ± 0.1, at 4 places from 0 to 1, between 0 and 1", "expected a list of 4 numbers"),
        ("- [x] `{python} shares` ± 0.1, at 3 places from 0 to 1", "expected one box, with heights between … and …"),
        ("- [x] `{python} shares` ± 0.1", "expected a number to guess, got '[0.7, 0.25, 0.05]'"),
    ],
)
def test_a_curve_that_does_not_fit_its_places_stops_the_build(options, says):
    with pytest.raises(PageError) as caught:
        convert(predicts(options))
    assert says in str(caught.value)


def test_in_a_notebook_the_question_stands_before_the_fold_and_the_answer_in_it():
    text = textwrap.dedent("""\
        ??? question "Predict: who?"

            - [ ] The cat
                > No.
            - [x] The dog

            So it is.
        """)
    page = carried(text)
    (words,) = [one["source"] for one in notebook(page)["cells"] if one["cell_type"] == "markdown"]
    assert words == (
        "**Predict: who?**\n\n- The cat\n- The dog\n\n<details>\n<summary>Answer</summary>\n\n"
        "Right: The dog\n\n- “The cat”: No.\n\nSo it is.\n\n</details>"
    )
    assert "# **Predict: who?**\n#\n# - The cat\n# - The dog\n" in script(page)


@pytest.mark.parametrize("page", sorted((places.ROOT / "site").glob("*.md")), ids=lambda page: page.stem)
def test_whatever_this_site_asks_to_predict_can_be_answered_first(page):
    lines = page.read_text(encoding="utf-8").split("\n")
    asked = [at for at, line in enumerate(lines) if re.match(r'\?\?\?\+? \w+ "(Predict|Try)\b', line)]
    below = {lines[at]: [line.strip() for line in lines[at + 1 : at + 4]] for at in asked}
    assert [question for question, first in below.items() if not options_in(first)[0]] == []
