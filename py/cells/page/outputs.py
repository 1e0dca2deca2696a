"""What a cell shows, as plain data and within limits: text that is written, objects as rich as they show themselves."""

from __future__ import annotations

import binascii
import contextlib
import io
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TextIO

from cells.page.words import decimal, say

Output = dict[str, Any]
"""One output of a cell: ``{"type": "stream", "name", "text"}``, ``{"type": "display", "data": {mime: value}}`` (or
``"result"``), or ``{"type": "error", "name", "message", "line", "traceback", "hint"}``."""

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

CHART = "application/vnd.vegalite.v6+json"
SVG = "image/svg+xml"
_WORDS = {CHART: "chart", SVG: "picture", "text/latex": "formula"}
_REPRS = {"text/latex": "_repr_latex_", SVG: "_repr_svg_", "text/html": "_repr_html_"}


def plain(value: Any, room: int = NESTED_LIMIT) -> Any:
    """JSON's types only: others' numbers unwrapped, bytes as base64, NaN and infinities (which JSON lacks) as null."""
    if room == 0:
        raise ValueError(f"what is shown must not be nested more than {NESTED_LIMIT} deep")
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is dict or isinstance(value, Mapping):
        return {str(key): plain(item, room - 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, room - 1) for item in value]
    if isinstance(value, float):
        return float(value) if value - value == 0 else None
    if isinstance(value, str | int):
        return value
    if isinstance(value, bytes):
        return binascii.b2a_base64(value, newline=False).decode()
    for unwrap in ("tolist", "item"):
        if hasattr(value, unwrap):
            return plain(getattr(value, unwrap)(), room - 1)
    raise TypeError(f"what is shown must be plain JSON, got {type(value).__name__}")


def _mime_bundle(value: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if not isinstance(value, type):
        if hasattr(value, "_repr_mimebundle_"):
            bundle = value._repr_mimebundle_()
            data.update(plain(bundle[0] if isinstance(bundle, tuple) else bundle))
        for mime, method in _REPRS.items():
            if mime not in data and hasattr(value, method) and (shown := getattr(value, method)()) is not None:
                data[mime] = str(shown)
    if "text/plain" not in data:
        data["text/plain"] = repr(value)
    return data


class Outputs:
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
            self.note(say("output cut here: a cell shows at most {most} characters", most=decimal(f"{TEXT_LIMIT:,}")))
            text = text[: max(room, 0)]
        if text:
            if not self._parts or self._outputs[-1]["name"] != name:
                self._streams += 1
                if self._streams > STREAM_LIMIT:
                    cut = "output cut here: a cell changes between its streams at most {most} times"
                    self.note(say(cut, most=STREAM_LIMIT))
                    self._written = TEXT_LIMIT
                    return
                self.add({"type": "stream", "name": name, "text": ""})
            self._parts.append(text)

    def take_back(self, name: str) -> str:
        """The line that has not ended, which is begun anew: a carriage return goes back to its start."""
        if not self._parts or self._outputs[-1]["name"] != name:
            return ""
        ended, end, line = "".join(self._parts).rpartition("\n")
        self._parts = [ended + end]
        self._written -= len(line)
        return line

    @property
    def is_empty(self) -> bool:
        return not self._outputs

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
            self.note(say("output cut here: a cell displays at most {most} objects", most=DISPLAY_LIMIT))
            return
        data = _mime_bundle(value)
        room = TEXT_LIMIT - self._written
        if len(data["text/plain"]) > max(room, 0):
            self.note(say("output cut here: a cell shows at most {most} characters", most=decimal(f"{TEXT_LIMIT:,}")))
            data["text/plain"] = data["text/plain"][: max(room, 0)]
        self._written += len(data["text/plain"])
        for mime in [mime for mime in data if mime != "text/plain"]:
            size = len(str(data[mime]))
            if size > RICH_LIMIT or self._rich + size > RICH_TOTAL:
                most = RICH_LIMIT if size > RICH_LIMIT else RICH_TOTAL - self._rich
                self.note(
                    say(
                        "{what} left out: it takes {size} characters, and {most} fit. Show fewer points, such as "
                        "every hundredth: x[::100]",
                        what=say(_WORDS.get(mime, mime)),
                        size=decimal(f"{size:,}"),
                        most=decimal(f"{most:,}"),
                    )
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
        self._outputs = [output for output in self._outputs if output.get("text") != ""]  # taken back
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
            self.note(say("put back after the run, for other cells use it too: {names}", names=names))

    def note(self, note: str) -> None:
        if note not in self._notes:
            self._notes.append(note)


def _tell_nobody(line: str) -> None:
    """At the build nobody waits."""


tell_progress: Callable[[str], None] = _tell_nobody
"""Hears each line that ends in a carriage return, which the next one overwrites: how far a run has come."""


class _Writer(io.TextIOBase):
    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs = outputs
        self._name = name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        *overwritten, rest = text.replace("\r\n", "\n").split("\r")
        for piece in overwritten:
            self._outputs.write(self._name, piece)
            tell_progress(self._outputs.take_back(self._name))
        self._outputs.write(self._name, rest)
        return len(text)


@contextlib.contextmanager
def captured(outputs: Outputs) -> Iterator[None]:
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
