"""Pages in other languages: none is missing, untranslated or out of date, and what would be is found."""

import pytest

from cells.build.sections import sections, stamped
from tools.base import places
from tools.base.errors import ToolError
from tools.content import translations
from tools.content.translations import all_faults, faults, stamp

ENGLISH = """\
---
title: Dogs
description: All about dogs.
offline: false
---

# Dogs

A dog has `{python} n` legs, says [the cat](cat.md#legs).[^1]

*[CAT]: A cat

```sh
make dogs
```

## Legs

??? question "Predict: how many?"

    - [x] `{python} n` ± 0.5 legs, between 0 and 9

[^1]: And [the page](behind/page.md) says so, too.
"""
GERMAN = """\
---
title: Hunde
description: Alles über Hunde.
offline: false
---

# Hunde

Ein Hund, sagt [die Katze](cat.md#legs), hat `{python} n` Beine.[^1]

*[CAT]: Eine Katze

```sh
make dogs
```

## Beine

??? question "Sag voraus: Wie viele?"

    - [x] `{python} n` ± 0.5 Beine, between 0 and 9

[^1]: Und [die Seite](../behind/page.md) sagt es auch.
"""
HASHES = [section.hash for section in sections(ENGLISH)]
STAMPED = stamped(GERMAN, HASHES)


def found(text, english=ENGLISH):
    return [fault.removeprefix("de/dogs.md") for fault in faults("de/dogs.md", english, text)]


def test_every_page_is_translated_and_up_to_date():
    assert all_faults() == [], "see: make translations"


def test_nothing_is_found_in_a_page_that_says_the_same():
    assert found(STAMPED) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: Hunde", "title: Dogs", ": title: is not translated"),
        ("offline: false", "offline: true", ": offline: expected False, got True"),
        ("offline: false\n", "", ": offline: stands before one of the two pages alone"),
        ("`{python} n` Beine.", "vier Beine.", ', "Hunde": lacks a number in the text of the English section: n'),
        ("cat.md#legs", "cat.md", ', "Hunde": lacks a link of the English section: cat.md#legs'),
        ("cat.md#legs", "cat.md#beine", ', "Hunde": has a link that the English section has not: cat.md#beine'),
        ("make dogs", "make hunde", ', "Hunde": lacks a fence of the English section: sh\nmake dogs'),
        ("[CAT]: Eine", "[KATZE]: Eine", ', "Hunde": lacks a abbreviation of the English section: CAT'),
        ("Beine.[^1]", "Beine.", ', "Hunde": lacks a footnote of the English section: [^1]'),
        ("± 0.5", "± 0.7", ', "Beine": lacks a number to guess of the English section: n ± 0.5'),
        (
            f"<!-- en: {HASHES[1]} -->\n",
            "",
            ', "Beine": has no hash; when its words are right: make translations ARGS=',
        ),
        (f"en: {HASHES[0]}", "en: 00000000", ', "Hunde": the English section "Dogs" has changed; mend this one'),
        (f"en: {HASHES[1]}", "en: 00000000", ', "Beine": the English section "Legs" has changed; mend this one'),
        ("## Beine", "### Beine", ', heading "Beine": expected one of level 2'),
    ],
)
def test_what_differs_is_found_and_named(old, new, told):
    assert old in STAMPED
    every = found(STAMPED.replace(old, new))
    assert any(fault.startswith(told) for fault in every), every


def test_a_paragraph_that_is_as_in_english_is_found_and_code_or_a_formula_is_not():
    english = ENGLISH + "\nDogs bark at night.\n\n$$\na b c\\text{de fg}\n$$\n\n`a` [b](cat.md)\n"
    german = STAMPED + "\nDogs bark at night.\n\n$$\na b c\\text{de fg}\n$$\n\n`a` [b](cat.md)\n"
    assert [fault for fault in found(german, english) if "translated" in fault] == [
        ', "Beine": is not translated: Dogs bark at night.'
    ]


@pytest.fixture
def pages(tmp_path, monkeypatch):
    (tmp_path / "de").mkdir()
    monkeypatch.setattr(places, "SITE", tmp_path)
    monkeypatch.setattr("tools.base.site.pages", lambda: [("Dogs", "dogs.md"), ("Cats", "cats.md")])
    (tmp_path / "dogs.md").write_text(ENGLISH)
    (tmp_path / "de" / "dogs.md").write_text(GERMAN)
    return tmp_path


def test_a_page_that_is_missing_is_told_and_one_that_is_english_on_purpose_is_not(pages, monkeypatch):
    assert list(translations.missing("de")) == [
        "de/cats.md: there is no such page; translate cats.md, or name it in ENGLISH_ONLY"
    ]
    monkeypatch.setattr(translations, "ENGLISH_ONLY", ("cats.md",))
    assert list(translations.missing("de")) == []
    (pages / "de" / "duck.md").write_text("# Ente\n")
    assert "de/duck.md: there is no English page duck.md" in all_faults(["de"])


def test_stamping_writes_the_hashes_once_and_touches_nothing_else(pages):
    assert stamp("de/dogs.md") == 2
    assert (pages / "de" / "dogs.md").read_text() == STAMPED
    assert stamp("de/dogs.md") == 0
    (pages / "dogs.md").write_text(ENGLISH.replace("## Legs", "## Paws"))
    assert stamp("de/dogs.md") == 1
    (pages / "dogs.md").write_text(ENGLISH.replace("All about", "Much about"))
    assert stamp("de/dogs.md") == 2, "the legs are as they were, and the description goes with the first section"
    with pytest.raises(ToolError, match=r"--stamp: expected a translated page such as de/softmax.md, got dogs.md"):
        stamp("dogs.md")
