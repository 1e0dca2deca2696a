"""A translated page: its words are its own, all else is the English page's; what does not fit stops the build."""

import json
import re
from pathlib import Path

import pytest
from converting import at, converter

from cells.build import markdown as cells
from cells.build.memory import tally
from cells.build.sections import sections
from cells.build.translation import merged
from cells.page.errors import PageError

ENGLISH = """\
---
title: Dogs
---

# Dogs { .wide }

There are `{python} n:.1f` and `{python} share:.1%` of them.

```python run id="dogs" title="Two dogs" show="1"
n = 2.5

n
```

```python run id="share"
share = n / 4
```

## How many?

??? question "Predict: how many?"

    - [ ] One
    - [x] More
        > Count them.

    More.

```python exercise id="more" title="One more"
more = ...
```

```python check for="more"
_said = "not a number"
assert more is not ..., "There is nothing yet."
assert more == n + 1, f"You say {more:g}, that is {'less' if more < n else 'more'}; {_said} is {n + 1:g}."
```

??? hint "Hint"

    Add.

```python solution for="more"
more = n + 1
```

## How many?
"""
GERMAN = """\
# Hunde { .wide }
<!-- en: 1a2b3c4d -->

Von ihnen gibt es `{python} share:.1%`, das sind `{python} n:.1f`.

```python run id="dogs" title="Zwei Hunde"
```

```python run id="share"
```

## Wie viele?

??? question "Sag voraus: Wie viele?"

    - [ ] Einer
    - [x] Mehr
        > Zähl sie.

    Mehr.

```python exercise id="more" title="Einer mehr"
```

```python check for="more"
not a number
keine Zahl

There is nothing yet.
Da steht noch nichts.

You say {more:g}, that is {'less' if more < n else 'more'}; {_said} is {n + 1:g}.
{n + 1:g} ist es ({_said}), und {more:g} ist {'weniger' if more < n else 'mehr'}.
```

??? hint "Tipp"

    Zähl dazu.

```python solution for="more"
```

## Wie viele?
"""


def merge(german=GERMAN, english=ENGLISH, is_there=lambda path: False):
    return merged(english, german, "de/dogs.md", "de", is_there)


@pytest.fixture
def build(tmp_path):
    """Convert the page at a path, as MkDocs would."""
    (tmp_path / "de").mkdir()
    (tmp_path / "dogs.md").write_text(ENGLISH)

    def convert(path, text):
        options = {"vendor": "site/vendor", "memory": str(tmp_path / "m"), "languages": {"de": "de"}}
        md = at(converter("attr_list", "toc", "pymdownx.details", **options), tmp_path, path)
        return md.convert(text.removeprefix("---\ntitle: Dogs\n---\n"))

    yield convert
    cells.makeExtension()


def test_code_ids_and_options_come_from_the_english_page_and_titles_are_its_own(build):
    english, german = build("dogs.md", ENGLISH), build("de/dogs.md", GERMAN)
    for part in (r'<h\d id="[^"]*" class', r'<h\d id="[^"]*"', r'<py-\w+ [^>]*id="[^"]*"', r' page="[^"]*"'):
        assert re.findall(part, german) == re.findall(part, english)
    programs = [re.findall(r'data-part="program"[^>]*>(.*?)</template>', html) for html in (english, german)]
    assert [json.loads(one) for one in programs[0][:2]] == [json.loads(one) for one in programs[1][:2]]
    assert '<py-cell id="dogs" page="dogs.md" state="static" role="group" aria-label="Zwei Hunde">' in german
    assert '<h1 class="wide" id="dogs">Hunde</h1>' in german
    assert "<!-- en" not in german
    assert "2 weitere Zeilen: Zwei Hunde" in german  # show= is taken, too


def test_numbers_in_sentences_are_written_as_the_language_does_and_outputs_are_not(build):
    german = build("de/dogs.md", GERMAN)
    assert 'es <span data-expr="share:.1%" page="dogs.md">62,5\u202f%</span>, das sind' in german
    assert '<pre data-output="text">2.5</pre>' in german


def test_a_check_speaks_the_language_and_only_what_it_reads_runs_again(build):
    def cells_run(*page):
        before = tally.cells
        return build(*page), tally.cells - before

    assert cells_run("dogs.md", ENGLISH)[1] == 4  # with its check
    german, run = cells_run("de/dogs.md", GERMAN)
    assert run == 3  # all but the one that the check does not read
    assert '"words":"Da steht noch nichts."' in german
    assert "There is nothing yet" not in german
    assert cells_run("de/dogs.md", GERMAN) == (german, 0)


