"""Sentences of the chapters, in common words, for a network to learn the next word from. A step of every build."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from tools.base import files, places, site

TARGET = places.BUILD / "home" / "sentences.txt"
READER = "today.md"
"""The page that learns from them: of the chapters before it."""
WORDS, SHORTEST, LONGEST = 500, 5, 22

_GONE = (
    re.compile(r"\A---.*?\n---\n", re.DOTALL),  # what stands before the page
    re.compile(r"^[ ]*(`{3,}).*?^[ ]*\1\s*$", re.DOTALL | re.MULTILINE),  # code
    re.compile(r"<(svg|section|div|details|py-lab)\b.*?</\1>", re.DOTALL),
    re.compile(r"\$\$.*?\$\$", re.DOTALL),
)
_NO_PROSE = re.compile(r"#|\||\?\?\?|!!!|--8<|<|\[\^|\*\[| {4}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ODD = re.compile(r"[^A-Za-z' ,.\n-]")


def sentences(markdown: str) -> Iterator[list[str]]:
    """The sentences of a page that hold words, commas and a full stop alone, each as its words.

    >>> list(sentences("# Dogs\\n\\nThe *dog* sits, and\\nit [barks](bark.md). It has 4 legs. Does the cat sit?"))
    [['the', 'dog', 'sits', ',', 'and', 'it', 'barks', '.']]
    """
    for gone in _GONE:
        markdown = gone.sub("", markdown)
    for paragraph in re.split(r"\n\s*\n", markdown):
        if _NO_PROSE.match(paragraph):
            continue
        prose = _LINK.sub(r"\1", re.sub(r"^(- |\d+\. )", "", paragraph)).replace("*", "")
        for sentence in re.split(r"(?<=[.?!])\s+", prose):
            words = re.findall(r"[a-z]+(?:['-][a-z]+)*|[,.]", sentence.lower())
            if not _ODD.search(sentence) and sentence.endswith(".") and SHORTEST <= len(words) <= LONGEST:
                yield words


def common(found: list[list[str]], n_words: int = WORDS) -> list[str]:
    """Of sentences those whose words are all among the most frequent, each once, one a line.

    >>> common([["dogs", "bark", "."], ["dogs", "sit", "."], ["dogs", "bark", "."]], 3)
    ['dogs bark .']
    """
    counts = Counter(word for sentence in found for word in sentence)
    known = {word for word, _ in counts.most_common(n_words)}
    return list(dict.fromkeys(" ".join(sentence) for sentence in found if known.issuperset(sentence)))


def write() -> None:
    """Write them into build/home."""
    pages = (page for _, page in site.pages())
    before = [page for page in takewhile(lambda page: page != READER, pages) if page != "index.md"]
    found = [one for page in before for one in sentences((places.ROOT / "site" / page).read_text(encoding="utf-8"))]
    files.put(TARGET, "\n".join(common(found)).encode())
