"""Whose fault a service worker's error is: a site with nothing of ours on it, whose worker only passes on."""

import os
import time

import pytest

from gates import Gate, answering
from reader import MOUNT
from tools.serving.static_server import serving

FILES = {
    "index.html": b"<!doctype html><title>first</title><link rel='icon' href='data:,'>",
    "next.html": b"<!doctype html><title>next</title><link rel='icon' href='data:,'>",
    "worker.js": b"""addEventListener("activate", (event) => event.waitUntil(clients.claim()));
        addEventListener("fetch", (event) => event.respondWith(fetch(event.request)));""",
    "begun.bin": os.urandom(200_000),  # half of what does not compress is enough to begin an answer
    "unanswered.bin": b"x",
}
CONTROLLED = """await navigator.serviceWorker.register("worker.js");
if (!navigator.serviceWorker.controller)
  await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));"""


@pytest.fixture
def gates():
    both = Gate("begun.bin"), Gate("unanswered.bin")
    yield both
    for gate in both:
        gate.open()


def test_an_answer_that_had_begun_when_its_page_was_left_is_what_firefox_calls_an_error_of_the_worker(
    reader, gates, tmp_path
):
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    begun, unanswered = gates
    with serving(tmp_path, MOUNT, answer=answering(*gates)) as reader.address:
        reader.engine.goto(reader.address)
        reader.ask(CONTROLLED)
        reader.ask("void fetch('unanswered.bin').catch(() => {});")
        unanswered.wait()
        reader.ask("window.asked = fetch('begun.bin');")
        begun.let_half()
        reader.ask("const answer = await window.asked; void answer.blob().catch(() => {});")
        reader.engine.goto(f"{reader.address}next.html")
        begun_told = r"begun\.bin.*A ServiceWorker intercepted the request and encountered an unexpected error"
        deadline = time.monotonic() + 20
        while reader.engine.name == "firefox" and not reader.heard(begun_told):
            assert time.monotonic() < deadline, "Firefox says nothing of it any more: take its row out of SECURITY.md"
        assert bool(reader.heard("ServiceWorker")) == (reader.engine.name == "firefox")
        assert not reader.heard("unanswered")