def test_guesses_are_kept_by_the_english_question():
    line = next(line for line in merge().split("\n") if line.startswith("???"))
    key = sections(ENGLISH)[1].questions[0].key
    assert line == f'??? question {key} "Sag voraus: Wie viele?"'


def test_an_included_file_is_the_languages_own_where_there_is_one():
    include = '--8<-- "build/home/road.md"\n'
    german, english = GERMAN + include, ENGLISH + include
    assert merge(german, english).endswith(include)
    own = Path("build/home/de/road.md")
    assert merge(german, english, lambda path: path == own).endswith('--8<-- "build/home/de/road.md"\n')


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("## Wie", "### Wie", r'heading "Wie viele\?": expected one of level 2, the translation of "How many\?", got'),
        ("# Hunde { .wide }", "# Hunde { #hunde }", 'heading "Hunde": expected no id, it has that of "Dogs"'),
        ("```\n\n## Wie viele?\n\n?", "```\n\n?", r'expected 3 headings, got 2; of these there is no .*: "How many\?"'),
        ("## Wie", "## Neu\n\n## Wie", 'expected 3 headings, got 5; the English page does not have these: "Neu"'),
        ('Wie viele?"\n', 'Wie viele?"\n\n    Text\n', "expected 1 predictions, .* got 0"),
        ("- [ ] Einer", "- [x] Einer", r'prediction "Sag voraus: .*": expected the boxes of "Predict: how many\?"'),
        ("    - [ ] Einer\n", "", "expected the boxes of .*, as many"),
        ('id="dogs"', 'id="hunde"', 'expected the fences of the English page, in their order; it has no run "hunde"'),
        ('```python solution for="more"\n```\n', "", 'in their order; solution "more" is missing'),
        ('title="Zwei Hunde"', 'title="Zwei Hunde" show="2"', 'run "dogs": expected its id and title alone, got'),
        (' title="Einer mehr"', "", r'exercise "more": expected title="…", the translation of "One more", got ""'),
        ('solution for="more"\n', 'solution for="more"\nmore = 3\n', 'solution "more": expected its first line alone'),
        ("keine Zahl\n", "keine Zahl\noder\n", "expected pairs of lines, the English text and its translation, with"),
        ("not a number", "not a nmber", "this text of the code has no translation; .*:\nnot a number$"),
        ("keine Zahl\n", "keine Zahl\n\nNo.\nNein.\n", "the code has no such text; copy it letter by letter:\nNo."),
        ("keine Zahl\n", 'keine "Zahl"\n', 'the code has " around this text, so it cannot stand in it:\nkeine "Zahl"'),
        ("({_said})", "({_gesagt})", r"expected .*, \{_said\}, .* in it, as in the English text:"),
    ],
)
def test_what_does_not_fit_is_told_with_what_was_expected(old, new, told):
    assert old in GERMAN
    with pytest.raises(PageError, match=f"(?s)^de/dogs.md.*{told}"):
        merge(GERMAN.replace(old, new))


def test_a_page_without_a_source_stops_the_build(build):
    with pytest.raises(
        PageError, match=r"de/cats.md: expected the page that it is a translation of, found no .*/cats.md"
    ):
        build("de/cats.md", "# Katzen\n")


def test_links_out_of_the_language_are_marked(build):
    html = build(
        "de/dogs.md", GERMAN + "\n[Innen](../cats/#a), [außen](../../behind/#a) und [anderswo](https://a.invalid/).\n"
    )
    assert '<a href="../cats/#a">Innen</a>, <a target="_self" hreflang="en" href="../../behind/#a">außen</a>' in html
    assert '<a href="https://a.invalid/">anderswo</a>' in html


def hash_of(text):
    return sections(text)[0].hash


def test_a_translation_is_out_of_date_when_words_change_and_not_when_code_does():
    page = (
        '# A\n\nWords.\n\n```python run id="a" title="T"\nx = 1\n```\n\n'
        '```python check for="b"\nassert b, "No, not yet."\n```\n'
    )
    for old, new in (("x = 1", "x = 2  # more"), ("assert b,", "assert b == 2,"), ('title="T"', 'title="T" show="1"')):
        assert hash_of(page.replace(old, new)) == hash_of(page), new
    for old, new in (("Words", "Word"), ('"T"', '"U"'), ("not yet", "never"), ("# A", "# B"), ('id="a"', 'id="c"')):
        assert hash_of(page.replace(old, new)) != hash_of(page), new
