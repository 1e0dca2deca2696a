"""An author's first site: built from the wheel, in an environment of its own and far from here, and used."""

import os
import re
import shutil
import socket
import subprocess
import sys
import venv
import zipfile
from contextlib import ExitStack
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from at_once import expect
from cells_in_page import FULL, PYTHON_STARTS, button, cell, drag, error, output, run, run_instead, settled, start
from tools.base import places
from tools.base.processes import run_logged
from tools.make.wheel import wheel
from tools.serving.static_server import serving

SOURCES = Path(__file__).parents[1] / "second-site"
MOUNT = "/sheep/"


def needs(distribution, seen):
    """What a distribution says that it needs, and what that does."""
    for requirement in map(Requirement, distribution.requires or ()):
        if requirement.name not in seen and (not requirement.marker or requirement.marker.evaluate({"extra": ""})):
            needed = metadata.distribution(requirement.name)
            assert needed.version in requirement.specifier, requirement
            seen[requirement.name] = needed
            needs(needed, seen)
    return seen


@pytest.fixture(scope="module")
def package():
    """The wheel, of what stands here now."""
    return wheel()


@pytest.fixture(scope="module")
def python(package, tmp_path_factory):
    """A Python in which the wheel is installed; what it needs, and nothing else, is lent by the one that runs this."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    found = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", found, "install", "--quiet", "--no-index", "--no-deps", package]
    run_logged("the wheel in an environment of its own", pip, log="second-site-pip", advice="see the log")
    packages = next(folder.glob("lib/python*/site-packages"))
    (own,) = metadata.distributions(name="page-cells", path=[str(packages)])
    for distribution in needs(own, {}).values():
        for top in {file.parts[0] for file in distribution.files} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(distribution.locate_file(top))
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A copy of the sources where nothing of this repository is."""
    return shutil.copytree(SOURCES, tmp_path_factory.mktemp("author") / "sheep")


def mkdocs(python, site, *arguments, **options):
    """Run `mkdocs` as an author does who has no Node, and no other program."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SERVED")}
    environment |= {"PATH": str(python.parent), "NO_MKDOCS_2_WARNING": "1", **options.pop("env", {})}
    return [str(python), "-m", "mkdocs", *arguments], {"cwd": site, "env": environment, "text": True, **options}


@pytest.fixture(scope="module")
def host(python, site):
    """Serves it under a path of its own, until `close`."""
    built = site / "site"
    built.mkdir()
    (built / "index.html").touch()  # answers until the site takes its place
    with ExitStack() as stack:
        address = stack.enter_context(serving(built, MOUNT))
        command, options = mkdocs(python, site, "build", "--strict", env={"SITE_URL": address})
        ran = subprocess.run(command, capture_output=True, **options)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        stack.url = address
        yield stack


@pytest.fixture(scope="module")
def page(browser, host):
    """A reader's page, which nothing may ask of any other machine."""
    context = browser.new_context(base_url=host.url)
    faults, context.said = [], []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda message: (faults if message.type == "error" else context.said).append(message.text))
    context.on(
        "request", lambda request: request.url.startswith((host.url, "blob:", "data:")) or faults.append(request.url)
    )
    yield context.new_page()
    context.close()
    assert faults == []


def test_the_wheel_puts_nothing_beside_cells_and_imports_nothing_that_it_lacks(package):
    with zipfile.ZipFile(package) as archive:
        sources = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".py")}
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cells"}
    imported = {found for text in sources.values() for found in re.findall(r"(?m)^\s*(?:from|import) ([\w.]+)", text)}
    assert not {name for name in imported if name.partition(".")[0] in ("tools", "primer")}
    for name in sorted(name for name in imported if name.startswith("cells.") and name.count(".") > 2):
        assert {f"{name.replace('.', '/')}{end}" for end in (".py", "/__init__.py")} & {*sources}, name


def test_its_configuration_is_short():
    assert len((SOURCES / "mkdocs.yml").read_text().splitlines()) <= 20


