"""What a fast start is made of: parts that make a whole, the same bytes from the same sources."""

import base64
import gzip
import hashlib
import io
import json
import re
import struct
import zipfile

import pytest

from tools import pack, places, start

MANIFEST = json.loads((places.VENDOR / "manifest.json").read_text())
FOLDER = places.VENDOR / start.FOLDER

ENTRIES = [("a.pyc", b"first" * 9), ("b.pyc", b"later" * 9), ("package/__init__.pyc", b""), ("package/c.pyc", b"c")]


def read(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("early", [set(), {"a.pyc"}, {"package/__init__.pyc", "b.pyc"}, {name for name, _ in ENTRIES}])
def test_the_first_part_is_a_zip_and_with_the_rest_the_whole(early):
    first, cut, rest = start.split(ENTRIES, early.__contains__)
    assert set(read(first)) == early
    assert read(first[:cut] + rest) == dict(ENTRIES)


def test_a_bundle_can_be_taken_apart_by_what_its_list_says():
    content = gzip.decompress(start.bundle(ENTRIES))
    (length,) = struct.unpack_from("<I", content)
    at = 4 + length
    for (name, size), (expected, body) in zip(json.loads(content[4:at]), ENTRIES, strict=True):
        assert (name, content[at : at + size]) == (expected, body)
        at += size
    assert at == len(content)


def test_the_same_gives_the_same_bytes():
    assert start.bundle(ENTRIES) == start.bundle(ENTRIES)
    assert start.split(ENTRIES, bool) == start.split(ENTRIES, bool)


def test_nothing_of_the_standard_library_is_lost():
    shipped = FOLDER / "stdlib.zip"
    whole = shipped.read_bytes()[: MANIFEST["start"]["cut"]] + gzip.decompress((FOLDER / "stdlib-rest.gz").read_bytes())
    with zipfile.ZipFile(places.NODE_MODULES / "pyodide" / "python_stdlib.zip") as archive:
        expected = {f"{name}c" for name in archive.namelist() if name.endswith(".py")}
    assert set(read(whole)) == {name for name in expected if not name.startswith(start.LATER)}


def test_every_one_of_our_modules_comes_as_bytecode_and_as_source():
    names = set(read((FOLDER / "site.zip").read_bytes()))
    sources = set(read(pack.python_zip()))
    assert names == sources | {f"{name}c" for name in sources if name.endswith(".py")}


def test_all_bytecode_is_of_the_kind_that_is_never_compared_with_a_source():
    for name, content in read((FOLDER / "stdlib.zip").read_bytes()).items():
        assert struct.unpack_from("<I", content, 4) == (0b01,), name


def test_the_frames_policy_names_the_hash_of_its_script():
    module = (places.RUNTIME / "frame.mjs").read_text()
    script = re.search(r"SCRIPT = `(.*?)`;", module, re.S)[1]
    assert "\\" not in script
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.search(r'SCRIPT_HASH = "(.*?)"', module)[1] == f"sha256-{digest}"
