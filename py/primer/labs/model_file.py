r"""A trained network as a file, so that it can be kept, sent and loaded again; nothing in it can be run.

The file, version 1, in this order:

======  =================================================================================================
bytes   what
======  =================================================================================================
8       ``PRIMERNN`` in ASCII
4       the version of the format, 1: unsigned, little-endian, as all numbers here
4       the length of the header in bytes, at most 65536
…       the header: a JSON object in UTF-8
…       the arrays one behind the other, without gaps, each row by row, as floats of 4 bytes (8 for "<f8")
======  =================================================================================================

The header's members: ``sizes`` (neurons of each layer, inputs first, classes last), ``activation``, ``classes`` (the
name of each class), ``picture_size`` (pixels across; its square is the number of inputs), ``dtype`` (``"<f4"`` or
``"<f8"``), ``arrays`` (a list of ``{"name": …, "shape": […]}`` in the order of the file: the parameters by the names
that `primer.MLP` gives them, and perhaps a ``velocity_`` of each), ``sha256`` (of all array bytes, in hexadecimal), and
``notes`` (an object of plain numbers and texts, for whoever wrote the file).
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple, TypeGuard

import numpy as np

from primer.arrays import Floats
from primer.data import KINDS
from primer.layers import ACTIVATIONS
from primer.network import MLP

MAGIC = b"PRIMERNN"
VERSION = 1
MOST_BYTES = 16_000_000
"""Largest file that is read or written."""
_MOST_HEADER, _MOST_LAYERS, _MOST_NEURONS = 65_536, 8, 4096
_START = struct.Struct("<8sII")
_WIDTHS = {"<f4": np.float32, "<f8": np.float64}

Notes = dict[str, str | int | float | bool]


class ModelFileError(ValueError):
    """What was expected in the file, what came, and what to do."""


class Model(NamedTuple):
    """What a file holds.

    Attributes
    ----------
    network : MLP
    classes : tuple of str
        The name of each class.
    picture_size : int
        Pixels across the pictures that it takes.
    arrays : dict of str to ndarray
        All arrays, as `primer.labs.training.Training.go_on_from` takes them.
    notes : dict
        Plain numbers and texts.
    """

    network: MLP
    classes: tuple[str, ...]
    picture_size: int
    arrays: dict[str, Floats]
    notes: Notes


def model_bytes(
    network: MLP,
    *,
    picture_size: int,
    classes: tuple[str, ...] = KINDS,
    arrays: Mapping[str, Floats] | None = None,
    notes: Notes | None = None,
    dtype: str = "<f4",
) -> bytes:
    """Write a network as a file.

    Parameters
    ----------
    network : MLP
        Its numbers must be finite.
    picture_size : int
        Pixels across the pictures that it takes.
    classes : tuple of str
        The name of each class.
    arrays : mapping of str to ndarray, optional
        What `primer.labs.training.Training.arrays` gives, to go on with the training from the file; otherwise the
        network's parameters alone.
    notes : dict, optional
        Plain numbers and texts, such as how well it did.
    dtype : str
        ``"<f4"``, or ``"<f8"`` to keep every digit of a float64 network.

    Returns
    -------
    bytes
        The same from the same.

    Raises
    ------
    ModelFileError
        If a number is not finite or something does not fit together: only what `model_from` accepts is written.

    Examples
    --------
    >>> content = model_bytes(MLP([16, 4], seed=1), picture_size=4)
    >>> content[:8], len(content)
    (b'PRIMERNN', 560)
    >>> model_from(content).network
    MLP([16, 4], activation='relu'), 68 parameters
    """
    if dtype not in _WIDTHS:
        raise ModelFileError(f'dtype must be "<f4" or "<f8", got {dtype!r}')
    given = network.parameters if arrays is None else arrays
    with np.errstate(over="ignore"):
        written = {name: np.ascontiguousarray(value, dtype) for name, value in given.items()}
    body = b"".join(value.tobytes() for value in written.values())
    header = {
        "sizes": network.sizes,
        "activation": network.activation,
        "classes": list(classes),
        "picture_size": picture_size,
        "dtype": dtype,
        "arrays": [{"name": name, "shape": list(value.shape)} for name, value in written.items()],
        "sha256": hashlib.sha256(body).hexdigest(),
        "notes": notes or {},
    }
    try:
        listed = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise ModelFileError(f"notes must be plain numbers and texts: {error}") from None
    content = _START.pack(MAGIC, VERSION, len(listed)) + listed + body
    model_from(content)
    return content


def model_from(content: bytes) -> Model:
    """Read a file, and check every part of it before anything is made of it.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    Model

    Raises
    ------
    ModelFileError
        If it is no such file, of a newer version, cut off, altered, or its numbers do not fit together.

    Examples
    --------
    >>> model_from(b"GIF89a, or whatever")
    Traceback (most recent call last):
    primer.labs.model_file.ModelFileError: this is no saved network: it begins with b'GIF89a, ', expected b'PRIMERNN'
    """
    header, body = _parts(content)
    sizes, size, classes = _sizes(header)
    activation, width = header.get("activation"), header.get("dtype")
    if not isinstance(activation, str) or activation not in ACTIVATIONS:
        raise ModelFileError(f"unknown activation {activation!r:.40}; known: {', '.join(ACTIVATIONS)}")
    if not isinstance(width, str) or width not in _WIDTHS:
        raise ModelFileError(f'dtype must be "<f4" or "<f8", got {width!r:.40}')
    shapes = _shapes(header, sizes)
    item = np.dtype(width).itemsize
    expected = item * sum(_count(shape) for shape in shapes.values())
    if len(body) != expected:
        what = "the file was cut off" if len(body) < expected else "there is more in the file than it says"
        raise ModelFileError(
            f"{what}: {expected} bytes of numbers expected, got {len(body)}; save or download it again"
        )
    if hashlib.sha256(body).hexdigest() != header.get("sha256"):
        raise ModelFileError(
            "the numbers are not those that were saved (their sha256 differs); download the file again"
        )
    arrays: dict[str, Floats] = {}
    at = 0
    for name, shape in shapes.items():
        numbers = np.frombuffer(body, width, _count(shape), at).reshape(shape).astype(_WIDTHS[width])
        if not np.isfinite(numbers).all():
            raise ModelFileError(f"{name} holds nan or inf: the training had run away when it was saved; train again")
        arrays[name] = numbers
        at += item * _count(shape)
    notes = header.get("notes", {})
    if not isinstance(notes, dict) or not all(isinstance(note, str | int | float) for note in notes.values()):
        raise ModelFileError(f"notes must be an object of plain numbers and texts, got {notes!r:.60}")
    network = MLP(sizes, activation, dtype=_WIDTHS[width])
    network.set_parameters({name: value for name, value in arrays.items() if not name.startswith("velocity_")})
    return Model(network, classes, size, arrays, notes)


def _parts(content: bytes) -> tuple[dict[str, Any], bytes]:
    if len(content) > MOST_BYTES:
        raise ModelFileError(f"the file has {len(content)} bytes; a saved network has at most {MOST_BYTES}")
    if content[: len(MAGIC)] != MAGIC:
        raise ModelFileError(f"this is no saved network: it begins with {bytes(content[:8])!r}, expected {MAGIC!r}")
    if len(content) < _START.size:
        raise ModelFileError(f"the file was cut off after {len(content)} bytes; save or download it again")
    _, version, length = _START.unpack_from(content)
    if version != VERSION:
        raise ModelFileError(f"the file is of version {version}, this page reads version {VERSION}; load the page anew")
    if length > _MOST_HEADER:
        raise ModelFileError(f"the header has {length} bytes, expected at most {_MOST_HEADER}; the file is damaged")
    listed = content[_START.size : _START.size + length]
    if len(listed) < length:
        raise ModelFileError(f"the file was cut off in its header, after {len(content)} bytes; download it again")
    try:
        header = json.loads(listed.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ModelFileError("the header is no JSON; the file is damaged, download it again") from None
    if not isinstance(header, dict):
        raise ModelFileError(f"the header must be a JSON object, got {type(header).__name__}")
    return header, content[_START.size + length :]


def _sizes(header: dict[str, Any]) -> tuple[list[int], int, tuple[str, ...]]:
    sizes, size, classes = (header.get(name) for name in ("sizes", "picture_size", "classes"))
    if (
        not isinstance(sizes, list)
        or not 2 <= len(sizes) <= _MOST_LAYERS
        or not all(_is_whole(number, _MOST_NEURONS) for number in sizes)
    ):
        raise ModelFileError(
            f"sizes must be 2 to {_MOST_LAYERS} whole numbers in 1..{_MOST_NEURONS}, inputs first, got {sizes!r:.60}"
        )
    if not _is_whole(size, _MOST_NEURONS) or size * size != sizes[0]:
        raise ModelFileError(
            f"picture_size must be a whole number whose square is the number of inputs, {sizes[0]}, got {size!r:.40}"
        )
    if not isinstance(classes, list) or not all(isinstance(name, str) for name in classes) or len(classes) != sizes[-1]:
        raise ModelFileError(f"classes must be {sizes[-1]} names, one for each output, got {classes!r:.60}")
    return sizes, size, tuple(classes)


def _shapes(header: dict[str, Any], sizes: list[int]) -> dict[str, tuple[int, ...]]:
    """Names and shapes of the arrays, which must be those that the sizes ask for."""
    wanted: dict[str, tuple[int, ...]] = {}
    for i, (n_in, n_out) in enumerate(pairwise(sizes), 1):
        wanted |= {f"weights_{i}": (n_in, n_out), f"bias_{i}": (n_out,)}
    listed = header.get("arrays")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ModelFileError(f"arrays must be a list of names and shapes, got {listed!r:.60}")
    found: dict[str, tuple[int, ...]] = {}
    for one in listed:
        name, shape = one.get("name"), one.get("shape")
        expected = wanted.get(name.removeprefix("velocity_")) if isinstance(name, str) else None
        if expected is None or name in found:
            raise ModelFileError(
                f"the array {name!r:.40} is none of this network's, or comes twice: it has {list(wanted)}"
            )
        if shape != list(expected):
            raise ModelFileError(f"{name} must have shape {list(expected)} for sizes {sizes}, got {shape!r:.40}")
        found[name] = expected
    missing = [name for name in wanted if name not in found]
    if missing:
        raise ModelFileError(f"the file lacks {', '.join(missing)}; it cannot be used")
    return found


def _is_whole(number: object, most: int) -> TypeGuard[int]:
    return type(number) is int and 1 <= number <= most


def _count(shape: tuple[int, ...]) -> int:
    count = 1
    for length in shape:
        count *= length
    return count
