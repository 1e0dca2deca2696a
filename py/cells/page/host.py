"""What the page's worker calls. JSON in, JSON out: no Python object ever leaves Python."""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from cells.page import library, outputs, words
from cells.page.guard import forbid
from cells.page.later import arrived, expect, take_missed
from cells.page.loop import take_over
from cells.page.names import forget, names_of, remember
from cells.page.parameters import Forms
from cells.page.program import Program
from cells.page.reading import shape_of

if TYPE_CHECKING:
    from importlib.abc import ResourceLoader

__all__ = ["arrived", "call", "open", "plan", "rehearse", "run", "take", "take_missed", "values", "wake"]

PROGRESS_LIMIT = 80
"""Characters of a line on how far a run has come."""

_WORD = 0xFFFFFFFF
"""What of a hash JavaScript's numbers hold."""

LIBRARY = "library.json"
"""Beside this module where it is packed for the page: what the site's options say of its library."""

with contextlib.suppress(OSError):  # at the build there is none: the options themselves are at hand
    _packed = cast("ResourceLoader", __spec__.loader).get_data(str(Path(__file__).with_name(LIBRARY)))
    library.use(library.Library.of(**json.loads(_packed)))

_REHEARSED = "_x = 2.0  # @param {type:'number'}\ny = [_x, 1.0]\nprint(f'{y[0]:.2f}')\ny"

_programs: dict[str, Program] = {}
_own_folders: list[str] = []
_forms = Forms()
_sessions: dict[tuple[str, str], dict[str, Any]] = {}


def wake(is_whole: bool) -> str:
    """What a fresh Python does before it is anybody's: ``{"version"}``.

    Chance must not be what it was when a snapshot was made, and what leads out of Python goes. Where not every module
    is here yet (``is_whole`` is false), those that are missed are noticed.

    Raises
    ------
    RuntimeError
        If a package that cells use does not compute here.
    """
    for package in library.known:
        package.check()  # before what is missed is noticed: it tries for modules that it can do without
    random.seed()
    take_over()
    outputs.tell_progress = _tell_page
    if "pyodide_js" in sys.modules:
        sys.modules["pyodide_js"] = sys.modules["pyodide_js._api"] = None  # type: ignore[assignment]
    if not is_whole:
        expect()
    return json.dumps({"version": sys.version.split()[0]})


def _tell_page(line: str) -> None:
    """What a run says of itself while it runs: the worker hears what goes to the error stream."""
    os.write(2, f"\x01{' '.join(line.split())[:PROGRESS_LIMIT]}\n".encode())


def rehearse() -> None:
    """Set up what the first call of each sets up, in a Python whose memory pages will start from; keep nothing else."""
    for source in (_REHEARSED, *(package.rehearsed for package in library.known)):
        cell = {"id": "a", "source": source, "names": names_of(source).as_json(), "shown": None}
        open("", json.dumps({"cells": [cell], "expressions": ["y[0]:.2f"]}))
        for number in "12":
            take("", json.dumps({"a": source.replace("2.0", number)}))
            plan("", '["a"]')
            if error := next(
                (output for output in json.loads(run("", "a"))["outputs"] if output["type"] == "error"), None
            ):
                raise RuntimeError(f"a rehearsal went wrong: {error['traceback']}")
            values("")
    _programs.clear()
    _forms.clear()
    forget()


def open(page: str, program: str) -> None:
    """Make the program of a page.

    It is ``{"cells": [{"id", "source", "names", "shown"}], "expressions", "language", "words"}``. ``source`` is as it
    was built, ``names`` what the build found in it; ``shown`` is the source that the outputs on the page come from, or
    null. ``words`` are what is said to readers in the page's ``language``, where that is not English: see ``words.py``.
    """
    _keep_files()
    built = json.loads(program)
    words.use(built.get("language", "en"), built.get("words", {}))
    for cell in built["cells"]:
        remember(cell["source"], cell["names"])
    cells = {cell["id"]: cell["source"] for cell in built["cells"]}
    shown = {cell["id"]: cell["shown"] for cell in built["cells"]}
    _programs[page] = Program(cells, built["expressions"], shown)


def take(page: str, sources: str) -> None:
    """Take over the sources of cells as they are now: ``{id: source}``."""
    _programs[page].update(json.loads(sources))


