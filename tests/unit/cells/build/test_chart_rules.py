"""What a chart may hold: the table as Python applies it at the build, and as JavaScript does in the page."""

import json
import subprocess
from pathlib import Path

import pytest

from cells.build.chart_rules import ChartError, check_chart, rules
from cells.build.figures import chart_svg
from cells.page.errors import PageError
from chart_cases import DRAWN, EXPRESSIONS, NO_EXPRESSIONS, REFUSED
from chart_probes import FREEZES, PLANTS, POLLUTES, READS, REQUESTS, SWELLS
from nasty_charts import charts
from tools.base.node import environment, node

BARS = DRAWN["bars"]


def verdict(spec):
    try:
        check_chart(spec)
    except ChartError as refused:
        return [refused.place, refused.expected]
    return None


def with_calculated(expression):
    return {**BARS, "params": [{"name": "least", "value": 1}], "transform": [{"calculate": expression, "as": "made"}]}


@pytest.mark.parametrize("spec", DRAWN.values(), ids=DRAWN)
def test_a_good_chart_is_drawn(spec):
    assert chart_svg(spec).startswith("<svg")


@pytest.mark.parametrize(("spec", "place"), REFUSED.values(), ids=REFUSED)
def test_a_chart_that_holds_what_the_table_does_not_name_is_refused_at_its_place(spec, place):
    with pytest.raises(PageError) as refused:
        chart_svg(spec)
    assert f"At {place}: expected " in str(refused.value)
    assert ". What to do: " in str(refused.value)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_of_columns_params_and_listed_functions_is_allowed(expression):
    assert verdict(with_calculated(expression)) is None


@pytest.mark.parametrize("expression", NO_EXPRESSIONS)
def test_an_expression_of_anything_else_is_refused(expression):
    assert verdict(with_calculated(expression))[0] == "spec.transform[0].calculate"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), 10**400])
def test_a_number_that_is_none_is_refused(number):
    assert verdict({**BARS, "height": number})[0] == "spec.height"
    rows = [{"name": "a", "value": number}]
    assert verdict({**BARS, "data": {"values": rows}})[0] == "spec.data.values[0].value"


@pytest.mark.parametrize("spec", FREEZES.values(), ids=FREEZES)
def test_what_would_take_for_ever_is_refused_before_it_is_drawn(spec):
    assert verdict(spec) is not None


def test_every_name_in_the_table_is_a_rule_in_it():
    def names(rule):
        if isinstance(rule, str):
            return {rule}
        if isinstance(rule, list):
            return set().union(*map(names, rule))
        parts = [
            *rule.get("may", {}).values(),
            *rule.get("like", []),
            *(rule[key] for key in ("of", "key", "value") if key in rule),
        ]
        return set().union(*map(names, parts))

    used = set().union(*map(names, rules().values())) | {"chart"}
    assert used == rules().keys()


def test_no_rule_of_the_table_allows_an_address_an_event_or_a_control():
    def keys(rule):
        if isinstance(rule, list):
            return set().union(*map(keys, rule))
        return set() if isinstance(rule, str) else set(rule.get("may", ()))

    allowed = set().union(*map(keys, rules().values()))
    reaching = {"url", "href", "on", "bind", "select", "signal", "expr", "events", "cursor", "usermeta", "element"}
    assert allowed & reaching == set()


SCRIPT = """
const { refusal } = await import(process.argv[1]);
let text = "";
for await (const part of process.stdin) text += part;
const told = JSON.parse(text).map((spec) => { const no = refusal(spec); return no ? [no.path, no.expected] : null; });
process.stdout.write(JSON.stringify(told));
"""


def test_python_and_javascript_say_the_same_of_every_chart():
    probes = [spec for group in (READS, PLANTS, REQUESTS, POLLUTES, FREEZES) for spec in group.values()]
    probes += [spec for spec, _ in SWELLS.values()]
    cases = [*DRAWN.values(), *(spec for spec, _ in REFUSED.values())]
    cases += [with_calculated(one) for one in EXPRESSIONS + NO_EXPRESSIONS]
    specs = [*cases, *probes, *charts(2000, 9)]
    rules = Path(__file__).parents[4] / "site/runtime/chart/vega/rules.mjs"
    command = [node(), "--input-type=module", "--eval", SCRIPT, rules]
    ran = subprocess.run(
        command,
        env=environment(),
        input=json.dumps(specs),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    in_javascript = json.loads(ran.stdout)
    differing = [
        (spec, ours, theirs)
        for spec, theirs in zip(specs, in_javascript, strict=True)
        if (ours := verdict(spec)) != theirs
    ]
    assert differing[:3] == []
    assert 200 < sum(one is None for one in in_javascript) < 1000, "too few charts to tell, of one kind or of the other"
