"""A cell and its outputs as HTML: what a reader sees before, or without, JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from cells.build.figures import CHART, chart_svg
from cells.build.listings import highlight_python
from cells.page.names import Names
from cells.page.outputs import Output
from cells.page.parameters import Parameter

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


def cell_html(cell: RenderedCell, formula: Formula) -> str:
    """The cell's element, in the markup that the page's runtime attaches to."""
    name = escape(cell.title or cell.id)
    code = f'<div data-part="code">{highlight_python(cell.source)}</div>'
    if cell.hidden:
        code = f'<details data-part="fold"><summary>Show the code</summary>{code}</details>'
    title = f'<div data-part="head"><span data-part="title">{name}</span></div>' if cell.title else ""
    return (
        f'<py-cell id="{escape(cell.id)}" page="{escape(cell.page)}" state="static" role="group" aria-label="{name}">'
        f"{title}{_controls(cell)}{code}{_bar(name)}"
        f'<div data-part="output" role="group" aria-label="Output of {name}" tabindex="-1">'
        f"{''.join(output_html(output, formula) for output in cell.outputs)}</div>"
        '<div data-part="error"></div>'
        f'<template data-part="program" data-search-exclude>{_program(cell)}</template>'
        "</py-cell>"
    )


def inline_html(expression: str, page: str, text: str) -> str:
    """An inline number: the text that its expression has now."""
    return f'<span data-expr="{escape(expression)}" page="{escape(page)}">{escape(text)}</span>'


def _bar(name: str) -> str:
    """The buttons. A page has them many times, so what each is called goes on with the name of its cell."""
    return (
        '<div data-part="bar" data-search-exclude>'
        f'<button type="button" data-action="run" aria-label="Run: {name}">Run</button>'
        f'<button type="button" data-action="stop" aria-label="Stop: {name}" hidden>Stop</button>'
        f'<button type="button" data-action="reset" aria-label="Reset: {name}">Reset</button>'
        f'<button type="button" data-action="link" aria-label="Copy link: {name}">Copy link</button>'
        '<span data-part="said"><span data-part="status"></span>'
        '<span data-part="keys">Esc, then Tab: leave. Ctrl + Enter: run.</span></span>'
        "</div>"
    )


def _program(cell: RenderedCell) -> str:
    program = {
        "source": cell.source,
        "defines": sorted(cell.names.defines),
        "reads": cell.reads,
        "names": cell.names.as_json(),
        "parameters": [parameter.as_json() for parameter in cell.parameters],
        "outputs": cell.outputs,
    }
    # In a template, which instant navigation leaves alone: a script it would run. Nothing in it may be markup.
    text = json.dumps(program, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _controls(cell: RenderedCell) -> str:
    if not cell.parameters:
        return ""
    controls = "".join(_control(cell.id, parameter) for parameter in cell.parameters)
    label = f"Parameters of {cell.title or cell.id}"
    return f'<div data-part="controls" role="group" aria-label="{escape(label)}">{controls}</div>'


def _control(cell: str, parameter: Parameter) -> str:
    name, value = escape(parameter.name), escape(str(parameter.value))
    # A browser that fills in what stood there on an older visit would contradict the code.
    shared = f'id="{escape(cell)}-{name}" name="{name}" autocomplete="off"'
    limits = _attributes(min=parameter.min, max=parameter.max, step=parameter.step)
    if parameter.type == "slider":
        field = (
            f'<input type="range" {shared}{limits} value="{value}">'
            f'<input type="number" data-for="{name}" autocomplete="off" aria-label="{name}, as a number"'
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
        return f'<figure data-output="chart" role="img" aria-label="{plain}">{chart_svg(data[CHART])}</figure>'
    if "image/svg+xml" in data:
        svg = data["image/svg+xml"]
        if plain and " data-why=" not in svg and " data-drag=" not in svg:
            svg = svg.replace("<svg", '<svg aria-hidden="true"', 1)  # or it would be read twice
        answer = '<p data-part="why"></p>' if " data-why=" in svg else ""
        return f'<figure data-output="svg" role="img" aria-label="{plain}">{svg}{answer}</figure>'
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
