"""A chapter on paper: what stands on the worksheet, what on the answers alone, and where both are found."""

import re

import pytest
import zxingcpp
from PIL import Image
from test_markdown import convert

from tools.base import site as course
from tools.base.errors import ToolError
from tools.content import worksheets

ADDRESS = "https://dogs.example/primer/dogs/"
RULES = "default-src 'self'"
PAGE = """# Dogs & cats

<div class="facts"><ul><li><b>You will be able to</b> tell a <a href="x">dog</a> from a cat.</li><li>x</li></ul></div>

??? question "Predict: who *leads*?"

    - [ ] The cat
        > It has less.
    - [x] The dog

    So it is.

??? question "Predict: how much has the dog?"

    - [x] `{python} dog + 0.5:.2f` ± 0.05 nats, between 0 and 9

    Look.

??? question "Predict: a curve?"

    - [x] `{python} [0.25, 0.75]` ± 0.1, at 2 places from -1 to 1, between 0 and 1

```python run id="root" title="A root" show="3" try="dog: 4, 9"
import math
dog = 2.0  # @param {type:"slider", min:0, max:9}
print(f"root = {math.sqrt(dog):.2f}")
```

```python run id="kind" title="A kind" try="kind: dog, cat"
kind = "dog"  # @param ["dog", "cat"]
print("a", kind)
```

## Exercises

Press Check.

Make two of it.

```python exercise id="two" title="Two dogs"
pair = ...
```

```python check for="two"
assert pair is not ..., "Nothing yet."
```

??? hint "Hint"
    Double it.

```python solution for="two"
pair = 2 * dog
```
"""


@pytest.fixture(autouse=True)
def this_site():
    course.options().use()


@pytest.fixture(scope="module")
def html():
    course.options().use()
    return convert(PAGE)


def site(folder, html, language="en"):
    for name, body in (("dogs", html), ("teach", '<p>See <span data-sheets="dogs"></span>.</p>')):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(
            f'<!doctype html><html lang="{language}"><head><link rel="canonical" href="{ADDRESS}"></head>'
            f'<body><article class="md-content__inner">{body}</article></body></html>'
        )
    return folder


@pytest.fixture
def sheets(tmp_path, html):
    return [path.read_text() for path in worksheets.write(site(tmp_path, html), RULES)]


def words(html):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html).split())


def test_the_worksheet_asks_and_has_room_and_tells_nothing(sheets):
    sheet, _ = sheets
    told, body = words(sheet), sheet.partition("</style>")[2]
    for asked in (
        "Name Date",
        "You will be able to tell a dog from a cat.",
        "Who leads ?",
        "The cat The dog",
        "Your guess, between 0 and 9: nats",
        "A root dog = 2.0 print(f&quot;root",
        "Set dog to 4 9 root What do you notice?",
        "Set kind to dog cat What comes out",
        "Two dogs Make two of it. pair = ...",
    ):
        assert asked in told, asked
    hidden = ("data-right", "polyline", "It has less", "So it is", "2.00", "3.00", "2 * dog", "@param", "Press Check")
    for given in hidden:
        assert given not in body, given
    assert 'class="lines"' in body


def test_the_answers_have_what_is_right_the_replies_and_what_the_pages_own_program_gives(sheets):
    _, answers = sheets
    told = words(answers)
    assert re.findall(r"<li data-right>.*?</li>", answers) == ["<li data-right><i></i><span>The dog</span></li>"]
    replies, results = ("The cat : It has less.", "So it is.", "2.5 nats"), ("root 2.00 3.00", "comes out a dog a cat")
    for given in (*replies, *results, "pair = 2 * dog"):
        assert given in told, given
    assert '<polyline points="30,90.5 330,35.5"/>' in answers


def test_a_camera_reads_the_pages_address(sheets):
    size = int(re.search(r'viewBox="-4 -4 (\d+)', sheets[0])[1])
    picture = Image.new("L", (size, size), 255)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", sheets[0]):
        picture.putpixel((int(x) + 4, int(y) + 4), 0)
    (found,) = zxingcpp.read_barcodes(picture.resize((size * 8, size * 8), Image.Resampling.NEAREST))
    assert found.text == ADDRESS
    assert ADDRESS.removeprefix("https://") in words(sheets[0])


def test_both_have_the_sites_policy_and_no_script_and_no_search_engine_lists_them(sheets):
    for sheet in sheets:
        assert f'content="{RULES}"' in sheet
        assert '<meta name="robots" content="noindex">' in sheet
        assert "<script" not in sheet


def test_a_page_for_teachers_leads_to_them_and_to_their_pdfs_once_there_are_some(tmp_path, html):
    made = worksheets.write(site(tmp_path, html), RULES)
    teach = tmp_path / "teach" / "index.html"
    assert (
        '<a href="../dogs/dogs-worksheet.html">Worksheet</a>, <a href="../dogs/dogs-answers.html">' in teach.read_text()
    )
    assert ".pdf" not in teach.read_text()
    for sheet in made:
        sheet.with_suffix(".pdf").touch()
    for _ in range(2):
        worksheets.link(tmp_path)
        assert teach.read_text().count('href="../dogs/dogs-answers.pdf"') == 1
    made[0].unlink()
    with pytest.raises(
        ToolError, match=r'data-sheets="dogs": expected dogs-worksheet.html to have been made, found none'
    ):
        worksheets.link(tmp_path)


def test_a_page_in_another_language_has_sheets_in_that(tmp_path, html):
    html = html.replace("Predict: ", "Sag voraus: ")
    sheet, answers = (path.read_text() for path in worksheets.write(site(tmp_path, html, "de"), RULES))
    assert '<html lang="de">' in sheet
    assert "<b>2,5</b> nats" in answers
    assert "Arbeitsblatt" in sheet
    assert "Was fällt dir auf?" in sheet
    assert "How much has the dog?" in sheet
    assert "Sag voraus: " not in sheet
    assert "Lösungen" in answers
    assert ">Arbeitsblatt</a>" in (tmp_path / "teach" / "index.html").read_text()


def test_a_page_without_questions_has_none(tmp_path):
    (tmp_path / "teach").mkdir()
    place = (
        '<html><head><link rel="canonical" href="https://dogs.example/"></head><article><h1>No</h1></article></html>'
    )
    (tmp_path / "teach" / "index.html").write_text(place)
    assert worksheets.write(tmp_path, RULES) == []
