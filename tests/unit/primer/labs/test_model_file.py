"""A network as a file: what is written comes back, and what is damaged is refused in words."""

import hashlib
import json
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primer import ACTIVATIONS, MLP
from primer.labs.model_file import MAGIC, MOST_BYTES, ModelFileError, model_bytes, model_from

START = struct.Struct("<8sII")
few = settings(max_examples=60)


@pytest.fixture(scope="module")
def network():
    return MLP([16, 5, 4], seed=3, dtype=np.float32)


@pytest.fixture(scope="module")
def content(network):
    return model_bytes(network, picture_size=4, notes={"accuracy": 0.97})


def header_of(content):
    length = START.unpack_from(content)[2]
    return json.loads(content[START.size : START.size + length])


def body_of(content):
    return content[START.size + START.unpack_from(content)[2] :]


def built(header, body=b""):
    listed = header if isinstance(header, bytes) else json.dumps(header).encode()
    return START.pack(MAGIC, 1, len(listed)) + listed + body


@given(
    st.integers(1, 6),
    st.lists(st.integers(1, 9), max_size=3),
    st.sampled_from(sorted(ACTIVATIONS)),
    st.sampled_from([("<f4", np.float32), ("<f8", np.float64)]),
    st.integers(0, 1000),
)
@few
def test_every_network_comes_back_as_it_was(size, hidden, activation, width, seed):
    network = MLP([size * size, *hidden, 4], activation, seed=seed, dtype=width[1])
    model = model_from(model_bytes(network, picture_size=size, dtype=width[0]))
    assert (model.network.sizes, model.network.activation) == (network.sizes, activation)
    assert model.picture_size == size and model.classes == ("toaster", "bird", "cat", "dog")
    for name, value in network.parameters.items():
        np.testing.assert_array_equal(model.network.parameters[name], value)
        assert model.network.parameters[name].dtype == width[1]
        np.testing.assert_array_equal(model.arrays[name], value)


def test_the_same_network_gives_the_same_bytes_and_its_notes_come_back(network, content):
    assert model_bytes(network, picture_size=4, notes={"accuracy": 0.97}) == content
    assert model_from(content).notes == {"accuracy": 0.97}


def test_the_file_is_what_the_documentation_says(network, content):
    assert content[:12] == b"PRIMERNN\x01\0\0\0"
    header, body = header_of(content), body_of(content)
    assert header["sizes"] == [16, 5, 4] and header["dtype"] == "<f4"
    assert [one["name"] for one in header["arrays"]] == ["weights_1", "bias_1", "weights_2", "bias_2"]
    assert header["sha256"] == hashlib.sha256(body).hexdigest()
    expected = np.concatenate([value.ravel() for value in network.parameters.values()])
    assert list(struct.unpack(f"<{len(body) // 4}f", body)) == expected.tolist()


@given(st.data())
@few
def test_a_file_that_was_cut_off_anywhere_is_refused(content, data):
    cut = data.draw(st.integers(0, len(content) - 1))
    with pytest.raises(ModelFileError, match=r"cut off|no saved network"):
        model_from(content[:cut])


@given(st.data())
@settings(max_examples=200)
def test_no_changed_byte_gives_another_network(network, content, data):
    at = data.draw(st.integers(0, len(content) - 1))
    changed = bytearray(content)
    changed[at] ^= data.draw(st.integers(1, 255))
    try:
        model = model_from(bytes(changed))
    except ModelFileError:
        return
    for name, value in network.parameters.items():  # a class's name or a note may be another
        np.testing.assert_array_equal(model.network.parameters[name], value)
    assert model.network.sizes == network.sizes


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused_in_words(content):
    for start in (b"", MAGIC, START.pack(MAGIC, 1, 20)):
        with pytest.raises(ModelFileError):
            model_from(start + content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=8,
)
MEMBERS = ["sizes", "activation", "classes", "picture_size", "dtype", "arrays", "sha256", "notes"]


@given(st.sampled_from(MEMBERS), JSON)
@few
def test_a_header_with_anything_in_a_members_place_is_refused_or_is_no_different(content, name, value):
    try:
        model = model_from(built({**header_of(content), name: value}, body_of(content)))
    except ModelFileError:
        return
    assert name in {"notes", "activation", "classes"}
    assert model.network.sizes == [16, 5, 4]


