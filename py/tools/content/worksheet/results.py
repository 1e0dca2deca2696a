"""What a chapter's own program gives for the settings that are tried on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from cells.build.memory import Memory
from cells.build.options import here
from cells.build.render import output_html
from cells.build.trials import trial_of
from cells.build.words import speaking
from cells.page.outputs import Output
from cells.page.program import Program
from tools.base.errors import ToolError
from tools.content.worksheet.chapter import Chapter, Tried

_LINE = re.compile(r"^([^=:<>\n]+?)(?: +=|:) +(\S.*)$", re.MULTILINE)
"""A printed line that names its number."""


@dataclass
class Results:
    """What came out, by value: either rows of named numbers, or all of it as HTML."""

    name: str
    values: list[str]
    rows: dict[str, list[str]]
    whole: list[str]


def results_of(chapter: Chapter, tried: Tried) -> Results:
    """Run the page's program with each setting; what was run for the last build is remembered.

    Raises
    ------
    ToolError
        If a cell stops with an error.
    """
    trial = trial_of(tried.text, chapter.sources[tried.id])
    memory, key = Memory(here().memory), ["trial", chapter.language, tried.id, tried.text, chapter.sources]
    outputs = memory.recall(key)
    if outputs is None:
        with speaking(chapter.language):
            outputs = [_run(chapter, tried.id, source) for source in trial.sources]
        memory.keep(key, outputs)
    named = [dict(_LINE.findall(_printed(one))) for one in outputs]
    labels = [label for label in named[0] if all(label in one for one in named)]
    return Results(
        trial.name,
        [f"{value:g}".replace("-", "−") if isinstance(value, float) else str(value) for value in trial.values],
        {label: [one[label].strip() for one in named] for label in labels},
        ["".join(map(_html, one)) for one in outputs],
    )


def _printed(outputs: list[Output]) -> str:
    return "".join(output["text"] for output in outputs if output["type"] == "stream")


def _html(output: Output) -> str:
    """As on the page; but a picture in words, which no column of a table is wide enough for."""
    data = output.get("data", {})
    if output["type"] != "stream" and "text/html" not in data and "text/plain" in data:
        return f"<p>{escape(data['text/plain'])}</p>"
    return output_html(output, _formula)


def _formula(tex: str) -> str:
    return f"<code>{escape(tex)}</code>"


def _run(chapter: Chapter, cell: str, source: str) -> list[Output]:
    program = _programs.get(chapter.address) or Program(chapter.sources)
    _programs.clear()  # one at a time: what the chapter's cells hold may be large
    _programs[chapter.address] = program
    built = program.source(cell)
    program.update({cell: source})
    try:
        for id in program.plan([cell]):
            if id == cell or id in program.graph.ancestors([cell]):
                result = program.run(id)
                if result.error is not None:
                    raise ToolError(f'{chapter.address}, cell "{id}", tried on paper: {result.error["message"]}')
                if id == cell:
                    return result.outputs
    finally:
        program.update({cell: built})
    raise ToolError(f'{chapter.address}: expected a cell "{cell}", found none')


_programs: dict[str, Program] = {}


def tables(chapter: Chapter) -> Mapping[str, Results]:
    """The same of all that the chapter has to be tried, by cell."""
    return {tried.id: results_of(chapter, tried) for tried in chapter.tried}
