"""masters.npy: the icons of all breeds, drawn once, small and grey; what `primer.pictures` photographs."""

import io
import json
import re
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import material
import numpy as np
import vl_convert
from numpy.typing import NDArray
from PIL import Image

from primer.pictures import breeds
from primer.pictures.breeds import BREEDS, FILE, MASTER_SIZE
from tools.base import files, places
from tools.base.errors import ToolError
from tools.base.once import once

TARGET = places.PY / "primer" / "pictures" / FILE
_OWN = Path(__file__).parent / "icons"
_MATERIAL = Path(material.__file__).parent / "templates" / ".icons"
_FOLDERS = {"mdi": _MATERIAL / "material", "fontawesome": _MATERIAL / "fontawesome" / "solid", "primer": _OWN}
_FINE = 8
"""Pixels drawn for one pixel of a master, each way: their mean is its grey."""
_MARGIN = 0.08
"""Share of the master left white on each side of the ink, at least."""

Box = tuple[float, float, float, float]


@cache
def _set(name: str) -> dict[str, Any]:
    path = places.NODE_MODULES / "@iconify-json" / name / "icons.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def drawing(icon: str) -> tuple[Box, str]:
    """Find an icon.

    Parameters
    ----------
    icon : str
        Set and name, as `primer.pictures.breeds` gives them.

    Returns
    -------
    tuple
        Its view box, and the SVG inside it.

    Raises
    ------
    ToolError
        If there is no such icon.
    """
    folder, _, name = icon.partition(":")
    if folder in _FOLDERS:
        path = _FOLDERS[folder] / f"{name}.svg"
        found = re.search(r'viewBox="([^"]+)"[^>]*>(.*)</svg>', path.read_text() if path.is_file() else "", re.S)
        if not found:
            raise ToolError(f"there is no icon {icon} at {path}; does py/primer/breeds.py name it rightly?")
        left, top, width, height = map(float, found[1].split())
        return (left, top, width, height), re.sub(r"<!--.*?-->", "", found[2], flags=re.S)
    icons = _set(folder)
    if name not in icons["icons"]:
        raise ToolError(f"there is no icon {name} in the set {folder}; does py/primer/breeds.py name it rightly?")
    one = {"left": 0, "top": 0, "width": 16, "height": 16, **_sizes(icons), **icons["icons"][name]}
    return (one["left"], one["top"], one["width"], one["height"]), one["body"]


def _sizes(icons: dict[str, Any]) -> dict[str, Any]:
    return {key: icons[key] for key in ("left", "top", "width", "height") if key in icons}


def _ink(box: Box, body: str, pixels: int) -> NDArray[np.float64]:
    """Draw a square of the plane; 1 where there is ink."""
    view = " ".join(f"{number:.6g}" for number in box)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{pixels}" height="{pixels}" viewBox="{view}">'
        f"{body.replace('currentColor', 'black')}</svg>"
    )
    with Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=1))) as picture:
        return np.asarray(picture.getchannel("A")) / 255


def master(icon: str) -> NDArray[np.uint8]:
    """Draw one icon with its ink in the middle, as large as the margin allows.

    Returns
    -------
    ndarray of uint8, shape (48, 48)
        15 is ink, 0 is paper.
    """
    (left, top, width, height), body = drawing(icon)
    side = max(width, height)
    rough, step = _ink((left, top, side, side), body, 256), side / 256
    rows, columns = (np.flatnonzero((rough > 0.5).any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        raise ToolError(f"the icon {icon} has no ink")
    y, x = (top + step * (rows[0] + rows[-1] + 1) / 2, left + step * (columns[0] + columns[-1] + 1) / 2)
    extent = step * max(np.ptp(rows) + 1, np.ptp(columns) + 1) / (1 - 2 * _MARGIN)
    fine = _ink((x - extent / 2, y - extent / 2, extent, extent), body, MASTER_SIZE * _FINE)
    grey = fine.reshape(MASTER_SIZE, _FINE, MASTER_SIZE, _FINE).mean(axis=(1, 3))
    levels: NDArray[np.uint8] = np.rint(15 * grey).astype(np.uint8)
    return levels


def masters() -> bytes:
    """Draw all breeds, in their order, and pack two pixels into a byte."""
    levels = np.stack([master(breed.icon) for breed in BREEDS])
    buffer = io.BytesIO()
    np.save(buffer, levels[..., ::2] << 4 | levels[..., 1::2])
    return buffer.getvalue()


def _made_of() -> str:
    """Stands for all that the drawings rest on."""
    packages = [metadata.version(name) for name in ("mkdocs-material", "pillow", "vl-convert-python")]
    own = (Path(__file__), Path(breeds.__file__), *sorted(_OWN.iterdir()))
    return files.fingerprint(*packages, places.ROOT / "package-lock.json", *own)


def make() -> None:
    """Write the file, unless it was made of the same already."""
    once(places.BUILD / "masters.stamp", _made_of(), lambda: files.put(TARGET, masters()), [TARGET])
