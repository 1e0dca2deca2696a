"""Whatever the page says to a reader can be said in another language, and each language has all of it."""

import dataclasses
import re
from pathlib import Path

import pytest
from said_in_scripts import texts_in
from tables import faults

from primer.labs import settings, stream
from tools.pages import words

RUNTIME = Path(__file__).parents[3] / "site" / "runtime"
MODULES = sorted(path for path in RUNTIME.rglob("*.mjs") if path.parent.name != "words")
OF_LABS = {language: apart for language, (_, apart) in words.tables().items()}
"""What a lab has fetched."""
TABLES = {language: said | apart for language, (said, apart) in words.tables().items()}

WORDS = re.compile(r"[A-Za-z’'”}]{2,}[,.:;!?”]? [A-Za-z“$(‘]{2,}|^[A-Z][a-z]{2,}[ …:.!?]*$")
"""Two of them, or one alone that begins like a sentence."""
EXEMPT = {
    "": (
        r"^[.:(\[]|^a\[href|^\w+(?:-\w+)+(?: |, )|^[a-z-]+(?:, [a-z\[\]=-]+)+"
        "|^(?:Tab|Escape|Shift|Control|Alt|Meta|Home|End)$",
        "selectors, media, keys",
    ),
    "cell/cell.mjs": ("^py-cell ", "an error of the build's"),
    "cell/code.mjs": ("^The editor could not|^pre code", "the console; a selector"),
    "cell/drawing.mjs": (r"^[\w-]+ [\w-]+(?: |$)", "names of elements and attributes"),
    "cell/editor/editor.mjs": (
        "^abs all any|^Control character$|^Selection deleted$",
        "Python's own names, and CodeMirror's of what it says",
    ),
    "cell/exercise.mjs": ("^py-exercise ", "an error of the build's"),
    "cell/folds.mjs": ("^pre code", "a selector"),
    "cell/outputs.mjs": ("is shown as text", "the console"),
    "cell/prediction.mjs": ("^fieldset ", "a selector"),
    "cell/rich.mjs": ("^src href|^style form|^a formula has", "names of attributes and elements; the console"),
    "cell/sharing/sharing.mjs": ("^md-typeset ", "a class"),
    "chart/chart.mjs": ("could not be drawn", "the console"),
    "chart/vega/safe.mjs": (r"^\w+ \w+ \w+ |is no SVG$", "names of elements and attributes; the console"),
    "labs/dog-stream/archive.mjs": ("^dog-primer album$", "the name of a format"),
    "labs/dog-stream/lab.mjs": ("^no training$", "caught where it is thrown"),
    "labs/dog-stream/stream-view.mjs": ("^setting sliding$", "a class"),
    "page/at-first.mjs": ("pre code$", "a selector"),
    "python/frame.mjs": (r"^addEventListener|^script-src|^worker-src|^<|^Python$", "code, a policy, a name"),
    "python/interpreter.mjs": (
        "^python asked|^Python started|^Python could not start|^Python: not everything",
        "the console, and the page's timeline",
    ),
    "state/parameters.mjs": ("^(?:True|False)$", "Python's own names"),
    "state/runs.mjs": ("^a link brought|^it needs code", "for whoever runs cells by a script of their own"),
    "visit/lesson/on-paper.mjs": ("^@media ", "styles"),
    "visit/early.mjs": (r"^[a-z]+ [a-z]+(?: [a-z]+)?$|^link-notice", "names of events, a class"),
    "visit/offline.mjs": ("will not work offline|is not kept whole|worker could not be", "the console"),
}
"""By module, or for all: what may be said in English, and why."""
APART = {
    "chart/vega": "what in a chart's code is refused, in terms of that code; the build says the same",
    "python/worker": "no page is there: what is said reaches readers within a sentence of the page's",
    "visit/service-worker": "no page is there",
}
"""Rooms and modules that say nothing to readers but in terms of code."""


def name_of(path):
    return path.relative_to(RUNTIME).as_posix()


def labels():
    """What Python says of a lab's fields, which the page says in its language."""
    fields = [
        one.metadata for kind in (settings.Settings, settings.Pace, stream.Settings) for one in dataclasses.fields(kind)
    ]
    told = {one[part] for one in fields for part in ("label", "hint", "group", "refusal") if part in one}
    return told | {option for one in fields for option in one.get("options", ())}


def said(modules=MODULES):
    return {text for path in modules for text, _, is_said in texts_in(path.read_text("utf-8")) if is_said}


@pytest.mark.parametrize("path", [path for path in MODULES if not name_of(path).startswith(tuple(APART))], ids=name_of)
def test_what_is_told_to_readers_is_said(path):
    others = "|".join(EXEMPT[name][0] for name in ("", name_of(path)) if name in EXEMPT)
    unsaid = [
        f"{name_of(path)}:{line}: {text}"
        for text, line, is_said in texts_in(path.read_text("utf-8"))
        if not is_said and WORDS.search(text) and not re.search(others, text)
    ]
    assert unsaid == [], "say it: say(…) of words/say.mjs, with German in words/de; or write here why it stays English"


def test_what_is_said_is_a_text_that_can_be_found_in_a_table():
    assert [text for text in said() | labels() if "${" in text or text != text.strip()] == []


@pytest.mark.parametrize("language", TABLES)
def test_a_language_has_all_that_is_said_with_its_values_and_nothing_else(language):
    assert faults(TABLES[language], said() | labels()) == {}


@pytest.mark.parametrize("language", TABLES)
def test_what_comes_with_a_lab_is_said_by_labs_alone_and_by_nobody_before_it_is_there(language):
    others = [path for path in MODULES if not name_of(path).startswith("lab") or name_of(path) == "lab/lab.mjs"]
    assert sorted(said(others) & OF_LABS[language].keys()) == []
    assert OF_LABS[language]


def test_german_is_there():
    assert "de" in TABLES


def test_a_module_is_read_as_javascript_reads_it():
    module = """
        import { say } from "./say.mjs"; // "not a text"
        const pattern = /"no text here"/;
        /* `nor here` */ say(is === "of no language" ? "One of " + "two" : "Another", { a: "a value's" });
        counted(n / 2, "1 line", "{count} lines"); `a ${say("text in {it}", { it })} within another`;
    """
    assert [(text, is_said) for text, _, is_said in texts_in(module)] == [
        ("./say.mjs", False),
        ("One of two", True),
        ("Another", True),
        ("a value's", False),
        ("1 line", True),
        ("{count} lines", True),
        ("a ${} within another", False),
        ("text in {it}", True),
    ]
