"""What comes over the network is used whole and verified, or not at all."""

import hashlib
import os
import signal
import subprocess
import sys

import pytest

from tools.base import places
from tools.base.errors import ToolError
from tools.fetch import download

CONTENT = bytes(range(256)) * 1000
HASH = hashlib.sha256(CONTENT).hexdigest()


def ignore(_done, _whole):
    pass


def get(host, path, *, seconds=5.0, url=None):
    download.download((url or host.url) + "part.whl", path, HASH, ignore, seconds=seconds)


def test_a_file_with_the_expected_hash_is_kept(host, tmp_path):
    host.whole("part.whl", CONTENT)
    get(host, tmp_path / "part.whl")
    assert (tmp_path / "part.whl").read_bytes() == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == ["part.whl"]


def test_progress_is_told_in_bytes_up_to_the_whole(host, tmp_path):
    host.whole("part.whl", CONTENT)
    told = []
    download.download(f"{host.url}part.whl", tmp_path / "part.whl", HASH, lambda *amounts: told.append(amounts))
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert told == sorted(told)


def test_an_altered_file_is_refused_with_both_hashes_and_leaves_nothing(host, tmp_path):
    altered = CONTENT[:-1] + b"!"
    host.whole("part.whl", altered)
    with pytest.raises(ToolError) as refusal:
        get(host, tmp_path / "part.whl")
    found = hashlib.sha256(altered).hexdigest()
    assert str(refusal.value) == f"part.whl: sha256 is {found}, expected {HASH}; the file was not used"
    assert not list(tmp_path.iterdir())


def test_an_interrupted_download_says_how_far_it_came_and_leaves_nothing(host, tmp_path):
    host.cut("part.whl", CONTENT)
    with pytest.raises(ToolError, match=r"128000 of 256000 bytes came|broke off"):
        get(host, tmp_path / "part.whl")
    assert not list(tmp_path.iterdir())


def test_a_refused_download_leaves_the_file_that_stood_there(host, tmp_path):
    (tmp_path / "part.whl").write_bytes(b"older")
    host.cut("part.whl", CONTENT)
    with pytest.raises(ToolError):
        get(host, tmp_path / "part.whl")
    assert (tmp_path / "part.whl").read_bytes() == b"older"


def test_a_host_that_does_not_answer_is_given_up(host, tmp_path):
    host.late("part.whl", 5.0)
    with pytest.raises(ToolError, match=r"part.whl: .*timed out"):
        get(host, tmp_path / "part.whl", seconds=0.2)
    assert not list(tmp_path.iterdir())


def test_a_missing_file_and_a_missing_host_are_each_one_line(host, nobody, tmp_path):
    for url in (host.url, nobody):
        with pytest.raises(ToolError) as refusal:
            get(host, tmp_path / "part.whl", url=url)
        assert str(refusal.value).startswith("part.whl: ")
        assert "\n" not in str(refusal.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_download_that_is_ended_from_outside_leaves_nothing(host, tmp_path, number):
    host.stalled("part.whl", CONTENT)
    script = f"""
import signal
from pathlib import Path
from tools.base.errors import command
from tools.fetch import download
signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores it
target = Path({str(tmp_path / "part.whl")!r})
command(lambda: download.download({host.url + "part.whl"!r}, target, {HASH!r}, lambda done, whole: None, seconds=60))
"""
    environment = {**os.environ, "PYTHONPATH": str(places.PY)}
    with subprocess.Popen([sys.executable, "-c", script], env=environment, stderr=subprocess.PIPE) as process:
        assert host.halfway.wait(timeout=30)
        process.send_signal(number)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert told == b""
    assert not list(tmp_path.iterdir())
