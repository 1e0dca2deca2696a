"""From a cell's text to its tree: what would bring Python's own parser down has an error with a line instead.

Parser and compiler call themselves for each step that an expression is nested, and WebAssembly's stack is small: nested
deeply enough, a text ends Python itself. So the depth is counted before, in one pass over the text, and refused at the
same limit in both hosts, at a quarter of what Chromium's stack was seen to hold.
"""

from __future__ import annotations

import ast
import keyword
import re
from dataclasses import dataclass
from functools import lru_cache

DEEPEST = 200
"""Steps (a sign, a dot, a call, a branch) that may lie within one another in one statement."""
_BRACKET = 4
"""What a bracket or an indented block counts: the parser goes through all its rules for it."""
_FUNCTION = 2
"""What a lambda counts: it is a scope of its own."""

_NUMBER = re.compile(r"(?<=[\s()\[{,=+\-*/%<>:.!&|^~@])\d+")
_LINE = re.compile(r"\r\n?|\n")
_INVALID = re.compile(r"[\0\ud800-\udfff]")

_TOKEN = re.compile(
    r"""(?P<space>[ \t\f]++|\\\r?\n|\#[^\r\n]*+)
    |(?P<newline>\r\n?|\n)
    |(?P<formatted>(?i:r?[ft]r?)(?P<quote>'''|\"\"\"|'|\"))
    |(?P<string>(?i:[bru]{0,2})(?:
        '''(?:[^\\']++|\\[\s\S]|'(?!''))*+(?:'''|\Z)|\"\"\"(?:[^\\\"]++|\\[\s\S]|\"(?!\"\"))*+(?:\"\"\"|\Z)
        |'(?:[^\\'\r\n]++|\\[\s\S])*+'?|\"(?:[^\\\"\r\n]++|\\[\s\S])*+\"?))
    |(?P<word>\w++)
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<flat>[=!<>]=|->|:=|[-+*/%@&|^]=|(?:\*\*|//|<<|>>)=|[,;:<>=])
    |(?P<sign>\*\*|//|<<|>>|[-+*/%@&|^~.])
    |(?P<other>[\s\S])""",
    re.VERBOSE,
)
_PLAIN = re.compile(r"(?:[^\\'\"{}\r\n]++|\\[\s\S]|\{\{|\}\})++")
"""What in a formatted text neither ends it nor begins an expression."""
_BEGINNING = frozenset(keyword.kwlist) - {"False", "None", "True"}
"""Words behind which an operand begins."""


@lru_cache(maxsize=32)  # several ask for it in each step of a slider
def shape_of(source: str) -> str:
    """The source without the digits of its numbers: what it says of names stays the same while a slider moves.

    >>> shape_of("door_1 = 0.70  # of 3")
    'door_1 = 0.0  # of 0'
    """
    return _NUMBER.sub("0", source)


def parse(source: str, filename: str = "<cell>") -> ast.Module:
    """The tree of a source.

    Raises
    ------
    SyntaxError
        If it is not Python, holds what is no character, or is nested too deeply.
    """
    if match := _INVALID.search(source):
        what = "a null byte" if match[0] == "\0" else f"half of a character (U+{ord(match[0]):04X})"
        raise _error(f"{what} stands here", source, match.start(), filename)
    place = too_deep(source)
    if place is not None:
        raise _error("nested too deeply", source, place, filename)
    try:
        return ast.parse(source, filename)
    except (RecursionError, MemoryError):  # Python's own limit: never met below ours, but it is another's
        raise _error("nested too deeply", source, 0, filename) from None


def _error(message: str, source: str, place: int, filename: str) -> SyntaxError:
    breaks = list(_LINE.finditer(source, 0, place))
    start = breaks[-1].end() if breaks else 0
    end = _LINE.search(source, place)
    line = source[start : end.start() if end else None]
    return SyntaxError(message, (filename, len(breaks) + 1, place - start + 1, _INVALID.sub("?", line)))


@dataclass
class _Level:
    """What stands within one bracket, or in one statement: how deep it is so far."""

    base: int
    """The depth of what is around it."""
    kind: str = ""
    """The bracket; ``text``, ``field`` or ``form`` in a formatted text; nothing for a statement."""
    quote: str = ""
    low: int = 0
    """Branches, clauses and lambdas: each holds all that follows."""
    signs: int = 0
    """Signs between operands: each holds all that precedes."""
    prefix: int = 0
    """Signs in front of the operand at hand."""
    trail: int = 0
    """Its dots and calls, or what is in its brackets."""
    deepest: int = 0
    """The deepest operand before it."""
    flat: int = 0
    """The deepest of what is compared with it."""
    beside: int = 0
    """The deepest of what stands before it, apart from it by a comma."""
    lambdas: int = 0
    """Those whose colon has not come: commas belong to them."""

    @property
    def depth(self) -> int:
        return max(self.beside, self.low + max(self.flat, self.signs + max(self.deepest, self.prefix + self.trail)))

    def join(self, is_power: bool) -> None:
        """A sign between two operands."""
        self.deepest = max(self.deepest, self.prefix + self.trail)
        self.trail = 0
        if is_power:
            self.prefix += 1  # it holds what follows
        else:
            self.prefix, self.signs = 0, self.signs + 1

    def compare(self) -> None:
        """An operand ends, and the next stands beside it in the same expression."""
        self.flat = max(self.flat, self.signs + max(self.deepest, self.prefix + self.trail))
        self.signs = self.prefix = self.trail = self.deepest = 0

    def part(self) -> None:
        """An expression ends, and the next stands beside it."""
        if self.lambdas:
            return self.compare()
        self.beside = self.depth
        self.low = self.flat = self.signs = self.prefix = self.trail = self.deepest = 0
        return None


