"""Code nested as deeply as is allowed runs in each engine, and code nested more deeply is an error at its cell."""

import pytest

from cells.page.reading import too_deep
from deep_cases import DEEP, NAMES, NO_PYTHON

softmax = pytest.mark.parametrize("path", ["softmax/"], ids=["softmax"], scope="module")

RUN = """const one = cell("rounding");
one.source = arguments_[0];
await one.run();
return [one.getAttribute("state"), part("rounding", "error").textContent];"""


@softmax
def test_code_at_the_limit_of_depth_runs_and_beyond_it_is_an_error_at_its_cell(visit):
    visit.run("softmax")
    visit.ask(
        """window.lives = [];
        const { dataset } = document.documentElement;
        new MutationObserver(() => window.lives.push(dataset.python))
          .observe(document.documentElement, { attributeFilter: ["data-python"] });"""
    )
    for kind, nested in DEEP.items():
        limit = next(n for n in range(1, 1000) if too_deep(nested(n + 1)) is not None)
        state, told = visit.ask(RUN, NAMES + nested(limit))
        if kind in NO_PYTHON:
            assert (state, "SyntaxError" in told) == ("error", True), f"{kind}: {told}"
        else:
            assert (state, told) == ("done", ""), kind
        state, told = visit.ask(RUN, NAMES + nested(limit + 1))
        assert state == "error", kind
        assert "SyntaxError: nested too deeply" in told, f"{kind}: {told}"
        assert "Line " in told, f"{kind}: {told}"
    assert visit.ask("return window.lives") == [], "Python ended"
    visit.reset_all()
    visit.run("softmax")
    assert "P(duck) = 0.7054" in visit.ask("return told('softmax')")