@given(JSON)
def test_any_json_is_no_header(value):
    with pytest.raises(ModelFileError):
        model_from(built(value))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"sizes": [16, 6, 4]}, r"weights_1 must have shape \[16, 6\] for sizes \[16, 6, 4\], got \[16, 5\]"),
        ({"sizes": [16, 99999, 4]}, r"sizes must be 2 to 8 whole numbers in 1\.\.4096, inputs first"),
        ({"sizes": [16, True, 4]}, "sizes must be"),
        ({"picture_size": 5}, "whose square is the number of inputs, 16, got 5"),
        ({"activation": "step"}, "unknown activation 'step'; known: relu, tanh"),
        ({"dtype": "<f2"}, 'dtype must be "<f4" or "<f8"'),
        ({"classes": ["dog"]}, "classes must be 4 names"),
        ({"arrays": []}, "the file lacks weights_1, bias_1, weights_2, bias_2"),
        ({"arrays": [{"name": "bias_9", "shape": [1]}]}, "the array 'bias_9' is none of this network's"),
        ({"arrays": [{"name": "bias_1", "shape": [5]}] * 2}, "or comes twice"),
        ({"sha256": "0" * 64}, "the numbers are not those that were saved"),
        ({"notes": [1]}, "notes must be an object"),
        ({"dtype": "<f8"}, "the file was cut off: 872 bytes of numbers expected, got 436"),
    ],
)
def test_a_header_that_does_not_fit_says_what_is_wrong(content, changed, says):
    with pytest.raises(ModelFileError, match=says):
        model_from(built({**header_of(content), **changed}, body_of(content)))


@pytest.mark.parametrize(
    ("damaged", "says"),
    [
        (lambda content: b"", "this is no saved network"),
        (lambda content: b"PK\x03\x04" + content, r"begins with b'PK"),
        (lambda content: MAGIC + struct.pack("<II", 2, 0), "of version 2, this page reads version 1"),
        (lambda content: START.pack(MAGIC, 1, 10**6), "the header has 1000000 bytes, expected at most 65536"),
        (lambda content: built(b"[" * 60_000), "the header is no JSON"),
        (lambda content: built(b"\xff\xfe"), "the header is no JSON"),
        (lambda content: built(b"[]"), "the header must be a JSON object, got list"),
        (lambda content: content + b"\0", "there is more in the file than it says: 436 bytes"),
        (lambda content: MAGIC + bytes(MOST_BYTES), "the file has 16000008 bytes; a saved network has at most"),
    ],
)
def test_damage_is_named(content, damaged, says):
    with pytest.raises(ModelFileError, match=says):
        model_from(damaged(content))


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_numbers_that_ran_away_are_neither_written_nor_read(content, wrong):
    network = MLP([16, 5, 4])
    network.parameters["bias_2"][1] = wrong
    with pytest.raises(ModelFileError, match="bias_2 holds nan or inf"):
        model_bytes(network, picture_size=4)
    body = body_of(content)[:-4] + struct.pack("<f", wrong)
    header = {**header_of(content), "sha256": hashlib.sha256(body).hexdigest()}
    with pytest.raises(ModelFileError, match="bias_2 holds nan or inf"):
        model_from(built(header, body))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"picture_size": 3}, "whose square is the number of inputs"),
        ({"notes": {"what": {1}}}, "notes must be plain numbers and texts"),
        ({"notes": {"what": float("nan")}}, "notes must be plain numbers and texts"),
        ({"dtype": "f4"}, "dtype must be"),
    ],
)
def test_what_could_not_be_read_is_not_written(network, settings, says):
    with pytest.raises(ModelFileError, match=says):
        model_bytes(network, **{"picture_size": 4, **settings})


def test_float64_numbers_too_large_for_the_file_are_named():
    network = MLP([16, 4])
    network.parameters["bias_1"][0] = 1e300
    with pytest.raises(ModelFileError, match="bias_1 holds nan or inf"):
        model_bytes(network, picture_size=4)
    assert model_from(model_bytes(network, picture_size=4, dtype="<f8")).network.parameters["bias_1"][0] == 1e300
