"""One runner, two hosts: what the browser computes is what the build computed."""

import math
import re

import pytest

from at_once import expect
from cells_in_page import FULL, LEARNING, PYTHON_STARTS
from tools.base import places

SITE = places.ROOT / "site"
TRANSLATED = "softmax"
"""Of the pages in other languages this one is enough: all have the cells of the English ones, but for their checks."""
SHOWN = re.compile(r"^(`{4,}).*?^\1", re.DOTALL | re.MULTILINE)
"""A longer fence, which shows how one writes a cell and is none."""
PAGES = sorted(
    path
    for path in SITE.rglob("*.md")
    if (path.parent != SITE / "de" or path.stem == TRANSLATED)
    and (FULL or path.stem not in LEARNING)
    and re.search("^```python run", SHOWN.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
)

RUN_ALL = """async () => {
    const cells = [...document.querySelectorAll("py-cell")];
    const outputs = {};
    for (const cell of cells) outputs[cell.id] = await cell.run();
    return outputs;
}"""
BUILT = """() => Object.fromEntries([...document.querySelectorAll("py-cell")].map((cell) =>
    [cell.id, cell.built.outputs]))"""
INLINE = "() => [...document.querySelectorAll('[data-expr]')].map((span) => [span.dataset.expr, span.textContent])"


def address(path):
    name = path.relative_to(SITE).with_suffix("").as_posix()
    return re.sub(r"(^|/)index$", r"\1", name + "/" if not name.endswith("index") else name)


def alike(built, computed):
    """Equal, but for floats, which may differ in the last digits."""
    if isinstance(built, dict):
        return (
            isinstance(computed, dict)
            and built.keys() == computed.keys()
            and all(alike(built[k], computed[k]) for k in built)
        )
    if isinstance(built, list):
        return isinstance(computed, list) and len(built) == len(computed) and all(map(alike, built, computed))
    if isinstance(built, float) and isinstance(computed, int | float):
        return math.isclose(built, computed, rel_tol=1e-12, abs_tol=1e-12)
    return built == computed


def test_there_are_pages_to_compare():
    assert PAGES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_cell_says_in_the_browser_what_it_said_at_the_build(page, path):
    page.goto(address(path))
    built, inline = page.evaluate(BUILT), page.evaluate(INLINE)
    assert built
    page.evaluate("() => document.querySelectorAll('[data-expr]').forEach((span) => (span.textContent = '?'))")
    page.set_default_timeout(PYTHON_STARTS)
    computed = page.evaluate(RUN_ALL)
    assert computed.keys() == built.keys()
    for id, outputs in built.items():
        assert alike(outputs, computed[id]), f"cell {id}: built {outputs}\ncomputed {computed[id]}"
    expect(page.locator("py-cell:not([state=done])")).to_have_count(0)
    expect(page.locator("[data-expr]")).to_have_text([text for _, text in inline])


def test_the_comparison_sees_a_difference():
    chart = {"data": {"values": [{"p": 0.7}]}}
    assert alike([chart], [{"data": {"values": [{"p": 0.7 + 1e-14}]}}])
    assert not alike([chart], [{"data": {"values": [{"p": 0.7 + 1e-9}]}}])
    assert not alike([{"text": "0.70"}], [{"text": "0.71"}])
    assert not alike([chart], [])
