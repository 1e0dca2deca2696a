"""NumPy's wheel: the CDN first, the PyPI wheel that holds it else, the same hash either way."""

import hashlib
import json
import zipfile

import numpy
import pytest

from tools.base import files, places
from tools.base.errors import ToolError
from tools.fetch import numpy_wheel

CONTENT = b"a wheel" * 5000
NAME = "numpy-2.0.0-cp300-cp300-pyemscripten_2000_0_wasm32.whl"
WHEEL = numpy_wheel.Wheel(NAME, "2.0.0", hashlib.sha256(CONTENT).hexdigest())
RELEASE = numpy_wheel.pinned().partition("==")[2]


@pytest.fixture
def holder(tmp_path, no_index, monkeypatch):
    """Make a wheel that pip finds on this machine, with the given file inside."""

    def make(content, name=NAME, release=RELEASE):
        folder = tmp_path / "links"
        folder.mkdir(exist_ok=True)
        about = f"open_webui-{release}.dist-info"
        with zipfile.ZipFile(folder / f"open_webui-{release}-py3-none-any.whl", "w") as archive:
            archive.writestr(f"open_webui/frontend/pyodide/{name}", content)
            archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: open-webui\nVersion: {release}\n")
            archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(f"{about}/RECORD", "")
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", str(folder))

    return make


def cached():
    return sorted(path.name for path in places.cache().glob("*")) if places.cache().exists() else []


def test_the_cdn_serves_it_when_it_can(scratch, host, no_index, capsys):
    host.whole(NAME, CONTENT)
    assert numpy_wheel.obtain(WHEEL, host.url).read_bytes() == CONTENT
    assert "Pyodide's CDN, sha256 as in Pyodide's lock" in capsys.readouterr().out
    assert cached() == [NAME]


def test_without_a_cdn_it_comes_out_of_the_wheel_that_holds_it(scratch, nobody, holder, capsys):
    holder(CONTENT)
    assert numpy_wheel.obtain(WHEEL, nobody).read_bytes() == CONTENT
    assert f"{numpy_wheel.pinned()} on PyPI, sha256 as in Pyodide's lock" in capsys.readouterr().out
    assert cached() == [NAME]


@pytest.mark.parametrize("way", ["altered", "cut"])
def test_a_cdn_that_serves_something_else_is_passed_over(scratch, host, holder, way):
    if way == "altered":
        host.whole(NAME, CONTENT[::-1])
    else:
        host.cut(NAME, CONTENT)
    holder(CONTENT)
    assert numpy_wheel.obtain(WHEEL, host.url).read_bytes() == CONTENT


def test_a_wrong_file_in_the_holder_is_refused_and_nothing_is_left(scratch, nobody, holder):
    holder(CONTENT[::-1])
    with pytest.raises(ToolError, match=f"expected {WHEEL.sha256}; the file was not used"):
        numpy_wheel.obtain(WHEEL, nobody)
    assert cached() == []


def test_a_holder_without_the_file_says_what_it_lacks(scratch, nobody, holder):
    holder(CONTENT, name="another.whl")
    with pytest.raises(ToolError, match=f"expected open_webui/frontend/pyodide/{NAME} in it"):
        numpy_wheel.obtain(WHEEL, nobody)
    assert cached() == []


def test_another_release_that_holds_it_is_pinned(scratch, nobody, holder, tmp_path, monkeypatch):
    pinned = tmp_path / "holder.txt"
    pinned.write_text(f"open-webui=={RELEASE}\n")
    monkeypatch.setattr(numpy_wheel, "PINNED", pinned)
    holder(CONTENT, name="another.whl")
    holder(CONTENT, release="99.0")
    assert numpy_wheel.obtain(WHEEL, nobody, (numpy_wheel.pinned(), "open-webui")).read_bytes() == CONTENT
    assert numpy_wheel.pinned() == "open-webui==99.0"


def test_with_no_network_one_line_says_what_both_sources_answered(scratch, nobody, no_index):
    with pytest.raises(ToolError) as refusal:
        numpy_wheel.obtain(WHEEL, nobody)
    told = str(refusal.value)
    assert told.startswith(f"{NAME} could not be had. CDN: ")
    assert "is the Python package index reachable?" in told
    assert "\n" not in told
    assert cached() == []


def test_the_cache_needs_no_network_and_is_verified_on_each_use(scratch, host, nobody, no_index, capsys):
    host.whole(NAME, CONTENT)
    path = numpy_wheel.obtain(WHEEL, host.url)
    assert numpy_wheel.obtain(WHEEL, nobody) == path
    path.write_bytes(b"rotten")
    assert numpy_wheel.obtain(WHEEL, host.url).read_bytes() == CONTENT
    assert "not the expected sha256 any more" in capsys.readouterr().out
    assert len(host.asked) == 2


def test_pyodides_own_lock_names_the_wheel_and_pyodide_its_cdn():
    package = places.NODE_MODULES / "pyodide"
    wheel = numpy_wheel.from_lock(package / "pyodide-lock.json")
    assert wheel.version == numpy.__version__
    assert wheel.name.startswith(f"numpy-{wheel.version}-cp3")
    assert files.sha256(places.VENDOR / "pyodide" / wheel.name) == wheel.sha256
    version = json.loads((package / "package.json").read_text())["version"]
    assert numpy_wheel.cdn(package).endswith(f"/pyodide/v{version}/full/")
