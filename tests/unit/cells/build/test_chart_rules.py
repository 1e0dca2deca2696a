"""What a chart may hold: the page's own table and rules, to which the build holds charts, too."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cells.build import figures, options
from cells.build.figures import chart_svg, refusals
from cells.page.errors import PageError
from chart_cases import DRAWN, EXPRESSIONS, NO_EXPRESSIONS, REFUSED
from chart_probes import FREEZES

BARS = DRAWN["bars"]
VEGA = Path(__file__).parents[4] / "site" / "runtime" / "chart" / "vega"
RULES = json.loads((VEGA / "table.json").read_text())["rules"] | json.loads((VEGA / "views.json").read_text())


def places(specs):
    """Where each chart is refused; None where it is not."""
    return [refused and refused["path"] for refused in refusals(specs)]


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


def test_a_chart_is_drawn_once_for_a_state_of_what_it_rests_on(tmp_path, monkeypatch):
    replace(options.here(), memory=str(tmp_path)).use()
    first = chart_svg(BARS)
    monkeypatch.setattr(figures, "_drawn", lambda spec: "drawn anew")
    assert (chart_svg(BARS), chart_svg({**BARS, "height": 99})) == (first, "drawn anew")
    monkeypatch.setattr(figures, "_texts", lambda runtime: ["other rules"])
    assert chart_svg(BARS) == "drawn anew"


def test_an_expression_of_columns_params_and_listed_functions_is_allowed():
    assert places(map(with_calculated, EXPRESSIONS)) == [None] * len(EXPRESSIONS)


def test_an_expression_of_anything_else_is_refused():
    found = dict(zip(NO_EXPRESSIONS, places(map(with_calculated, NO_EXPRESSIONS)), strict=True))
    assert found == dict.fromkeys(NO_EXPRESSIONS, "spec.transform[0].calculate")


def test_a_number_that_is_none_is_refused():
    rows = {"values": [{"name": "a", "value": 10**400}]}
    assert places([{**BARS, "height": 10**400}, {**BARS, "data": rows}]) == ["spec.height", "spec.data.values[0].value"]
    for number in (float("nan"), float("inf"), -float("inf")):  # which no cell's output holds: it becomes null
        with pytest.raises(PageError):
            chart_svg({**BARS, "height": number})


def test_what_would_take_for_ever_is_refused_before_it_is_drawn():
    assert [name for name, place in zip(FREEZES, places(FREEZES.values()), strict=True) if place is None] == []


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

    assert set().union(*map(names, RULES.values())) | {"chart"} == RULES.keys()


def test_no_rule_of_the_table_allows_an_address_an_event_or_a_control():
    def keys(rule):
        if isinstance(rule, list):
            return set().union(*map(keys, rule))
        return set() if isinstance(rule, str) else set(rule.get("may", ()))

    allowed = set().union(*map(keys, RULES.values()))
    reaching = {"url", "href", "on", "bind", "select", "signal", "expr", "events", "cursor", "usermeta", "element"}
    assert allowed & reaching == set()
