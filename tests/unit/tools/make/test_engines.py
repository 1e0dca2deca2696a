"""What `make test-engines` needs, and what it says when something of it is missing."""

import re

import pytest
import yaml

from tools.base import places
from tools.base.errors import ToolError
from tools.fetch import debian
from tools.make import engines


def entries(lock):
    return re.findall(r"(?m)^([a-z0-9-]+)==(\S+)[^\n]*((?:\n +--hash=\S+[^\n]*)*)", lock)


def test_every_package_is_pinned_and_hashed_and_no_address_is_named():
    locked = entries(engines.LOCK.read_text())
    assert len(locked) > 5
    assert all("--hash=sha256:" in hashes for _, _, hashes in locked)
    assert "://" not in engines.LOCK.read_text()
    for pin in re.findall(r"(?m)^\S+==\S+", engines.LOCK.with_suffix(".in").read_text()):
        assert re.search(rf"(?m)^{re.escape(pin)} \\$", engines.LOCK.read_text()), pin


def test_packages_that_our_own_have_too_have_the_same_version():
    ours = {name: version for name, version, _ in entries((places.ROOT / "requirements.txt").read_text())}
    theirs = {name: version for name, version, _ in entries(engines.LOCK.read_text())}
    shared = ours.keys() & theirs.keys()
    assert "urllib3" in shared
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


def test_what_is_missing_is_said_with_the_command_that_installs_it(monkeypatch):
    def refuse(doing, packages):
        raise ToolError("apt-get can install it for root only")

    monkeypatch.setattr(debian, "install", refuse)
    monkeypatch.setattr(engines, "find_firefox", lambda: None)
    with pytest.raises(ToolError, match=r"need Firefox.*root only\. Install with: apt-get install .*firefox-esr"):
        engines.obtain()


def test_a_chosen_firefox_that_is_not_there_is_refused_rather_than_passed_over(monkeypatch):
    monkeypatch.setenv("FIREFOX", "/nowhere/firefox")
    with pytest.raises(ToolError, match="FIREFOX is /nowhere/firefox, which is not there"):
        engines.find_firefox()


def test_the_workflow_installs_what_its_machine_lacks_and_runs_it():
    workflow = yaml.safe_load((places.ROOT / ".github" / "workflows" / "site.yml").read_text())
    words = [step.get("run", "").split() for step in workflow["jobs"]["engines"]["steps"]]
    installed = next(command for command in words if "apt-get" in command)
    lacking = [package for name, (_, packages) in engines.NEEDED.items() if name != "Firefox" for package in packages]
    assert set(lacking) <= set(installed)
    assert words[-1] == ["make", "test-engines"]
