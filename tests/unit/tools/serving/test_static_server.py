"""The host that tests and measurements use is like those that the site is published on."""

import urllib.error
import urllib.request

import pytest

from tools.serving.static_server import serving

TYPES = {"a.mjs": "text/javascript", "a.wasm": "application/wasm", "a.whl": "application/zip"}
TYPES |= {"a.json": "application/json", "a.css": "text/css", "a.woff2": "font/woff2"}


@pytest.fixture
def address(tmp_path):
    (tmp_path / "index.html").write_text("home")
    (tmp_path / "404.html").write_text("lost")
    (tmp_path / "chapter").mkdir()
    (tmp_path / "chapter" / "index.html").write_text("chapter")
    for name in TYPES:
        (tmp_path / name).touch()
    with serving(tmp_path, "/sub/path/") as url:
        yield url


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode(), answer.headers["Content-Type"]


def test_folders_are_served_under_the_path_alone(address):
    assert get(address)[0] == "home"
    assert get(f"{address}chapter/?q=1")[0] == "chapter"
    assert get(f"{address}chapter")[0] == "chapter"
    for elsewhere in (address.replace("/sub/path/", "/"), f"{address}nowhere", f"{address}../../etc/passwd"):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            get(elsewhere)
        with refusal.value as answer:
            assert answer.code == 404
            assert answer.read() == b"lost"


@pytest.mark.parametrize("name", TYPES)
def test_files_have_the_media_types_that_browsers_insist_on(address, name):
    assert get(address + name)[1] == TYPES[name]
