"""Everything fetched is pinned and hashed, and no file says which registry it comes from."""

import json
import re
import subprocess

import pytest

from tools.base import places
from tools.make import engines, zensical

REQUIREMENTS = (places.ROOT / "requirements.txt").read_text()
LOCK = json.loads((places.ROOT / "package-lock.json").read_text())
PACKAGE = json.loads((places.ROOT / "package.json").read_text())
# Written in two pieces, so that this file does not name them either.
REGISTRIES = [name + ".org" for name in ("pypi", "pythonhosted", "registry.npmjs", "deb.debian")] + ["npmjs" + ".com"]


def test_every_python_package_is_pinned_and_hashed():
    entries = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^\s*#.*\n", "", REQUIREMENTS).strip())
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_python_lock_has_what_its_source_asks_for():
    for line in (places.ROOT / "requirements.in").read_text().splitlines():
        wanted = line.partition("#")[0].strip()
        if wanted:
            assert re.search(rf"(?m)^{re.escape(wanted)}(==|\s)", REQUIREMENTS), wanted


def test_every_npm_package_has_its_hash_and_no_address():
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert len(packages) > 40
    for name, entry in packages.items():
        assert "resolved" not in entry, name
        assert entry["integrity"].startswith("sha512-"), name


def test_the_npm_lock_has_what_its_source_asks_for_exactly():
    for group in ("dependencies", "devDependencies"):
        assert LOCK["packages"][""][group] == PACKAGE[group]
        for name, version in PACKAGE[group].items():
            assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
            assert LOCK["packages"][f"node_modules/{name}"]["version"] == version


def entries(lock):
    return re.findall(r"(?m)^([a-z0-9-]+)==(\S+)[^\n]*((?:\n +--hash=\S+[^\n]*)*)", lock)


@pytest.mark.parametrize("path", [engines.LOCK, zensical.LOCK], ids=["engines", "zensical"])
def test_what_runs_beside_ours_is_pinned_and_hashed_without_an_address_and_of_our_versions(path):
    lock = path.read_text()
    locked = entries(lock)
    assert len(locked) > 5
    assert all("--hash=sha256:" in hashes for _, _, hashes in locked)
    assert "://" not in lock
    for pin in re.findall(r"(?m)^\S+==\S+", path.with_suffix(".in").read_text()):
        assert re.search(rf"(?m)^{re.escape(pin)} \\$", lock), pin
    ours = {(name, version) for name, version, _ in entries(REQUIREMENTS)}
    theirs = {(name, version) for name, version, _ in locked if name in dict(ours)}
    assert theirs
    assert theirs <= ours


@pytest.mark.parametrize("registry", REGISTRIES)
def test_no_file_names_a_registry(registry):
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    ran = subprocess.run(listed, cwd=places.ROOT, capture_output=True, text=True)
    if ran.returncode:
        pytest.skip("not a clone: there is no list of its files")
    paths = [places.ROOT / name for name in ran.stdout.split("\0") if name]
    assert paths
    assert [path for path in paths if path.is_file() and registry.encode() in path.read_bytes()] == []
