"""No file of ours is so long that nobody reads it whole."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST = 350
OURS = ("py", "site/runtime", "site/css", "tests")
KINDS = {".py", ".mjs", ".js", ".css"}


def test_no_file_of_ours_is_longer_than_350_lines():
    listed = subprocess.run(["git", "ls-files", *OURS], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\n") if Path(name).suffix in KINDS]
    lengths = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in paths if path.is_file()
    }
    assert len(lengths) > 300
    assert {name: length for name, length in lengths.items() if length > MOST} == {}
