"""Listings of code, fences as well as cells, with as few elements as their colours need: most of a page's are theirs.

In place of `pymdownx.highlight`: a Markdown extension that marks fences in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from pygments import highlight
from pygments.filters import TokenMergeFilter
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import PythonConsoleLexer, PythonLexer, TextLexer
from pygments.token import Name, Operator, Punctuation, String, Text, Whitespace, _TokenType
from pymdownx.highlight import Highlight, HighlightExtension, HighlightTreeprocessor

from cells.page.parameters import Parameter

_AS = {**dict.fromkeys((Name, Whitespace, Operator, Punctuation), Text), String.Interpol: String.Double}
"""Names, spaces, operators and punctuation have no colour; what an f-string puts in has that of the string."""


class _AlikeFilter(TokenMergeFilter):
    """Makes one token of what stands side by side in one colour, with the spaces between."""

    def filter(self, lexer: Lexer | None, stream: Iterable[tuple[_TokenType, str]]) -> Iterator[tuple[_TokenType, str]]:
        tokens = list(super().filter(lexer, ((_AS.get(kind, kind), text) for kind, text in stream)))
        kinds = [kind for kind, _ in tokens]
        for i, (kind, text) in enumerate(tokens):
            is_between = kind is Text and not text.strip(" ") and kinds[i - 1 : i] == kinds[i + 1 : i + 2]
            yield (kinds[i - 1] if is_between else kind), text


def _apart(html: str) -> str:
    """A listing whose `code` is no child of its `pre`: Material's script knows those, and would measure each."""
    return html.replace("<code>", "<span><code>", 1).replace("</code></pre>", "</code></span></pre>", 1)


def _listing(source: str, lexer: Lexer, formatter: type[HtmlFormatter[str]] = HtmlFormatter, **how: Any) -> str:
    lexer.add_filter(_AlikeFilter())
    return _apart(highlight(source, lexer, formatter(cssclass="highlight", wrapcode=True, **how))).strip()


def highlight_python(source: str) -> str:
    """Python as a listing."""
    return _listing(source, PythonLexer(stripnl=False))


_PARAMETER = re.compile(r"([^=]*=[ \t]*)(.*?)([ \t]*#\s*@param\b.*)")
"""A line with a control: up to its literal, the literal, what describes the control."""
_PIECE = re.compile(r'<span class="(\w+)">(.*?)</span>|([^<]+)')


def _pieces(line: str, start: int, end: int) -> str:
    """What stands from one character to another in a coloured line."""
    made, at = "", 0
    for colour, coloured, plain in _PIECE.findall(line):
        text = unescape(coloured or plain)
        part = escape(text[max(start - at, 0) : max(end - at, 0)], quote=False)
        made += f'<span class="{colour}">{part}</span>' if colour and part else part
        at += len(text)
    return made


def is_number(parameter: Parameter) -> bool:
    """Whether a parameter is a number that is dragged in the code."""
    return parameter.type in ("slider", "number", "integer")


class _CellFormatter(HtmlFormatter[str]):
    """Marks the literals that have a control, what describes that, and lines that are folded away."""

    def __init__(self, *, parameters: Iterable[Parameter], shown: Collection[int] | None, **options: Any) -> None:
        super().__init__(**options)
        self._literals = {parameter.line: parameter for parameter in parameters}
        self._shown = shown

    def wrap(self, source: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        wrapped: Iterator[tuple[int, str]] = super().wrap(self._marked(source))  # type: ignore[no-untyped-call]
        return wrapped

    def _marked(self, source: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        lines = list(source)
        folded = set() if self._shown is None else {*range(1, len(lines) + 1)} - {*self._shown}
        for number, (kind, line) in enumerate(lines, 1):
            marked = self._with_literal(number, line)
            if number in folded and number - 1 not in folded:
                marked = f'<span data-part="folded">{marked}'
            if number in folded and number == len(lines):
                marked += "</span>"
            elif number in folded and number + 1 not in folded:  # its end is that of the row that says so
                marked = marked.removesuffix("\n") + "</span>\n"
            yield kind, marked

    def _with_literal(self, number: int, line: str) -> str:
        parameter = self._literals.get(number)
        match = _PARAMETER.match(unescape(re.sub("<[^>]*>", "", line)))
        if parameter is None or match is None:
            return line
        before, literal, tail = (_pieces(line, *match.span(part)) for part in (1, 2, 3))
        name = f' data-literal="{parameter.name}"' if is_number(parameter) else ""
        return f'{before}<span{name}>{literal}</span><span data-part="tail">{tail}</span>\n'


def listing(source: str, parameters: Iterable[Parameter] = (), shown: Collection[int] | None = None) -> str:
    """The code of a cell; lines that are not among those shown are folded away, all of them are there."""
    return _listing(source, PythonLexer(stripnl=False), _CellFormatter, parameters=parameters, shown=shown)


def folded_count(source: str, shown: Collection[int] | None) -> int:
    """How many lines of a cell are folded away."""
    return 0 if shown is None else source.count("\n") + 1 - len(shown)


def shown_lines(ranges: str, source: str) -> frozenset[int]:
    """The lines that a fence's `show` names, counted from 1.

    >>> sorted(shown_lines("1 3-4", "a\\nb\\nc\\nd"))
    [1, 3, 4]

    Raises
    ------
    ValueError
        If it names none, one that is not there, or all of them.
    """
    last = source.count("\n") + 1
    shown: set[int] = set()
    for part in ranges.split():
        match = re.fullmatch(r"([1-9]\d*)(?:-([1-9]\d*))?", part)
        if match is None:
            raise ValueError(f'show names lines that stay in sight, as in show="1 3-5", got {part!r}')
        first, end = int(match[1]), int(match[2] or match[1])
        if not first <= end <= last:
            raise ValueError(f"show names line {part}, but the cell has the lines 1 to {last}")
        shown.update(range(first, end + 1))
    if not 0 < len(shown) < last:
        raise ValueError(f"show names {len(shown)} of {last} lines: leave it out to show all, hidden to show none")
    return frozenset(shown)


def highlight_console(source: str) -> str:
    """What Python's prompt was told and said as a listing."""
    return _listing(source, PythonConsoleLexer())


class _Highlight(Highlight):  # type: ignore[misc]
    """What marks fences."""

    def get_lexer(self, src: str, language: str, inline: bool, stripnl: bool) -> tuple[Lexer, str]:
        lexer, name = super().get_lexer(src, language, inline, stripnl)
        if not inline:
            lexer.add_filter(_AlikeFilter())
        return lexer, name

    def highlight(self, *arguments: Any, **options: Any) -> Any:
        found = super().highlight(*arguments, **options)
        return found if options.get("inline") else _apart(found)


class _Blocks(HighlightTreeprocessor):  # type: ignore[misc]
    """What marks code that is a block because it stands further in."""

    def run(self, root: Element) -> None:
        for block in root.iter("pre"):
            if len(block) == 1 and block[0].tag == "code":
                source = self.code_unescape(block[0].text).rstrip("\n")
                block.clear()
                block.tag, block.text = "p", self.md.htmlStash.store(_listing(source, TextLexer()))


class _Extension(HighlightExtension):  # type: ignore[misc]
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - what Python-Markdown asks for
        super().extendMarkdown(md)
        md.treeprocessors.register(_Blocks(md, self), "indent-highlight", 30)

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        return _Highlight


def makeExtension(**options: Any) -> _Extension:  # noqa: N802 - what Python-Markdown asks for
    """The extension."""
    return _Extension(**options)
