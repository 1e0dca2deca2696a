"""The album as a file: what any program can read, and what comes back is believed in nothing."""

import io
import json
import struct
import zipfile
import zlib

import pytest

from album_in_page import bring, count, do, open_album, press, said, shelf
from at_once import expect


@pytest.fixture(scope="module")
def full_visit(long_visit):
    """One long visit with five dogs in its album, and that album as a file."""
    do(open_album(long_visit), "await album.add(dogs(5))", name="own")
    count(long_visit, 5)
    return long_visit, exported(long_visit)


@pytest.fixture
def full(full_visit, guard):
    """The same, for what is to leave the album as it was."""
    page, content = full_visit
    guard.watch(page.context)
    return page, content


def exported(page):
    with page.expect_download() as caught:
        press(page, "Export album")
    return caught.value.path().read_bytes()


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


def test_what_is_exported_any_program_can_read(full):
    _, content = full
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
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
def test_an_index_that_was_tampered_with_is_refused_in_words_and_nothing_is_lost(full, what):
    page, content = full
    change, words = BAD_INDEX[what]
    bring(page, rezipped(content, index=change))
    refused(page, words)


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
        "This file is not a zip": [
            *(b"no zip at all", b"", content[:-200], content[: len(content) // 2]),
            patched(content, first, packed=0xFFFFFF00),
        ],
        "This zip is damaged": [b"PK\x05\x06" + b"\xff" * 18],  # says it has 65,535 files
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
        ],
    }


def test_a_damaged_zip_and_a_bomb_are_refused_in_words_and_nothing_is_lost(full):
    page, content = full
    for words, zips in damaged_zips(content).items():
        for damaged in zips:
            bring(page, damaged)
            refused(page, words)


def test_a_file_that_is_too_large_is_not_even_read(full, tmp_path):
    page, _ = full
    large = tmp_path / "dog-album.zip"
    large.write_bytes(bytes(33_000_000))
    with page.expect_file_chooser() as asked:
        press(page, "Import album")
    asked.value.set_files(large)
    refused(page, "has 33.0 MB; an album has 32.0 MB at most")
