"""Scripts as pages fetch them: few, and each module is there once, whoever imports it."""

import json
import re
import subprocess

import pytest

from tools.base.errors import ToolError
from tools.base.node import node
from tools.pages import lighten, scripts

MODULES = {
    "state/kernel": "export const kernel = { number: 0 };",
    "config": "export const here = import.meta.url;",
    "python/launch": 'import { here } from "../config.mjs"; export { here };'
    "globalThis.begun = (globalThis.begun ?? 0) + 1;",
    "main": 'import { here } from "./python/launch.mjs"; import { kernel } from "./state/kernel.mjs";'
    "kernel.number += 1; globalThis.main = { here, kernel };",
    "page/button": "export const made = [];",
    "labs/a-dog/a-dog": 'import { made } from "../../page/button.mjs"; made.push("a dog"); globalThis.dog = made;',
}


@pytest.fixture
def site(tree):
    folder = tree({f"runtime/{name}.mjs": text for name, text in MODULES.items()})
    scripts.bundle(folder)
    return folder


def ran(site, code):
    """What the site's scripts leave behind, run in the order of a page."""
    names = [scripts.BEGIN, scripts.MAIN, "runtime/labs/a-dog/a-dog.mjs"]
    imports = "".join(f"await import({json.dumps((site / name).as_uri())});" for name in names)
    script = f"{imports} console.log(JSON.stringify({code}))"
    told = subprocess.run([node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


def test_what_begins_python_is_there_once_and_at_the_place_that_pages_name(site):
    assert ran(site, "[begun, main.here]") == [1, (site / scripts.BEGIN).as_uri()]


def test_a_lab_is_one_file_with_what_it_imports_in_it(site):
    assert ran(site, "dog") == ["a dog"]


def test_a_lab_that_would_bring_a_second_kernel_stops_the_build(site):
    lab = site / "runtime" / "labs" / "a-cat" / "a-cat.mjs"
    lab.parent.mkdir()
    lab.write_text('import { kernel } from "../../state/kernel.mjs"; kernel.number += 1;')
    with pytest.raises(ToolError, match=r"a-cat\.mjs imports runtime/state/kernel\.mjs, of which a page has one"):
        scripts.bundle(site)


def test_modules_beside_have_the_very_same_by_its_own_names(site):
    (site / "runtime" / "beside.mjs").write_text(
        'import { here } from "./python/launch.mjs"; globalThis.beside = here;'
    )
    code = f"(await import({json.dumps((site / 'runtime' / 'beside.mjs').as_uri())}), [begun, beside === main.here])"
    assert ran(site, code) == [1, True]


def test_what_pages_fetch_needs_no_other_file(site):
    for path in {*site.glob("runtime/**/*.mjs")} - scripts.fetched(site):
        path.unlink()
    assert ran(site, "begun") == 1


@pytest.mark.parametrize(("files", "says"), [(["start/snapshot.zst"], None), (["python.zip"], "bytecode")])
def test_pages_of_a_site_without_a_snapshot_begin_with_the_next_way(built, files, says):
    (built / "vendor" / "manifest.json").write_text(json.dumps({"files": dict.fromkeys(files)}))
    lighten.lighten(built)
    begun = re.search(r'<html\b[^>]*? data-start="(\w+)"', (built / "index.html").read_text())
    assert (begun and begun[1]) == says


def test_a_site_without_a_runtime_is_left_alone(tmp_path):
    scripts.bundle(tmp_path)
    assert [*tmp_path.iterdir()] == []
