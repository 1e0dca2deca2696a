"""Run one cell and say what came of it, as plain data. The same under CPython at the build and Pyodide in the page."""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import linecache
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cells.page.chance import Chance
from cells.page.errors import describe
from cells.page.guard import Guard, in_own_context, restore_builtins
from cells.page.outputs import Output, Outputs, captured, plain
from cells.page.reading import shape_of

_HAS_KEYBOARD = sys.platform != "emscripten"
"""Whether a KeyboardInterrupt may come from a person, who wants the build to end; in the page it is the cell's own."""

_guard = Guard()
_chance = Chance()
_NOTHING = ast.Module([], [])
_compiled: dict[str, tuple[str, ast.Module, Any]] = {}
"""Of each cell what it was read and compiled to last: under a slider the cells that follow stay as they are, and of the
one that it moves nothing changes but numbers."""


def is_from_keyboard(error: BaseException) -> bool:
    """Whether it may be a person, who wants the build to end."""
    return _HAS_KEYBOARD and type(error) is KeyboardInterrupt


def filename_of(cell: str) -> str:
    """The file name under which a cell is compiled: how tracebacks and warnings know a reader's own lines."""
    return f"<cell {cell}>"


def run_cell(
    cell: str,
    source: str,
    namespace: dict[str, Any],
    known: Mapping[str, str] | None = None,
    finish: Callable[[], None] = lambda: None,
) -> list[Output]:
    """Execute ``source`` in ``namespace`` and return its outputs.

    Never raises for what the source does, except ``KeyboardInterrupt`` where somebody may have pressed Ctrl-C.

    Parameters
    ----------
    cell
        The cell's id.
    source
        Python. The value of a last expression becomes a result, unless a semicolon ends it.
    namespace
        The names that the cell reads; afterwards it holds those that it defined too.
    known
        Public names of the page and the cell that defines each, for hints on a misspelt name.
    finish
        Called when the last line is done, as a part of the run: what it raises counts as raised by the source.
    """
    filename = filename_of(cell)
    outputs = Outputs()
    namespace.setdefault("__name__", "__main__")
    namespace["__builtins__"] = builtins
    namespace["display"] = outputs.display
    namespace["_verdict"] = outputs.verdict
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    changed: list[str] = []
    try:
        before, tree, code = _compiled.get(filename, ("", _NOTHING, None))
        parts = None
        if before != source or code is None:
            if code and shape_of(before) == shape_of(source):
                parts = _parts(tree, code, source)
            tree, code = tree if parts else ast.parse(source, filename), None
        with _guard.over(source, tree, namespace) as changed, captured(outputs):
            _chance.begin(cell, source)
            code = code or (_compile(*parts, filename) if parts else _split(tree, source, filename))
            has_warned = not outputs.is_empty
            statements, last = code
            in_own_context(lambda: _execute(statements, last, namespace, outputs, changed, finish))
        if not has_warned:  # what the compiler warns of is said at every run
            _compiled[filename] = source, tree, code
    except BaseException as error:
        if is_from_keyboard(error):
            raise
        outputs.add(describe(error, filename, source, namespace, known or {}))
    outputs.note_put_back(changed)
    return outputs.finish()


def _execute(
    statements: Any,
    last: Any,
    namespace: dict[str, Any],
    outputs: Outputs,
    changed: list[str],
    finish: Callable[[], None],
) -> None:
    try:
        exec(statements, namespace)
        if last is not None and (value := eval(last, namespace)) is not None:
            outputs.show("result", value)
        changed += restore_builtins()
        finish()
    finally:
        changed += restore_builtins()  # before anything else: all that follows needs them


@dataclass(frozen=True)
class Answer:
    """What a call of a cell's function brought: its value in JSON's types, or what it raised; and what it printed."""

    value: Any
    error: BaseException | None
    outputs: list[Output]


def call_function(function: Callable[..., Any], *arguments: Any, **named: Any) -> Answer:
    """Call what a cell has defined, outside of the cell's run.

    Never raises for what the function does, except ``KeyboardInterrupt`` where somebody may have pressed Ctrl-C. The
    value may hold what JSON has, numbers and arrays that turn into it, and bytes, which become base64.
    """
    outputs = Outputs()
    values: list[Any] = []

    def work() -> None:
        try:
            values.append(plain(function(*arguments, **named)))
        finally:
            changed.extend(restore_builtins())

    failure: BaseException | None = None
    changed: list[str] = []
    try:
        # What the cell's source could patch was judged when it ran.
        with _guard.over("", _NOTHING) as changed, captured(outputs):
            in_own_context(work)
    except BaseException as error:
        if is_from_keyboard(error):
            raise
        failure = error
    outputs.note_put_back(changed)
    return Answer(values[0] if values and failure is None else None, failure, outputs.finish())


def format_value(code: Any, namespace: dict[str, Any], expression: str = "") -> str:
    """Evaluate the code of an inline expression, as ``inline_source`` writes it."""
    _chance.begin(expression, expression)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return str(eval(code, {"__builtins__": builtins, **namespace}))


def _split(tree: ast.Module, source: str, filename: str) -> tuple[Any, Any]:
    """Compile the statements of a cell, and its last expression apart if its value is to be shown."""
    body, last = tree.body, None
    if body and isinstance(body[-1], ast.Expr) and not _ends_in_semicolon(source, body[-1]):
        last = compile(ast.Expression(body[-1].value), filename, "eval")
        body = body[:-1]
    return compile(ast.Module(body, tree.type_ignores), filename, "exec"), last


def _parts(tree: ast.Module, code: tuple[Any, Any], source: str) -> tuple[str, str | None] | None:
    """The texts of the statements and of the last expression, where nothing but numbers has changed since ``tree``.

    Compiled as text they take a third of the time that their tree takes. None where the last one does not stand on
    lines of its own.
    """
    if code[1] is None:
        return source, None
    last = tree.body[-1]
    if last.col_offset > 0 or "\r" in source:
        return None
    lines, above = source.split("\n"), last.lineno - 1
    return "\n".join(lines[:above]), "\n" * above + "\n".join(lines[above:])


def _compile(statements: str, last: str | None, filename: str) -> tuple[Any, Any]:
    return compile(statements, filename, "exec"), None if last is None else compile(last, filename, "eval")


def _ends_in_semicolon(source: str, last: ast.Expr) -> bool:
    line = source.splitlines()[(last.end_lineno or 1) - 1].encode()
    return line[last.end_col_offset or 0 :].lstrip().startswith(b";")
