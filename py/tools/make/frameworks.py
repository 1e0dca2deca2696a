"""`make test-frameworks`: the site's snippets for other frameworks, run with pinned releases, print what NumPy prints.

The snippets in tests/frameworks are the very text that a page shows (`--8<-- "tests/frameworks/with_pytorch.py"`), and
`versions.md` there, which the page names too, is written by a run in which all agreed. The environment takes 3 GB, or 7
with a PyTorch for CUDA, and is deleted afterwards.
"""

import os
import re
import shutil
import subprocess
import venv
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.processes import install_locked
from tools.base.progress import bar, say

FOLDER = places.ROOT / "tests" / "frameworks"
LOCK = FOLDER / "requirements.txt"
VERSIONS = FOLDER / "versions.md"
EXPECTED = "cross-entropy = 0.3567 nats, from probabilities\ncross-entropy = 0.3567 nats, from logits\n"
"""What the article's snippet gives, in both ways: the reference says it where it holds the articles to their word."""

NAMES = {
    "tensorflow": "TensorFlow",
    "torch": "PyTorch",
    "jax": "JAX",
    "scikit-learn": "scikit-learn",
    "numpy": "NumPy",
}
_WITHOUT_CUDA = "torch==2.13.0 --hash=sha256:6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b"
"""PyTorch's own build for processors alone, CPython 3.11 on Linux: a tenth of the size. Indexes serve the one for CUDA,
so it is taken where pip finds it on disk (PIP_FIND_LINKS)."""
_CUDA = re.compile(r"nvidia-|cuda-|triton\b")
_ENVIRONMENT = places.BUILD / "frameworks"
_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": "", "JAX_PLATFORMS": "cpu"}


def requirements(lock: str) -> tuple[list[str], list[str]]:
    """Give the lock's requirements, each with its hashes, and those apart that only a CUDA build of PyTorch needs."""
    entries = re.findall(r"(?m)^[a-z0-9][^\n]*(?:\n +--hash=[^\n]*)*", lock)
    return [e for e in entries if not _CUDA.match(e)], [e for e in entries if _CUDA.match(e)]


def versions(source: str) -> str:
    """Say the pinned releases in a line.

    >>> versions("jax==1.2\\nnumpy==3.4\\nscikit-learn==5.6\\ntensorflow==7.8\\ntorch==9.0\\n")
    'TensorFlow 7.8, PyTorch 9.0, JAX 1.2, scikit-learn 5.6 and NumPy 3.4\\n'
    """
    pinned = dict(re.findall(r"(?m)^([a-z-]+)==(\S+)$", source))
    *most, last = [f"{name} {pinned[package]}" for package, name in NAMES.items()]
    return f"{', '.join(most)} and {last}\n"


def snippets() -> list[Path]:
    """Give the snippets."""
    return sorted(FOLDER.glob("with_*.py"))


def difference(name: str, output: str) -> str:
    """Say what a snippet printed instead of what it should; empty if it printed that."""
    return "" if output == EXPECTED else f"{name} printed\n{output}expected\n{EXPECTED}"


def _install(python: Path, entries: list[str], doing: str) -> None:
    wanted = _ENVIRONMENT / "wanted.txt"
    wanted.write_text("\n".join(entries) + "\n")
    # Without the packages that wheels ask for: all of them are in the lock, but for CUDA's.
    advice = "is the Python package index reachable, and is there room for 7 GB?"
    install_locked(doing, python, wanted, "--no-cache-dir", log="frameworks", advice=advice)


def _has_small_torch(python: Path) -> bool:
    wanted = _ENVIRONMENT / "small.txt"
    wanted.write_text(_WITHOUT_CUDA + "\n")
    options = ["--no-index", "--require-hashes", "--no-deps", "--quiet", f"--requirement={wanted}"]
    return subprocess.run([python, "-m", "pip", "install", *options], capture_output=True).returncode == 0


def _asks_for_cuda(python: Path) -> bool:
    code = "from importlib.metadata import requires; print(*(requires('torch') or []), sep='\\n')"
    told = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout
    return os.name == "posix" and os.uname().sysname == "Linux" and any(map(_CUDA.match, told.splitlines()))


def _make_environment() -> Path:
    shutil.rmtree(_ENVIRONMENT, ignore_errors=True)
    _ENVIRONMENT.mkdir(parents=True)
    venv.create(_ENVIRONMENT / "venv", with_pip=True)
    python = _ENVIRONMENT / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    common, cuda = requirements(LOCK.read_text())
    if _has_small_torch(python):
        common = [entry for entry in common if not entry.startswith("torch==")]
    _install(python, common, "the frameworks")
    if _asks_for_cuda(python):
        _install(python, cuda, "NVIDIA's libraries, which this build of PyTorch does not start without")
    return python


def main() -> None:
    """Install, run, compare, write the versions down, and tidy up."""
    try:
        python = _make_environment()
        wrong = []
        for snippet in snippets():
            with bar(snippet.name):
                ran = subprocess.run(
                    [python, "-I", snippet], capture_output=True, text=True, env={**os.environ, **_QUIET}, timeout=600
                )
            if ran.returncode:
                wrong.append(f"{snippet.name} failed:\n{ran.stderr.strip()[-2000:]}")
            elif told := difference(snippet.name, ran.stdout):
                wrong.append(told)
        if wrong:
            raise ToolError("\n".join(wrong))
        text = versions((FOLDER / "requirements.in").read_text())
        files.put(VERSIONS, text.encode())
        say(f"{len(snippets())} snippets agree: {text.strip()}")
    finally:
        shutil.rmtree(_ENVIRONMENT, ignore_errors=True)


if __name__ == "__main__":
    command(main)