def plan(
    page: str, targets: str, agreed: str = "[]", foreign: str = "[]", left: str = "{}", sight: str = "null"
) -> str:
    """The cells to run, in order: ``{"first": {id: shape}, "rest": {id: shape}, "expressions": [expression]}``.

    A shape stays the same while nothing but numbers change in a source. Code that came with a link (the cells
    ``foreign``) runs only where a cell needs it that the reader said Run of. Cells that ended a Python before this one
    are ``left`` out, each with the error that it had then. ``first`` is what the reader waits for, who sees what is
    named in ``sight`` (``{"cells", "expressions"}``): all of it, if that is null. ``expressions`` are those in sight
    that the first cells may change.
    """
    program, seen = _programs[page], json.loads(sight)
    program.leave_out(json.loads(left))
    ids = program.plan(json.loads(targets), json.loads(agreed), json.loads(foreign))
    shapes = {id: hash(shape_of(program.source(id))) & _WORD for id in ids}
    first, expressions = (ids, []) if seen is None else program.in_sight(ids, seen["cells"], seen["expressions"])
    rest = [id for id in ids if id not in first]
    return json.dumps(
        {
            "first": {id: shapes[id] for id in first},
            "rest": {id: shapes[id] for id in rest},
            "expressions": expressions,
        }
    )


def run(page: str, cell: str) -> str:
    """Run one cell: ``{"outputs", "milliseconds", "defines", "reads", "parameters", "broken"}``."""
    program = _programs[page]
    result = program.run(cell)
    parameters, broken = _form(program.source(cell))
    return json.dumps(
        {
            "outputs": result.outputs,
            "milliseconds": result.milliseconds,
            "defines": result.defines,
            "reads": sorted(program.names(cell).reads),
            "parameters": parameters,
            "broken": broken,
            # WebAssembly never gives memory back: what filled it is better replaced
            "worn": result.error is not None and result.error["name"] == "MemoryError",
        }
    )


def call(
    page: str, cell: str, name: str, arguments: str = "{}", session: str = "", is_new: bool = False, kept: str = "null"
) -> str:
    """Call a function that a cell defines: ``name(session, **arguments)``.

    ``session`` names a dictionary that lives here from call to call. It is made empty, or, where the page has kept
    something of an earlier one (``kept``), with that as its only entry, ``"kept"``.

    Returns ``{"value", "outputs"}``, or ``{"error", "cell", "outputs", "worn"}``, where ``cell`` is the one whose line
    went wrong, or ``{"lacking": true}`` if the cell must be run before.
    """
    program = _programs.get(page)
    if is_new or (page, session) not in _sessions:
        before = json.loads(kept)
        _sessions[page, session] = {} if before is None else {"kept": before}
    result = program.call(cell, name, _sessions[page, session], **json.loads(arguments)) if program else None
    if result is None:
        return json.dumps({"lacking": True})
    if result.error is not None:
        worn = result.error["name"] == "MemoryError"
        return json.dumps({"error": result.error, "cell": result.cell, "outputs": result.outputs, "worn": worn})
    return json.dumps({"value": result.value, "outputs": result.outputs})


def _form(source: str) -> tuple[list[dict[str, Any]] | None, list[dict[str, Any]]]:
    """The parameters of a cell, and its comments that are none; no parameters are known of what is not Python."""
    if "@param" not in source:
        return [], []
    try:
        parameters, broken = _forms.of(source)
    except (SyntaxError, RecursionError, MemoryError):  # the form stays as it is
        return None, []
    return (
        [parameter.as_json() for parameter in parameters],
        [{"line": error.line, "message": str(error)} for error in broken],
    )


def _keep_files() -> None:
    """From now on a cell that would change a file of Python's or of the site's gets an error instead."""
    if _own_folders or sys.platform != "emscripten":
        return
    _own_folders.extend({str(Path.cwd().resolve()), "/tmp", "/dev"})
    sys.addaudithook(lambda event, arguments: forbid(event, arguments, _own_folders))


def values(page: str, expressions: str = "null") -> str:
    """The inline expressions of the page, all or those named: ``{expression: {"text"} or {"error"}}``."""
    return json.dumps(_programs[page].values(json.loads(expressions)))
