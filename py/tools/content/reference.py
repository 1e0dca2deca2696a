"""The reference of `primer`, from its docstrings: Markdown that site/reference.md includes. A step of every build.

The library is read, not imported (griffe). What it says in numpydoc's way becomes headings with an anchor each, such as
`#primer-softmax`, shapes, errors, examples and formulas. The code itself is as long again, and stands on a page of its
own under the same anchors.
"""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import griffe

from cells.build.listings import highlight_console, highlight_python
from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.progress import say

TARGET = places.BUILD / "reference.md"
ELSEWHERE = places.BUILD / "de" / "reference.md"
"""The same on a German page, on which it is English."""
CODE = places.BUILD / "code.md"
_PAGE_OF_CODE = "reference/code.md"

_TITLES = {
    "parameters": "Parameters",
    "attributes": "Attributes",
    "returns": "Returns",
    "yields": "Yields",
    "raises": "Raises",
}
_MATH = re.compile(r"(?m)^\.\. math::[ \t]*(.*(?:\n(?:[ \t]+.*|[ \t]*(?=\n[ \t]+\S)))*)")
_TITLE = re.compile(r"\*\*[^*]+\*\*")
_OTHER = re.compile(r"(?m)^\.\. [\w-]+::|:[a-z]+:`")


class _Names:
    """What can be linked: the public names of the library, and the methods of its classes."""

    def __init__(self, library: griffe.Module) -> None:
        self.public = list(library.exports or [])
        if not self.public:
            raise ToolError("primer/__init__.py: no __all__; the reference takes its names from there")
        self.anchors = {str(name): anchor(str(name)) for name in self.public}

    def link(self, text: str, within: str = "") -> str:
        """Link a name that stands in single backticks, or leave it as code."""
        bare = text.removesuffix("()")
        for name in (bare, f"{within}.{bare}"):
            if name in self.anchors and name != within:
                return f"[`{text}`](#{self.anchors[name]})"
        return f"`{text}`"


def anchor(name: str) -> str:
    """Give the anchor of a public name or of a method.

    >>> anchor("MLP.forward")
    'primer-MLP-forward'
    """
    return "primer-" + name.replace(".", "-")


def prose(text: str, names: _Names, where: str, within: str = "") -> str:
    """Turn the reStructuredText of our docstrings into Markdown: formulas, literals, names.

    Raises
    ------
    ToolError
        If it holds a directive or role that is not turned, which would stand on the page as it is.
    """
    kept: list[str] = []

    def keep(markdown: str) -> str:
        kept.append(markdown)
        return f"\x02{len(kept) - 1}\x03"

    def display(match: re.Match[str]) -> str:
        tex = "\n".join(line.strip() for line in match[1].strip().splitlines() if line.strip())
        return keep(f"\n\n$$\n{tex}\n$$\n\n")

    text = _MATH.sub(display, text)
    text = re.sub(r":math:`([^`]+)`", lambda m: keep(f"${m[1]}$"), text)
    if other := _OTHER.search(text):
        raise ToolError(f"primer: {where}: the reference does not know {other[0]!r}; say it in plain words")
    text = re.sub(r"``(.+?)``", lambda m: keep(f"`{m[1]}`"), text, flags=re.DOTALL)
    text = re.sub(r"(?<![`\w])`([^`\n]+)`(?!`)", lambda m: keep(names.link(m[1], within)), text)
    text = re.sub(r"(?<=\d)\*\*(?=\d)|[<>_]", lambda m: {"<": "&lt;", ">": "&gt;", "_": r"\_"}.get(m[0], m[0]), text)
    while "\x02" in text:
        text = re.sub("\x02(\\d+)\x03", lambda m: kept[int(m[1])], text)
    return text.strip("\n")


