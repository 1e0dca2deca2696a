"""What stands in the runtime's modules between quotation marks, and what of it is said by `say` or `counted`."""

import functools
import re
from dataclasses import dataclass

_SKIPPED = re.compile(r"\s+|//[^\n]*|/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r'"((?:\\.|[^"\\\n])*)"|\'((?:\\.|[^\'\\\n])*)\'')
_REGEX = re.compile(r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_WORD = re.compile(r"[\w$#]+")
_COMPARED = ("==", "===", "!=", "!==")
_OPERATOR = re.compile(r"===|!==|==|!=|=>|\?\?|\?\.|[^\w\s]")


@dataclass
class Token:
    kind: str
    """word, sign or text."""
    value: str
    line: int


def tokens_of(source, at=0, end=""):
    """The tokens of a module, up to the bracket that closes what begins there; and where that is."""
    tokens, depth = [], 0
    while at < len(source):
        here = source.count("\n", 0, at) + 1
        if skipped := _SKIPPED.match(source, at):
            at = skipped.end()
            continue
        sign = source[at]
        if end and sign == end and depth == 0:
            return tokens, at + 1
        depth += (sign == "{") - (sign == "}")
        before = tokens[-1] if tokens else Token("sign", "", 0)
        is_value = before.kind == "text" or before.value in (")", "]", "}") or before.kind == "word"
        if found := _QUOTED.match(source, at):
            tokens.append(Token("text", _plain(found[1] or found[2] or ""), here))
        elif sign == "`":
            text, inner, at = _template(source, at + 1)
            tokens += [Token("text", text, here), *inner]
            continue
        elif not (found := None if is_value and before.value != "return" else _REGEX.match(source, at)):
            found = _WORD.match(source, at) or _OPERATOR.match(source, at)
            kind = "word" if _WORD.match(source, at) else "sign"
            tokens.append(Token(kind, found[0], here))
        at = found.end()
    return tokens, at


def _template(source, at):
    text, inner = "", []
    while source[at] != "`":
        if source[at] == "\\":
            text, at = text + source[at : at + 2], at + 2
        elif source.startswith("${", at):
            tokens, after = tokens_of(source, at + 2, "}")
            text, at = text + "${}", after
            inner += [Token("sign", ";", 0), *tokens, Token("sign", ";", 0)]
        else:
            text, at = text + source[at], at + 1
    return _plain(text), inner, at + 1


def _plain(text):
    return re.sub(r"\\u([0-9a-fA-F]{4})|\\(.)", lambda m: chr(int(m[1], 16)) if m[1] else m[2].replace("n", "\n"), text)


@functools.cache
def texts_in(source):
    """Each text, parts that are joined by + as one, with its line, and whether it is said."""
    tokens, _ = tokens_of(source)
    said = _said_places(tokens)
    texts, at = [], 0
    while at < len(tokens):
        if tokens[at].kind == "text":
            begin, whole = at, tokens[at].value
            while at + 2 < len(tokens) and tokens[at + 1].value == "+" and tokens[at + 2].kind == "text":
                at += 2
                whole += tokens[at].value
            if tokens[begin - 1].value not in _COMPARED:
                texts.append((whole, tokens[begin].line, begin in said))
        at += 1
    return texts


def _said_places(tokens):
    """Where texts stand that are arguments of one of the two."""
    places = set()
    for at, token in enumerate(tokens[:-1]):
        is_called = token.kind == "word" and token.value in ("say", "counted") and tokens[at + 1].value == "("
        if not is_called or tokens[at - 1].value in ("function", "."):
            continue
        depth, argument = 0, 0
        wanted = (0,) if token.value == "say" else (1, 2)
        for place in range(at + 1, len(tokens)):
            value = tokens[place].value if tokens[place].kind == "sign" else ""
            depth += (value in ("(", "[", "{")) - (value in (")", "]", "}"))
            if depth == 0:
                break
            if depth == 1 and value == ",":
                argument += 1
            if depth == 1 and tokens[place].kind == "text" and argument in wanted:
                places.add(place)
    return places
