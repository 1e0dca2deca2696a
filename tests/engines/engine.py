"""One page in one browser, driven as a person does: what all engines have in common, and what each says of itself."""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WATCH = """addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, disposition }) =>
  console.error(`policy violation (${disposition}): ${effectiveDirective} ${blockedURI}`));"""
"""Put into every page and frame before its own scripts."""

SIZE = (1280, 900)
"""Pixels of a page, unless a test wants others."""


class ScriptError(Exception):
    """A script that a test ran in the page threw."""


class PageLeftError(ScriptError):
    """The page was left while a script ran in it."""


@dataclass(frozen=True)
class Said:
    """What the browser said in its console, or what it asked for: `level` is error, warning, info, log or request."""

    level: str
    text: str


class Engine(ABC):
    """A browser with a fresh profile and one page in it, in which nothing but this machine can be reached."""

    name: str
    version: str
    patience = 1.0
    """By how much it is slower than the quickest, at the most: every limit is longer by this."""

    def __init__(self, waits: bool = True) -> None:
        """Begin; `waits` says whether `goto` comes back when the page has loaded, or at once."""
        self.said: list[Said] = []
        self._waits = waits
        self._stack = ExitStack()
        """What is to be ended and taken away, in the opposite order."""
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the browser and take away its profile."""
        self._stack.close()

    @abstractmethod
    def _start(self) -> None:
        """Open the page."""

    @abstractmethod
    def goto(self, url: str) -> None:
        """Navigate, and wait until the page has loaded, if this one waits at all."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page anew, as the browser's button does."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page this size, in CSS pixels."""

    @abstractmethod
    def pointer(self, *steps: Sequence[Any]) -> None:
        """Move a mouse: `("move", x, y)` in CSS pixels of what is in sight, `("down",)`, `("up",)`."""

    @abstractmethod
    def press(self, *chords: str) -> None:
        """Press keys one after the other: "ArrowRight", "Control+Enter", or a character."""

    @abstractmethod
    def screenshot(self, file: Path) -> None:
        """Save what is in sight as PNG."""

    @abstractmethod
    def listen(self) -> None:
        """Take in what the browser has said until now."""

    def is_fault(self, said: Said) -> bool:
        """Tell whether an error in the console is the page's, and not the browser's word on what it does itself."""
        return True

    @abstractmethod
    def _evaluate(self, expression: str) -> str | None:
        """Give the text that a promise in the page comes to."""

    def evaluate(self, body: str, *arguments: Any) -> Any:
        """Run the body of an async function with `arguments` in the page; what it returns is plain data."""
        call = f"(async (...arguments_) => {{{body}\n}})(...{json.dumps(arguments)})"
        text = self._evaluate(f"{call}.then((value) => JSON.stringify(value))")
        return None if text is None else json.loads(text)

    def type(self, text: str) -> None:
        """Press a key for each character."""
        self.press(*("Enter" if letter == "\n" else letter for letter in text))


KEYS = {
    "Backspace": "\ue003", "Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Control": "\ue009",
    "Escape": "\ue00c", "End": "\ue010", "Home": "\ue011", "ArrowLeft": "\ue012", "ArrowUp": "\ue013",
    "ArrowRight": "\ue014", "ArrowDown": "\ue015", "Delete": "\ue017",
}  # fmt: skip
"""WebDriver's code points for keys without a character."""


def key_actions(chords: Sequence[str]) -> list[dict[str, Any]]:
    """Say in WebDriver's words that keys are pressed one after the other.

    >>> [(one["type"], one["value"]) for one in key_actions(["Control+a"])[0]["actions"]]
    [('keyDown', '\\ue009'), ('keyDown', 'a'), ('keyUp', 'a'), ('keyUp', '\\ue009')]
    """
    actions = []
    for chord in chords:
        names = chord.split("+") if len(chord) > 1 else [chord]
        values = [KEYS.get(name, name) for name in names]
        actions += [{"type": "keyDown", "value": value} for value in values]
        actions += [{"type": "keyUp", "value": value} for value in reversed(values)]
    return [{"type": "key", "id": "keyboard", "actions": actions}]


def pointer_actions(steps: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Say in WebDriver's words what a mouse does."""
    actions: list[dict[str, Any]] = []
    for kind, *place in steps:
        if kind == "move":
            x, y = place
            actions.append({"type": "pointerMove", "duration": 20, "x": round(x), "y": round(y), "origin": "viewport"})
        else:
            actions.append({"type": f"pointer{kind.capitalize()}", "button": 0})
    return [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}]
