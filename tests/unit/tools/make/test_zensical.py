import re

import pytest

from tools.base import places

_SAID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CALLED = re.compile(r"\.([a-z_]+)\(")


@pytest.mark.parametrize("template", sorted((places.PY / "theme").rglob("*.html")), ids=lambda path: path.name)
def test_templates_call_no_methods_of_pythons_values_which_the_engine_of_zensical_has_not(template):
    called = {name for said in _SAID.findall(template.read_text()) for name in _CALLED.findall(said)}
    assert called <= {"t", "items"}, "take a filter, or a step after the build"
