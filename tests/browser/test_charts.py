"""A chart that readers' code made reads nothing, plants nothing, asks for nothing and holds nothing up."""

import json
import re
from pathlib import Path

import pytest

from at_once import expect
from cells_in_page import FULL, output, run_instead
from chart_cases import DRAWN
from chart_probes import FREEZES, PLANTS, POLLUTES, READS, REQUESTS, SWELLS, bars
from nasty_charts import charts

SECRET = "only-for-the-page"

LOOK_OUT = Path(__file__).with_name("look_out.js").read_text(encoding="utf-8")


@pytest.fixture
def looking(page, guard, site_url):
    """A page that writes down whatever a chart does beside being drawn."""
    asked = []
    page.add_init_script(
        """Object.defineProperty(navigator, "connection", { value: { saveData: true } }); // nothing is fetched ahead
        addEventListener("securitypolicyviolation", ({ blockedURI }) => (window.violations ??= []).push(blockedURI));"""
    )
    page.goto("licences/")
    page.wait_for_load_state("networkidle")
    page.evaluate(LOOK_OUT, [site_url, SECRET])
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert page.evaluate("window.violations ?? []") == []
    assert asked == []


def told_of(page, specs, draw="asChart"):
    # As text: an object that comes otherwise has lost what stood under `__proto__`.
    return page.evaluate(f"(text) => window.tryCharts(JSON.parse(text), window.{draw})", json.dumps(specs))


def test_a_good_chart_is_drawn(looking):
    for name, spec in DRAWN.items():
        told = told_of(looking, [spec])
        assert (told["seen"], told["drawn"]) == ([], 1), name


@pytest.mark.parametrize("group", [READS, PLANTS, REQUESTS, POLLUTES], ids=["reads", "plants", "requests", "pollutes"])
def test_a_chart_reaches_nothing_and_says_why_it_is_refused(looking, group):
    for name, spec in group.items():
        told = told_of(looking, [spec])
        assert (told["seen"], told["neither"]) == ([], []), name


@pytest.mark.parametrize("group", [READS, PLANTS, REQUESTS, POLLUTES], ids=["reads", "plants", "requests", "pollutes"])
def test_what_draws_reaches_nothing_even_where_nothing_is_refused_before(looking, group):
    for name, spec in group.items():
        told = told_of(looking, [spec], "withoutTheTable")
        assert (told["seen"], told["neither"]) == ([], []), name


def test_what_swells_while_it_is_drawn_is_stopped(looking):
    for name, (spec, words) in SWELLS.items():
        with looking.expect_console_message(lambda message, words=words: words in message.text):
            told = told_of(looking, [spec], "withoutTheTable")
        assert (told["seen"], told["drawn"], told["refused"]) == ([], 0, 1), name


def test_between_the_smallest_numbers_there_are_bins_too(looking):
    """Their width comes to 0, and Vega would look for a wider one for ever."""
    counted = {"x": {"field": "value", "bin": {"maxbins": 100}}, "y": {"aggregate": "count"}}
    told = told_of(looking, [bars(data={"values": [{"value": 0}, {"value": 5e-324}]}, encoding=counted)])
    assert (told["seen"], told["drawn"]) == ([], 1)


def test_a_chart_that_would_take_for_ever_is_refused(looking):
    for name, spec in FREEZES.items():
        told = told_of(looking, [spec])
        assert (told["seen"], told["drawn"], told["refused"]) == ([], 0, 1), name


@pytest.mark.parametrize(
    ("draw", "count", "least"), [("asChart", 2000 if FULL else 600, 60), ("withoutTheTable", 400 if FULL else 200, 60)]
)
def test_no_chart_at_random_reaches_anything_or_holds_the_page_up(looking, draw, count, least):
    specs = list(charts(count, 10))
    drawn = 0
    for start in range(0, count, 200):
        told = told_of(looking, specs[start : start + 200], draw)
        assert (told["seen"], told["neither"]) == ([], []), start
        drawn += told["drawn"]
    assert drawn > least, "too few were drawn to tell"


CHART = """
class Shown:
    def __init__(self, spec): self.spec = spec
    def __repr__(self): return "Bars: duck 0.7, dog 0.2."
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"application/vnd.vegalite.v6+json": self.spec, "text/plain": repr(self)}
print("before")
display(Shown(%s))
print("after")
"""


def shown(page, spec):
    run_instead(page, "rounding", CHART % repr(spec))
    return output(page, "rounding").locator("figure")


def test_a_refused_chart_says_at_its_place_what_is_wrong_and_what_to_do_and_loses_nothing_else(warm):
    figure = shown(warm, PLANTS["a password field"])
    expect(figure.locator("[data-part=refused]")).to_have_text(
        'This chart is not drawn. At spec.params[0].bind: expected one of name, value, got "bind". '
        "What to do: leave it out: sliders are made by a # @param comment in the cell."
    )
    expect(figure).to_contain_text("Bars: duck 0.7, dog 0.2.")
    expect(figure.get_by_role("img")).to_have_count(0)
    expect(output(warm, "rounding").locator("[data-name=stdout]")).to_have_text(["before\n", "after\n"])
    figure = shown(warm, bars())
    expect(figure.locator("svg")).to_be_visible()
    expect(figure.locator("[data-part=refused]")).to_have_count(0)
    expect(figure).to_have_attribute("role", "img")


def test_a_chart_that_is_drawn_says_its_numbers_on_its_marks(warm):
    tooltip = [{"field": "name"}, {"field": "value", "format": ".1%", "title": "share"}]
    figure = shown(warm, bars(encoding={**bars()["encoding"], "tooltip": tooltip}))
    expect(figure.locator("path > title").first).to_have_text("name: duck\nshare: 70.0%")


def test_a_chart_whose_data_alone_change_is_drawn_by_the_view_that_it_has(warm):
    built = """async ([base, specs]) => {
        const { Chart } = await import(`${base}runtime/chart/chart.mjs`);
        await Chart.load();
        const figure = document.createElement("figure");
        const chart = new Chart(figure);
        const paths = [];
        for (const spec of specs) {
            await chart.show(spec);
            const points = [...figure.querySelectorAll(".mark-symbol path")];
            paths.push(points.map((point) => point.getAttribute("transform")).join(" "));
        }
        return paths;
    }"""
    days = [{"day": f"2026-01-0{i}", "value": i} for i in (1, 2, 3)]
    day = {"field": "day", "type": "temporal"}
    points = bars(mark="point", encoding={"x": day, "y": {"field": "value", "type": "quantitative"}})
    other = [{**row, "value": 4 - row["value"]} for row in days]
    base = warm.url.removesuffix("softmax/")
    fed = warm.evaluate(built, [base, [{**points, "data": {"values": rows}} for rows in (days, other)]])
    fresh = warm.evaluate(built, [base, [{**points, "data": {"values": other}}]])
    assert fed[0] != fed[1] == fresh[0]
    assert len(set(re.findall(r"\((\S+),", fresh[0]))) == 3, "days are read from texts"
