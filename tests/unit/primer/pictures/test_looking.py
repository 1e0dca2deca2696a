"""What a network looks for and looked at: against slopes found by trying. Small pictures as files: against zlib."""

import base64
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from primer import MLP, softmax
from primer.pictures.camera import inputs
from primer.pictures.images import COLD, PALE, WARM, picture_sheet, png, png_address, signed
from primer.pictures.looking import looked_at, looks_for, loudest


@pytest.fixture
def network():
    return MLP([64, 6, 4], "tanh", seed=2)


@pytest.fixture
def picture():
    return np.random.default_rng(5).integers(0, 256, (8, 8)).astype(np.uint8)


def test_the_picture_that_a_neuron_looks_for_excites_it_most(network):
    rng = np.random.default_rng(1)
    for i, wanted in enumerate(looks_for(network)):
        rival = rng.normal(size=(200, 64))
        rival *= np.linalg.norm(wanted) / np.linalg.norm(rival, axis=1, keepdims=True)
        weights = network.dense[0].weights[:, i]
        assert wanted.ravel() @ weights > (rival @ weights).max()


def test_the_loudest_neurons_come_first(network):
    network.dense[0].weights[:, 4] *= 100
    network.dense[1].weights[2] = 0
    order = loudest(network, 6)
    assert order[0] == 4 and order[-1] == 2 and sorted(order) == list(range(6))
    assert loudest(network, 2) == order[:2]


def test_covering_is_what_it_says_it_is(network, picture):
    falls = looked_at(network, picture, 3, patch=8)  # one square only: the whole picture becomes grey
    blank = softmax(network.forward(np.zeros(64)))[3]
    np.testing.assert_allclose(falls, softmax(network.forward(inputs(picture)))[3] - blank, atol=1e-12)
    corner = picture.astype(float)
    corner[:3, :3] = picture.mean()
    expected = softmax(network.forward(inputs(picture)))[3] - softmax(network.forward(inputs(corner)))[3]
    assert looked_at(network, picture, 3, patch=3)[0, 0] == pytest.approx(expected, abs=1e-12)


def test_a_network_that_looks_nowhere_looked_nowhere(network, picture):
    network.dense[0].weights[:] = 0
    assert not looked_at(network, picture, 0).any()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda network, picture: looked_at(network, picture[:5], 0), r"pixels must have shape \(8, 8\)"),
        (lambda network, picture: looked_at(network, picture, 0, patch=9), r"patch must lie in 1\.\.8, got 9"),
        (lambda network, picture: looked_at(network, picture, 4), r"kind must lie in 0\.\.3, got 4"),
        (lambda network, picture: looked_at(network, picture, -1), r"kind must lie in 0\.\.3, got -1"),
        (lambda network, picture: looks_for(MLP([7, 4])), "has 7 inputs, which are not the pixels"),
        (lambda network, picture: loudest(MLP([64, 4]), 3), "without a hidden layer"),
    ],
)
def test_what_cannot_be_looked_at_is_named(network, picture, call, says):
    with pytest.raises(ValueError, match=says):
        call(network, picture)


def decoded(content):
    """The pixels of a PNG without filters, and its checksums checked."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    parts, at = {}, 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        assert struct.unpack(">I", content[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + data)
        parts[kind] = data
        at += length + 12
    width, height, _, colours = struct.unpack(">2I2B", parts[b"IHDR"][:10])
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, -1)
    assert not lines[:, 0].any() and list(parts) == [b"IHDR", b"IDAT", b"IEND"]
    return lines[:, 1:].reshape((height, width, 3) if colours == 2 else (height, width))


@given(hnp.arrays(np.uint8, st.one_of(st.tuples(st.integers(1, 9), st.integers(1, 9)), st.just((3, 4, 3)))))
def test_a_png_holds_the_picture(pixels):
    np.testing.assert_array_equal(decoded(png(pixels)), pixels)
    assert base64.b64decode(png_address(pixels).removeprefix("data:image/png;base64,")) == png(pixels)


@pytest.mark.parametrize(
    "wrong", [np.zeros((2, 2)), np.zeros(4, np.uint8), np.zeros((2, 2, 4), np.uint8), np.zeros((0, 2), np.uint8)]
)
def test_what_is_no_picture_is_named(wrong):
    with pytest.raises(ValueError, match="pixels must be uint8 of shape"):
        png(wrong)


def test_signs_have_colours_and_each_picture_its_own_limit():
    coloured = signed([[[-2.0, 0.0, 2.0]], [[-1.0, 0.0, 0.5]], [[0.0, 0.0, 0.0]]])
    assert [tuple(pixel) for pixel in coloured[0, 0]] == [COLD, PALE, WARM]
    assert tuple(coloured[1, 0, 0]) == COLD and tuple(coloured[2, 0, 2]) == PALE
    assert tuple(signed([[1.0]], limit=2.0)[0, 0]) == tuple(np.rint((np.array(PALE) + WARM) / 2).astype(int))


def test_a_sheet_of_numbers_names_the_pages_colours_and_holds_no_picture():
    sheet = picture_sheet(np.array([[[-2.0, 0.0, 1.0]], [[0.0, 0.0, 0.0]]]), "Two of numbers.")
    assert "<image" not in sheet.svg
    assert sheet.svg.count('fill="var(--negative') == sheet.svg.count('fill="var(--positive') == 1
    assert 'd="M0 0h1v1h-1z" fill="var(--negative, #7b3f8f)" fill-opacity="1"' in sheet.svg
    assert 'd="M2 0h1v1h-1z" fill="var(--positive, #3f7a2a)" fill-opacity="0.5"' in sheet.svg


def test_a_sheet_shows_every_picture_with_its_caption_and_says_what_it_shows():
    pictures = np.random.default_rng(0).integers(0, 256, (5, 20, 20)).astype(np.uint8)
    sheet = picture_sheet(pictures, "Five pictures.", captions=["dog", "cat", "<b>", "bird", "dog"], columns=3)
    assert repr(sheet) == "Five pictures." and 'aria-label="Five pictures."' in sheet.svg
    for picture in pictures:
        assert f'href="{png_address(picture)}"' in sheet.svg
    assert "&lt;b&gt;" in sheet.svg and sheet.svg.count("<image") == 5
    with pytest.raises(ValueError, match="5 pictures, 1 captions"):
        picture_sheet(pictures, "Five.", captions=["dog"])
    with pytest.raises(ValueError, match="columns must be 1 or above"):
        picture_sheet(pictures, "Five.", columns=0)


def test_a_network_that_ran_away_is_drawn_and_what_is_no_picture_is_refused():
    endless, some = (str(picture_sheet(np.array([row]), "a").svg) for row in ([[1.0, -np.inf]], [[1.0, -1.0]]))
    assert endless == some
    for bad in ([[1.0, 2.0]], np.zeros((1, 0, 3)), [[[1.0, np.nan]]]):
        with pytest.raises(ValueError, match="values must"):
            picture_sheet(np.array(bad), "a")
