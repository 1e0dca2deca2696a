"""Whatever Python says to a reader can be said in another language, and each language has all of it."""

import inspect
import re
from pathlib import Path

import pytest
from said_in_python import texts_in
from tables import faults

from cells.build.words import table
from cells.page.outputs import _WORDS
from cells.page.packages.numpy import PACKAGE
from cells.page.wordings import HINTS
from primer.drawing import network_picture, variable_graph, walkthrough
from primer.drawing.landscape import landscape_picture
from primer.drawing.steps import STEPS

PY = Path(__file__).parents[3] / "py"
_BUILD = ("abroad", "render", "exercises", "predictions", "minutes", "notebook")
SPEAKING = [
    *sorted((PY / "cells" / "page").rglob("*.py")),
    *(PY / "cells" / "build" / f"{name}.py" for name in _BUILD),
    *(PY / "primer" / name for name in ("answers.py",)),
]
"""What says something to readers. What else there is of the build speaks to authors alone, and the library to code."""
_CHARTS = ("charts.py", "line_charts.py", "pictures/window_picture.py")
DRAWING = [*sorted((PY / "primer" / "drawing").glob("*.py")), *(PY / "primer" / name for name in _CHARTS)]
"""Says what can be asked of a drawing, between names of elements and numbers that nobody says."""
LATER = {
    *(hint for _, _, hint in (*HINTS, *PACKAGE.wordings) if isinstance(hint, str)),
    *_WORDS.values(),
    *(text for step in STEPS for text in (step.heading, step.sentence)),
    *network_picture.WORDS.values(),
    *variable_graph.WAYS_BACK.values(),
    *walkthrough.WORDS.values(),
    *(one.default for one in inspect.signature(landscape_picture).parameters.values() if isinstance(one.default, str)),
}
"""Texts of tables, which are said where they are looked up."""
LANGUAGES = sorted(path.stem for path in (PY / "cells" / "words").glob("*.json"))

EXEMPT = {
    "": (r"^<|=\"|^\{\}-", "markup"),
    "errors.py": (r"^(?:, |\{\})?(?:line|in|cell|…) ", "what Python says, with the lines of code that it names"),
    "endings.py": ("^<cell", "the name of a file"),
    "exercises.py": (r"^try:|^it has no| in cell", "code, and what an author is told"),
    "hints.py": (r"^(?:import|from) \{\}|^cannot import|^variable", "code, and what Python says"),
    "host.py": ("^_x", "code"),
    "notebook.py": (r"^(?:def|try:|%pip|# needs|# From) ?", "code"),
    "numpy.py": ("^import numpy", "code"),
    "outputs.py": ("^line", "what Python warns of"),
    "predictions.py": (r"^ ±|- \[|\bgot |options|expected|has to be told|numbers$", "what an author is told"),
    "program.py": (r"^line|^SyntaxError", "what Python says"),
    "reading.py": ("null byte|half of", "what Python says"),
    "runner.py": ("^<cell", "the name of a file"),
}
"""By module: what may be said in English, and why."""
WORDS = re.compile(r"[A-Za-z]{2,}[,.:;]? [A-Za-z{“'\"(]")
"""Two of them."""


def said():
    found = set(LATER)
    for path in (*SPEAKING, *DRAWING):
        found |= {text for text, _, is_said in texts_in(path.read_text("utf-8")) if is_said}
    return found


def patterns():
    return {pattern for _, pattern, _ in (*HINTS, *PACKAGE.wordings)}


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.name)
def test_what_is_told_to_readers_is_said(path):
    others = "|".join(EXEMPT[name][0] for name in ("", path.name) if name in EXEMPT)
    unsaid = [
        f"{path.name}:{line}: {text}"
        for text, line, is_said in texts_in(path.read_text("utf-8"))
        if not is_said and text not in LATER | patterns() and WORDS.search(text) and not re.search(others, text)
    ]
    assert unsaid == [], "say it: say(…), of cells.page.words or primer.words; or write here why it stays English"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_all_that_is_said_with_its_values_and_nothing_else(language):
    assert faults(table(language, "primer"), said()) == {}


def test_english_has_no_table():
    assert table("en", "primer") == {}
    assert "de" in LANGUAGES
