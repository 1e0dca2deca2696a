"""The names that the editor offers are those that the installed packages have."""

import builtins
import json

import numpy as np
import pytest

from tools.content import completions

FOUND = json.loads(completions.completions())
MODULES = {"builtins": builtins, "np": np, "np.linalg": np.linalg, "np.random": np.random}


@pytest.mark.parametrize("module", MODULES)
def test_every_offered_name_exists_and_is_public(module):
    entries = FOUND[module]
    assert len(entries) > 20
    for name, kind, summary in entries:
        assert hasattr(MODULES[module], name)
        assert not name.startswith("_")
        assert kind in {"function", "class", "constant", "namespace"}
        assert "\n" not in summary


@pytest.mark.parametrize(
    ("module", "name", "kind", "summary"),
    [
        ("np", "exp", "function", "Calculate the exponential of all elements in the input array."),
        ("np", "pi", "constant", ""),
        ("np", "ndarray", "class", None),
        ("np", "linalg", "namespace", None),
        ("np.linalg", "norm", "function", "Matrix or vector norm."),
        ("np.random", "default_rng", "function", None),
        ("builtins", "True", "constant", ""),
    ],
)
def test_a_name_comes_with_its_kind_and_one_line_on_it(module, name, kind, summary):
    entry = next(entry for entry in FOUND[module] if entry[0] == name)
    assert entry[1] == kind
    assert summary is None or entry[2] == summary


def test_the_librarys_names_are_offered():
    import primer

    assert [name for name, _, _ in FOUND["primer"]] == sorted(primer.__all__)
