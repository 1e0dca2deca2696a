"""The album: what the stream has saved, in the browser's own database, and what may happen to it."""

import hashlib
import io
import json
import re
import zipfile

import numpy as np
import pytest
from playwright.sync_api import Error

from album_in_page import bring, count, do, press, said, shelf
from at_once import expect
from cells_in_page import FULL
from primer.pictures.images import png


def test_dogs_are_there_after_a_reload_the_newest_first(five):
    five.reload()
    count(five, 5)
    breeds = shelf(five).locator(".tiles li > span:first-of-type")
    expect(breeds).to_have_text([f"breed {i}" for i in (4, 3, 2, 1, 0)])


def test_an_album_is_looked_through_in_pages(album):
    do(album, "await album.add(dogs(60))", name="own")
    count(album, 60)
    expect(shelf(album).locator(".tiles li")).to_have_count(24)
    press(album, "Older")
    press(album, "Older")
    expect(shelf(album).get_by_text("49 to 60 of 60")).to_be_visible()
    expect(shelf(album).locator(".tiles li")).to_have_count(12)
    expect(shelf(album).get_by_role("button", name="Older")).to_be_disabled()
    assert do(album, "return (await album.page(58, 5)).map(({ breed }) => breed)", name="own") == ["breed 1", "breed 0"]


@pytest.mark.parametrize("wait", [0, 15, 40, 80] if FULL else [0, 40])
def test_a_browser_that_dies_in_the_middle_of_writing_leaves_all_or_nothing(album, wait):
    context = album.context
    do(album, "await album.add(dogs(3))")
    do(album, "void album.add(dogs(4000)); await new Promise((done) => setTimeout(done, argument))", wait)
    with pytest.raises(Error, match="crash"):
        album.goto("chrome://crash", timeout=10_000)
    page = context.new_page()
    page.goto("dog-stream/")
    assert do(page, "return album.count()") in (3, 4003)
    assert do(page, "await album.add(dogs(1)); return [album.trouble ?? null, await album.undoable()]") == [None, 0]


def test_one_delete_and_a_whole_album_can_be_had_back_even_after_a_reload(five):
    shelf(five).get_by_role("button", name="Delete dog, breed 2").click()
    count(five, 4)
    said(five, "Undo brings it back")
    five.reload()
    press(five, "Undo")
    count(five, 5)
    expect(shelf(five).locator(".tiles li").nth(2)).to_contain_text("breed 2")
    press(five, "Empty album")
    count(five, 0)
    expect(shelf(five).get_by_text("No dog yet")).to_be_visible()
    five.reload()
    press(five, "Undo")
    said(five, "5 pictures back")
    count(five, 5)
    expect(shelf(five).get_by_role("button", name="Undo")).to_be_disabled()


def test_a_key_deletes_and_the_focus_stays_in_the_album(five):
    shelf(five).get_by_role("button", name="Delete dog, breed 4").focus()
    five.keyboard.press("Enter")
    count(five, 4)
    expect(shelf(five).get_by_role("button", name="Delete dog, breed 3")).to_be_focused()


def test_two_tabs_show_the_same_album(five):
    other = five.context.new_page()
    other.goto("dog-stream/")
    count(other, 5)
    shelf(other).get_by_role("button", name="Delete dog, breed 0").click()
    count(five, 4)
    press(five, "Undo")
    count(other, 5)


def quota(page, *size):
    """Allow the site so many bytes; without a number, as many as the browser would."""
    order = {"origin": page.evaluate("location.origin"), **({"quotaSize": size[0]} if size else {})}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", order)


LARGE = "dogs(argument, 100).map((dog) => ({ ...dog, size: 1000, pixels: new Uint8Array(1e6) }))"


"""Dogs of a megabyte each: a small storage is full at once."""


def test_it_says_how_full_it_is(five):
    used, allowed = five.evaluate("navigator.storage.estimate().then(({ usage, quota }) => [usage, quota])")
    assert 0 < used < allowed
    room = shelf(five).locator("[data-part=room]")
    expect(room).to_have_text(
        re.compile(rf"^This site uses [\d.]+ [kM]B of the {allowed / 1e9:.1f} GB that your browser")
    )


def test_a_full_storage_is_said_and_the_stream_goes_on_in_memory(album):
    quota(album, 1_500_000)
    assert do(album, "return album.add(dogs(5))", name="own") is True
    assert do(album, f"return album.add({LARGE})", 2, name="own") is False
    assert do(album, "return [album.trouble, await album.count(), album.looseCount]", name="own") == ["full", 7, 2]
    assert do(album, "return (await album.page(1, 3)).map(({ breed }) => breed)", name="own") == [
        "breed 100",
        "breed 4",
        "breed 3",
    ]
    quota(album)
    assert do(album, "return album.add(dogs(1, 7))", name="own") is True
    assert do(album, "return [album.trouble ?? null, album.looseCount]", name="own") == [None, 0]
    album.reload()
    count(album, 8)


def packed(n_dogs):
    """An album's file, made by Python."""
    pixels = np.random.default_rng(0).integers(256, size=(n_dogs, 20, 20), dtype=np.uint8)
    files = {f"dogs/{i + 1:05}.png": png(one) for i, one in enumerate(pixels)}
    common = {"size": 20, "kind": "dog", "breed": "poodle", "new_breed": False, "threshold": 0.5}
    pictures = [
        {
            "file": name,
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "probabilities": [0, 0, 0.25, 0.75],
            "added": "2026-11-24T00:00:00Z",
            **common,
        }
        for name, content in files.items()
    ]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("album.json", json.dumps({"format": "dog-primer album", "version": 1, "pictures": pictures}))
    return made.getvalue()


def test_a_full_storage_is_told_on_the_page(album):
    quota(album, 300_000)
    bring(album, packed(1500))
    expect(shelf(album).locator("[data-part=album-notice]")).to_contain_text(
        "Your browser's storage for this site is full"
    )
    count(album, 1500)
    assert do(album, "return album.count()", name="own") == 0, "they are in the memory of the page alone"
    quota(album)
    shelf(album).get_by_role("button", name="Delete dog, poodle").first.click()
    count(album, 1499)


def test_a_full_album_can_be_emptied_and_had_back(album):
    quota(album, 4_500_000)
    do(album, f"await album.add({LARGE})", 3, name="own")
    count(album, 3)
    press(album, "Empty album")
    count(album, 0)
    press(album, "Undo")
    count(album, 3)


def test_where_nothing_may_be_kept_it_is_said_and_there_is_an_album_all_the_same(
    browser_type, browser_type_launch_args, site_url, tmp_path
):
    """Cookies and site data are blocked in the browser's own settings: then IndexedDB cannot be opened."""
    (tmp_path / "Default").mkdir()
    preferences = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(preferences))
    context = browser_type.launch_persistent_context(tmp_path, **browser_type_launch_args, base_url=site_url)
    page = context.new_page()
    page.goto("dog-stream/")
    expect(shelf(page).locator("[data-part=album-notice]")).to_contain_text("Your browser lets this site keep nothing")
    assert do(page, "return album.add(dogs(3))") is False
    assert do(page, "return [album.trouble, await album.count(), (await album.page(0, 2)).length]") == [
        "forbidden",
        3,
        2,
    ]
    assert do(page, "await album.empty(); return [await album.count(), await album.undo(), await album.count()]") == [
        0,
        3,
        3,
    ]
    context.close()
