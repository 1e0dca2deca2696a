"""A cell and its outputs as HTML: what a reader sees before, or without, JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from cells.build.figures import chart_svg
from cells.build.listings import folded_count, is_number, listing
from cells.page.names import Names
from cells.page.outputs import CHART, SVG, Output
from cells.page.parameters import Parameter
from cells.page.prose import in_prose
from cells.page.words import counted, say

_MINUS = re.compile(r"(?<![\w.)\]])-(?=\.?\d)")
"""A hyphen before a number; runtime/cell/inline.mjs has the same."""

_WHOLE = re.compile(r"<svg\b.*</svg>", re.DOTALL)

Formula = Callable[[str], str]
"""Takes the TeX of a formula on a line of its own, returns a placeholder for its HTML."""


@dataclass(frozen=True)
class RenderedCell:
    """All that the page needs to know of a cell."""

    id: str
    page: str
    title: str
    hidden: bool
    source: str
    parameters: list[Parameter]
    reads: list[str]
    """Those of its names that other cells of the page define."""
    names: Names
    outputs: list[Output]
    is_exercise: bool = False
    shown: frozenset[int] | None = None
    """The lines that teach, counted from 1; None for all of them."""
    after: str = ""
    """The prediction that its output waits for."""
    tries: str = ""


def cell_html(cell: RenderedCell, formula: Formula) -> str:
    """The cell's element, in the markup that the page's runtime attaches to."""
    name = escape(cell.title or cell.id)
    code = f'<div data-part="code">{listing(cell.source, cell.parameters, cell.shown)}</div>'
    if cell.hidden:
        code = f'<details data-part="fold"><summary>{say("Show the code")}</summary>{code}</details>'
    elif count := folded_count(cell.source, cell.shown):
        code += _unfold(count, name)
    output = say("Output of {name}", name=name)
    asks = any(" data-why=" in output.get("data", {}).get(SVG, "") for output in cell.outputs)
    return (
        f'<py-cell id="{escape(cell.id)}" page="{escape(cell.page)}" state="static" role="group"'
        f"{' controls' if cell.parameters else ''}{' asks' if asks else ''}{_after(cell)}{_tried(cell)}"
        f' aria-label="{name}">'
        f"{_head(cell, name)}{_cover(cell, name)}"
        f'<div data-part="output" role="group" aria-label="{output}" tabindex="-1"{_NO_WORDS}>'
        f"{''.join(output_html(output, formula) for output in cell.outputs)}</div>"
        f"{_controls(cell)}{_bar(cell, name)}"
        f'<div data-part="error"></div>{_VERDICT if cell.is_exercise else ""}{code}{_keys(cell)}'
        f'<template data-part="program" data-search-exclude>{_program(cell)}</template>'
        "</py-cell>"
    )


def _tried(cell: RenderedCell) -> str:
    return f' data-try="{escape(cell.tries)}"' if cell.tries else ""


def inline_html(expression: str, page: str, text: str, language: str = "en") -> str:
    """An inline number: the text that its expression has now, with a true minus, as its language writes it."""
    text = in_prose(_MINUS.sub("−", text), language)
    return f'<span data-expr="{escape(expression)}" page="{escape(page)}">{escape(text)}</span>'


_NO_WORDS = " data-search-exclude"  # labels of axes and names of controls make no sentence
_VERDICT = '<div data-part="verdict"></div><pre data-part="printed" hidden></pre>'


def _button(action: str, says: str, name: str, more: str = "") -> str:
    """A button. A page has each many times, so what it is called goes on with the name of its cell."""
    return f'<button type="button" data-action="{action}" aria-label="{says}: {name}"{more}>{says}</button>'


def _keys(cell: RenderedCell) -> str:
    """What the keyboard does in the editor, told there as long as it has the focus."""
    told = [say("Esc, then Tab: leave. Ctrl + Enter: run.")]
    if any(is_number(parameter) for parameter in cell.parameters):
        told.append(say("Alt + ↑ or ↓: a blue number."))
    return f'<div data-part="keys" data-search-exclude>{" ".join(told)}</div>'


def _after(cell: RenderedCell) -> str:
    return f' after="{escape(cell.after)}"' if cell.after else ""


def _cover(cell: RenderedCell, name: str) -> str:
    """What stands over an output until its prediction has been made: see `runtime/cell/cover.mjs`."""
    if not cell.after:
        return ""
    show = _button("uncover", say("Show it without a guess"), name)
    return f'<div data-part="cover" data-search-exclude>{say("Predict first.")} {show}</div>'


def _head(cell: RenderedCell, name: str) -> str:
    """The title, and a menu of what is rarely wanted."""
    menu = f"{escape(cell.id)}--more"
    rare = (("link", say("Copy link")), ("qr", say("QR code")), ("frame", say("Embed")))
    run = _button("run", say("Run"), name) if cell.is_exercise else ""
    buttons = run + "".join(_button(action, says, name) for action, says in rare)
    return (
        f'<div data-part="head"><span data-part="title">{name}</span>'
        f'<button type="button" data-part="more" popovertarget="{menu}" aria-label="{say("More")}: {name}"></button>'
        f'<div data-part="menu" id="{menu}" popover data-search-exclude>{buttons}</div></div>'
    )


def _bar(cell: RenderedCell, name: str) -> str:
    """What the cell is doing, and the one button that does it: its own, or that of the exercise."""
    check = f'<button type="button" data-action="check">{say("Check")}</button>'
    return (
        '<div data-part="bar" data-search-exclude><span data-part="status"></span>'
        f"{_button('reset', say('Reset'), name)}{_button('stop', say('Stop'), name, ' hidden')}"
        f"{check if cell.is_exercise else _button('run', say('Run'), name)}</div>"
    )


def _unfold(count: int, name: str) -> str:
    """Shows the lines that are folded away, and folds them away again: see `runtime/cell/folds.mjs`."""
    lines = counted(count, "1 more line", "{count} more lines")
    return (
        f'<button type="button" data-part="unfold" data-search-exclude aria-expanded="false" '
        f'aria-label="{lines}: {name}">{lines}</button>'
    )


def _program(cell: RenderedCell) -> str:
    program = {
        "source": cell.source,
        "defines": sorted(cell.names.defines),
        "reads": cell.reads,
        "names": cell.names.as_json(),
        "parameters": [parameter.as_json() for parameter in cell.parameters],
        "outputs": [_once(output) for output in cell.outputs],
    }
    # In a template, which instant navigation leaves alone: a script it would run. Nothing in it may be markup.
    text = json.dumps(program, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _once(output: Output) -> Output:
    """An output without its picture, if that is in the page as it is: it would be a tenth of a page's bytes again.

    `runtime/cell/drawing.mjs` puts it back.
    """
    svg = output.get("data", {}).get(SVG, "")
    if CHART in output.get("data", {}) or not _WHOLE.fullmatch(svg) or svg.count("<svg") > 1:
        return output
    return {**output, "data": {**output["data"], SVG: None}}


def _controls(cell: RenderedCell) -> str:
    if not cell.parameters:
        return ""
    controls = "".join(_control(cell.id, parameter) for parameter in cell.parameters)
    label = say("Parameters of {name}", name=cell.title or cell.id)
    return f'<div data-part="controls" role="group" aria-label="{escape(label)}"{_NO_WORDS}>{controls}</div>'


def _control(cell: str, parameter: Parameter) -> str:
    name, value = escape(parameter.name), escape(str(parameter.value))
    # A browser that fills in what stood there on an older visit would contradict the code.
    shared = f'id="{escape(cell)}-{name}" name="{name}" autocomplete="off"'
    limits = _attributes(min=parameter.min, max=parameter.max, step=parameter.step)
    if parameter.type == "slider":
        by_number = say("{name}, as a number", name=name)
        field = (
            f'<input type="range" {shared}{limits} value="{value}">'
            f'<input type="number" data-for="{name}" autocomplete="off" aria-label="{by_number}"'
            f'{limits} value="{value}">'
        )
    elif parameter.type == "dropdown":
        field = f"<select {shared}>{''.join(_option(option, parameter) for option in parameter.options or ())}</select>"
    elif parameter.type == "boolean":
        field = f'<input type="checkbox" {shared}{" checked" if parameter.value else ""}>'
    elif parameter.type == "string":
        field = f'<input type="text" {shared} value="{value}">'
    else:
        step = limits if parameter.step is not None else limits + (' step="any"' if parameter.type == "number" else "")
        field = f'<input type="number" {shared}{step} value="{value}">'
    return (
        f'<div class="control" data-control="{parameter.type}">'
        f'<label for="{escape(cell)}-{name}">{name}</label>{field}</div>'
    )


def _option(option: Any, parameter: Parameter) -> str:
    selected = " selected" if option == parameter.value else ""
    return f'<option value="{escape(str(option))}"{selected}>{escape(str(option))}</option>'


def _attributes(**attributes: Any) -> str:
    return "".join(f' {name}="{value}"' for name, value in attributes.items() if value is not None)


def output_html(output: Output, formula: Formula) -> str:
    """One output, in the richest form that it has."""
    if output["type"] == "stream":
        return f'<pre data-output="stream" data-name="{output["name"]}">{escape(output["text"])}</pre>'
    data = output["data"]
    plain = escape(data.get("text/plain", ""))
    if CHART in data:
        return (
            f'<figure data-output="chart" role="img" aria-label="{plain}"{_NO_WORDS}>{chart_svg(data[CHART])}</figure>'
        )
    if SVG in data:
        svg = data[SVG]
        if plain and " data-why=" not in svg and " data-drag=" not in svg:
            svg = svg.replace("<svg", '<svg aria-hidden="true"', 1)  # or it would be read twice
        asks = say("Choose a number to ask where it comes from.")
        answer = f'<p data-part="why" data-asks="{asks}"></p>' if " data-why=" in svg else ""
        return f'<figure data-output="svg" role="img" aria-label="{plain}"{_NO_WORDS}>{svg}{answer}</figure>'
    if "text/html" in data:
        return f'<div data-output="html">{data["text/html"]}</div>'
    if "text/latex" in data:
        return f'<div data-output="latex">{formula(_bare_tex(data["text/latex"]))}</div>'
    return f'<pre data-output="text">{plain}</pre>'


def _bare_tex(latex: str) -> str:
    """TeX without the dollars that Jupyter's protocol asks for.

    >>> _bare_tex(r"$$e^{2}$$"), _bare_tex(r"$e^{2}$")
    ('e^{2}', 'e^{2}')
    """
    return latex.strip().strip("$")
