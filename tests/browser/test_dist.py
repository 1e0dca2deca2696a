"""The zip for classrooms: unpacked, served as plainly as can be, far from the address that it was built for."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile

import pytest

from at_once import expect
from cells_in_page import SITE, output, run
from tools.make import dist


@pytest.fixture(scope="session")
def unpacked(site_url, tmp_path_factory):
    assert site_url
    folder = tmp_path_factory.mktemp("classroom")
    dist.pack(SITE, folder / "site.zip")
    with zipfile.ZipFile(folder / "site.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def classroom(unpacked):
    """Python's own file server, below the folder, so that the site has a path of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(unpacked), str(port)],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    address = f"http://127.0.0.1:{port}/{dist.FOLDER}/"
    until = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            break
        except OSError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
    yield address
    server.terminate()
    server.wait()


@pytest.fixture
def pupil(browser, browser_context_args, classroom):
    """A browser that resolves no name and reaches nothing but the classroom's server."""
    with browser.new_context(**{**browser_context_args, "base_url": classroom}) as context:
        asked, errors = [], []
        context.on("request", lambda request: asked.append(request.url))
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        yield context.new_page()
        assert [url for url in asked if not url.startswith((classroom, "data:", "blob:"))] == []
        assert errors == []


def test_a_cell_runs_and_pages_are_found_from_a_plain_file_server(pupil):
    pupil.goto("./")
    run(pupil, "scores")
    pupil.get_by_role("link", name="The second chapter takes it apart").click()
    expect(pupil.locator("h1")).to_contain_text("Scores to probabilities")
    expect(pupil.locator("html")).to_have_attribute("data-python", "off")  # this page was loaded whole
    run(pupil, "softmax")
    expect(output(pupil, "softmax")).to_contain_text("P(duck) = 0.7054")
    pupil.keyboard.press("f")
    pupil.keyboard.type("probabilities")
    pupil.locator(".md-search-result__link").first.click()
    expect(pupil.locator("h1")).to_be_visible()


def test_the_zip_says_how_to_serve_it_and_is_the_same_each_time(unpacked, tmp_path):
    assert "http.server" in (unpacked / "README.txt").read_text()
    dist.pack(SITE, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (unpacked / "site.zip").read_bytes()
