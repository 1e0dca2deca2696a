"""A bad network: what broke goes on, what fails is tried again, what was altered is refused, and all of it in words."""

import json

import pytest

from cells_in_page import SITE
from hostile import FETCH, hostile

FILE = "vendor/pyodide/python_stdlib.zip"


@pytest.fixture
def network(site_url, page, guard):
    """The page on a host behind a bad network, and the network."""
    assert site_url
    guard.allow("Failed to load resource|request to elsewhere")
    with hostile(SITE, "/primer-site/") as (address, one):
        page.goto(address)
        one.page, one.address = page, address
        yield one


def fetch(network):
    return network.page.evaluate(FETCH, [network.address, FILE.removeprefix("vendor/")])


def expected():
    manifest = json.loads((SITE / "vendor" / "manifest.json").read_text())
    return manifest["files"][FILE.removeprefix("vendor/")]["bytes"]


def whole():
    return {"bytes": expected(), "counted": expected()}


def test_a_connection_that_is_cut_goes_on_where_it_broke(network):
    network.will(FILE, "cut", "cut", "cut")
    assert fetch(network) == whole()
    first, *others = network.parts(FILE)
    assert first is None
    starts = [int(part.removeprefix("bytes=").removesuffix("-")) for part in others if part]
    assert starts, "it went on at least once: a browser may itself begin anew where nothing had come through"
    assert starts == sorted(starts)
    assert starts[0] > 0


def test_where_the_host_knows_no_parts_it_begins_again(network):
    network.ranges = False
    network.will(FILE, "cut", "cut")
    assert fetch(network) == whole()


@pytest.mark.parametrize("fault", ["error", "gone"])
def test_a_host_in_trouble_is_asked_again_a_few_times(network, fault):
    network.will(FILE, fault, fault)
    assert fetch(network) == whole()


@pytest.mark.parametrize(("fault", "told"), [("error", "503"), ("gone", "no answer from the server")])
def test_trouble_that_stays_is_told(network, fault, told):
    network.will(FILE, f"{fault}…")
    assert told in fetch(network)["error"]


def test_a_file_altered_once_is_asked_for_anew(network):
    network.will(FILE, "altered")
    assert fetch(network) == whole()


def test_a_file_that_stays_altered_is_refused_by_its_hash(network):
    network.will(FILE, "altered…")
    assert "python_stdlib.zip: sha256 is" in (error := fetch(network)["error"])
    assert "the file was not used" in error


def test_a_sign_in_page_in_place_of_a_file_is_named_as_what_it_is(network):
    network.will(FILE, "html…")
    assert "a web page came in its place" in fetch(network)["error"]
    assert len(network.parts(FILE)) == 1, "another attempt would bring the same page"
