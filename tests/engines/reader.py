"""What a person does on a page, in whichever engine; elements are named by JavaScript in which `KIT` is known."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from engine import Engine, PageLeftError, Said
from tools.base import places

SITE = places.BUILD / "site-of-the-engines"
MOUNT = "/primer-site/"
PATIENCE = 45.0
"""Seconds within which anything has happened in the quickest engine on any machine; a wait ends as soon as it has."""

KIT = """
const cell = (id) => document.getElementById(id);
const part = (id, name) => cell(id).querySelector(`[data-part=${name}]`);
const lab = () => document.querySelector("py-lab");
const figure = (name) => document.querySelector(`py-lab [data-figure=${name}]`);
const nameOf = (node) => (node.getAttribute("aria-label") ?? node.textContent).trim();
const button = (name, root = lab()) =>
  [...root.querySelectorAll("button")].find((node) => nameOf(node) === name || nameOf(node).startsWith(`${name}:`));
/** All that an output says, in words, pictures' too. */
const told = (id) => {
  const output = part(id, "output");
  const labels = [...output.querySelectorAll("[aria-label]")].map((node) => node.getAttribute("aria-label"));
  return [output.textContent, ...labels].join(" ").replace(/\\s+/g, " ").trim();
};
"""

_PLACE = """
const element = ELEMENT;
if (!element) return "it is not there";
if (element.disabled) return "it is disabled";
if (!element.checkVisibility({ visibilityProperty: true })) return "it cannot be seen";
const box = () => element.getBoundingClientRect();
const frame = () => new Promise((resolve) => setTimeout(resolve, 40));
const { top, bottom } = box();
if (top < 90 || bottom > innerHeight - 20) element.scrollIntoView({ block: "center", behavior: "instant" });
const before = box();
await frame();
const { left, top: now, width, height } = box();
if (left !== before.left || now !== before.top || width !== before.width) return "it moves";
if (width === 0 || height === 0) return "it has no size";
const [x, y] = [left + width * (arguments_[0] ?? 0.5), now + height * (arguments_[1] ?? 0.5)];
const hit = document.elementFromPoint(x, y);
if (!hit) return "it is out of sight";
const owner = element.closest('[data-drag]') ?? element;
if (!owner.contains(hit) && !hit.contains(owner)) return `${hit.outerHTML.slice(0, 120)} stands before it`;
return [x, y];
"""


class Reader:
    """Somebody at a browser."""

    def __init__(self, engine: Engine, address: str) -> None:
        self.engine = engine
        self.address = address
        self.allow: Callable[[str], None] = lambda pattern: None
        self.record: Callable[[str, Any], None] = lambda what, value: None
        self._judged = 0

    # Looking

    def ask(self, body: str, *arguments: Any) -> Any:
        """Run JavaScript in the page, with the kit and with `arguments_` at hand."""
        return self.engine.evaluate(KIT + body, *arguments)

    def wait(self, condition: str, *arguments: Any, seconds: float = PATIENCE) -> None:
        """Wait until an expression in the page is true; slow engines have longer."""
        deadline = time.monotonic() + seconds * self.engine.patience
        while True:
            with suppress(PageLeftError):
                if self.ask(f"return Boolean({condition});", *arguments):
                    return
            if time.monotonic() > deadline:
                shot = places.LOGS / f"{self.engine.name}.png"
                shot.parent.mkdir(parents=True, exist_ok=True)
                self.engine.screenshot(shot)
                raise AssertionError(
                    f"{self.engine.name} {self.ask('return location.pathname')}: expected {condition} {arguments}, "
                    f"which is not so after {seconds * self.engine.patience:.0f} s (screenshot: {shot})"
                )
            time.sleep(0.03)

    def heard(self, pattern: str) -> re.Match[str] | None:
        """Find what the console has said last that fits."""
        self.engine.listen()
        found = (re.search(pattern, said.text) for said in reversed(self.engine.said) if said.level != "request")
        return next(filter(None, found), None)

    def offences(self) -> list[str]:
        """Say what the page did, since this was asked last, that no page may do."""
        self.engine.listen()
        new, self._judged = self.engine.said[self._judged :], len(self.engine.said)
        return [told for one in new if (told := self._offence(one))]

    def _offence(self, said: Said) -> str | None:
        if said.level == "error" and self.engine.is_fault(said):
            return f"console: {said.text}"
        if said.level == "warning" and said.text.startswith("Python could not start"):
            return f"console: {said.text}"
        near = self.address.split("/primer-site/")[0]
        elsewhere = said.level == "request" and not said.text.startswith((f"{near}/", "data:", "blob:", "about:"))
        return f"request to elsewhere: {said.text}" if elsewhere else None

    # Doing

    def open(self, path: str) -> None:
        self._leave(lambda: self.engine.goto(self.address + path))

    def reload(self) -> None:
        self._leave(self.engine.reload)

    def _leave(self, act: Callable[[], None]) -> None:
        """Do what brings another page, and wait until that one stands: Firefox may say so of the old one."""
        self.ask("globalThis.isLeft = true")
        act()
        is_there = "document.readyState === 'complete' && document.documentElement.dataset.python !== undefined"
        self.wait(f"!globalThis.isLeft && {is_there}")

    def place(self, element: str, across: float = 0.5, down: float = 0.5) -> tuple[float, float]:
        """Bring an element into sight, and give a point of it once nothing moves and nothing stands before it."""
        deadline = time.monotonic() + PATIENCE * self.engine.patience
        while isinstance(found := self.ask(_PLACE.replace("ELEMENT", element), across, down), str):
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.engine.name}: {element} cannot be pointed at: {found}")
            time.sleep(0.03)
        x, y = found
        return x, y

    def click(self, element: str, across: float = 0.5, down: float = 0.5) -> None:
        x, y = self.place(element, across, down)
        self.engine.pointer(("move", x, y), ("down",), ("up",))

    def settled(self, id: str, state: str) -> None:
        """Wait until a cell is in this state and shows what belongs to it."""
        self.wait("cell(arguments_[0]).getAttribute('state') === arguments_[1]", id, state)
        self.wait("!cell(arguments_[0]).querySelector('[data-undrawn]')", id)

    def run(self, id: str) -> None:
        self.click(f"cell('{id}').querySelector('[data-action=run]')")
        self.settled(id, "done")

    def type_instead(self, id: str, source: str) -> None:
        """Open the editor of a cell, select all, and type."""
        self.click(f"part('{id}', 'code')", 0.5, 0.5)
        self.wait(
            "document.activeElement?.closest('.cm-content') && cell(arguments_[0]).contains(document.activeElement)", id
        )
        self.engine.press("Control+a")
        self.engine.type(source)
        self.wait("cell(arguments_[0]).source === arguments_[1]", id, source)

    def reset(self) -> None:
        """Bring the page back to what was built."""
        self.ask("document.querySelectorAll('py-cell').forEach((cell) => cell.reset())")

    def reset_all(self) -> None:
        """Bring the page back to what was built, and wait until nothing is to be done any more."""
        self.reset()
        busy = "py-cell:is([edited], [stale], [state=running], [state=queued], [state=loading]), [data-undrawn]"
        self.wait(f"!document.querySelector({busy!r})")

    def press(self, name: str) -> None:
        """Press a button of the lab."""
        self.click(f"button({name!r})")

    def lab_is(self, state: str) -> None:
        self.wait("lab().getAttribute('state') === arguments_[0]", state)

    def number(self, name: str) -> float:
        text = self.ask("return figure(arguments_[0]).textContent.trim()", name)
        assert re.fullmatch(r"\d+(\.\d+)?", text), f"{name} is no plain digits: {text!r}"
        return float(text)
