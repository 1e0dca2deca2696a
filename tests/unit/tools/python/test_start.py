"""What a fast start is made of: parts that make a whole, the same bytes from the same sources."""

import base64
import hashlib
import io
import json
import re
import shutil
import struct
import subprocess
import zipfile

import pytest

from tools.base import places
from tools.base.node import node
from tools.python import pack, start

MANIFEST = json.loads((places.VENDOR / "manifest.json").read_text())
FOLDER = places.VENDOR / start.FOLDER

ENTRIES = [("a.pyc", b"first" * 9), ("b.pyc", b"later" * 9), ("package/__init__.pyc", b""), ("package/c.pyc", b"c")]


def expanded(name):
    """A file as it was before zstd; this Python may have none, Node does."""
    script = "process.stdout.write(require('zlib').zstdDecompressSync(require('fs').readFileSync(process.argv[1])))"
    return subprocess.run([node(), "-e", script, FOLDER / name], capture_output=True, check=True).stdout


def unbundled(content):
    (length,) = struct.unpack_from("<I", content)
    at, parts = 4 + length, {}
    for name, size in json.loads(content[4:at]):
        parts[name] = content[at : at + size]
        at += size
    assert at == len(content)
    return parts


def read(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("early", [set(), {"a.pyc"}, {"package/__init__.pyc", "b.pyc"}, {name for name, _ in ENTRIES}])
def test_the_first_part_is_a_zip_and_with_the_rest_the_whole(early):
    first, cut, rest = start.split(ENTRIES, early.__contains__)
    assert set(read(first)) == early
    assert set(read(rest["later"] + rest["alone"])) == set(dict(ENTRIES)) - early
    assert read(first[:cut] + rest["later"] + rest["together"]) == dict(ENTRIES)


def test_a_bundle_can_be_taken_apart_by_what_its_list_says():
    assert list(unbundled(start.bundle(ENTRIES)).items()) == ENTRIES


def test_the_same_gives_the_same_bytes():
    assert start.bundle(ENTRIES) == start.bundle(ENTRIES)
    assert start.split(ENTRIES, bool) == start.split(ENTRIES, bool)


def test_nothing_of_the_standard_library_is_lost():
    first, rest = expanded("stdlib.zst"), unbundled(expanded("rest.zst"))
    whole = first[: MANIFEST["start"]["cut"]] + rest["later"] + rest["together"]
    with zipfile.ZipFile(places.NODE_MODULES / "pyodide" / "python_stdlib.zip") as archive:
        expected = {name for name in archive.namelist() if not name.endswith("/") and not name.startswith(start.LATER)}
    assert {name.removesuffix("c") if name.endswith(".pyc") else name for name in read(whole)} >= expected
    assert not set(read(first)) & set(read(rest["later"] + rest["alone"]))


def test_every_one_of_our_modules_comes_as_bytecode_and_as_source():
    names = set(read(unbundled(expanded("shared.zst"))["site.zip"]))
    sources = set(read(pack.python_zip()))
    assert names == sources | {f"{name}c" for name in sources if name.endswith(".py")}


def test_all_bytecode_is_of_the_kind_that_is_never_compared_with_a_source():
    for name, content in read(expanded("stdlib.zst")).items():
        assert struct.unpack_from("<I", content, 4) == (0b01,), name


def test_the_frames_policy_names_the_hash_of_its_script():
    module = (places.RUNTIME / "python" / "frame.mjs").read_text()
    script = re.search(r"SCRIPT = `(.*?)`;", module, re.S)[1]
    assert "\\" not in script
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.search(r'SCRIPT_HASH = "(.*?)"', module)[1] == f"sha256-{digest}"


def test_the_compiled_parts_that_come_first_are_those_that_numpy_imports():
    wheel = next((places.VENDOR / "pyodide").glob("numpy-*.whl"))
    libraries = {name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".so")}
    first = MANIFEST["start"]["sideModules"]
    assert "numpy/_core/_multiarray_umath" in {name.partition(".")[0] for name in first}
    assert [*unbundled(expanded("shared.zst"))] == [*first, "site.zip"]
    assert libraries == {*first, *(name for name in unbundled(expanded("rest.zst")) if name.endswith(".so"))}


def test_where_the_snapshot_cannot_be_made_all_else_is_and_the_warning_is_loud(scratch, monkeypatch, capsys):
    made, scripts = scratch / "start", scratch / "scripts"
    shutil.copytree(start._MADE, made)
    shutil.copytree(start._SCRIPTS, scripts)
    (scripts / "snapshot.mjs").write_text('throw new Error("Pyodide has no preRun");')
    monkeypatch.setattr(start, "_MADE", made)
    monkeypatch.setattr(start, "_SCRIPTS", scripts)
    monkeypatch.setattr(start, "TROUBLE", made / "snapshot.trouble")
    wheel = next((places.VENDOR / "pyodide").glob("numpy-*.whl"))
    there, facts = start.make(places.NODE_MODULES / "pyodide", [wheel])
    assert {f"{start.FOLDER}/{name}" for name in {*there, start.SNAPSHOT}} == {
        name for name in MANIFEST["files"] if name.startswith(f"{start.FOLDER}/")
    }
    assert start.SNAPSHOT not in there
    assert (facts["memory"], facts["cut"]) == (0, MANIFEST["start"]["cut"])
    told = capsys.readouterr().out
    assert re.search(r"!{80}\nWARNING: the site has no snapshot of Python.*Pyodide has no preRun", told, re.S)
