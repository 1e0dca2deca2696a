"""Listings of code, fences as well as cells, with as few elements as their colours need: most of a page's are theirs.

In place of `pymdownx.highlight`: a Markdown extension that marks fences in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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

_AS = {Name: Text, Whitespace: Text, Operator: Punctuation, String.Interpol: String.Double}
"""Names and spaces have no colour; operators have that of punctuation, what an f-string puts in that of the string."""


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


def _listing(source: str, lexer: Lexer) -> str:
    lexer.add_filter(_AlikeFilter())
    return _apart(highlight(source, lexer, HtmlFormatter(cssclass="highlight", wrapcode=True))).strip()


def highlight_python(source: str) -> str:
    """Python as a listing."""
    return _listing(source, PythonLexer(stripnl=False))


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