def test_a_reader_uses_every_part_of_it(page, host):
    page.goto("./")
    expect(output(page, "count")).to_have_text("40 sheep have 160 legs\nasleep at sheep 20\n")  # the build's
    run(page, "count")
    assert [said for said in page.context.said if said.startswith("Python started from snapshot")]

    drag(page, "count", "sheep", 60)
    expect(output(page, "count")).to_have_text("60 sheep have 240 legs\nasleep at sheep 30\n")
    expect(page.locator("[data-expr='legs(sheep)']")).to_have_text("240")
    run(page, "again")
    expect(output(page, "again")).to_have_text("two nights: 120 sheep\n")

    run_instead(page, "again", "print(sheep + 1)")
    expect(output(page, "again")).to_have_text("61\n")

    start(page, "again", "asleep_after(0, 0.5)", "error")
    expect(error(page, "again")).to_contain_text("expected one sheep or more, got 0")
    assert "tally/__init__.py" in error(page, "again").locator("pre").text_content()

    start(page, "again", "while True: pass")
    button(page, "again", "Stop").click()
    settled(page, "again", "stopped")

    start(page, "again", "import js, urllib.request\nprint(hasattr(js, 'fetch'), hasattr(js, 'document'))\n"
          f"urllib.request.urlopen('{host.url}')")  # fmt: skip
    settled(page, "again", "error")
    expect(output(page, "again")).to_have_text("False False\n")
    expect(error(page, "again")).to_contain_text("URLError")
    page.reload()
    assert cell(page, "again").evaluate("cell => cell.source").startswith("import js")  # it is kept, by the site's name
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('sheep/1/sheep/')).length") > 0


def test_no_name_of_ours_that_its_styles_ask_for_is_lacking(host, site):
    sheet = (site / "site" / "css" / "page.css").read_text()
    ours = "".join(path.read_text() for path in (places.SITE / "css").glob("*.css"))
    asked, known = set(re.findall(r"var\((--[\w-]+)\)", sheet)), r"(--[\w-]+)\s*:"
    assert {"--surface", "--line"} <= asked
    assert asked & set(re.findall(known, ours)) <= set(re.findall(known, sheet))


def test_no_link_of_it_leads_nowhere(page):
    page.goto("./")
    lost = page.evaluate(
        """async () => { const links = [...document.links].filter(({ origin }) => origin === location.origin);
            const look = async ({ href }) => ((await fetch(href)).ok ? "" : href);
            return (await Promise.all(links.map(look))).join(""); }"""
    )
    assert lost == ""
    expect(page.locator(".md-copyright")).not_to_contain_text("None")


def test_it_works_when_its_host_is_gone(page, host):
    page.goto("./")
    expect(page.locator("html")).to_have_attribute("data-offline", "ready", timeout=PYTHON_STARTS)
    host.close()
    page.goto("flocks/")
    run(page, "flocks")
    expect(output(page, "flocks")).to_have_text("all: 60, on average 20.0\n")
    assert page.evaluate("async () => (await caches.keys()).map((name) => name.split(' ')[0])") == ["sheep"]


def test_what_is_wrong_is_told_in_words(python, site):
    text = (site / "mkdocs.yml").read_text()
    for wrong, told in (("[pandas]", "packages: numpy is all that can be served, got pandas"), ("3", "got 3")):
        (site / "mkdocs.yml").write_text(text.replace("[numpy]", wrong))
        command, options = mkdocs(python, site, "build")
        ran = subprocess.run(command, capture_output=True, **options)
        assert ran.returncode and told in ran.stderr and "Traceback" not in ran.stderr, ran.stderr
    (site / "mkdocs.yml").write_text(text)


@pytest.mark.skipif(not FULL, reason="a server builds it anew, again and again: FULL=1")
def test_an_author_sees_at_once_what_is_written(browser, python, site):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command, options = mkdocs(python, site, "serve", "--dev-addr", address, "--livereload", env={"SITE_URL": ""})
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options) as server:
        try:
            told = []
            for line in server.stdout:
                told.append(line)
                if "Serving on" in line:
                    break
            url = re.search(r"http://\S+", told[-1])
            assert url, "".join(told)
            page = browser.new_page()
            page.goto(url[0])
            expect(output(page, "again")).to_have_text("two nights: 80 sheep\n")
            lesson = site / "docs" / "index.md"
            lesson.write_text(lesson.read_text().replace("2 * sheep", "3 * sheep"))
            expect(output(page, "again")).to_have_text("two nights: 120 sheep\n", timeout=PYTHON_STARTS)
            (site / "tally" / "legs.py").write_text("def legs(sheep):\n    return 2 * sheep\n")
            expect(output(page, "count")).to_contain_text("40 sheep have 80 legs", timeout=PYTHON_STARTS)
            page.close()
        finally:
            server.terminate()
