"""The browser that the tests drive."""

import subprocess

import pytest

from tools.base.errors import ToolError
from tools.fetch import browser


def test_the_browser_that_is_found_starts():
    found = browser.find()
    assert found
    ran = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0
    assert "Chrom" in ran.stdout


@pytest.mark.parametrize("chosen", ["/nowhere/chromium", "/bin/false"])
def test_a_chosen_browser_that_does_not_start_is_refused_rather_than_passed_over(monkeypatch, chosen):
    monkeypatch.setenv("CHROMIUM", chosen)
    with pytest.raises(ToolError, match=f"CHROMIUM is {chosen}, which does not start"):
        browser.find()
