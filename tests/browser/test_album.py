"""The album: what the stream has saved, in the browser's own database, and what may happen to it."""

import hashlib
import io
import json
import re
import struct
import zipfile
import zlib

import numpy as np
import pytest
from playwright.sync_api import Error

from at_once import expect
from lab_in_page import lab
from primer.pictures.images import png

ALBUM = """async ([name, argument]) => {
  const root = new URL("..", document.querySelector("script[src*='runtime/main.mjs']").src);
  const tools = await import(new URL("vendor/dog-stream.mjs", root).href);
  window.albums ??= {};
  const album = (window.albums[name] ??= new tools.Album(name === "own" ? `dog-primer/1${root.pathname}album` : name));
  const dogs = (count, from = 0) => Array.from({length: count}, (_, i) => from + i).map((i) => ({
    added: 1e12 + i, kind: "dog", breed: `breed ${i}`, isNew: false, size: 20, threshold: 0.5,
    pixels: Uint8Array.from({length: 400}, (_, at) => (at * (i + 1)) % 256), probabilities: [0.01, 0.02, 0.07, 0.9]}));
  BODY
}"""


def do(page, body, argument=None, name="test"):
    """Run JavaScript on an album; `album`, `dogs(count, from)` and the module's `tools` are at hand.

    The name "own" is the database of the page itself.
    """
    return page.evaluate(ALBUM.replace("BODY", body), [name, argument])


def shelf(page):
    return lab(page).locator("[data-part=album]")


def press(page, name):
    shelf(page).get_by_role("button", name=name, exact=True).click()


def count(page, number):
    expect(shelf(page).locator("[data-figure=album-count]")).to_have_text(str(number))


def said(page, words):
    expect(shelf(page).locator("[data-part=summary]")).to_contain_text(words)


@pytest.fixture
def album(page):
    page.goto("dog-stream/")
    expect(shelf(page)).to_be_visible()
    return page


@pytest.fixture
def five(album):
    """The page with five dogs in its album."""
    do(album, "await album.add(dogs(5))", name="own")
    count(album, 5)
    return album


def exported(page):
    with page.expect_download() as caught:
        press(page, "Export album")
    return caught.value.path().read_bytes()


def bring(page, content, name="dog-album.zip"):
    with page.expect_file_chooser() as asked:
        press(page, "Import album")
    asked.value.set_files({"name": name, "mimeType": "application/zip", "buffer": content})


