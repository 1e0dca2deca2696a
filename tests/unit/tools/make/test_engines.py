"""What `make test-engines` needs, and what it says when something of it is missing."""

import pytest
import yaml

from tools.base import places
from tools.base.errors import ToolError
from tools.fetch import debian
from tools.make import engines


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
