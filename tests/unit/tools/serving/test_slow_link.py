"""The slow link takes at least as long as one would, and changes no byte."""

import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tools.serving.slow_link import Link, slowed
from tools.serving.static_server import serving


@pytest.fixture
def server(tmp_path):
    (tmp_path / "index.html").write_text("here")
    (tmp_path / "large.bin").write_bytes(bytes(range(256)) * 400)
    with serving(tmp_path) as address:
        yield address


def _get(address):
    with urllib.request.urlopen(address, timeout=20) as response:
        return response.read()


def test_bytes_come_unchanged_and_not_before_their_time(server):
    link = Link(round_trip=60, megabits=4)
    with slowed(server, link) as address:
        started = time.monotonic()
        content = _get(f"{address}large.bin")
        taken = time.monotonic() - started
    assert content == bytes(range(256)) * 400
    assert taken >= link.seconds(len(content)), "a connection and an answer take two round trips besides the bytes"


def test_connections_share_the_link(server):
    link = Link(round_trip=10, megabits=8)
    with slowed(server, link) as address, ThreadPoolExecutor(4) as pool:
        started = time.monotonic()
        contents = list(pool.map(_get, [f"{address}large.bin"] * 4))
        taken = time.monotonic() - started
    assert {len(content) for content in contents} == {102_400}
    assert taken >= link.seconds(4 * 102_400)


def test_the_link_is_never_idle_while_bytes_wait(tmp_path):
    size, link = 500_000, Link(round_trip=1, megabits=20)  # awaking 62 times must take nothing from it
    (tmp_path / "large.bin").write_bytes(bytes(size))
    with serving(tmp_path) as server, slowed(server, link) as address:

        def taken():
            started = time.monotonic()
            _get(f"{address}large.bin")
            return time.monotonic() - started

        assert min(taken() for _ in range(6)) / link.seconds(size) < 1.15


def test_a_server_that_has_gone_hangs_up(tmp_path):
    (tmp_path / "index.html").write_text("here")
    with serving(tmp_path) as gone:
        pass
    with slowed(gone, Link(1, 100)) as address, pytest.raises((urllib.error.URLError, ConnectionError)):
        _get(address)
