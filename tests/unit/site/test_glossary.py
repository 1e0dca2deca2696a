"""No word of the glossary is used in a chapter before the reader can look it up, and no question is told unasked."""

import re

import pytest

from tools.base import places

ORDER = (
    "first-steps", "perceptron", "softmax", "cross-entropy", "backpropagation", "train-your-dog", "dog-stream", "today",
    "next-word",
)  # fmt: skip
"""In the order of reading."""
_ENTRY = re.compile(r"^([\w -]+?) \{ #(glossary-[\w-]+) \}$", re.M)
_NO_PROSE = re.compile(
    r"""\A---.*?^---$ | ```.*?``` | ^\#.*?$ | `[^`]*` | \$[^$]*\$ | <[^>]*> | "[^"]*" | “[^”]*” | :material-[\w-]+:
    | \]\([\w./-]+\.md(\#(?!glossary)[\w-]+)?\) | \{[^}]*\}""",
    re.S | re.M | re.X,
)
"""What begins a page, code, headings, formulas, elements, what others said, and addresses."""
LOOKED_FOR = {"bit and nat": "nat", "class": "classes", "gradient": "gradient(?! descent)"}
"""Where a word means something else in everyday English, or stands in another."""


def sections(page):
    """The prose of a page, cut at its headings; its last paragraph looks ahead to the next one."""
    text = (places.SITE / f"{page}.md").read_text(encoding="utf-8").partition("\n\n--8<--")[0].rpartition("\n\n")[0]
    text = re.sub(r'```.*?```|<div class="facts".*?</div>|<py-lab.*?</py-lab>', "", text, flags=re.S)
    return [_NO_PROSE.sub(" ", part) for part in re.split(r"^##+ ", text, flags=re.M)]


PROSE = [part for page in ORDER for part in sections(page)]
ENTRIES = _ENTRY.findall((places.SITE / "reference.md").read_text(encoding="utf-8"))


def first(pattern):
    """The first section that has it; the number of sections if none has."""
    return next((k for k, part in enumerate(PROSE) if re.search(pattern, part, re.I)), len(PROSE))


def used(term):
    word = LOOKED_FOR.get(term, re.escape(term.removesuffix(" and recall")))
    return first(rf"(?<![\w*-]){word}(?:e?s)?(?![\w-])")


@pytest.mark.parametrize(("term", "anchor"), ENTRIES)
def test_a_word_can_be_looked_up_in_the_section_that_uses_it_first(term, anchor):
    explained = rf"reference\.md#{anchor}\)|\*\*{LOOKED_FOR.get(term, re.escape(term))}(?:e?s)?\*\*"
    assert first(explained) <= used(term), f"first used in: {PROSE[used(term)][:200]}"


def test_there_are_words_and_chapters_to_look_at():
    assert len(ENTRIES) > 45
    assert used("slope") < used("softmax") < used("validation set") < len(PROSE)


@pytest.mark.parametrize("page", ORDER)
def test_a_question_of_a_chapter_is_one_that_its_reader_answers_first(page):
    text = (places.SITE / f"{page}.md").read_text(encoding="utf-8")
    asked = re.findall(r'^( *)\?\?\? question "([^\n]*)"\n\n( *)(\S*)', text, re.M)
    assert [title for _, title, _, begins in asked if begins != "-" or not title.startswith("Predict: ")] == []
    assert len(asked) > 1
