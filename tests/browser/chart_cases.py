"""Charts that are drawn, charts that are refused and where, expressions in them: both languages are held to these."""

import json
from pathlib import Path
from typing import Any

_CASES = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def _with_rows(spec: Any) -> Any:
    """Put the rows of a named table in place of its name."""
    if isinstance(spec, list):
        return [_with_rows(one) for one in spec]
    if not isinstance(spec, dict):
        return spec
    spec = {key: _with_rows(value) for key, value in spec.items()}
    name = spec["data"].get("values") if isinstance(spec.get("data"), dict) else None
    return {**spec, "data": {"values": _CASES["tables"][name]}} if isinstance(name, str) else spec


DRAWN = {name: _with_rows(spec) for name, spec in _CASES["drawn"].items()}
REFUSED = {what: (_with_rows(case["spec"]), case["at"]) for what, case in _CASES["refused"].items()}
EXPRESSIONS: list[str] = _CASES["expressions"]
NO_EXPRESSIONS: list[str] = _CASES["no expressions"]
