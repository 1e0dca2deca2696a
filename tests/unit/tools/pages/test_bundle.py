"""Bundles are made when something changed, and a broken entry leaves the last good one."""

import pytest

from tools.base import places
from tools.base.errors import ToolError
from tools.pages import bundle


@pytest.fixture
def entry(scratch, monkeypatch):
    monkeypatch.setattr(places, "VENDOR", scratch / "vendor")
    monkeypatch.setattr(bundle, "METAFILES", scratch / "bundle")
    entry = scratch / "entry.mjs"
    (scratch / "part.mjs").write_text("export const part = Math.random() + 1;")
    entry.write_text('import { part } from "./part.mjs"; export const whole = part + 1;')
    return bundle.Bundle(entry, "entry.mjs")


def made(entry):
    bundle.make(entry)
    path = places.VENDOR / entry.target
    return path.read_text(), path.stat().st_mtime_ns


def test_nothing_changed_nothing_made(entry):
    assert made(entry) == made(entry)


@pytest.mark.parametrize("changed", ["entry.mjs", "part.mjs"])
def test_a_change_of_any_of_its_files_makes_it_anew(entry, scratch, changed):
    before, _ = made(entry)
    path = scratch / changed
    path.write_text(path.read_text().replace("1;", "4711;"))
    after, _ = made(entry)
    assert after != before


def test_a_broken_entry_is_told_and_the_last_good_bundle_stays(entry):
    before = made(entry)
    entry.entry.write_text('import "./nowhere.mjs";')
    with pytest.raises(ToolError, match=r"nowhere\.mjs"):
        bundle.make(entry)
    path = places.VENDOR / entry.target
    assert (path.read_text(), path.stat().st_mtime_ns) == before
    assert [path.name for path in places.VENDOR.iterdir()] == ["entry.mjs"]