def rezipped(content, *, index=None, files=None, method=zipfile.ZIP_STORED, folder=""):
    """A zip with the same files, some of them changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", method) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "album.json" and index:
                listed = json.loads(data)
                index(listed)
                data = json.dumps(listed).encode()
            data = (files or {}).get(name, data)
            if data is not None:
                new.writestr(folder + name, data)
    return changed.getvalue()


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


@pytest.mark.parametrize("wait", [0, 15, 40, 80])
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


def test_what_is_exported_any_program_can_read(five):
    with zipfile.ZipFile(io.BytesIO(exported(five))) as archive:
        assert archive.testzip() is None
        index = json.loads(archive.read("album.json"))
        assert (index["format"], index["version"], len(index["pictures"])) == ("dog-primer album", 1, 5)
        picture = index["pictures"][3]
        png = archive.read(picture["file"])
        assert len(png) == picture["bytes"]
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">2I5B", png[16:29]) == (20, 20, 8, 0, 0, 0, 0)
        at = png.index(b"IDAT")
        rows = zlib.decompress(png[at + 4 : at + 4 + struct.unpack(">I", png[at - 4 : at])[0]])
        assert [rows[21 * y + 1 + x] for y in range(20) for x in range(20)] == [i * 4 % 256 for i in range(400)]


@pytest.mark.parametrize("how", [{}, {"method": zipfile.ZIP_DEFLATED}, {"folder": "my dogs/"}])
def test_what_was_exported_comes_back_and_twice_adds_nothing(five, how):
    content = rezipped(exported(five), **how)
    before = do(
        five, "return (await album.all()).map(({ id, ...dog }) => ({ ...dog, pixels: [...dog.pixels] }))", name="own"
    )
    press(five, "Empty album")
    count(five, 0)
    bring(five, content)
    said(five, "5 pictures added.")
    count(five, 5)
    after = do(
        five, "return (await album.all()).map(({ id, ...dog }) => ({ ...dog, pixels: [...dog.pixels] }))", name="own"
    )
    assert after == before
    bring(five, content)
    said(five, "0 pictures added. 5 were in the album already.")
    count(five, 5)


def put(field, value):
    return lambda index: index["pictures"][2].__setitem__(field, value)


def twice(index):
    index["pictures"].append(index["pictures"][0])


BAD_INDEX = {
    "of another program": (lambda index: index.update(format="holiday"), "of another program"),
    "of a newer version": (lambda index: index.update(version=2), "version 2; this page reads version 1"),
    "without a list": (lambda index: index.update(pictures={"a": 1}), "lists no pictures"),
    "with too long a list": (lambda index: index.update(pictures=[{}] * 10_001), "10001 pictures"),
    "with a file twice": (twice, "the same file twice"),
    "with a way out": (put("file", "../../etc/passwd"), "a name like dogs/00001.png"),
    "with a file that is not there": (put("file", "dogs/77777.png"), "dogs/77777.png is missing"),
    "with another hash": (put("sha256", "0" * 64), "dogs/00003.png is not the picture that album.json lists"),
    "with another length": (put("bytes", 5), "dogs/00003.png is not the picture"),
    "with another size": (put("size", 30), "is 20 pixels across; album.json says 30"),
    "with an unknown kind": (put("kind", "<b>wolf</b>"), "one of toaster, bird, cat, dog"),
    "with markup for a name": (put("breed", 7), "a short text"),
    "with probabilities that sum to 2": (put("probabilities", [0.5] * 4), "four probabilities that sum to 1"),
    "with a threshold of text": (put("threshold", "high"), "a number from 0 to 1"),
    "with no date": (put("added", "yesterday"), "a date"),
}


@pytest.mark.parametrize("what", BAD_INDEX)
def test_an_index_that_was_tampered_with_is_refused_in_words_and_nothing_is_lost(five, what):
    change, words = BAD_INDEX[what]
    bring(five, rezipped(exported(five), index=change))
    refused(five, words)


def refused(page, words):
    alert = shelf(page).locator("[data-part=album-notice]")
    expect(alert).to_contain_text(words)
    expect(alert).to_contain_text("The album is as it was.")
    count(page, 5)
    said(page, "Nothing was imported.")


def patched(content, name, **fields):
    """A zip whose directory lies about one file."""
    found = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    changed = bytearray(content)
    for field, value in fields.items():
        struct.pack_into("<I", changed, found + {"packed": 20, "bytes": 24, "at": 42}[field], value)
    return bytes(changed)


def damaged_zips(content):
    first, bomb = (
        "dogs/00001.png",
        rezipped(content, files={"dogs/00001.png": bytes(40_000_000)}, method=zipfile.ZIP_DEFLATED),
    )
    turned = bytearray(content)
    turned[content.index(b"IDAT") + 6] ^= 255
    return {
        "This file is not a zip": [b"no zip at all", b"", content[:-200], content[: len(content) // 2]],
        "This zip has 65535 files": [b"PK\x05\x06" + b"\xff" * 18],
        "there is no album.json in it": [rezipped(content, files={"album.json": None})],
        "album.json is not JSON": [
            rezipped(content, files={"album.json": b"{"}),
            rezipped(content, files={"album.json": b"\xff"}),
        ],
        "is missing": [rezipped(content, files={first: None})],
        "is not the picture": [bytes(turned), rezipped(content, files={first: b"GIF89a"})],
        "would unpack to 40.0 MB": [bomb],
        f"{first} cannot be unpacked": [
            patched(bomb, first, bytes=300),  # a bomb that says it is small
            patched(content, first, at=0xFFFFFF00),
            patched(content, first, packed=0xFFFFFF00),
        ],
    }


def test_a_damaged_zip_and_a_bomb_are_refused_in_words_and_nothing_is_lost(five):
    for words, zips in damaged_zips(exported(five)).items():
        for content in zips:
            bring(five, content)
            refused(five, words)


def test_a_file_that_is_too_large_is_not_even_read(five, tmp_path):
    large = tmp_path / "dog-album.zip"
    large.write_bytes(bytes(33_000_000))
    with five.expect_file_chooser() as asked:
        press(five, "Import album")
    asked.value.set_files(large)
    refused(five, "has 33.0 MB; an album has 32.0 MB at most")
