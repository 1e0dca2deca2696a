"""The sentences that the language model reads: the site's own prose, and nothing else that stands in its pages."""

import re

from tools.base import places
from tools.content import sentences

PAGE = """---
title: Not this.
---

# Not this either.

The dog sits, and
the **cat** [walks away](cat.md). It has 4 legs. Too short.
Does nobody bark? The dog sits, and nobody says why.

- A point in a list counts, too.

| A table | does | not count. |

```python run id="one"
# Nor does what stands in code.
```

??? question "Predict: nor this."

    Nor what stands in a fold below it.
"""


def test_prose_comes_in_words_and_nothing_else_comes():
    assert [" ".join(one) for one in sentences.sentences(PAGE)] == [
        "the dog sits , and the cat walks away .",
        "the dog sits , and nobody says why .",
        "a point in a list counts , too .",
    ]


def test_a_sentence_with_a_rare_word_is_left_out_and_none_comes_twice():
    found = [
        line.split() for line in ("dogs bark .", "dogs bark .", "cats bark .", "dogs philosophise .", "cats bark .")
    ]
    assert sentences.common(found, 4) == ["dogs bark .", "cats bark ."]


def test_the_chapters_before_the_page_have_enough_to_read_and_it_does_not_read_itself():
    sentences.write()
    text = sentences.TARGET.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert len(lines) > 150 and len(lines) == len(set(lines))
    assert len({word for line in lines for word in line.split()}) <= sentences.WORDS
    assert re.fullmatch(r"[a-z' ,.\n-]+", text), "nothing that could end the string it stands in"
    after = (places.SITE / "next-word.md").read_text(encoding="utf-8").lower()
    assert not [line for line in lines if len(line) > 60 and line.removesuffix(" .") in after]
