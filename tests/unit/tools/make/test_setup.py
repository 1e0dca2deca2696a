"""Set-up without a network: one clear line, non-zero, and nothing half-installed."""

import ast
import os
import shutil
import subprocess
import sys

import pytest

from tools.base import places


@pytest.fixture
def copy(tmp_path, no_index):
    """A copy of what set-up needs, where nothing is installed yet."""
    shutil.copytree(places.PY / "tools", tmp_path / "py" / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.txt", "package.json", "package-lock.json"):
        shutil.copy(places.ROOT / name, tmp_path)
    return tmp_path


def run(copy, module):
    environment = {**os.environ, "PYTHONPATH": str(copy / "py"), "npm_config_cache": str(copy / "build" / "npm")}
    return subprocess.run([sys.executable, "-m", module], capture_output=True, text=True, env=environment, cwd=copy)


@pytest.mark.parametrize(
    ("module", "registry", "made"),
    [
        ("tools.make.bootstrap", "Python package index", ".venv"),
        ("tools.base.node", "npm registry", "node_modules"),
    ],
)
def test_no_registry_is_one_line_and_leaves_nothing(copy, module, registry, made):
    ran = run(copy, module)
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert f"is the {registry} reachable?" in ran.stderr
    assert not (copy / made).exists()


def test_an_environment_that_is_only_linked_to_is_left_alone(copy, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "precious").touch()
    (copy / ".venv").symlink_to(elsewhere)
    ran = run(copy, "tools.make.bootstrap")
    assert ran.returncode == 1
    assert "is a link to an environment that is not this one" in ran.stderr
    assert (elsewhere / "precious").exists()


def test_a_python_that_is_too_old_reads_far_enough_to_say_so():
    for name in ("__init__.py", "make/__init__.py", "make/bootstrap.py"):
        ast.parse((places.PY / "tools" / name).read_text(), feature_version=(3, 6))


def test_what_is_installed_is_not_installed_again(no_index):
    for module in ("tools.make.bootstrap", "tools.base.node"):
        ran = run(places.ROOT, module)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", ""), module
