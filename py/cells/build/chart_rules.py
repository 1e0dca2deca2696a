"""What a chart may hold: ``site/runtime/chart/vega/table.json`` says it, and ``views.json`` of what is drawn.

This holds a specification to it at the build; whatever the table does not name is refused. ``rules.mjs`` beside it does
the same in the page, where the specification comes from readers' code; ``test_chart_rules.py`` holds the two against
each other.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cells.build.chart_expressions import length_in_page, wrong_in_expression
from cells.build.options import here, runtime_json

_PARTS = ("layer", "hconcat", "vconcat", "concat")

Path_ = tuple[str, ...]


def table() -> dict[str, Any]:
    """The page's own table."""
    return runtime_json("chart", "vega", "table.json")


def rules() -> dict[str, Any]:
    """Its rules, and those of what is drawn, by name."""
    return _rules(here().runtime)


@cache
def _rules(_: str) -> dict[str, Any]:
    both: dict[str, Any] = table()["rules"] | runtime_json("chart", "vega", "views.json")
    return both


@dataclass
class ChartError(Exception):
    """What in a specification is not allowed, and what would be."""

    path: Path_
    expected: str
    value: Any
    told: str | None = None

    @property
    def got(self) -> str:
        return _told(self.value) if self.told is None else self.told

    @property
    def place(self) -> str:
        return "".join(("spec", *self.path))

    def __str__(self) -> str:
        known = [part[1:] for part in self.path if part[1:] in table()["advice"]]
        advice = table()["advice"][known[-1]] if known else "change it, or leave it out"
        return f"At {self.place}: expected {self.expected}, got {self.got}. What to do: {advice}."


def check_chart(spec: Any) -> None:
    """Hold a Vega-Lite specification to the table.

    Raises
    ------
    ChartError
        For the first thing in it that the table does not allow.
    """
    check = _Check(spec)
    check.hold("chart", spec, ())
    drawn, asked = _to_do(spec, 0, 0, _named(spec, {}))
    check.limit("drawn", drawn, ())
    check.limit("asked", asked, ())


class _Check:
    def __init__(self, spec: Any) -> None:
        self._counts: dict[str, int] = {}
        self._named: set[str] = set()
        self._name(spec, 0)

    def _name(self, node: Any, depth: int) -> None:
        """Collect the names of params, wherever they stand."""
        if depth > table()["limits"]["depth"]["most"] or not isinstance(node, Mapping):
            return
        for one in _list(node.get("params")):
            if isinstance(one, Mapping) and isinstance(one.get("name"), str):
                self._named.add(one["name"])
        for key in _PARTS:
            for one in _list(node.get(key))[: table()["limits"]["views"]["most"]]:
                self._name(one, depth + 1)

    def limit(self, what: str, count: int, path: Path_) -> None:
        most = table()["limits"][what]["most"]
        if count > most:
            raise ChartError(path, f"at most {most} {table()['limits'][what]['what']}", None, str(count))

    def hold(self, rule: Any, value: Any, path: Path_) -> None:
        deepest = table()["limits"]["depth"]
        if len(path) > deepest["most"]:
            raise ChartError(path, f"at most {deepest['most']} {deepest['what']}", None, "more")
        meant = rules()[rule] if isinstance(rule, str) else rule
        if isinstance(meant, list):
            self._either(meant, value, path)
        else:
            self._one(meant, value, path)

    def _either(self, rules: list[Any], value: Any, path: Path_) -> None:
        """Of a choice, let the rules for values of this kind say what is wrong."""
        meant = [rule for rule in rules if _kind(value) in _kinds_for(rule)]
        if not meant:
            raise ChartError(path, ", or ".join(map(_expected_by, rules)), value)
        if len(meant) == 1:
            return self.hold(meant[0], value, path)
        wrong: list[ChartError] = []
        for rule in meant:
            try:
                return self.hold(rule, value, path)
            except ChartError as refused:
                if len(refused.path) > len(path):
                    raise  # something in it is wrong
                wrong.append(refused)
        raise ChartError(path, ", or ".join(refused.expected for refused in wrong), value)

    def _one(self, rule: Mapping[str, Any], value: Any, path: Path_) -> None:
        kind = rule["is"]
        if not _is_of(kind, rule, value):
            raise ChartError(path, _saying(rule), value)
        if kind in ("text", "expression"):
            self._text(rule, value, path)
        elif kind == "list":
            for i, one in enumerate(value):
                self.hold(rule["of"], one, (*path, f"[{i}]"))
        elif kind == "rows":
            self._rows(rule, value, path)
        elif kind in ("object", "table"):
            if counted := rule.get("counts"):
                self._counts[counted] = self._counts.get(counted, 0) + 1
                self.limit(counted, self._counts[counted], path)
            (self._object if kind == "object" else self._table)(rule, value, path)

    def _object(self, rule: Mapping[str, Any], value: Mapping[str, Any], path: Path_) -> None:
        may = _allowed(rule)
        for key, one in value.items():
            if key not in may:
                raise ChartError((*path, _step(key)), f"one of {', '.join(may)}", key)
            self.hold(may[key], one, (*path, _step(key)))
        for key in rule.get("must", ()):
            if key not in value:
                raise ChartError(path, f"{key} in it", value)

    def _text(self, rule: Mapping[str, Any], text: str, path: Path_) -> None:
        if length_in_page(text) > rule["most"] or ("fits" in rule and not re.fullmatch(rule["fits"], text)):
            raise ChartError(path, _saying(rule), text)
        if text in table()["reserved"]:
            raise ChartError(path, "another word: JavaScript itself uses this one", text)
        if rule["is"] == "expression" and (wrong := wrong_in_expression(text, self._named, table())):
            raise ChartError(path, rule["say"], text, wrong)

    def _table(self, rule: Mapping[str, Any], value: Mapping[str, Any], path: Path_) -> None:
        if len(value) > rule["most"]:
            raise ChartError(path, f"at most {rule['most']} entries", value)
        for key, one in value.items():
            self.hold(rule["key"], key, (*path, _step(key)))
            self.hold(rule["of"], one, (*path, _step(key)))

    def _rows(self, rule: Mapping[str, Any], rows: list[Any], path: Path_) -> None:
        """Rows are many: their columns are looked at once each."""
        self._counts["rows"] = self._counts.get("rows", 0) + len(rows)
        self.limit("rows", self._counts["rows"], path)
        known: set[str] = set()
        for i, row in enumerate(rows):
            if not isinstance(row, Mapping):
                raise ChartError((*path, f"[{i}]"), "a dictionary of plain values", row)
            for key, value in row.items():
                here = (*path, f"[{i}]", _step(key))
                if key not in known:
                    self.hold(rule["key"], key, here)
                    known.add(key)
                    if len(known) > rule["columns"]:
                        raise ChartError(path, f"at most {rule['columns']} columns", None, "more")
                self.hold(rule["value"], value, here)


