"""A page taken along runs elsewhere as it did here, and comes back with what was changed in it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from at_once import expect
from cells_in_page import FULL, LEARNING, LESSONS, SITE, cell, type_instead

NAMES = [name for name in (address.strip("/") for address in LESSONS) if FULL or name not in LEARNING]
PATIENCE = 240
"""Seconds that a cell may take in a kernel on any machine: one trains a network."""


@pytest.fixture(scope="module")
def elsewhere(site_url, tmp_path_factory):
    """The environment of somebody who has Jupyter and NumPy, and nothing of ours but what the notebook installs."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_TARGET", str(folder))
        patch.setenv("PYTHONPATH", str(folder))
        for name in ("PIP_NO_INDEX", "PIP_NO_DEPS", "PIP_UPGRADE", "PIP_DISABLE_PIP_VERSION_CHECK"):
            patch.setenv(name, "1")
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        yield folder


def taken(name, ending):
    return SITE / name / f"{name}{ending}"


def told(output):
    """What an output comes to, without what each host says in its own way: where a warning was, and object ids."""
    kind = output["output_type"]
    if kind == "stream":
        text = output["text"]
        if output["name"] == "stderr":
            text = "\n".join(re.findall(r"\w+Warning: .*", text))
        return output["name"], text
    data = {mime: value for mime, value in output["data"].items() if mime != "text/plain" or len(output["data"]) == 1}
    return kind, {mime: "".join(value) if isinstance(value, list) else value for mime, value in data.items()}


def joined(outputs):
    """Streams that Jupyter's pieces cut are whole again."""
    found = []
    for kind, value in map(told, outputs):
        if found and found[-1][0] == kind and kind in ("stdout", "stderr"):
            found[-1] = kind, found[-1][1] + value
        else:
            found.append((kind, value))
    return sorted(found, key=lambda one: one[0] == "stderr")  # the streams of a kernel do not keep their order


@pytest.mark.parametrize("name", NAMES if FULL else NAMES[::2])
def test_a_notebook_gives_in_jupyter_what_the_page_gives(name, elsewhere):
    built = nbformat.read(taken(name, ".ipynb"), as_version=4)
    nbformat.validate(built)
    ran = nbformat.from_dict(json.loads(taken(name, ".ipynb").read_text()))
    NotebookClient(
        ran, timeout=PATIENCE, kernel_name="python3", resources={"metadata": {"path": str(elsewhere)}}
    ).execute()
    compared = 0
    for ours, theirs in zip(built.cells, ran.cells, strict=True):
        if "cell" in ours.metadata.get("tags", []):
            assert joined(theirs.outputs) == joined(ours.outputs), ours.id
            compared += len(ours.outputs)
    assert compared > 5


@pytest.mark.parametrize("name", NAMES)
def test_a_file_runs_in_plain_python_and_prints_what_the_page_prints(name, elsewhere, site_url):
    text = taken(name, ".py").read_text()
    wheel = re.search(r"pip install (\S+)", text)[1]
    assert wheel.startswith(site_url)
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", wheel], check=True)
    ran = subprocess.run(
        [sys.executable, taken(name, ".py")], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    printed = [
        line
        for one in json.loads(taken(name, ".ipynb").read_text())["cells"]
        for output in one.get("outputs", [])
        if output.get("name") != "stderr"
        for line in (output["text"] if "text" in output else output["data"]["text/plain"]).splitlines()
    ]
    assert ran.stdout.splitlines() == printed != []


def test_what_is_taken_along_has_the_readers_edits_and_comes_back_with_them(page, tmp_path, site_url):
    page.goto("softmax/")
    type_instead(page, "rounding", "print('mine')")
    for link, name in (("as a Jupyter notebook", "softmax.ipynb"), ("as a Python file", "softmax.py")):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        expect(page.locator(".take-along")).to_contain_text("with your edits of one snippet")
        assert "print('mine')" in (text := (tmp_path / name).read_text())
        assert f"{site_url}primer-" in text
    nbformat.validate(nbformat.read(tmp_path / "softmax.ipynb", as_version=4))
    page.evaluate("localStorage.clear()")
    for name in ("softmax.ipynb", "softmax.py"):
        page.goto("perceptron/")
        page.goto("softmax/")
        page.get_by_label("Bring one back").set_input_files(tmp_path / name)
        expect(cell(page, "rounding")).to_have_attribute("foreign", "")
        expect(cell(page, "rounding").locator("[data-part=code]")).to_contain_text("print('mine')")
        expect(page.locator(".link-notice")).to_contain_text("changes one snippet on this page")


def test_a_file_that_is_none_of_this_page_is_refused_in_words(page, tmp_path):
    page.goto("softmax/")
    strange = tmp_path / "letter.py"
    strange.write_text("Dear page")
    page.get_by_label("Bring one back").set_input_files(strange)
    expect(page.locator(".take-along")).to_contain_text(
        "letter.py cannot be used: no cell of this page is in it; expected a file that was taken from this page."
    )
    expect(page.locator("py-cell[foreign]")).to_have_count(0)


def test_the_links_work_without_a_script(plain):
    plain.goto("softmax/")
    with plain.expect_download() as download:
        plain.get_by_role("link", name="as a Jupyter notebook").click()
    assert json.loads(Path(download.value.path()).read_text())["nbformat"] == 4
    assert download.value.url.endswith("softmax/softmax.ipynb")