def too_deep(source: str) -> int | None:
    """Where a source becomes nested too deeply; None if nowhere. Takes time in proportion to its length.

    >>> too_deep("x = " + "-" * 500 + "1"), too_deep("x = [" + "-1, " * 500 + "]")
    (204, None)
    """
    depth = _Depth(source)
    at = 0
    while at < len(source):
        begun, at = at, depth.step(at)
        if depth.total > DEEPEST:
            return begun
    return None


class _Depth:
    """Goes through a source token by token. What is no Python is no affair of it: the parser will say so."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._levels = [_Level(0)]
        self._blocks: list[tuple[int, int]] = []
        """The indented blocks around the line: how far in, and how many ``elif`` came before it."""
        self._is_line_new = True
        self._has_operand = False

    @property
    def total(self) -> int:
        return self._levels[-1].base + self._levels[-1].depth

    def step(self, at: int) -> int:
        """Take what stands at a place; return where it ends."""
        if self._levels[-1].kind in ("text", "form"):
            return self._in_text(at)
        match = _TOKEN.match(self._source, at)
        assert match is not None  # anything is a token
        kind, token = match.lastgroup, match[0]
        if kind == "newline" and len(self._levels) == 1:
            self._is_line_new = True
        if kind in ("space", "newline", "other"):
            return match.end()
        if self._is_line_new and len(self._levels) == 1:
            self._begin_line(at, token)
        top = self._levels[-1]
        if kind in ("word", "string", "formatted"):
            self._operand(kind, token, top)
        elif kind == "open":
            top.trail += self._has_operand  # a call, or a position
            self._push(token)
        elif kind == "close":
            self._close()
        elif kind == "flat":
            self._flat(token, top)
        elif self._has_operand and token == ".":
            top.trail += 1
            self._has_operand = False
        elif self._has_operand:
            top.join(is_power=token == "**")
            self._has_operand = False
        else:
            top.prefix += 1
        if kind == "formatted":
            self._push("text", match["quote"])
        return match.end()

    def _begin_line(self, at: int, word: str) -> None:
        """A statement begins, within the blocks that it is indented in."""
        self._is_line_new = self._has_operand = False
        indent = at - max(self._source.rfind("\n", 0, at), self._source.rfind("\r", 0, at)) - 1
        while self._blocks and self._blocks[-1][0] > indent:
            self._blocks.pop()
        before = self._blocks.pop()[1] if self._blocks and self._blocks[-1][0] == indent else 0
        self._blocks.append((indent, before + (word == "elif") if word in ("elif", "else") else 0))
        self._levels = [_Level(_BRACKET * (len(self._blocks) - 1) + sum(branches for _, branches in self._blocks))]

    def _operand(self, kind: str, token: str, top: _Level) -> None:
        if kind == "word" and token in _BEGINNING:
            if token == "lambda":
                top.low += _FUNCTION
                top.lambdas += 1
            elif token in ("not", "await", "yield", "from"):
                top.prefix += 1
            else:
                top.compare()
                top.low += token in ("else", "for")
            self._has_operand = False
            return
        if self._has_operand:
            top.part()  # two in a row: texts, or no Python
        self._has_operand = True

    def _push(self, kind: str, quote: str = "") -> None:
        top = self._levels[-1]
        around = top.base + top.low + top.prefix + bool(top.signs)
        self._levels.append(_Level(around + (1 if kind == "text" else _BRACKET), kind, quote))
        self._has_operand = False

    def _close(self) -> None:
        """What was within a bracket, or a text, is an operand of what is around it."""
        if len(self._levels) > 1:
            closed = self._levels.pop()
            top = self._levels[-1]
            inner = closed.base + closed.depth - (top.base + top.low + top.prefix + bool(top.signs))
            top.trail = max(top.trail, inner)
        self._has_operand = True

    def _flat(self, token: str, top: _Level) -> None:
        self._has_operand = False
        if token == ":" and top.lambdas:
            top.lambdas -= 1
            top.compare()
        elif token == ":" and top.kind == "field":
            self._push("form", top.quote)
        elif token in (",", ";", ":", "->"):
            top.part()
        else:
            top.compare()

    def _in_text(self, at: int) -> int:
        top = self._levels[-1]
        character = self._source[at]
        if match := _PLAIN.match(self._source, at):
            return match.end()
        if character == "{":
            self._push("field", top.quote)
        elif character == "}" and top.kind == "form":
            self._close()
            self._close()
        elif self._source.startswith(top.quote, at) or (character in "\r\n" and len(top.quote) == 1):
            while self._levels[-1].kind != "text":  # it ended before its expression did
                self._close()
            self._close()
            return at + len(top.quote) if character not in "\r\n" else at
        return at + 1
