"""Run one cell and say what came of it, as plain data. The same under CPython at the build and Pyodide in the page."""

from __future__ import annotations

import ast
import binascii
import builtins
import contextlib
import io
import linecache
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from cells.page.chance import Chance
from cells.page.errors import describe
from cells.page.guard import Guard, in_own_context, restore_builtins

Output = dict[str, Any]
"""One output of a cell: a stream, a display, a result or an error (the shapes stand in CONTRACT.md)."""

_HAS_KEYBOARD = sys.platform != "emscripten"
"""Whether a KeyboardInterrupt may come from a person, who wants the build to end; in the page it is the cell's own."""

TEXT_LIMIT = 100_000
"""Characters of text that one run of a cell may show; the rest is cut with a line that says so."""
RICH_LIMIT = 1_000_000
"""Characters that one displayed object may take as JSON: a page that draws more stands still."""
RICH_TOTAL = 4_000_000
"""Characters that all displayed objects of one run may take."""
DISPLAY_LIMIT = 100
"""Objects that one run of a cell may display."""
NESTED_LIMIT = 100
"""Lists and tables within one another in a displayed object."""
_VERDICT_LIMIT = 2_000
STREAM_LIMIT = 400
"""Times that one run of a cell may change between the streams."""

VERDICT = "application/vnd.cells.verdict+json"
"""What the check of an exercise comes to, apart from all that is printed: ``{"passed", "words"}``."""