def _signature(name: str, thing: griffe.Function | griffe.Class) -> str:
    """Give how it is called, without the annotations: shapes stand below."""
    parts: list[str] = []
    kinds = griffe.ParameterKind
    starred = slashed = False
    for parameter in thing.parameters:
        if parameter.name in ("self", "cls"):
            continue
        if parameter.kind is kinds.positional_only:
            slashed = True
        elif slashed:
            parts.append("/")
            slashed = False
        if parameter.kind is kinds.keyword_only and not starred:
            parts.append("*")
            starred = True
        prefix = {kinds.var_positional: "*", kinds.var_keyword: "**"}.get(parameter.kind, "")
        starred = starred or prefix == "*"
        default = f"={parameter.default}" if parameter.default is not None and not prefix else ""
        parts.append(f"{prefix}{parameter.name}{default}")
    if slashed:
        parts.append("/")
    return f"{name}({', '.join(parts)})"


def _item(head: str, kind: str, description: str) -> str:
    body = f"{head}{f' ({kind})' if kind else ''}{': ' if description else ''}{description}"
    return f"- {textwrap.indent(body, '  ').strip()}"


def _as_written(annotation: Any, thing: griffe.Object) -> str:
    """Give a type as it stands in the docstring: griffe reads "ndarray, shape (n,)" as a tuple."""

    def bare(text: str) -> str:
        return re.sub(r"[\s()]", "", text)

    lines = (
        line.partition(" : ")[2] or line for line in (thing.docstring.value if thing.docstring else "").splitlines()
    )
    return next((line.strip() for line in lines if bare(line) == bare(str(annotation))), str(annotation))


def _items(thing: griffe.Object, section: Any, names: _Names, where: str, within: str) -> Iterator[str]:
    for item in section.value:
        told = prose(str(item.description or ""), names, where, within)
        kind = prose(_as_written(item.annotation, thing) if item.annotation else "", names, where, within)
        if section.kind.value == "raises":
            yield _item(f"`{item.annotation}`", "", told)
        elif getattr(item, "name", ""):
            yield _item(f"`{item.name}`", kind, told)
        else:
            yield _item(kind or "it", "", told)


def _docstring(thing: griffe.Object, names: _Names, where: str, within: str = "") -> Iterator[str]:
    if thing.docstring is None:
        raise ToolError(f"primer: {where} is public and has no docstring")
    for section in thing.docstring.parse("numpy"):
        kind = section.kind.value
        if kind == "text":
            yield prose(section.value, names, where, within)
        elif kind in _TITLES:
            yield f"**{_TITLES[kind]}**"
            yield "\n".join(_items(thing, section, names, where, within))
        elif kind == "examples":
            yield "**Example**" if len(section.value) == 1 else "**Examples**"
            for part, text in section.value:
                yield highlight_console(text) if part.value == "examples" else prose(text, names, where, within)
        elif kind == "admonition":
            yield f"**{section.title}**"
            yield prose(section.value.description, names, where, within)
        else:
            raise ToolError(f"primer: {where}: the reference does not know the section {kind!r}")


def source_of(thing: griffe.Object) -> str:
    """Give the code of a function or class, without its own docstring, which the page has in words."""
    lines = Path(str(thing.filepath)).read_text(encoding="utf-8").splitlines()
    first, last = (thing.lineno or 1) - 1, thing.endlineno or len(lines)
    if (doc := thing.docstring) and doc.lineno and doc.endlineno and not thing.is_attribute:
        kept = [*lines[first : doc.lineno - 1], *lines[doc.endlineno : last]]
    else:
        kept = lines[first:last]
    while len(kept) > 1 and kept[1].strip() == "":
        del kept[1]
    return textwrap.dedent("\n".join(kept))


def _link(name: str, thing: griffe.Object) -> str:
    path = str(thing.module.path).replace(".", "/")
    return f"[Code: {path}.py, line {thing.lineno}]({_PAGE_OF_CODE}#{anchor(name)})"


