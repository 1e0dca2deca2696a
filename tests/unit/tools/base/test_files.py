"""A file is written whole or not at all."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tools.base import files, places
from tools.base.errors import command, explain

FILL = """
from pathlib import Path
from tools.base import files
from tools.base.errors import command
command(lambda: files.put(Path("{path}"), bytes(1 << 20)))
"""


def test_an_interrupted_write_leaves_the_file_that_stood_there(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("old")

    def interrupted():
        with files.whole(path) as neighbour:
            neighbour.write_text("ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_content_is_not_written_again(tmp_path):
    path = tmp_path / "deep" / "a.json"
    assert files.put(path, b"1")
    before = path.stat().st_mtime_ns
    assert not files.put(path, b"1")
    assert path.stat().st_mtime_ns == before
    assert files.put(path, b"2")


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path):
    alone = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c"]
    mount = f"mount -t tmpfs -o size=64k tmpfs {tmp_path}"
    if subprocess.run([*alone, mount], capture_output=True).returncode:
        pytest.skip("this machine lets us mount no small disk; it runs as root, and where users may make namespaces")
    fill = f"{sys.executable} -c '{FILL.format(path=tmp_path / 'a.bin')}'"
    ran = subprocess.run(
        [*alone, f"{mount} && {fill}; code=$?; ls -A {tmp_path}; exit $code"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(places.PY)},
    )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "the disk is full; nothing half-written was left" in ran.stderr
    assert ran.stdout == ""


def test_a_write_that_the_system_cuts_short_leaves_nothing(tmp_path):
    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    ran = subprocess.run(
        [sys.executable, "-c", FILL.format(path=tmp_path / "a.bin")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(places.PY), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=small_files_only,
    )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_an_expected_failure_ends_a_command_with_one_line_and_code_1(tmp_path, capsys):
    def fails() -> None:
        (tmp_path / "nowhere" / "a").read_text()

    with pytest.raises(SystemExit) as end:
        command(fails)
    assert end.value.code == f"error: {tmp_path / 'nowhere' / 'a'}: No such file or directory"


def test_only_a_full_disk_is_called_full():
    assert "disk is full" in explain(OSError(28, "No space left on device", "a"))
    assert explain(PermissionError(13, "Permission denied", "a")) == "a: Permission denied"


def test_a_lock_is_held_by_one_at_a_time(tmp_path):
    lock = tmp_path / "a.lock"
    with files.alone(lock):
        waits = f"import fcntl; fcntl.flock(open({str(lock)!r}, 'w'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
        ran = subprocess.run([sys.executable, "-c", waits], capture_output=True, text=True)
    assert "BlockingIOError" in ran.stderr
    assert subprocess.run([sys.executable, "-c", waits]).returncode == 0


def test_hashes_are_those_of_the_bytes(tmp_path: Path):
    (tmp_path / "empty").touch()
    assert files.sha256(tmp_path / "empty").startswith("e3b0c44298fc1c14")