_WORDS = {"application/vnd.vegalite.v6+json": "chart", "image/svg+xml": "picture", "text/latex": "formula"}
_guard = Guard()
_chance = Chance()
_NOTHING = ast.Module([], [])
_REPRS = {"text/latex": "_repr_latex_", "image/svg+xml": "_repr_svg_", "text/html": "_repr_html_"}


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
    outputs = _Outputs()
    namespace.setdefault("__name__", "__main__")
    namespace["__builtins__"] = builtins
    namespace["display"] = outputs.display
    namespace["_verdict"] = outputs.verdict
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    changed: list[str] = []
    try:
        tree = ast.parse(source, filename)
        with _guard.over(source, tree) as changed, _captured(outputs):
            _chance.begin(cell, source)
            statements, last = _split(tree, source, filename)
            in_own_context(lambda: _execute(statements, last, namespace, outputs, changed, finish))
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
    outputs: _Outputs,
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
    value may hold what JSON has, NumPy's numbers and arrays, and bytes, which become base64.
    """
    outputs = _Outputs()
    values: list[Any] = []

    def work() -> None:
        try:
            values.append(_plain(function(*arguments, **named)))
        finally:
            changed.extend(restore_builtins())

    failure: BaseException | None = None
    changed: list[str] = []
    try:
        # What the cell's source could patch was judged when it ran.
        with _guard.over("", _NOTHING) as changed, _captured(outputs):
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
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not _ends_in_semicolon(source, tree.body[-1]):
        last = compile(ast.Expression(tree.body[-1].value), filename, "eval")
        del tree.body[-1]
    return compile(tree, filename, "exec"), last


def _ends_in_semicolon(source: str, last: ast.Expr) -> bool:
    line = source.splitlines()[(last.end_lineno or 1) - 1].encode()
    return line[last.end_col_offset or 0 :].lstrip().startswith(b";")


def _plain(value: Any, room: int = NESTED_LIMIT) -> Any:
    """JSON's types only: NumPy's unwrapped, bytes as base64, NaN and infinities (which JSON lacks) as null."""
    if room == 0:
        raise ValueError(f"what is shown must not be nested more than {NESTED_LIMIT} deep")
    if isinstance(value, Mapping):
        return {str(key): _plain(item, room - 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, room - 1) for item in value]
    if isinstance(value, float):
        return float(value) if value - value == 0 else None
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, bytes):
        return binascii.b2a_base64(value, newline=False).decode()
    for unwrap in ("tolist", "item"):
        if hasattr(value, unwrap):
            return _plain(getattr(value, unwrap)(), room - 1)
    raise TypeError(f"what is shown must be plain JSON, got {type(value).__name__}")


def _mime_bundle(value: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if not isinstance(value, type):
        if hasattr(value, "_repr_mimebundle_"):
            bundle = value._repr_mimebundle_()
            data.update(_plain(bundle[0] if isinstance(bundle, tuple) else bundle))
        for mime, method in _REPRS.items():
            if mime not in data and hasattr(value, method) and (shown := getattr(value, method)()) is not None:
                data[mime] = str(shown)
    if "text/plain" not in data:
        data["text/plain"] = repr(value)
    return data


class _Outputs:
    """Collects outputs in order, joins what is written in a row, and keeps the whole within the limits."""

    def __init__(self) -> None:
        self._outputs: list[Output] = []
        self._parts: list[str] = []
        self._written = 0
        self._displayed = 0
        self._rich = 0
        self._streams = 0
        self._notes: list[str] = []

    def write(self, name: str, text: str) -> None:
        room = TEXT_LIMIT - self._written
        self._written += len(text)
        if len(text) > room:
            self.note(f"output cut here: a cell shows at most {TEXT_LIMIT:,} characters")
            text = text[: max(room, 0)]
        if text:
            if not self._parts or self._outputs[-1]["name"] != name:
                self._streams += 1
                if self._streams > STREAM_LIMIT:
                    self.note(f"output cut here: a cell changes between its streams at most {STREAM_LIMIT} times")
                    self._written = TEXT_LIMIT
                    return
                self.add({"type": "stream", "name": name, "text": ""})
            self._parts.append(text)

    def display(self, *values: Any) -> None:
        """Show objects, each as rich as it can be shown."""
        for value in values:
            self.show("display", value)

    def verdict(self, wrong: object = None) -> None:
        """What a check has found: nothing wrong, or what is wrong in words (see ``cells.build.exercises``)."""
        words = "" if wrong is None else str(wrong)[:_VERDICT_LIMIT]
        verdict = {"passed": wrong is None, "words": words}
        self.add({"type": "display", "data": {VERDICT: verdict, "text/plain": words or "passed"}})

    def show(self, kind: str, value: Any) -> None:
        self._displayed += 1
        if self._displayed > DISPLAY_LIMIT:
            self.note(f"output cut here: a cell displays at most {DISPLAY_LIMIT} objects")
            return
        data = _mime_bundle(value)
        room = TEXT_LIMIT - self._written
        if len(data["text/plain"]) > max(room, 0):
            self.note(f"output cut here: a cell shows at most {TEXT_LIMIT:,} characters")
            data["text/plain"] = data["text/plain"][: max(room, 0)]
        self._written += len(data["text/plain"])
        for mime in [mime for mime in data if mime != "text/plain"]:
            size = len(str(data[mime]))
            if size > RICH_LIMIT or self._rich + size > RICH_TOTAL:
                most = RICH_LIMIT if size > RICH_LIMIT else RICH_TOTAL - self._rich
                what = _WORDS.get(mime, mime)
                self.note(
                    f"{what} left out: it takes {size:,} characters, and {most:,} fit. Show fewer points, such as "
                    "every hundredth: x[::100]"
                )
                del data[mime]
            else:
                self._rich += size
        self.add({"type": kind, "data": data})

    def add(self, output: Output) -> None:
        self._join()
        self._outputs.append(output)

    def finish(self) -> list[Output]:
        self._join()
        if self._notes:
            lines = "".join(f"… {note}\n" for note in self._notes)
            position = len(self._outputs) - (bool(self._outputs) and self._outputs[-1]["type"] == "error")
            self._outputs.insert(position, {"type": "stream", "name": "stderr", "text": lines})
        return self._outputs

    def _join(self) -> None:
        if self._parts:
            self._outputs[-1]["text"] = "".join(self._parts)
            self._parts.clear()

    def note_put_back(self, changed: list[str]) -> None:
        if changed:
            names = ", ".join(changed[:5]) + (" …" if len(changed) > 5 else "")
            self.note(f"put back after the run, for other cells use it too: {names}")

    def note(self, note: str) -> None:
        if note not in self._notes:
            self._notes.append(note)


class _Writer(io.TextIOBase):
    def __init__(self, outputs: _Outputs, name: str) -> None:
        self._outputs = outputs
        self._name = name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.write(self._name, text)
        return len(text)


@contextlib.contextmanager
def _captured(outputs: _Outputs) -> Iterator[None]:
    """Streams and warnings go to ``outputs``; nobody can type, so input() finds the end of its file."""

    def show_warning(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        where = f"line {lineno}: " if filename.startswith("<cell ") else ""
        outputs.write("stderr", f"{where}{category.__name__}: {message}\n")

    stdin = sys.stdin
    sys.stdin = io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(_Writer(outputs, "stdout")),
            contextlib.redirect_stderr(_Writer(outputs, "stderr")),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("always")
            warnings.showwarning = show_warning
            yield
    finally:
        sys.stdin = stdin