def _is_of(kind: str, rule: Mapping[str, Any], value: Any) -> bool:
    match kind:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return _is_number(value) and rule.get("from", -math.inf) <= value <= rule.get("to", math.inf)
        case "one of":
            return any(
                isinstance(one, str) == isinstance(value, str) and one == value
                for one in rule["values"]
                if not isinstance(value, bool)
            )
        case "text" | "expression":
            return isinstance(value, str)
        case "list":
            return isinstance(value, list) and rule.get("least", 0) <= len(value) <= rule["most"]
        case "rows":
            return isinstance(value, list)
    return isinstance(value, Mapping)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _parts(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [part for key in _PARTS for part in view.get(key, ())]


def _named(view: Mapping[str, Any], known: dict[str, int]) -> dict[str, int]:
    """How many rows each named table has, wherever it stands."""
    known |= {name: len(rows) for name, rows in view.get("datasets", {}).items()}
    data = view.get("data") or {}
    if "name" in data and "values" in data:
        known[data["name"]] = max(len(data["values"]), known.get(data["name"], 0))
    for part in _parts(view):
        _named(part, known)
    return known


def _to_do(view: Mapping[str, Any], inherited: int, questions: int, tables: Mapping[str, int]) -> tuple[int, int]:
    """Rows that will be drawn, counted by every view that has a mark and every column that they are folded into.

    And what is asked of rows, as often as it is; `questions` are those of the views around this one.
    """
    data = view.get("data") or {}
    rows = len(data["values"]) if "values" in data else tables.get(data.get("name", ""), inherited)
    drawn = asked = 0
    for transform in view.get("transform", ()):
        asked += rows * _questions_in(transform)
        rows *= max(len(transform.get("fold", ())), 1)
    questions += _questions_in(view.get("encoding", {}))
    if "mark" in view:
        drawn += rows
        asked += rows * questions
    for part in _parts(view):
        more = _to_do(part, rows, questions, tables)
        drawn, asked = drawn + more[0], asked + more[1]
    return drawn, asked


def _questions_in(node: Any) -> int:
    """How long the expressions and tests are that stand in it."""
    if isinstance(node, Mapping):
        return sum(
            _size(one) if key in ("calculate", "filter", "test") else _questions_in(one) for key, one in node.items()
        )
    return sum(map(_questions_in, node)) if isinstance(node, list) else 0


def _size(node: Any) -> int:
    if isinstance(node, str):
        return length_in_page(node)
    inside = node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else None
    return 1 if inside is None else 1 + sum(map(_size, inside))


def _allowed(rule: Mapping[str, Any]) -> dict[str, Any]:
    """What an object may hold, with what it may hold like others."""
    may: dict[str, Any] = {}
    for name in rule.get("like", ()):
        may |= _allowed(rules()[name])
    may |= rule.get("may", {})
    return may


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, int | float):
        return "number"
    return "list" if isinstance(value, list) else "table" if isinstance(value, Mapping) else "other"


_KINDS = {"text": "string", "expression": "string", "list": "list", "rows": "list", "object": "table", "table": "table"}


def _kinds_for(rule: Any) -> set[str]:
    """Give the kinds of values that a rule may take."""
    meant = rules()[rule] if isinstance(rule, str) else rule
    if isinstance(meant, list):
        return set().union(*map(_kinds_for, meant))
    return set(map(_kind, meant["values"])) if meant["is"] == "one of" else {_KINDS.get(meant["is"], meant["is"])}


def _expected_by(rule: Any) -> str:
    meant = rules()[rule] if isinstance(rule, str) else rule
    return ", or ".join(map(_expected_by, meant)) if isinstance(meant, list) else _saying(meant)


def _saying(rule: Mapping[str, Any]) -> str:
    if "say" in rule:
        return str(rule["say"])
    if rule["is"] == "one of":
        return f"one of {', '.join(json.dumps(one, ensure_ascii=False) for one in rule['values'])}"
    return f"a number from {rule['from']} to {rule['to']}" if rule["is"] == "number" else "a dictionary"


def _step(key: str) -> str:
    """One step of a path: what reads as a name stands behind a dot."""
    return f".{key}" if re.fullmatch(r"[$A-Za-z_][$A-Za-z0-9_]{0,40}", key) else f"[{_told(key)}]"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _told(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value[:60] + "…" if len(value) > 60 else value, ensure_ascii=False)
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return "a dictionary" if isinstance(value, Mapping) else str(value)