def _methods(name: str, thing: griffe.Class, names: _Names) -> Iterator[str]:
    for method in thing.members.values():
        if method.is_alias or method.name.startswith("_") or not isinstance(method, griffe.Function | griffe.Attribute):
            continue
        if method.docstring is None:
            continue
        full = f"{name}.{method.name}"
        called = _signature(method.name, method) if isinstance(method, griffe.Function) else method.name
        text = "\n\n".join(_docstring(method, names, full, name))
        yield f'<a id="{anchor(full)}"></a>`{called}`\n:   {textwrap.indent(text, "    ").strip()}'


def _entry(name: str, thing: griffe.Object, names: _Names) -> Iterator[str]:
    """Give what it is for, behind a fold how it is used, and where its code is: a reader looks through many."""
    yield f"#### `{name}` {{ #{anchor(name)} }}"
    told: list[str] = []
    if isinstance(thing, griffe.Function | griffe.Class):
        yield highlight_python(_signature(name, thing))
        told += _docstring(thing, names, name, name if isinstance(thing, griffe.Class) else "")
    elif thing.docstring is not None:
        told += _docstring(thing, names, name)
    if isinstance(thing, griffe.Class) and (methods := list(_methods(name, thing, names))):
        told += ["**Methods and properties**", "\n\n".join(methods)]
    titles = [i for i, part in enumerate(told) if _TITLE.fullmatch(part)]
    yield from told[: titles[0]] if titles else told
    if titles:
        summary = ", ".join(told[i].strip("*") for i in titles).capitalize()
        yield f'<details class="abstract" markdown="1"><summary>{summary}</summary>'
        yield from told[titles[0] :]
        yield "</details>"
    yield _link(name, thing)


def reference(folder: Path) -> tuple[str, str]:
    """Write the reference of `primer`, which stands in `folder`, as Markdown; and its code, on a page below that.

    Raises
    ------
    ToolError
        If something public has no docstring, or a docstring says something that cannot be turned into Markdown.
    """
    library = griffe.load("primer", search_paths=[folder], allow_inspection=False, resolve_aliases=True)
    if not isinstance(library, griffe.Module):
        raise ToolError(f"{folder}/primer is not a package")
    names = _Names(library)
    things: dict[str, griffe.Object] = {}
    for name in map(str, names.public):
        member = library[name]
        things[name] = member.final_target if member.is_alias else member
    for name, thing in things.items():
        if isinstance(thing, griffe.Class):
            names.anchors |= {f"{name}.{m}": anchor(f"{name}.{m}") for m, o in thing.members.items() if o.docstring}
    modules: dict[str, list[str]] = {}
    for name, thing in things.items():
        modules.setdefault(thing.module.path, []).append(name)
    parts: list[str] = []
    code: list[str] = []
    for path, members in sorted(modules.items()):
        module = library.modules_collection[path]
        parts.append(f"### {path} {{ #{path.replace('.', '-')} }}")
        parts += _docstring(module, names, path)
        code.append(f"## {path} {{ #{path.replace('.', '-')} }}")
        for name in sorted(members, key=lambda name: things[name].lineno or 0):
            parts += _entry(name, things[name], names)
            code.append(f"### [`{name}`](../reference.md#{anchor(name)}) {{ #{anchor(name)} }}")
            code.append(f'<div class="wide">{highlight_python(source_of(things[name]))}</div>')
    return "\n\n".join(parts) + "\n", "\n\n".join(code) + "\n"


def write() -> Path:
    """Write build/reference.md and what goes with it, where it says anything new."""
    content, code = reference(places.PY)
    elsewhere = content.replace(f"]({_PAGE_OF_CODE}#", f"](../{_PAGE_OF_CODE}#")
    german = f'<div lang="en" markdown>\n\n{elsewhere}\n</div>\n'
    for target, text in ((TARGET, content), (ELSEWHERE, german), (CODE, code)):
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            files.put(target, text.encode())
    return TARGET


def main() -> None:
    """Write the reference alone."""
    say(f"{write()}: {TARGET.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    command(main)
