"""Expressions in a chart, word by word: what ``site/runtime/chart/vega/expressions.mjs`` does in the page.

Numbers, texts, ``datum.column``, named params, and calls of the functions that the table lists. There is no other name,
no other dot, no regular expression and nothing that could assign.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

_MOST = 500
_DEEPEST = 20  # brackets within each other
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)"
    "|(?P<text>'[^'\"\\\\\\x00-\\x1f\\u2028\\u2029]*'|\"[^'\"\\\\\\x00-\\x1f\\u2028\\u2029]*\")"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>===|!==|==|!=|<=|>=|&&|[|][|]|[-+*/%<>!?:,.()\[\]])"
    r"|(?P<space>[ ]+)"
)
_CLOSING = {"(": ")", "[": "]"}
_Token = tuple[str, str]
_Open = tuple[str, str]  # what closes a bracket, and the function that it belongs to


def length_in_page(text: str) -> int:
    """Say how long a text is to JavaScript, which counts what is beyond 16 bits twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class _ExpressionError(Exception):
    """What is wrong, in words."""


def wrong_in_expression(code: str, named: Collection[str], table: Mapping[str, Any]) -> str:
    """Say what is wrong with an expression that may use the params `named`; the empty text, if nothing is.

    >>> table = {"functions": ["round"], "lists": ["inrange"], "keywords": ["PI"], "reserved": ["constructor"]}
    >>> wrong_in_expression("round(datum.x * PI) > least", {"least"}, table)
    ''
    >>> wrong_in_expression("event.view.localStorage", set(), table)
    'the name event'
    >>> wrong_in_expression("datum.x['constructor']", set(), table)
    '[ behind a value'
    """
    try:
        _check(_tokens(code), named, table)
    except _ExpressionError as wrong:
        return str(wrong)
    return ""


def _tokens(code: str) -> list[_Token]:
    if length_in_page(code) > _MOST:
        raise _ExpressionError(f"an expression of more than {_MOST} characters")
    tokens: list[_Token] = []
    at = 0
    while at < len(code):
        match = _TOKEN.match(code, at)
        if match is None:
            raise _ExpressionError(f"the sign {json.dumps(code[at], ensure_ascii=False)}")
        if match.lastgroup != "space":
            tokens.append((str(match.lastgroup), match[0]))
        at = match.end()
    return tokens


def _check(tokens: list[_Token], named: Collection[str], table: Mapping[str, Any]) -> None:
    ends: list[_Open] = []  # of the brackets that are open
    is_value = False  # whether what stands before is a value, which an operator may follow
    i = -1
    while (i := i + 1) < len(tokens):
        kind, text = tokens[i]
        following = tokens[i + 1][1] if i + 1 < len(tokens) else None
        if kind != "sign":
            if is_value:
                raise _ExpressionError(f"{text} where an operator should stand")
            is_value = True
            if kind == "text" and text[1:-1] in table["reserved"]:
                raise _ExpressionError(f"the word {text}, which JavaScript itself uses")
            if kind != "word":
                continue
            if text == "datum":
                i += _column(tokens[i + 1 : i + 4], table)
            elif following == "(":
                if text not in table["functions"]:
                    raise _ExpressionError(f"the function {text}")
                is_value = False
            elif text not in table["keywords"] and text not in named:
                raise _ExpressionError(f"the name {text}")
        elif text in _CLOSING:
            if is_value:
                raise _ExpressionError(f"{text} behind a value")
            if text == "[" and (not ends or ends[-1][1] not in table["lists"]):
                raise _ExpressionError(f"a list that is not given to {' or '.join(table['lists'])}")
            before = tokens[i - 1] if i else ("", "")
            ends.append((_CLOSING[text], before[1] if text == "(" and before[0] == "word" else ""))
            if len(ends) > _DEEPEST:
                raise _ExpressionError(f"more than {_DEEPEST} brackets within each other")
            if following == _CLOSING[text]:
                raise _ExpressionError("empty brackets")
        else:
            is_value = _after_sign(text, is_value, ends)
    if not is_value or ends:
        raise _ExpressionError("an expression that does not end")


def _after_sign(text: str, is_value: bool, ends: list[_Open]) -> bool:
    """Say whether a sign that opens no bracket ends a value."""
    if text in (")", "]"):
        if not is_value or not ends or ends.pop()[0] != text:
            raise _ExpressionError(f"{text} in the wrong place")
        return True
    if text == ".":
        raise _ExpressionError("a dot that is not behind datum")
    if text == "!" or (text in "-+" and not is_value):
        if is_value:
            raise _ExpressionError(f"{text} behind a value")
        return False
    if not is_value:
        raise _ExpressionError(f"{text} where a value should stand")
    if text == "," and not ends:
        raise _ExpressionError("a comma outside of brackets")
    return False


def _column(behind: list[_Token], table: Mapping[str, Any]) -> int:
    """How many tokens behind ``datum`` name the column."""
    words = [text for _, text in behind]
    kinds = [kind for kind, _ in behind]
    if words[:1] == ["."] and kinds[1:2] == ["word"]:
        name, taken = words[1], 2
    elif words[:1] == ["["] and kinds[1:2] == ["text"] and words[2:] == ["]"]:
        name, taken = words[1][1:-1], 3
    else:
        raise _ExpressionError("datum without a column")
    if name in table["reserved"]:
        raise _ExpressionError(f"the column {name}, a word that JavaScript itself uses")
    return taken
