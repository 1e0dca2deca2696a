"""What a visit rests on in each engine: how Python starts, the service worker, and that the tests hear of faults."""

import time
from contextlib import ExitStack

import pytest

from reader import MOUNT, SITE
from tools.serving.static_server import serving


@pytest.mark.parametrize("way", ["snapshot", "bytecode", "plain"])
def test_python_starts_in_each_way_and_computes_the_same(reader, way):
    reader.open("softmax/")
    reader.ask("document.documentElement.dataset.start = arguments_[0]", way)
    begun = time.monotonic()
    reader.run("softmax")
    reader.record(f"Run to first result, from {way}", f"{time.monotonic() - begun:.2f} s")
    assert reader.heard(r"Python started from (\w+)")[1] == way
    assert "P(duck) = 0.7054 P(dog) = 0.2595 P(cat) = 0.0351 sum = 1.0000" in reader.ask("return told('softmax')")


class Host:
    """A host of the site, which can go."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.address = self._stack.enter_context(serving(SITE, MOUNT))
        self.off = self._stack.close


@pytest.fixture
def host(site_url):
    assert site_url
    one = Host()
    yield one
    one.off()


KEPT = "document.documentElement.dataset.offline === 'ready'"


def test_all_of_it_works_when_the_server_has_gone(reader, host):
    reader.address = host.address
    begun = time.monotonic()
    reader.open("")
    reader.wait(KEPT, seconds=90)
    reader.record("first visit to all is kept", f"{time.monotonic() - begun:.1f} s")
    host.off()
    reader.open("softmax/")
    begun = time.monotonic()
    reader.run("softmax")
    reader.record("Run to first result, without a server", f"{time.monotonic() - begun:.2f} s")
    assert "P(duck) = 0.7054" in reader.ask("return told('softmax')")
    reader.reload()
    reader.type_instead("rounding", "print(6 * 7)")
    reader.engine.press("Control+Enter")
    reader.wait("told('rounding').includes('42')")
    reader.open("dog-stream/")
    reader.wait("document.querySelector('py-lab canvas')")


def turn(reader, path):
    """Follow the menu's link to a page, and wait until its cells are there."""
    link = f"[...document.querySelectorAll('#site-menu a')].find((one) => one.href === '{reader.address}{path}')"
    reader.ask(f"window.left = document.querySelector('py-cell'); {link}.click()")
    there = "const here = document.querySelector('py-cell'); return Boolean(here?.built && here !== window.left)"
    reader.wait(f"location.href === arguments_[0] && (() => {{ {there} }})()", reader.address + path)


def test_pages_are_turned_while_everything_is_being_kept_and_swapped_in_when_it_is(reader):
    reader.open("")
    for path in ("perceptron/", "softmax/", "cross-entropy/", "backpropagation/", "") * 2:
        turn(reader, path)  # loaded anew as long as the list of pages has not come
    reader.wait(KEPT, seconds=90)
    reader.ask("window.sameVisit = true")
    for path in ("softmax/", "cross-entropy/", ""):
        turn(reader, path)
        assert reader.ask("return window.sameVisit"), "the page was loaded anew instead of being swapped in"
    reader.run("scores")


def test_no_fault_of_a_page_goes_unheard(reader):
    reader.open("licences/")
    reader.ask("console.error('said')")
    reader.ask("setTimeout(() => { throw new Error('thrown'); })")
    reader.ask("Promise.reject(new Error('rejected'))")
    reader.ask(
        "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.evil = 1'}))"
    )
    reader.ask("document.body.append(Object.assign(new Image(), {src: 'http://example.invalid/x.png'}))")
    faults = {
        "said": "^console: said",
        "thrown": "thrown",
        "rejected": "rejected",
        "inline script": r"policy violation \(enforce\): script-src",
        "image": r"policy violation \(enforce\): img-src http://example\.invalid",
    }
    for what, pattern in faults.items():
        reader.allow(pattern)
        deadline = time.monotonic() + 20
        while not reader.heard(pattern.removeprefix("^console: ")):
            assert time.monotonic() < deadline, f"{reader.engine.name} did not say: {what}"
    reader.allow("Content.Security.Policy|Refused to|violates the following")
    reader.allow(r"request to elsewhere: http://example\.invalid")  # told by Chromium though the policy stops it
    assert reader.ask("return window.evil") is None
