"""`site/behind/write-a-page.md`, followed to the letter: its commands, page and mistake, in a copy of the project."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import threading

import pytest

from at_once import expect
from cells_in_page import FULL, PYTHON_STARTS, drag, output, run
from tools.base import places

TEXT = (places.SITE / "behind" / "write-a-page.md").read_text()
BUILT = 120_000
"""Milliseconds within which a page is built on any machine; a wait ends as soon as it is."""


def fences(language):
    """What stands in the fences of a language, in their order."""
    return [found[2] for found in re.finditer(rf"^(`{{3,}}){language}\n(.*?)^\1$", TEXT, re.DOTALL | re.MULTILINE)]


def _heeds_ctrl_c():
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # what a shell starts in the background ignores it


class Terminal:
    """A command that runs, and what it has said."""

    def __init__(self, command, folder, **environment):
        self.said = ""
        self._news = threading.Condition()
        self._process = subprocess.Popen(
            command,
            shell=True,
            cwd=folder,
            env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=_heeds_ctrl_c,
        )
        self._reader = threading.Thread(target=self._listen)
        self._reader.start()

    def _listen(self):
        with self._process.stdout:
            for line in self._process.stdout:
                with self._news:
                    self.said += line
                    self._news.notify_all()
        with self._news:
            self._process.wait()
            self._news.notify_all()

    def says(self, words):
        """Wait until it has said this since it was asked last."""
        with self._news:
            over = self._news.wait_for(lambda: words in self.said or self._process.poll() is not None, BUILT / 1000)
            assert over and words in self.said, f"expected the terminal to say {words!r}; it said:\n{self.said}"
            self.said = self.said.partition(words)[2]

    def ends(self, *signals):
        """Press Ctrl-C, if that is how it is to end, and wait for the end; give the exit code."""
        for one in signals:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, one)
        self._reader.join(BUILT / 1000)
        return self._process.poll()


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """What a clone would have, outside of the project, set up already: nothing is fetched or packed again."""
    folder = tmp_path_factory.mktemp("clone") / "dog-primer"
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    for name in subprocess.run(listed, cwd=places.ROOT, capture_output=True, check=True).stdout.decode().split("\0"):
        if (places.ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(places.ROOT / name, folder / name)
    for name in (".venv", "node_modules"):
        (folder / name).symlink_to(places.ROOT / name)
    for name in ("site/vendor", "build/bundle", "build/cache", "build/fonts", "build/start"):
        shutil.copytree(places.ROOT / name, folder / name)
    for name in ("build/masters.stamp", "py/primer/pictures/masters.npy"):
        shutil.copy2(places.ROOT / name, folder / name)
    return folder


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def author(browser, browser_context_args, port):
    """A browser at the address that the page names, but for its port."""
    context = browser.new_context(**{**browser_context_args, "base_url": f"http://127.0.0.1:{port}/"})
    errors = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert errors == []


@pytest.mark.skipif(not FULL, reason="the whole site is built four times: FULL=1")
def test_it_does_what_it_says(copy, port, author):
    serve, build = fences("sh")
    (page,) = fences("markdown")
    (entry,) = fences("yaml")
    right, wrong, message = fences("text")
    toast, settings = copy / "site" / "toast.md", copy / "mkdocs.yml"

    terminal = Terminal(serve, copy, PORT=str(port))
    try:
        terminal.says(f"serving http://127.0.0.1:{port}/")
        author.goto("softmax/")
        toast.write_text(page)
        below = "  - Reference: reference.md\n"
        assert below in settings.read_text()
        settings.write_text(settings.read_text().replace(below, below + entry))

        named = author.locator("#all-pages a", has_text="How brown is the toast?")
        expect(named).to_be_attached(timeout=BUILT)  # when the page has reloaded
        author.get_by_role("button", name="Menu").click()
        named.click()
        expect(output(author, "toast")).to_have_text("brownness = 0.40\n")
        expect(output(author, "slice").locator("svg")).to_be_visible()
        run(author, "toast")
        drag(author, "toast", "minutes", 4)
        expect(output(author, "toast")).to_have_text("brownness = 0.80\n", timeout=PYTHON_STARTS)
        expect(author.locator("article")).to_contain_text("Yours is 80% brown.", timeout=PYTHON_STARTS)

        assert right.strip() in page
        toast.write_text(page.replace(right.strip(), wrong.strip()))
        terminal.says(message.strip())
        terminal.says("not rebuilt")
        author.goto("toast/")
        expect(output(author, "toast")).to_have_text("brownness = 0.40\n")
        toast.write_text(page)
        terminal.says("build/site: ")
    finally:
        terminal.ends(signal.SIGINT)

    assert build.strip() == "make build"  # as `make test` does first
    assert "brownness = 0.40" in (copy / "build" / "site" / "toast" / "index.html").read_text()
