"""The modules of the runtime that need no page, tested in Node: `*.test.mjs` beside this file."""

import subprocess
from pathlib import Path

import pytest

from tools.base.node import environment, node

TESTS = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name.removesuffix(".test.mjs"))
def test_in_node(path):
    command = [node(), "--test", "--test-reporter=spec", path]
    ran = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_there_are_tests():
    assert len(TESTS) >= 7
