"""The exercises of every page with the cells around them, as a page runs them."""

import re
from functools import cache
from pathlib import Path
from textwrap import dedent

from running import run

from cells.build.exercises import check_source, has_passed, words_of
from cells.page.program import Program

SITE = Path(__file__).parents[4] / "site"
_FENCE = re.compile(
    r'^( *)```python (run|exercise|check|solution) [^\n]*?(?:id|for)="([^"]+)"[^\n]*\n(.*?)^\1```$', re.M | re.S
)


def fences(path):
    text = re.sub(
        r"^n_epochs = \d+ ", "n_epochs = 1 ", path.read_text("utf-8"), flags=re.M
    )  # as far as its slider goes
    return [(kind, id, dedent(source)) for _, kind, id, source in _FENCE.findall(text)]


@cache
def program_of(page):
    """The cells of a page, and the solutions of its exercises."""
    cells, answers = {}, {}
    for kind, id, source in fences(SITE / f"{page}.md"):
        if kind == "solution":
            answers[id] = source
        else:
            cells[id + "-check" * (kind == "check")] = check_source(source) if kind == "check" else source
    return Program(cells), answers


EXERCISES = [
    (page.stem, id) for page in sorted(SITE.glob("*.md")) for kind, id, _ in fences(page) if kind == "exercise"
]


def judged(page, exercise, source):
    """What becomes of an exercise when a reader writes this: whether it is right, and the words for it."""
    program, _ = program_of(page)
    program.update({exercise: source})
    try:
        results = run(program, exercise)
    finally:
        program.update({exercise: program_of(page)[1][exercise]})
    errors = [result.error for result in (results[exercise], results[f"{exercise}-check"]) if result.error]
    if errors:
        return False, f"{errors[0]['name']}: {errors[0]['message']} {errors[0]['hint']}"
    outputs = results[f"{exercise}-check"].outputs
    return has_passed(outputs), words_of(outputs)
