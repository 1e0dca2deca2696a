"""What stands in site/vendor after `make vendor`."""

import hashlib
import json
import re

import numpy
import pytest

from tools.base import places
from tools.base.errors import ToolError
from tools.make import vendor

MANIFEST = json.loads((places.VENDOR / "manifest.json").read_text())


def test_the_manifest_lists_every_file_with_its_size_and_hash():
    there = {path.relative_to(places.VENDOR).as_posix() for path in places.VENDOR.rglob("*") if path.is_file()}
    assert there == {*MANIFEST["files"], "manifest.json"}
    for name, listed in MANIFEST["files"].items():
        content = (places.VENDOR / name).read_bytes()
        assert listed == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}, name


def test_the_served_lock_says_of_numpy_what_pyodides_own_says():
    own = json.loads((places.NODE_MODULES / "pyodide" / "pyodide-lock.json").read_text())
    served = json.loads((places.VENDOR / "pyodide" / "pyodide-lock.json").read_text())
    assert served["info"] == own["info"]
    assert served["packages"] == {"numpy": own["packages"]["numpy"]}


def test_both_hosts_have_the_same_numpy():
    assert MANIFEST["packages"] == {"numpy": numpy.__version__}
    vendor.check_numpy(numpy.__version__, MANIFEST["packages"]["numpy"])
    with pytest.raises(ToolError, match=r"requirements.in has NumPy 1.0.0, Pyodide's lock 2.4.3"):
        vendor.check_numpy("1.0.0", "2.4.3")


@pytest.mark.parametrize("sheet", ["fonts/fonts.css", "katex/katex.min.css"])
def test_every_file_that_a_style_sheet_names_is_served_by_the_site(sheet):
    path = places.VENDOR / sheet
    named = re.findall(r"url\(([^)]+)\)", path.read_text())
    assert named
    for name in named:
        assert (path.parent / name).is_file(), name
