"""No file of ours is so long that nobody reads it whole, and no line so long that it leaves the window."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST = 350
WIDEST = 120
OURS = ("py", "site/runtime", "site/css", "tests")
KINDS = {".py", ".mjs", ".js", ".css"}


def lines_of_ours():
    listed = subprocess.run(["git", "ls-files", *OURS], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\n") if Path(name).suffix in KINDS]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").split("\n") for path in paths if path.is_file()}


def test_no_file_of_ours_is_longer_than_350_lines():
    lengths = {name: len(lines) - 1 for name, lines in lines_of_ours().items()}
    assert len(lengths) > 300
    assert {name: length for name, length in lengths.items() if length > MOST} == {}


def test_no_line_of_ours_is_longer_than_120_characters():
    assert [
        f"{name}:{number}"
        for name, lines in lines_of_ours().items()
        for number, line in enumerate(lines, 1)
        if len(line) > WIDEST
    ] == []
